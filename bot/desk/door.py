"""Access to the desk: without an administrator there is none, without a session only the sign-in form."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL, Headers
from starlette.formparsers import MultiPartException
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import messages
from bot.desk.desk import Desk
from bot.operations.users import SESSION_LASTS, User
from bot.web.guard import BODY_LIMIT, own_path
from bot.web.pages import Visitor
from bot.web.problems import Problem, respond

__all__ = [
    "COMING_BACK",
    "COOKIE",
    "PATH",
    "SIGN_IN",
    "SINGLE_SIGN_ON",
    "UPLOAD_LIMIT",
    "WAYS_IN",
    "Door",
    "Visit",
]

PATH = "/desk"
SIGN_IN = f"{PATH}/sign-in"
SINGLE_SIGN_ON = f"{PATH}/single-sign-on"
COMING_BACK = f"{SINGLE_SIGN_ON}/back"
"""The way to the provider of single sign-on, and back from it."""

FILES = f"{PATH}/files/"
"""Style and scripts, which the sign-in form needs too."""

WAYS_IN = (SIGN_IN, SINGLE_SIGN_ON, COMING_BACK)
"""What is there without a session."""

COOKIE = "yuanwen_desk"
UPLOAD_LIMIT = 60_000_000
"""Bytes of what a user sends at once; of a stranger it is the service's BODY_LIMIT."""

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visit:
    """A signed-in user at the desk."""

    user: User


class Door:
    """ASGI middleware for everything under /desk; what is elsewhere passes untouched.

    It leaves the user in the request's state, as `visit`. Forms come from this site only, and are
    bounded while they are read.
    """

    def __init__(self, app: ASGIApp, desk: Desk, root_path: str = "") -> None:
        self._app, self._desk = app, desk
        self._inside = SessionMiddleware(
            self._enter,
            secret_key=desk.database.key("session"),
            session_cookie=COOKIE,
            max_age=SESSION_LASTS,
            path=f"{root_path}{PATH}",
            same_site="lax",
            https_only=desk.publisher.url.startswith("https://"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not f"{own_path(scope)}/".startswith(f"{PATH}/"):
            return await self._app(scope, receive, send)
        try:
            if not await run_in_threadpool(self._desk.users.has_administrator):
                raise Problem(404, messages.NO_PAGE)
            _check_origin(scope)
            await self._inside(scope, receive, send)
        except Problem as problem:
            await respond(problem, Request(scope))(scope, receive, send)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = own_path(scope)
        key = scope["session"].get("key", "")
        user = await run_in_threadpool(self._desk.users.of_session, str(key)) if key else None
        scope.setdefault("state", {})
        if user:
            scope["state"]["visit"] = Visit(user)
        elif path not in WAYS_IN and not path.startswith(FILES):
            return await _to_sign_in(scope, receive, send)
        await self._app(scope, _bounded(scope, receive, UPLOAD_LIMIT if user else BODY_LIMIT), send)


async def _to_sign_in(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["method"] != "GET":
        raise Problem(403, messages.DESK_SIGNED_OUT)
    await RedirectResponse(Visitor(Request(scope)).link(SIGN_IN), 303)(scope, receive, send)


def _check_origin(scope: Scope) -> None:
    """Refuse a form that another site's page sends. Raises Problem (403, 415)."""
    if scope["method"] == "GET":
        return
    headers = Headers(scope=scope)
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in FORMS:
        raise Problem(415, messages.DESK_NO_FORM)
    site, origin = headers.get("sec-fetch-site", "same-origin"), headers.get("origin")
    foreign = origin is not None and URL(origin).netloc != headers.get("host")
    if site not in ("same-origin", "none") or (foreign and origin != "null"):
        raise Problem(403, messages.DESK_FORGED)


def _bounded(scope: Scope, receive: Receive, limit: int) -> Receive:
    """Raises MultiPartException, at which the form's parser closes its files, and leaves a Problem (413)."""
    read = 0

    async def receive_some() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            scope["state"]["problem"] = Problem(413, messages.DESK_TOO_LARGE, limit=limit // 1000)
            raise MultiPartException("too large")
        return message

    return receive_some
