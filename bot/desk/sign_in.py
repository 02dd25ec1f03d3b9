"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.door import SIGN_IN, SINGLE_SIGN_ON
from bot.desk.pages import DeskForm, DeskRoute, go_to, render
from bot.operations.users import TooEarly
from bot.web.problems import Problem

__all__ = ["sign_in_routes"]


def sign_in_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.get(SIGN_IN)
    def form(request: Request) -> Response:
        return _page(request, desk, "", "")

    @router.post(SIGN_IN)
    def sign_in(request: Request, form: DeskForm) -> Response:
        name, password = form.text("name", 200), form.text("password", 1000)
        address = request.client.host if request.client else ""
        try:
            key = desk.users.sign_in(name, password, address)
        except TooEarly as error:
            raise Problem(429, messages.DESK_TOO_EARLY, seconds=error.seconds) from None
        if key is None:
            return _page(request, desk, name, messages.DESK_WRONG_PASSWORD, 403)
        request.session.clear()  # a token that was given to a stranger is worth nothing inside
        request.session["key"] = key
        return go_to(request, "")

    @router.post("/desk/sign-out")
    def sign_out(request: Request, form: DeskForm) -> Response:
        desk.users.sign_out(request.session["key"])
        request.session.clear()
        return go_to(request, "/sign-in")

    return router


def _page(
    request: Request, desk: Desk, name: str, problem: messages.Message | str, status: int = 200
) -> Response:
    elsewhere = SINGLE_SIGN_ON if desk.provider else ""
    return render(request, desk, "sign_in.html", status, name=name, problem=problem, elsewhere=elsewhere)
