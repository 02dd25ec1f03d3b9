"""Users at the desk, for administrators: add, change role or password, remove."""

from __future__ import annotations

from typing import cast, get_args

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.operations.users import SHORTEST_PASSWORD, Role, UserError
from bot.web.problems import Problem

__all__ = ["user_routes"]

ROLES = {
    "editor": messages.DESK_EDITOR,
    "publisher": messages.DESK_PUBLISHER,
    "administrator": messages.DESK_ADMINISTRATOR,
}


def user_routes(desk: Desk) -> APIRouter:
    router = APIRouter(
        include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("administrator")]
    )

    @router.get("/desk/users")
    def show(request: Request) -> Response:
        return render(
            request, desk, "users.html", users=desk.users.all(), roles=ROLES, shortest=SHORTEST_PASSWORD,
            has_provider=desk.provider is not None,
        )  # fmt: skip

    @router.post("/desk/users")
    def add(request: Request, form: DeskForm) -> Response:
        name, role = form.text("name", 60).strip(), _role(form.text("role"))
        password = form.text("password") or (None if desk.provider else "")
        try:
            desk.users.add(name, role, password, user_of(request).name)
        except UserError:
            raise Problem(400, messages.DESK_USER_REFUSED, count=SHORTEST_PASSWORD) from None
        return go_to(request, "/users", messages.DESK_USER_ADDED, name=name)

    @router.post("/desk/users/change")
    def change(request: Request, form: DeskForm) -> Response:
        name = _other(request, form.text("name", 60))
        try:
            if form.text("action") == "remove":
                desk.users.remove(name, user_of(request).name)
            else:
                password = form.text("password") or None
                desk.users.change(name, user_of(request).name, _role(form.text("role")), password)
        except UserError:
            raise Problem(400, messages.DESK_USER_REFUSED, count=SHORTEST_PASSWORD) from None
        return go_to(request, "/users", messages.DESK_USER_CHANGED, name=name)

    return router


def _role(text: str) -> Role:
    if text not in get_args(Role):
        raise Problem(400, messages.BODY_REFUSED)
    return cast(Role, text)


def _other(request: Request, name: str) -> str:
    """The name of another user: nobody takes the last administrator out by a slip."""
    if name == user_of(request).name:
        raise Problem(400, messages.DESK_NOT_YOURSELF)
    return name
