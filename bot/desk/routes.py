"""The desk in the service: its routes, its files and its door."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from bot import messages
from bot.desk.adding import adding_routes
from bot.desk.articles import article_routes
from bot.desk.attaching import attaching_routes
from bot.desk.cards import card_routes
from bot.desk.desk import Desk
from bot.desk.door import PATH, Door
from bot.desk.evaluations import evaluation_routes
from bot.desk.figures import figure_routes
from bot.desk.history import history_routes
from bot.desk.log import log_routes
from bot.desk.pages import DeskRoute, render, user_of
from bot.desk.pins import pin_routes
from bot.desk.questions import question_routes
from bot.desk.settings import pause_routes, settings_routes
from bot.desk.sheets import sheet_routes
from bot.desk.sign_in import sign_in_routes
from bot.desk.single_sign_on import single_sign_on_routes
from bot.desk.synonyms import synonym_routes
from bot.desk.trials import trial_routes
from bot.desk.users import user_routes
from bot.desk.votes import vote_routes
from bot.web.problems import Problem

__all__ = ["desk_routers", "mount_desk"]


def mount_desk(app: FastAPI, desk: Desk, root_path: str) -> None:
    """Give the service a desk."""
    app.state.desk = desk
    app.mount(f"{PATH}/files", StaticFiles(directory=Path(__file__).parent / "static"))
    for router in desk_routers(desk):
        app.include_router(router)
    app.add_middleware(Door, desk=desk, root_path=root_path)


def desk_routers(desk: Desk) -> list[APIRouter]:
    """Every route of the desk; the last takes what none before it takes."""
    rooms = (
        _start, sign_in_routes, single_sign_on_routes,
        adding_routes, sheet_routes, article_routes, history_routes, question_routes,
        attaching_routes, trial_routes, pin_routes, synonym_routes, card_routes,
        figure_routes, evaluation_routes, vote_routes, pause_routes, settings_routes, user_routes, log_routes,
    )  # fmt: skip
    return [*(routes(desk) for routes in rooms), _nowhere()]


def _start(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.get(PATH)
    def start(request: Request) -> Response:
        may_publish = user_of(request).may("publisher")
        proposed = (
            [sheet for sheet in desk.sheets.open() if sheet.status == "proposed"] if may_publish else ()
        )
        return render(request, desk, "start.html", proposed=len(proposed))

    return router


def _nowhere() -> APIRouter:
    """Every other address of the desk: a page that says so, for a person who mistyped one."""
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.api_route(PATH + "/{path:path}", methods=["GET", "POST"])
    def nowhere(path: str) -> Response:
        raise Problem(404, messages.NO_PAGE)

    return router
