"""The service while the folder of articles is empty: one page that says how to add some."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from bot import messages
from bot.desk.desk import Desk
from bot.desk.routes import mount_desk
from bot.publisher import Publisher
from bot.web.chat.page import STATIC
from bot.web.guard import Guard
from bot.web.pages import page, publisher_routes
from bot.web.problems import Problem, add_problem_handlers
from bot.web.server import address_of
from corpus.library.inventory import holds_articles

__all__ = ["await_articles", "awaiting_app"]

EVERY = 1.0  # seconds between two looks into the folder


def awaiting_app(folder: Path, publisher: Publisher, desk: Desk | None = None) -> FastAPI:
    """The service without articles: pages say how to add some to `folder`, the API that it is not ready.

    At the `desk` the first ones can be added.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_problem_handlers(app)
    app.include_router(publisher_routes(publisher))
    app.mount("/page", StaticFiles(directory=STATIC))

    if desk:
        mount_desk(app, desk, publisher.root_path)

    @app.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @app.api_route("/api/{path:path}", methods=["GET", "POST"])
    @app.get("/readyz")
    def not_ready() -> Response:
        lacks = {"pointer": "#/articles", "detail": f"the folder {folder} holds no article"}
        raise Problem(503, messages.NO_ARTICLES_YET, errors=[lacks], folder=folder)

    @app.get("/{path:path}")
    def empty(request: Request) -> Response:
        response = page(request, publisher, "empty.html", 503, folder=folder)
        response.headers["Retry-After"] = "5"
        return response

    if desk:
        app.add_middleware(Guard, root_path=publisher.root_path)
    return app


def await_articles(
    folder: Path,
    publisher: Publisher,
    bound: socket.socket,
    tell: Callable[[str], object],
    desk: Desk | None = None,
) -> None:
    """Serve `awaiting_app` on the socket until the folder holds an article, or the process is stopped.

    `tell` is told where, and how to add one. `bound` stays open. Raises KeyboardInterrupt where stopped.
    """
    server = uvicorn.Server(
        uvicorn.Config(awaiting_app(folder, publisher, desk), log_level="warning", server_header=False)
    )
    found = Event()

    def look() -> None:
        while not server.should_exit:
            if holds_articles(folder):
                found.set()
                server.should_exit = True
            found.wait(EVERY)

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    tell(address_of(bound))
    tell(messages.NO_ARTICLES_YET.to("en", folder=folder) + " " + messages.HOW_TO_ADD.to("en"))
    server.run(sockets=[bound.dup()])
    server.should_exit = True
    watcher.join()
    if not found.is_set():
        raise KeyboardInterrupt
