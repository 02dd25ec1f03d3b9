"""Routes of a page for each article, of the list of all, and of sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from bot import messages
from bot.answering.answerer import Answerer
from bot.language import detect_language
from bot.publisher import Publisher
from bot.web import routes
from bot.web.article_list import ArticleList, ListQuery
from bot.web.html import text_blocks
from bot.web.language import date_words
from bot.web.links import article_link, link_target, scan_link
from bot.web.pages import LOGO, Visitor, base_address, page, sent, sent_picture
from bot.web.problems import Problem
from corpus.article import Article
from corpus.library.scans import read_scan
from corpus.readers.document import Scan
from corpus.readers.placed import PlacedLine
from corpus.readers.scan import cut_out, lines_with
from corpus.sentences import Span, sentences

__all__ = ["article_routes", "described", "news_article", "robots", "sitemap"]

DESCRIPTION = 160
"""Characters of a description; search engines show about as many."""

WORDS_LIMIT = 100
"""Characters of a search in the list of articles."""

SITEMAP_LIMIT = 50_000
"""Addresses of one sitemap: https://www.sitemaps.org/protocol.html."""


def described(article: Article) -> str:
    """The article's first sentences, at least one, in its own words."""
    text = ""
    for start, end in sentences(article.body, 0, 4 * DESCRIPTION):
        if text and len(text) + end - start > DESCRIPTION:
            break
        text += article.body[start:end]
    return text or article.heading


def news_article(article: Article, publisher: Publisher, base: str) -> dict[str, Any]:
    """The article as schema.org's NewsArticle, with what is known of it."""
    address = base + article_link(article.id)
    known = {
        "headline": article.title,
        "alternativeHeadline": " ".join(part for part in (article.kicker, article.subtitle) if part),
        "description": described(article),
        "datePublished": article.published.isoformat() if article.published else "",
        "articleSection": article.section,
        "pagination": article.page,
        "creditText": article.byline,
        "inLanguage": detect_language(article.body),
        "url": address,
        "mainEntityOfPage": address,
        "isBasedOn": article.url if article.url.startswith(("https://", "http://")) else "",
        "publisher": _organization(article.source or publisher.name, publisher, base),
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle"} | {k: v for k, v in known.items() if v}


def _organization(name: str, publisher: Publisher, base: str) -> dict[str, str]:
    if not name:
        return {}
    logo = {"logo": base + LOGO} if publisher.logo and name == publisher.name else {}
    return {"@type": "Organization", "name": name, **logo}


def sitemap(ids: Iterable[str], base: str) -> str:
    """The chat page, the list and every article, by sitemaps.org's protocol.

    Without dates: it is not known when an article was last changed.
    """
    paths = ["/", "/articles", *map(article_link, islice(ids, SITEMAP_LIMIT - 2))]
    entries = "".join(f"<url><loc>{escape(base + path)}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(base: str) -> str:
    """Everything that people see may be indexed."""
    return f"User-agent: *\nDisallow: /api/\nDisallow: /gradio_api/\n\nSitemap: {base}/sitemap.xml\n"


TROUBLE = {"moved": messages.QUOTE_MOVED, "changed": messages.QUOTE_CHANGED, "wrong": messages.QUOTE_WRONG}


def article_routes(bot: Answerer, publisher: Publisher, folder: Path | None = None) -> APIRouter:
    """Pages of articles; `folder` is that of the articles, where pictures of scanned ones are."""
    """/articles, /articles/ID, /sitemap.xml and /robots.txt over the articles of `bot`."""
    router = APIRouter(include_in_schema=False)

    listed = ArticleList(bot.articles)

    @routes.ARTICLES_PAGE.on(router)
    def list_all(request: Request) -> Response:
        nonlocal listed
        if listed.articles is not bot.articles:  # there was a reload
            listed = ArticleList(bot.articles)
        wanted = _wanted(request.query_params)
        found = listed.page(wanted)
        years = groupby(found.articles, lambda article: article.published and article.published.year)
        return page(
            request,
            publisher,
            "articles.html",
            canonical=f"{base_address(request, publisher)}/articles",
            years=[(year, list(articles)) for year, articles in years],
            wanted=wanted,
            found=found,
        )

    @routes.ARTICLE_PAGE.on(router)
    def read(request: Request, article_id: str) -> Response:
        language = Visitor(request).language
        if withdrawn := bot.withdrawn.get(article_id):
            day = date_words(withdrawn.withdrawn_on, language) if withdrawn.withdrawn_on else ""
            return page(request, publisher, "withdrawn.html", 410, article=withdrawn, day=day)
        article = bot.articles.get(article_id)
        if article is None:
            return page(request, publisher, "missing.html", 404)
        place = link_target(request.query_params, article.body)
        base = base_address(request, publisher)
        return page(
            request,
            publisher,
            "article.html",
            article=article,
            standing=bot.standing(article_id),
            blocks=text_blocks(article.body, (), (place.span,) if place.span else ()),
            has_mark=place.span is not None,
            trouble=TROUBLE.get(place.trouble or ""),
            question=messages.EXAMPLE.to(language, topic=article.title),
            canonical=base + article_link(article.id),
            description=described(article),
            scan=scan_link(article.id, article.body, place.span)
            if _scan(article, place.span, folder)
            else "",
            structured=news_article(article, publisher, base),
        )

    @routes.SCAN.on(router)
    def show_scan(request: Request, article_id: str) -> Response:
        article = bot.articles.get(article_id)
        place = link_target(request.query_params, article.body) if article else None
        found = _scan(article, place.span, folder) if article and place else None
        try:
            picture = cut_out(*found) if found else b""
        except ValueError:
            picture = b""
        if not picture:
            raise Problem(404, messages.NO_PAGE)
        return sent_picture(request, picture, "image/jpeg")

    @routes.SITEMAP.on(router)
    def show_sitemap(request: Request) -> Response:
        return sent(request, sitemap(bot.articles, base_address(request, publisher)), "application/xml")

    @routes.ROBOTS.on(router)
    def show_robots(request: Request) -> Response:
        return sent(request, robots(base_address(request, publisher)), "text/plain")

    return router


def _scan(article: Article, span: Span | None, folder: Path | None) -> tuple[Scan, list[PlacedLine]] | None:
    """The picture, and the lines of it in which the words of the span, or all of them, were read."""
    scan = read_scan(folder, article.scan) if folder and article.scan else None
    start, end = span or (0, len(article.body))
    lines = lines_with(scan.lines, article.body[start:end]) if scan else []
    return (scan, lines) if scan and lines else None


def _wanted(query: Mapping[str, str]) -> ListQuery:
    number = query.get("page", "")
    page_number = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    return ListQuery(
        query.get("q", "")[:WORDS_LIMIT], query.get("year", ""), query.get("source", ""), page_number
    )
