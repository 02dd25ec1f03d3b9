"""Every article as a page of its own, the list of all, and what search engines ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.answerer import Answerer
from bot.publisher import Publisher
from bot.questions import detect_language
from bot.web.dates import age_words, date_words
from bot.web.discovery import described, news_article, robots, sitemap
from bot.web.links import PLACE, Pointed, article_link, pointed
from bot.web.pages import Visitor, base_address, page, sent
from bot.web.prose import blocks, cut
from corpus.article import Article

__all__ = ["article_routes"]

TROUBLE = {"moved": messages.QUOTE_MOVED, "changed": messages.QUOTE_CHANGED, "wrong": messages.QUOTE_WRONG}


class Piece(NamedTuple):
    """Some words of a block; `mark` is "first" for the first quoted ones, "more" for the others."""

    text: str
    mark: str


class Shown(NamedTuple):
    is_subhead: bool
    pieces: list[Piece]


def article_routes(bot: Answerer, publisher: Publisher) -> APIRouter:
    """/articles, /articles/ID, /sitemap.xml and /robots.txt over the articles of `bot`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/articles")
    def list_all(request: Request) -> Response:
        years = groupby(newest_first(bot.articles.values()), lambda a: a.published and a.published.year)
        return page(
            request,
            publisher,
            "articles.html",
            canonical=f"{base_address(request, publisher)}/articles",
            years=[(year, list(articles)) for year, articles in years],
            article_link=article_link,
            language_of=detect_language,
            date_words=date_words,
        )

    @router.get("/articles/{article_id}")
    def read(request: Request, article_id: str) -> Response:
        language = Visitor(request).language
        if withdrawn := bot.withdrawn.get(article_id):
            day = date_words(withdrawn.withdrawn_on, language) if withdrawn.withdrawn_on else ""
            return page(request, publisher, "withdrawn.html", 410, article=withdrawn, day=day)
        article = bot.articles.get(article_id)
        if article is None:
            return page(request, publisher, "missing.html", 404)
        place = pointed(request.query_params, article.body)
        base = base_address(request, publisher)
        return page(
            request,
            publisher,
            "article.html",
            article=article,
            standing=bot.standing(article_id),
            article_link=article_link,
            language_of=detect_language,
            date_words=date_words,
            article_language=detect_language(article.body),
            blocks=shown(article.body, place),
            place=place,
            anchor=PLACE,
            trouble=TROUBLE.get(place.trouble or ""),
            day=date_words(article.published, language) if article.published else "",
            age=age_words(article.published, language, date.today()) if article.published else "",
            question=messages.EXAMPLE.to(language, topic=article.title),
            canonical=base + article_link(article.id),
            description=described(article),
            structured=news_article(article, publisher, base),
        )

    @router.get("/sitemap.xml")
    def show_sitemap(request: Request) -> Response:
        return sent(
            request, sitemap(bot.articles.values(), base_address(request, publisher)), "application/xml"
        )

    @router.get("/robots.txt")
    def show_robots(request: Request) -> Response:
        return sent(request, robots(base_address(request, publisher)), "text/plain")

    return router


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """By date, the newest first, those without one last; else in the library's order."""
    return sorted(articles, key=lambda article: article.published or date.min, reverse=True)


def shown(body: str, place: Pointed) -> list[Shown]:
    """The body's blocks, with the words that the link points to marked."""
    start, end = place.span or (0, 0)
    found = []
    for block in blocks(body):
        pieces = [
            Piece(text, "" if not start <= at < end else "first" if at == start else "more")
            for at, text in cut(block, [(start, end)])
        ]
        found.append(Shown(block.is_subhead, pieces))
    return found
