"""What may come in: an allow-list of addresses in front of the whole service.

Gradio brings some seventy routes (upload, file, proxy, run, monitoring, ...); its page needs the few
below. Everything else never reaches it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time
from typing import Any, Literal, NamedTuple

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.web.problems import Problem, respond

__all__ = ["BODY_LIMIT", "Guard", "Pace", "RateLimits", "check_event", "own_path", "read_body", "rooted"]

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body."""

EVENT_FIELDS = {"data", "event_data", "fn_index", "session_hash", "trigger_id"}
FILE_FIELDS = {"_type", "meta", "path", "url"}


async def read_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a `receive` that gives it once more. Raises Problem (413, 415)."""
    content_type = Headers(scope=scope).get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, messages.BODY_NOT_JSON)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise Problem(413, messages.BODY_TOO_LARGE, limit=BODY_LIMIT)
    whole = bytes(body)
    unread: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return whole, receive_again


def check_event(body: bytes) -> None:
    """Let pass an event of the chat page: its inputs are texts or nothing, and nothing names a file.

    Raises Problem (400).
    """
    try:
        event = json.loads(body, object_pairs_hook=_without_files)
    except (ValueError, RecursionError):
        raise Problem(400, messages.BODY_REFUSED) from None
    inputs = event.get("data") if isinstance(event, dict) and EVENT_FIELDS.issuperset(event) else None
    if not isinstance(inputs, list) or not all(value is None or isinstance(value, str) for value in inputs):
        raise Problem(400, messages.BODY_REFUSED)


def _without_files(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if not FILE_FIELDS.isdisjoint(name for name, _ in pairs):
        raise Problem(400, messages.BODY_REFUSED)
    return dict(pairs)


Pace = Literal["administering", "asking", "voting"]

ADDRESSES = 10_000
"""Addresses that are told apart in one minute; any further ones are counted together."""


class RateLimits:
    """Counts the visits of each address, by kind; `per_minute` says how many are allowed."""

    def __init__(self, per_minute: Mapping[Pace, int]) -> None:
        self._storage = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._storage)
        self._allowed = {pace: RateLimitItemPerMinute(n) for pace, n in per_minute.items()}

    def check(self, pace: Pace, scope: Scope) -> None:
        """Count one visit. Raises Problem (429) if it is one too many."""
        allowed = self._allowed[pace]
        who = _who(scope) if len(self._storage.storage) < ADDRESSES else "others"
        if self._limiter.hit(allowed, pace, who):
            return
        seconds = max(1, ceil(self._limiter.get_window_stats(allowed, pace, who).reset_time - time()))
        raise Problem(429, messages.TOO_MANY, headers={"Retry-After": str(seconds)}, seconds=seconds)


def _who(scope: Scope) -> str:
    """The visitor's address; of IPv6 the network, since one visitor has all of its addresses."""
    host = str((scope.get("client") or ("",))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(int(address) >> 64) if isinstance(address, IPv6Address) else host


def rooted(scope: Scope, root: str) -> Scope:
    """The request with `root` on its path, whether the proxy took that off or left it on."""
    path = scope["path"]
    if not f"{path}/".startswith(f"{root}/"):
        path = root + path
    return {**scope, "root_path": root, "path": path}


def own_path(scope: Scope) -> str:
    """The path as the service's routes know it: "/ask/docs" -> "/docs", "/ask" -> "/"."""
    return str(scope["path"]).removeprefix(scope["root_path"]) or "/"


logger = logging.getLogger(__name__)


class Gate(NamedTuple):
    """Addresses that are open, to one method, and at which pace if that is limited."""

    method: str
    path: re.Pattern[str]
    pace: Pace | None = None
    has_body: bool = True


JOIN_QUEUE = Gate("POST", re.compile(r"/gradio_api/queue/join"), "asking")

GATES = (
    Gate("POST", re.compile(r"/api/ask|/api/follow-ups"), "asking"),
    Gate("POST", re.compile(r"/api/feedback"), "voting"),
    Gate("POST", re.compile(r"/mcp"), "asking"),
    Gate("POST", re.compile(r"/api/reload"), "administering", has_body=False),
    Gate("GET", re.compile(r"/api/reload"), "administering"),
    Gate("GET", re.compile(r"/api/articles(/[^/]+)?|/api/examples|/healthz|/readyz")),
    Gate(
        "GET",
        re.compile(
            r"/widget|/widget\.js|/widget/panel|/widget/(colors|files/\w+)/(shared/)?[\w-]+\.(js|css)"
        ),
    ),
    Gate("GET", re.compile(r"/articles(/[^/]+)?|/sitemap\.xml|/robots\.txt")),
    Gate("GET", re.compile(r"/docs|/openapi\.json|/static-offline-docs/[\w.-]+|/page/(shared/)?[\w.-]+")),
    # The desk reads and bounds its own forms.
    Gate("GET", re.compile(r"/desk(/[\w.-]+){0,4}")),
    Gate("POST", re.compile(r"/desk/sign-in"), "administering", has_body=False),
    Gate("POST", re.compile(r"/desk(?!/sign-in)(/[\w.-]+){1,4}"), has_body=False),
    # What the chat page asks of Gradio, seen by driving it.
    Gate(
        "GET", re.compile(r"/|/theme\.css|/assets/[\w.-]+|/static/js/iframeResizer\.contentWindow\.min\.js")
    ),
    Gate("GET", re.compile(r"/gradio_api/heartbeat/\w+|/gradio_api/queue/data")),
    JOIN_QUEUE,
)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
VOTES_PER_MINUTE = 30
"""Votes of one address; nobody reads faster."""

FOREVER = "public, max-age=31536000, immutable"
"""For Gradio's files: their names change with their content."""

RELOADS_PER_MINUTE = 60
"""Reloads, looks at what came of them, and guesses at the token, of one address."""

NOT_STORED = ("/api/", "/mcp", "/gradio_api/", "/healthz", "/readyz")


class Guard:
    """ASGI middleware: refuse what no gate lets in, and put the security headers on every answer."""

    def __init__(self, app: ASGIApp, root_path: str = "", questions_per_minute: int = 300) -> None:
        self.app = app
        self._root_path = root_path
        self._paces = RateLimits(
            {"asking": questions_per_minute, "voting": VOTES_PER_MINUTE, "administering": RELOADS_PER_MINUTE}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close"})
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        scope = rooted(scope, self._root_path)
        path = own_path(scope)
        answer = _Answer(send, path)
        try:
            # The server leaves out the body where HEAD was asked.
            gate = _open_gate("GET" if scope["method"] == "HEAD" else scope["method"], path)
            if gate.pace:
                self._paces.check(gate.pace, scope)
            if gate.method == "POST" and gate.has_body:
                body, receive = await read_body(scope, receive)
                if gate is JOIN_QUEUE:
                    check_event(body)
            await self.app({**scope, "method": gate.method}, receive, answer.send)
        except Problem as problem:
            await respond(problem, Request(scope))(scope, receive, answer.send)
        except Exception:
            logger.exception("%s %s failed", scope["method"], path)
            if answer.begun:
                raise
            await respond(Problem(500, messages.FAILED), Request(scope))(scope, receive, answer.send)


def _open_gate(method: str, path: str) -> Gate:
    gates = [gate for gate in GATES if gate.path.fullmatch(path)]
    if not gates:
        raise Problem(404, messages.NO_PAGE)
    allowed = ", ".join(gate.method for gate in gates)
    for gate in gates:
        if gate.method == method:
            return gate
    raise Problem(405, messages.NO_METHOD, headers={"Allow": allowed}, allowed=allowed)


class _Answer:
    """The way out, with the security headers."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._stored = not path.startswith(NOT_STORED)
        self._unchanging = path.startswith("/assets/")
        self.begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if not self._stored:
                headers["Cache-Control"] = "no-store"
            elif self._unchanging and message["status"] == 200:
                headers["Cache-Control"] = FOREVER
        await self._send(message)
