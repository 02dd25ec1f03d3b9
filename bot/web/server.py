"""The service: JSON API, chat page, pages of articles, tools and guard in one app."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import GZipMiddleware

from bot.answering.answerer import Answerer
from bot.answering.signing import SigningAnswerer
from bot.desk.desk import Desk
from bot.desk.routes import mount_desk
from bot.operations.keeping import Keeper
from bot.operations.metrics import Metrics, ServiceState
from bot.operations.site import Site
from bot.operations.votes import Votes
from bot.publisher import Publisher
from bot.web.api import Reloads, api_routes, metrics_routes, reload_routes
from bot.web.articles import article_routes
from bot.web.chat.events import ChatEvents
from bot.web.chat.gradio_app import SESSION_LOST, mount_chat
from bot.web.chat.page import STATIC, RewriteMiddleware
from bot.web.chat.sessions import Sessions
from bot.web.connections import RESERVED, Connections, Network, limited_protocol, raise_descriptors
from bot.web.faces import Faces
from bot.web.guard import Guard
from bot.web.mcp import Tools
from bot.web.pages import publisher_routes
from bot.web.pausing import Pausing
from bot.web.problems import add_problem_handlers
from bot.web.queue import AnswerCache, AskQueue, Readiness, TakingTurns, no_note
from bot.web.request_log import RequestLog
from bot.web.shared_limits import SharedLimits
from bot.web.widget.origins import Origins, Sharing
from bot.web.widget.routes import widget_routes
from corpus.errors import Failure, reason

if TYPE_CHECKING:  # an extra, imported where it is set
    from bot.operations.tracing import Traces

__all__ = [
    "AddressRefused",
    "PortTaken",
    "ServiceError",
    "address_of",
    "create_app",
    "listen",
    "run",
    "serve_metrics",
]


class ServiceError(Failure):
    """The service cannot start; the message says what to change."""


class PortTaken(ServiceError):  # noqa: N818
    def __init__(self, host: str, port: int, setting: str = "YUANWEN_PORT") -> None:
        super().__init__(f"port {port} on {host} is taken by another program; set {setting} to a free port")
        self.host = host
        self.port = port


class AddressRefused(ServiceError):  # noqa: N818
    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"cannot listen on {host} port {port}: {reason}; "
            "set YUANWEN_HOST to an address of this machine and YUANWEN_PORT to 1024 to 65535"
        )
        self.host = host
        self.port = port


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes any free one. Raises PortTaken or AddressRefused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise AddressRefused(host, port, reason(error)) from error


def address_of(bound: socket.socket) -> str:
    """What to open in a browser on this machine: a socket on 0.0.0.0 -> "http://127.0.0.1:7860"."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


STOP_AFTER = 5
"""Seconds that open connections have when the service stops."""

HEARTBEAT = "/gradio_api/heartbeat/"
"""What a chat page holds open for as long as it is shown."""


NOBODY = Publisher()


