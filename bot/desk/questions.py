"""Questions at the desk, as far as they are kept: grouped, the most asked first, each with its answer now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from bot import messages
from bot.answering.answer import Answer
from bot.answering.question import QuestionError
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.desk.votes import VERDICTS
from bot.operations.questions import Group, Order, State, since_day
from bot.web.problems import Problem

__all__ = ["DAYS", "answer_now", "found_group", "most_asked", "question_routes", "wordings_of"]

DAYS = 30
PAGE = 50
"""Groups of one page."""

ORDERS: dict[Order, messages.Message] = {
    "asked": messages.DESK_MOST_ASKED,
    "none": messages.DESK_MOST_UNANSWERED,
    "unsure": messages.DESK_MOST_UNSURE,
    "down": messages.DESK_MOST_DOWN,
}
STATES: dict[State, messages.Message] = {
    "": messages.DESK_OPEN_QUESTIONS,
    "answered": messages.DESK_SETTLED,
    "not for us": messages.DESK_NOT_FOR_US,
}


def question_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/questions")
    def listed(
        request: Request,
        order: Order = "asked",
        state: State = "",
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    ) -> Response:
        # One more than is shown tells whether there is a next page.
        found = desk.questions.groups(_since(), order, state, (page - 1) * PAGE, PAGE + 1)
        return render(
            request, desk, "questions.html", groups=found[:PAGE], more=len(found) > PAGE, page=page,
            order=order, orders=ORDERS, state=state, states=STATES, keeps=desk.keeps, days=DAYS,
        )  # fmt: skip

    @router.get("/desk/questions/{group_id}")
    def show(request: Request, group_id: int) -> Response:
        group = found_group(desk, group_id)
        return render(
            request, desk, "question.html", group=group, verdicts=VERDICTS, states=STATES,
            wordings=desk.questions.wordings(group_id, _since()),
            answer=answer_now(desk, group.question),
            comments=desk.questions.comments(group_id, _since()),
        )  # fmt: skip

    @router.post("/desk/questions/{group_id}")
    def settle(request: Request, group_id: int, form: DeskForm) -> Response:
        group, state = found_group(desk, group_id), form.text("state", 20)
        wanted = next((one for one in STATES if one == state), None)
        if wanted is None:
            raise Problem(400, messages.BODY_REFUSED)
        desk.questions.set_state(group_id, wanted)
        desk.log.record(user_of(request).name, "question settled", question=group.question, state=state)
        return go_to(request, "/questions", messages.DESK_SAVED)

    return router


def found_group(desk: Desk, group_id: int) -> Group:
    """Raises Problem (404) where nobody asked that within DAYS."""
    group = desk.questions.group(group_id, _since())
    if group is None:
        raise Problem(404, messages.NO_PAGE)
    return group


def wordings_of(desk: Desk, group_id: int) -> list[str]:
    """The questions of a group in people's words, the most asked first."""
    return [question for question, _ in desk.questions.wordings(group_id, _since())]


def most_asked(desk: Desk, most: int) -> list[str]:
    """The most asked questions, settled or not, one for each group."""
    found = [group for state in STATES for group in desk.questions.groups(_since(), "asked", state, 0, most)]
    found.sort(key=lambda group: group.asked, reverse=True)
    return [group.question for group in found[:most]]


def answer_now(desk: Desk, question: str) -> Answer | None:
    """The answer that a visitor would get; None where the service cannot say."""
    try:
        return desk.bot.ask(question) if desk.bot else None
    except QuestionError:  # masked, no word may be left
        return None


def _since() -> date:
    return since_day(datetime.now().date(), DAYS)
