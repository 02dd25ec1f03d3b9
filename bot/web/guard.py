"""What may come in: an allow-list of addresses in front of the whole service.

Gradio brings some seventy routes (upload, file, proxy, run, monitoring, ...); its page needs the few
below. Everything else never reaches it.
"""

from __future__ import annotations

import logging
import re
from typing import NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.web.bodies import check_event, read_body
from bot.web.pace import Pace, Paces
from bot.web.paths import own_path, rooted
from bot.web.problems import Problem, respond

__all__ = ["Guard"]

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
        "GET", re.compile(r"/widget|/widget\.js|/widget/panel|/widget/(colours|files/\w+)/[\w-]+\.(js|css)")
    ),
    Gate("GET", re.compile(r"/articles(/[^/]+)?|/sitemap\.xml|/robots\.txt")),
    Gate("GET", re.compile(r"/docs|/openapi\.json|/static-offline-docs/[\w.-]+|/page/[\w.-]+")),
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
        self._paces = Paces(
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
