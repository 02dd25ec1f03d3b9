"""Synonyms at the desk: edited as text, and tried before they are saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.answering.answer import Answer
from bot.answering.question import QuestionError
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.desk.questions import DAYS, answer_now
from bot.desk.trials import try_change
from bot.desk.votes import VERDICTS
from bot.web.problems import Problem
from corpus.library.files import SYNONYMS, FileChanged, LibraryError, file_digest
from corpus.library.synonyms import (
    SynonymsError,
    groups_in,
    read_synonyms,
    save_synonyms,
    synonyms_text,
)

__all__ = ["synonym_routes"]

LONGEST = 100_000  # characters of the file

Groups = Sequence[Sequence[str]]


def synonym_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/synonyms")
    def show(request: Request) -> Response:
        return _page(request, desk, _text(desk))

    @router.post("/desk/synonyms")
    def act(request: Request, form: DeskForm) -> Response:
        if "groups" not in form.values:
            raise Problem(400, messages.BODY_REFUSED)
        action, typed, tried = form.text("action", 20), form.text("groups", LONGEST), form.text("tried", 500)
        try:
            groups = groups_in(typed)
            if action == "save":
                save_synonyms(desk.articles, typed, form.text("shown", 64))
        except SynonymsError as error:
            return _page(request, desk, typed, tried, 400, problem=str(error))
        except FileChanged:
            return _page(request, desk, typed, tried, 409, theirs=_text(desk))
        if action == "save":
            desk.log.record(user_of(request).name, "synonyms changed", synonyms=typed)
            desk.changed()
            return go_to(request, "/synonyms", messages.DESK_SAVED)
        if action == "changes" and desk.trials:
            return try_change(request, desk, desk.trials.variants.synonyms(groups))
        return _page(request, desk, typed, tried, after=_answer_with(desk, groups, tried))

    return router


def _page(
    request: Request,
    desk: Desk,
    typed: str,
    tried: str = "",
    status: int = 200,
    problem: str = "",
    theirs: str | None = None,
    after: Answer | None = None,
) -> Response:
    return render(
        request, desk, "synonyms.html", status, typed=typed, tried=tried, problem=problem, theirs=theirs,
        before=answer_now(desk, tried) if tried.strip() else None, after=after, verdicts=VERDICTS,
        counted=_counted(desk), shown=file_digest(desk.articles / SYNONYMS), days=DAYS,
        may_try=desk.trials is not None,
    )  # fmt: skip


def _text(desk: Desk) -> str:
    """Raises Problem (503) where the file cannot be read."""
    try:
        return synonyms_text(desk.articles)
    except LibraryError:
        raise Problem(503, messages.DESK_FILE_BROKEN, name=SYNONYMS) from None


def _counted(desk: Desk) -> list[tuple[str, int]]:
    """Each group with how often it had a part in an answer, the most first."""
    try:
        groups = read_synonyms(desk.articles)
    except LibraryError:
        return []
    today = datetime.now().date().isoformat()
    counted = desk.figures.curated("synonym", (group[0] for group in groups), DAYS, today)
    listed = [(" = ".join(group), counted.get(group[0], 0)) for group in groups]
    return sorted(listed, key=lambda one: -one[1])


def _answer_with(desk: Desk, groups: Groups, question: str) -> Answer | None:
    """What a visitor would be answered with these groups; None where the service cannot say."""
    if not question.strip() or desk.trials is None:
        return None
    try:
        with desk.trials.variants.synonyms(groups) as bot:
            return bot.ask(question)
    except QuestionError:
        return None
