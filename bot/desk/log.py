"""The audit log as a page, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render

__all__ = ["log_routes"]

LINES = 100
"""Lines of one page."""


def log_routes(desk: Desk) -> APIRouter:
    router = APIRouter(
        include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("administrator")]
    )

    @router.get("/desk/log")
    def log(request: Request, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
        return render(request, desk, "log.html", lines=desk.log.latest(LINES, before))

    return router
