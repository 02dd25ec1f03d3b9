"""POST and GET /api/reload: the administrator has changed articles taken up, and sees what came of it."""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest
from typing import NamedTuple

from fastapi import APIRouter, Request

from bot import messages
from bot.reloading import Outcome
from bot.web.problems import Problem
from bot.web.schema import ReloadOut

__all__ = ["Reloads", "reload_routes"]

PATH = "/api/reload"
SCHEME = "bearer "


class Reloads(NamedTuple):
    """What a reload is asked of, and the token that whoever asks must show."""

    token: str
    request: Callable[[], None]
    outcome: Callable[[], Outcome]


def reload_routes(reloads: Reloads) -> APIRouter:
    """The routes; they are not in the description at /docs, which is for the public."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH, status_code=202)
    def reload(request: Request) -> ReloadOut:
        """Asks for a reload; it goes on after the answer."""
        _check(request, reloads.token)
        reloads.request()
        return ReloadOut.model_validate(reloads.outcome())

    @router.get(PATH)
    def outcome(request: Request) -> ReloadOut:
        """What came of the last one."""
        _check(request, reloads.token)
        return ReloadOut.model_validate(reloads.outcome())

    return router


def _check(request: Request, token: str) -> None:
    shown = request.headers.get("authorization", "")
    given = shown[len(SCHEME) :] if shown.lower().startswith(SCHEME) else ""
    # Compared in constant time: how long a refusal takes must not tell how much was right.
    if not compare_digest(given.encode("utf-8", "surrogateescape"), token.encode()):
        raise Problem(403, messages.NO_ADMINISTRATOR)
