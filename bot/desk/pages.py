"""Pages of the desk: templates, forms with their tokens, and refusals."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import RedirectResponse

from bot import messages
from bot.desk.desk import Desk
from bot.desk.door import PATH, Visit
from bot.desk.rooms import rooms_of
from bot.messages import Message
from bot.operations.database import DatabaseError
from bot.operations.users import Role, User
from bot.web.guard import own_path
from bot.web.pages import Visitor
from bot.web.problems import Problem
from bot.web.rendering import LANGUAGES

__all__ = ["DeskForm", "DeskRoute", "Form", "SentFile", "at_least", "go_to", "render", "user_of"]

logger = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MOST_FILES, MOST_FIELDS = 200, 2000
LARGEST_FIELD = 4_000_000  # bytes

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def user_of(request: Request) -> User:
    """The signed-in user; the door lets nobody else through."""
    visit: Visit = request.state.visit
    return visit.user


def at_least(role: Role) -> Any:
    """A dependency that refuses users of lower roles. Raises Problem (403)."""

    def check(request: Request) -> None:
        if not user_of(request).may(role):
            raise Problem(403, messages.DESK_NOT_ALLOWED)

    return Depends(check)


# ---- pages


def token_of(request: Request) -> str:
    """The token that this session's forms must send back."""
    session = request.session
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(32)
    return str(session["token"])


def render(request: Request, desk: Desk, template: str, status: int = 200, **values: object) -> Response:
    """A page of the desk for the visitor."""
    visitor = Visitor(request)
    visit: Visit | None = getattr(request.state, "visit", None)
    html = TEMPLATES.get_template(template).render(
        visitor=visitor,
        publisher=desk.publisher,
        messages=messages,
        languages=LANGUAGES,
        user=visit.user if visit else None,
        rooms=rooms_of(visit.user) if visit else (),
        path=own_path(request.scope),
        token=token_of(request),
        told=request.session.pop("told", None),
        **values,
    )
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Language": visitor.language,
        "Cache-Control": "no-store",
    }
    return Response(html, status, headers, "text/html; charset=utf-8")


def go_to(request: Request, path: str, told: Message | None = None, **values: object) -> Response:
    """On to another page of the desk, where `told` is said once."""
    visitor = Visitor(request)
    if told:
        request.session["told"] = visitor.say(told, **values)
    return RedirectResponse(visitor.link(f"{PATH}{path}"), 303)


class DeskRoute(APIRoute):
    """A route whose refusals are pages of the desk."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await _answered(handle, request)
            except Problem as problem:
                desk: Desk = request.app.state.desk
                told = problem.message.to(Visitor(request).language, **problem.values)
                return render(request, desk, "refused.html", problem.status, problem=told)

        return handled


async def _answered(handle: Handler, request: Request) -> Response:
    try:
        return await handle(request)
    except RequestValidationError:
        raise Problem(400, messages.BODY_REFUSED) from None
    except (OSError, DatabaseError) as error:  # no room, or no right to write
        logger.error("nothing can be kept: %s", error)
        raise Problem(503, messages.DESK_NOT_KEPT) from None


# ---- forms


class SentFile(NamedTuple):
    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields of a form whose token was right."""

    values: FormData
    files: Sequence[SentFile]

    def text(self, name: str, limit: int = 1000) -> str:
        """A field, or "" where it was not sent. Raises Problem (400) for more than `limit` characters."""
        value = self.values.get(name, "")
        text = value.replace("\r\n", "\n") if isinstance(value, str) else ""
        if len(text) > limit:
            raise Problem(400, messages.DESK_TOO_LONG, limit=limit)
        return text

    def number(self, name: str) -> int:
        """A field that the page itself has filled in. Raises Problem (400) where it is no number."""
        text = self.text(name, 10)
        if not (text.isascii() and text.isdigit()):
            raise Problem(400, messages.BODY_REFUSED)
        return int(text)


async def _form(request: Request) -> Form:
    try:
        async with request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
        ) as values:
            return await _checked(request, values)
    except (MultiPartException, HTTPException):
        refused = Problem(400, messages.BODY_REFUSED)
        raise getattr(request.state, "problem", refused) from None


async def _checked(request: Request, values: FormData) -> Form:
    sent, wanted = values.get("token", ""), request.session.get("token", "")
    if not (wanted and isinstance(sent, str) and hmac.compare_digest(sent.encode(), wanted.encode())):
        raise Problem(403, messages.DESK_FORGED)
    files = [
        SentFile(value.filename, await value.read())
        for _, value in values.multi_items()
        if isinstance(value, UploadFile) and value.filename
    ]
    return Form(values, files)


DeskForm = Annotated[Form, Depends(_form)]
"""The form of a POST, its token checked. Raises Problem (400, 403, 413)."""
