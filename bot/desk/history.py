"""History of an article: the differences to each former text, and the way back to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.desk.articles import found, shown_as
from bot.desk.desk import Desk
from bot.desk.pages import DeskForm, DeskRoute, at_least, go_to, render, user_of
from bot.web.problems import Problem
from corpus.article import Article, to_markdown
from corpus.library.editing import ChangedMeanwhile, revise
from corpus.library.files import LibraryError, read_article

__all__ = ["DiffLine", "diff", "history_routes"]

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z")


class DiffLine(NamedTuple):
    """A line that is in both texts (""), in the former one only ("-") or in the present one only ("+")."""

    sign: str
    text: str


def diff(former: str, now: str) -> Iterator[DiffLine]:
    """Line by line, the whole of both."""
    one, other = former.splitlines(), now.splitlines()
    for tag, start, end, begin, stop in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (DiffLine("", line) for line in one[start:end])
        else:
            yield from (DiffLine("-", line) for line in one[start:end])
            yield from (DiffLine("+", line) for line in other[begin:stop])


def history_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute)

    @router.get("/desk/articles/{article_id}/{time}")
    def show(request: Request, article_id: str, time: str) -> Response:
        now, former = found(desk, article_id), _former(desk, article_id, time)
        return render(
            request, desk, "history.html", article=now, time=time, shown=shown_as(now),
            lines=diff(to_markdown(former), to_markdown(now)), may_publish=user_of(request).may("publisher"),
        )  # fmt: skip

    @router.post("/desk/articles/{article_id}/{time}", dependencies=[at_least("publisher")])
    def go_back(request: Request, article_id: str, time: str, form: DeskForm) -> Response:
        former = _former(desk, article_id, time)
        try:
            revise(desk.articles, article_id, form.text("shown", 64), lambda now: _as_before(now, former))
        except ChangedMeanwhile:
            raise Problem(409, messages.DESK_ARTICLE_MOVED_ON) from None
        desk.log.record(user_of(request).name, "article: former text", article=article_id, time=time)
        desk.changed()
        return go_to(request, f"/articles/{article_id}", messages.DESK_BACK_TO_FORMER)

    return router


def _former(desk: Desk, article_id: str, time: str) -> Article:
    """Raises Problem (404)."""
    path = next((path for path in desk.former(found(desk, article_id).id) if path.stem == time), None)
    if path is None or not TIME.fullmatch(time):
        raise Problem(404, messages.NO_PAGE)
    try:
        return read_article(path)
    except LibraryError:
        raise Problem(404, messages.NO_PAGE) from None


def _as_before(now: Article, former: Article) -> Article:
    """The former text; what editors have decided since (withdrawn, its note, its questions) stays."""
    return replace(
        former, id=now.id, status=now.status, withdrawal=now.withdrawal, withdrawn_on=now.withdrawn_on,
        correction=now.correction, supersedes=now.supersedes, asked=now.asked, not_asked=now.not_asked,
        valid_until=now.valid_until,
    )  # fmt: skip
