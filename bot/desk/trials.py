"""Before and after: what a change would do to the questions of the last days, before it is published."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.desk.votes import VERDICTS
from bot.web.problems import Problem

__all__ = ["trial_routes"]


def trial_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/trials/{trial_id}")
    def show(request: Request, trial_id: str) -> Response:
        trial = desk.trials.get(trial_id) if desk.trials else None
        if trial is None:
            raise Problem(404, messages.NO_PAGE)
        return render(request, desk, "trial.html", trial=trial, verdicts=VERDICTS)

    return router