def create_app(
    bot: Answerer,
    root_path: str = "",
    *,
    publisher: Publisher = NOBODY,
    widget_origins: Sequence[str] = (),
    votes: Votes | None = None,
    questions_per_minute: int = 300,
    rate_limits: str = "",
    reloads: Reloads | None = None,
    warnings: Callable[[], Sequence[str]] = tuple,
    desk: Desk | None = None,
    site: Site | None = None,
    keeper: Keeper | None = None,
    metrics: Metrics | None = None,
    metrics_token: str = "",
    traces: Traces | None = None,
    state: Callable[[], ServiceState] = ServiceState,
    faces: Faces = Faces(),  # noqa: B008 - it is frozen
) -> FastAPI:
    """The whole service over `bot`: API and /docs, chat page at /, guard in front.

    `root_path` is the path under which a proxy shows the service, such as "/ask"; `widget_origins` are
    the sites that may show the widget, as in the settings. Without `votes` none can be kept.
    `questions_per_minute` are those of one address, counted at the Redis server `rate_limits` for all
    replicas where one is named. Without `reloads` there is no /api/reload, without `desk` no editor's desk,
    without `keeper` no figures and no kept questions. `site` changes the widget's sites, and pauses the bot.
    `warnings` are what /readyz tells an operator though questions are answered. `metrics` count what
    happens, with `state` of index and reloads; without a `metrics_token` there is no /metrics. `faces` are
    the further ways to the answers.
    """
    origins = Origins(widget_origins)
    if site:
        site.watch(lambda: origins.replace(site.settings.widget_origins))
    shared_limits = SharedLimits(rate_limits) if rate_limits else None
    readiness = Readiness(bot)
    metrics = metrics or Metrics()
    pausing = Pausing(bot, lambda: site.pause if site else "")
    signed = SigningAnswerer(pausing, faces.signer) if faces.signer else pausing
    remembered = AnswerCache(signed, metrics=metrics, note=keeper.note if keeper else no_note)
    turns = AskQueue(remembered, metrics, traces)
    metrics.watch(lambda: replace(state(), waiting=turns.waiting))
    tools = Tools(remembered, turns, publisher)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with readiness.lifespan(app), tools.lifespan():
            yield
            turns.send_all_away()
            if shared_limits:
                await shared_limits.aclose()

    app = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        title="Yuanwen",
        description="Questions answered in a publisher's own words.",
        favicon_url="page/icon.svg",
        lifespan=lifespan,
    )
    add_problem_handlers(app)
    app.include_router(api_routes(remembered, turns, votes or Votes(), readiness.missing, warnings, metrics))
    tools.add_to(app)
    app.include_router(article_routes(bot, publisher, faces.articles))
    app.include_router(publisher_routes(publisher))
    faces.add_to(app, bot, turns, publisher)
    if reloads:
        app.include_router(reload_routes(reloads))
    if metrics_token:
        app.include_router(metrics_routes(metrics, metrics_token))
    app.include_router(widget_routes(publisher, origins))
    app.mount("/page", StaticFiles(directory=STATIC))
    if desk:
        mount_desk(app, desk, root_path)
    sessions = Sessions()
    chat = mount_chat(app, TakingTurns(remembered, turns), publisher, sessions)
    app.add_middleware(RewriteMiddleware, bot=bot, publisher=publisher, pause=lambda: pausing.sentence)
    app.add_middleware(GZipMiddleware, compresslevel=6)
    app.add_middleware(
        Guard,
        root_path=root_path,
        questions_per_minute=questions_per_minute,
        shared_limits=shared_limits,
        events=ChatEvents(chat, sessions, SESSION_LOST),
    )
    app.add_middleware(Sharing, origins=origins, root_path=root_path)
    app.add_middleware(RequestLog, metrics=metrics, traces=traces)
    return app


ACCEPTED = 128
"""Connections that are accepted at a time; fewer than the descriptors that are kept for this."""


def serve_metrics(metrics: Metrics, host: str, port: int) -> None:
    """Tells the figures at a port of their own. Raises PortTaken or AddressRefused."""
    try:
        metrics.serve(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port, "YUANWEN_METRICS_PORT") from error
        raise AddressRefused(host, port, reason(error)) from error


def run(
    app: FastAPI,
    bound: socket.socket,
    on_start: Callable[[str], object],
    trusted_proxies: Sequence[Network] = (),
) -> None:
    """Serve on a socket from `listen` until interrupted; `on_start` is told the address once it answers.

    Of requests from `trusted_proxies` the visitor's address is the last in X-Forwarded-For that is none of
    these proxies: what stands before it, the visitor may have written.
    """
    _Server(_config(app, trusted_proxies), lambda: on_start(address_of(bound))).run(sockets=[bound])


def _config(app: FastAPI, trusted_proxies: Sequence[Network]) -> uvicorn.Config:
    connections = Connections(raise_descriptors() - RESERVED, tuple(trusted_proxies))
    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=STOP_AFTER,
        http=limited_protocol(connections),  # type: ignore[arg-type]  # it is called, and never looked at
        ws="none",
        backlog=ACCEPTED,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=[str(network) for network in trusted_proxies],
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_start: Callable[[], object]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        closing = asyncio.create_task(self._hang_up())
        await super().shutdown(sockets)
        closing.cancel()

    async def _hang_up(self) -> None:
        """Close what never ends by itself at once, and the rest before uvicorn would cancel it."""
        for connection in list(self.server_state.connections):
            if HEARTBEAT in (getattr(connection, "scope", None) or {}).get("path", ""):
                connection.transport.close()
        await asyncio.sleep(STOP_AFTER - 1)
        for connection in list(self.server_state.connections):
            connection.transport.close()
