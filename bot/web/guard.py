"""What may come in: an allow-list of addresses in front of the whole service.

Gradio brings some seventy routes (upload, file, proxy, run, monitoring, ...); its page needs the few
below. Everything else never reaches it.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterable
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.web.chat.events import SESSION, ChatEvents
from bot.web.clients import CLIENT, client_of
from bot.web.problems import Problem, respond
from bot.web.rate_limits import Pace, RateLimits
from bot.web.request_log import REQUEST, route_of

__all__ = ["BODY_LIMIT", "Guard", "own_path", "read_body", "rooted"]

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body."""

BODY_WITHIN = 20.0
"""Seconds in which a request's body must have come."""


async def read_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a `receive` that gives it once more. Raises Problem (408, 413, 415)."""
    content_type = Headers(scope=scope).get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, messages.BODY_NOT_JSON)
    try:
        async with asyncio.timeout(BODY_WITHIN):
            whole = await _whole(receive)
    except TimeoutError:
        raise Problem(408, messages.BODY_TOO_SLOW, headers={"Connection": "close"}) from None
    unread: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return whole, receive_again


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise Problem(413, messages.BODY_TOO_LARGE, limit=BODY_LIMIT)
    return bytes(body)


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
READ_QUEUE = Gate("GET", re.compile(r"/gradio_api/queue/data"), "reading")

GATES = (
    Gate("POST", re.compile(r"/api/ask|/api/follow-ups"), "asking"),
    Gate("POST", re.compile(r"/api/feedback"), "voting"),
    Gate("POST", re.compile(r"/mcp"), "asking"),
    Gate("POST", re.compile(r"/api/reload"), "administering", has_body=False),
    Gate("GET", re.compile(r"/api/reload"), "administering"),
    Gate("GET", re.compile(r"/api/articles(/[^/]+)?|/api/examples"), "reading"),
    Gate("GET", re.compile(r"/healthz|/readyz")),
    Gate("GET", re.compile(r"/metrics"), "administering"),
    Gate(
        "GET",
        re.compile(
            r"/widget|/widget\.js|/widget/panel|/widget/(colors|files/\w+)/(shared/)?[\w-]+\.(js|css)"
        ),
    ),
    Gate("GET", re.compile(r"/articles(/[^/]+)?|/about|/verify|/sitemap\.xml|/robots\.txt"), "reading"),
    Gate("GET", re.compile(r"/docs|/openapi\.json|/static-offline-docs/[\w.-]+|/page/(shared/)?[\w.-]+")),
    # The desk reads and bounds its own forms.
    Gate("GET", re.compile(r"/desk(/[\w.-]+){0,4}")),
    Gate("POST", re.compile(r"/desk/sign-in"), "administering", has_body=False),
    Gate("POST", re.compile(r"/desk(?!/sign-in)(/[\w.-]+){1,4}"), has_body=False),
    # What the chat page asks of Gradio, seen by driving it.
    Gate("GET", re.compile(r"/"), "reading"),
    Gate("GET", re.compile(r"/theme\.css|/assets/[\w.-]+|/static/js/iframeResizer\.contentWindow\.min\.js")),
    Gate("GET", re.compile(rf"/gradio_api/heartbeat/{SESSION.pattern}"), "reading"),
    JOIN_QUEUE,
    READ_QUEUE,
)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
NOT_OURS = (b"x-gradio-server", b"x-forwarded-prefix")
"""Headers that Gradio takes addresses from, and that no proxy of ours sends."""

FORWARDED_HOST = re.compile(rb"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")

PAGES_PER_MINUTE = 1200
"""Pages, lists and streams of one address, without styles, scripts and pictures."""

VOTES_PER_MINUTE = 30
"""Votes of one address; nobody reads faster."""

FOREVER = "public, max-age=31536000, immutable"
"""For Gradio's files: their names change with their content."""

RELOADS_PER_MINUTE = 60
"""Reloads, looks at what came of them, and guesses at the token, of one address."""

NOT_STORED = ("/api/", "/mcp", "/gradio_api/", "/healthz", "/readyz", "/metrics")


class Guard:
    """ASGI middleware: refuse what no gate lets in, and put the security headers on every answer."""

    def __init__(
        self,
        app: ASGIApp,
        root_path: str = "",
        questions_per_minute: int = 300,
        events: ChatEvents | None = None,
    ) -> None:
        """`events` checks what goes to the chat page's queue; without it nothing does."""
        self.app = app
        self._root_path = root_path
        self._events = events
        self._limits = RateLimits(
            {
                "asking": questions_per_minute,
                "reading": PAGES_PER_MINUTE,
                "voting": VOTES_PER_MINUTE,
                "administering": RELOADS_PER_MINUTE,
            }
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close"})
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        scope = rooted(scope, self._root_path)
        scope["headers"] = _trusted_headers(scope["headers"])
        path = own_path(scope)
        answer = _Answer(send, path)
        try:
            # The server leaves out the body where HEAD was asked.
            gate = _open_gate("GET" if scope["method"] == "HEAD" else scope["method"], path)
            if facts := REQUEST.get(None):
                facts.route = route_of(path)
            app, receive = await self._let_in(gate, scope, receive)
            await app({**scope, "method": gate.method}, receive, answer.send)
        except Problem as problem:
            await respond(problem, Request(scope))(scope, receive, answer.send)
        except Exception:
            logger.exception("%s %s failed", scope["method"], path)
            if answer.begun:
                raise
            await respond(Problem(500, messages.FAILED), Request(scope))(scope, receive, answer.send)

    async def _let_in(self, gate: Gate, scope: Scope, receive: Receive) -> tuple[ASGIApp, Receive]:
        """Who answers, and the body to read. Raises Problem."""
        client = client_of(scope)
        CLIENT.set(client)
        if gate.method == "POST" and gate.has_body:
            # One that comes slowly is counted before it is there.
            if gate.pace:
                self._limits.check(gate.pace, client)
            body, receive = await read_body(scope, receive)
            if gate is JOIN_QUEUE and self._events:
                further = self._events.check(body, client) - 1
                if gate.pace and further:
                    self._limits.check(gate.pace, client, further)
        elif gate.pace:
            self._limits.check(gate.pace, client)
        if gate is READ_QUEUE and self._events and not self._events.is_open(scope):
            return self._events.lost, receive
        return self.app, receive


def _trusted_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Without those that would have Gradio fail or name another host."""
    return [
        (name, value)
        for name, value in headers
        if name not in NOT_OURS and (name != b"x-forwarded-host" or FORWARDED_HOST.fullmatch(value))
    ]


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
