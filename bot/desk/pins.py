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
from corpus.asked import stale

__all__ = ["Pin", "pin_routes", "pins_of"]

PAGE = 50
"""Pins of one page."""


class Pin(NamedTuple):
    """A question at an article; `is_stale` where its sentence does not stand there any more."""

    article: Article
    question: str
    sentence: str
    is_stale: bool
    used: int


def pins_of(desk: Desk, articles: Iterable[Article]) -> list[Pin]:
    """The questions of the articles, the most used first."""
    asked = [(article, one) for article in articles for one in article.asked]
    keys = [f"{article.id}\n{one.question}" for article, one in asked]
    used = desk.figures.curated("pin", keys, DAYS, datetime.now().date().isoformat())
    found = [
        Pin(article, one.question, one.sentence, one in stale(article.body, article.asked), used.get(key, 0))
        for (article, one), key in zip(asked, keys, strict=True)
    ]
    return sorted(found, key=lambda pin: -pin.used)


def pin_routes(desk: Desk) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=DeskRoute, dependencies=[at_least("publisher")])

    @router.get("/desk/pins")
    def show(request: Request, q: str = "", page: int = 1) -> Response:
        pins = pins_of(desk, desk.shelf.look().articles)
        pages = max(1, -(-len(pins) // PAGE))
        page = min(max(page, 1), pages)
        return render(
            request, desk, "pins.html", pins=pins[(page - 1) * PAGE : page * PAGE], count=len(pins),
            page=page, pages=pages, days=DAYS, q=q[:500], verdicts=VERDICTS,
            answer=answer_now(desk, q[:500]) if q.strip() else None,
        )  # fmt: skip

    return router
