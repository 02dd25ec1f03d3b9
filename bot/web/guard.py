"""Guard in front of the service: only the addresses of `routes` come in, each at its rate."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.web.chat.events import TEXTS, ChatEvents
from bot.web.clients import CLIENT, IS_GONE, Client, client_of
from bot.web.problems import Problem, respond
from bot.web.rate_limits import Pace, RateLimits
from bot.web.request_log import REQUEST
from bot.web.routes import JOIN_QUEUE, READ_QUEUE, STREAMS, Route, open_route
from bot.web.shared_limits import SharedLimits
from bot.web.turns import BusyError, FairTurns

__all__ = ["BODY_LIMIT", "Guard", "bounded_body", "own_path", "read_body", "rooted"]

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body."""

BODY_WITHIN = 20.0
"""Seconds in which a request's body must have come."""


async def read_body(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a `receive` that gives it once more. Raises Problem (408, 413, 415)."""
    content_type = Headers(scope=scope).get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, messages.BODY_NOT_JSON)
    whole = await bounded_body(receive)
    unread: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

    async def receive_again() -> Message:
        return unread.pop() if unread else await receive()

    return whole, receive_again


async def bounded_body(receive: Receive) -> bytes:
    """The whole body. Raises Problem: 408 where it comes too slowly, 413 where it is too large."""
    try:
        async with asyncio.timeout(BODY_WITHIN):
            return await _whole(receive)
    except TimeoutError:
        raise Problem(408, messages.BODY_TOO_SLOW, headers={"Connection": "close"}) from None


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

PAGES_AT_ONCE, PAGES_WAITING = 4, 256
"""Pages that are made at a time, fewer than there are threads for them, and that may wait for their turn."""

VOTES_PER_MINUTE = 30
"""Votes of one address; nobody reads faster."""

FOREVER = "public, max-age=31536000, immutable"
"""For Gradio's files: their names change with their content."""

RELOADS_PER_MINUTE = 60
"""Reloads, looks at what came of them, and guesses at the token, of one address."""

NOT_STORED = ("/api/", "/v1/", "/wechat", "/wecom", "/mcp", "/gradio_api/", "/healthz", "/readyz", "/metrics")


class Guard:
    """ASGI middleware: refuse what no route takes, and put the security headers on every answer."""

    def __init__(
        self,
        app: ASGIApp,
        root_path: str = "",
        questions_per_minute: int = 300,
        events: ChatEvents | None = None,
        shared_limits: SharedLimits | None = None,
    ) -> None:
        """`events` checks what goes to the chat page's queue; without it nothing does.

        `shared_limits` are counted beside its own.
        """
        self.app = app
        self._root_path = root_path
        self._events = events
        self._pages = FairTurns(PAGES_AT_ONCE, PAGES_WAITING)
        self._allowed: dict[Pace, int] = {
            "asking": questions_per_minute,
            "reading": PAGES_PER_MINUTE,
            "voting": VOTES_PER_MINUTE,
            "administering": RELOADS_PER_MINUTE,
        }
        self._limits, self._shared_limits = RateLimits(self._allowed), shared_limits

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
            route = open_route("GET" if scope["method"] == "HEAD" else scope["method"], path)
            if facts := REQUEST.get(None):
                facts.route = route.path
            app, again = await self._let_in(route, scope, receive)
            async with _noticing(receive) if _is_read(route) else nullcontext():
                await self._answer(route, app, scope, again, answer.send)
        except Problem as problem:
            await respond(problem, Request(scope))(scope, receive, answer.send)
        except Exception:
            logger.exception("%s %s failed", scope["method"], path)
            if answer.begun:
                raise
            await respond(Problem(500, messages.FAILED), Request(scope))(scope, receive, answer.send)

    async def _let_in(self, route: Route, scope: Scope, receive: Receive) -> tuple[ASGIApp, Receive]:
        """Who answers, and the body to read. Raises Problem."""
        client = client_of(scope)
        CLIENT.set(client)
        if _is_read(route):
            # One that comes slowly is counted before it is there.
            if route.pace:
                await self._count(route.pace, client)
            body, receive = await read_body(scope, receive)
            if route is JOIN_QUEUE and self._events:
                scope[TEXTS] = self._events.check(body, client)
                if route.pace and scope[TEXTS] > 1:
                    await self._count(route.pace, client, scope[TEXTS] - 1)
        elif route.pace:
            await self._count(route.pace, client)
        if route is READ_QUEUE and self._events:
            return self._events.stream(self.app, scope), receive
        return self.app, receive

    async def _count(self, pace: Pace, client: Client, cost: int = 1) -> None:
        """Count a request here, then for all replicas. Raises Problem (429)."""
        self._limits.check(pace, client, cost)
        if self._shared_limits:
            await self._shared_limits.check(pace, self._allowed[pace], client, cost)

    async def _answer(self, route: Route, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Pages are made in turns; once an answer begins the next one is made, however slowly it is read."""
        async with AsyncExitStack() as turn:
            if route.pace == "reading" and route not in STREAMS:
                try:
                    await turn.enter_async_context(self._pages.turn())
                except BusyError:
                    raise Problem(503, messages.BUSY, headers={"Retry-After": "5"}) from None

            async def begin(message: Message) -> None:
                await turn.aclose()
                await send(message)

            await app({**scope, "method": route.method}, receive, begin)


def _is_read(route: Route) -> bool:
    """Whether the body is read before the route is called."""
    return route.method == "POST" and route.body == "json"


@asynccontextmanager
async def _noticing(receive: Receive) -> AsyncIterator[None]:
    """Meanwhile IS_GONE tells whether the sender has closed the connection; the body must have been read."""
    leaving = asyncio.ensure_future(_leave(receive))
    IS_GONE.set(leaving.done)
    try:
        yield
    finally:
        leaving.cancel()


async def _leave(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _trusted_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Without those that would have Gradio fail or name another host."""
    return [
        (name, value)
        for name, value in headers
        if name not in NOT_OURS and (name != b"x-forwarded-host" or FORWARDED_HOST.fullmatch(value))
    ]


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
