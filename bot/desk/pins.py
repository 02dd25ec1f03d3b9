"""All questions that editors have put to articles, with how often each had a part in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from bot.desk.desk import Desk
from bot.desk.pages import DeskRoute, at_least, render
from bot.desk.questions import DAYS, answer_now
from bot.desk.votes import VERDICTS
from corpus.article import Article

__all__ = ["Pin", "pin_routes", "used_of"]

PAGE = 50
"""Pins of one page."""


class Pin(NamedTuple):
    """A question at an article; `is_stale` where its sentence does not stand there any more."""

    article: Article
    question: str
    sentence: str
    is_stale: bool
    used: int


def used_of(desk: Desk, articles: Iterable[Article]) -> dict[tuple[str, str], int]:
    """How often each question at these articles had a part in an answer, by article's id and question."""
    keys = {f"{a.id}\n{one.question}": (a.id, one.question) for a in articles for one in a.asked}
    used = desk.figures.curated("pin", keys, DAYS, datetime.now().date().isoformat())
    return {keys[key]: count for key, count in used.items()}


def _pins(desk: Desk) -> list[Pin]:
    """Every pin, the most used first."""
    shelved = desk.shelf.look()
    used, is_stale = used_of(desk, shelved.articles), {(a.id, question) for a, question in shelved.stale}
    found = [
        Pin(article, one.question, one.sentence, key in is_stale, used.get(key, 0))
        for article in shelved.articles
        for one in article.asked
        for key in [(article.id, one.question)]
    ]
    return sorted(found, key=lambda pin: -pin.used)


def pin_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/pins")
    def show(request: Request, q: str = "", page: int = 1) -> Response:
        pins = _pins(desk)
        pages = max(1, -(-len(pins) // PAGE))
        page = min(max(page, 1), pages)
        return render(
            request, desk, "pins.html", pins=pins[(page - 1) * PAGE : page * PAGE], count=len(pins),
            page=page, pages=pages, days=DAYS, q=q[:500], verdicts=VERDICTS,
            answer=answer_now(desk, q[:500]) if q.strip() else None,
        )  # fmt: skip

    return router
