"""Before and after: what a change would do to the questions of the last days, before it is published."""

from __future__ import annotations

from contextlib import AbstractContextManager

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.answering.answerer import Answerer
from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, go_to, render
from bot.desk.questions import most_asked
from bot.desk.votes import VERDICTS
from bot.web.problems import Problem

__all__ = ["trial_routes", "try_change"]

TRIED = 200
"""Groups of questions on which a change is tried, the most asked ones."""


def trial_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/trials/{trial_id}")
    def show(request: Request, trial_id: str) -> Response:
        trial = desk.trials.get(trial_id) if desk.trials else None
        if trial is None:
            raise Problem(404, messages.NO_PAGE)
        return render(request, desk, "trial.html", trial=trial, verdicts=VERDICTS)

    return router


def try_change(request: Request, desk: Desk, changed: AbstractContextManager[Answerer]) -> Response:
    """Begin to try a change on the questions of the last days. Raises Problem (404)."""
    if desk.trials is None:
        raise Problem(404, messages.NO_PAGE)
    trial = desk.trials.start(changed, most_asked(desk, TRIED))
    return go_to(request, f"/trials/{trial.id}")
