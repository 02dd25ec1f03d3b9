"""What has become of a quoted article since, and where else its text was published, as HTML for a card."""

from __future__ import annotations

from html import escape

from bot import messages
from bot.questions import Language, detect_language
from bot.standing import Standing
from bot.web.dates import date_words
from bot.web.links import article_link
from corpus.article import Article

__all__ = ["copies", "warnings"]


def warnings(article: Article, standing: Standing, language: Language, base: str) -> str:
    """A correction, and what has taken the article's place: what nobody must read over.

    `base` stands before links.
    """
    return _correction(article, language) + _supersession(standing.superseded_by, language, base)


def copies(standing: Standing, language: Language, base: str) -> str:
    """The articles with the same text, each with source, date and its own correction; "" without any."""
    if not standing.also_in:
        return ""
    items = "".join(f"<li>{_copy(article, language, base)}</li>" for article in standing.also_in)
    return f'<div class="also" lang="{language}"><p>{messages.ALSO_IN.to(language)}</p><ul>{items}</ul></div>'


def _correction(article: Article, language: Language) -> str:
    if not article.correction:
        return ""
    words = escape(messages.CORRECTION.to(language, note=article.correction))
    return f'<p class="correction" lang="{language}">{words}</p>'


def _supersession(newer: Article | None, language: Language, base: str) -> str:
    if newer is None:
        return ""
    before, after = messages.SUPERSEDED.to(language, link="\n").split("\n")
    link = _link(newer, messages.SUPERSEDED_TITLE.to(language, title=newer.title), base)
    return f'<p class="superseded" lang="{language}">{escape(before)}{link}{escape(after)}</p>'


def _copy(article: Article, language: Language, base: str) -> str:
    day = date_words(article.published, language) if article.published else ""
    stated = escape(" · ".join(part for part in (article.source, day) if part))
    origin = f' <span class="stated">{stated}</span>' if stated else ""
    return f"{_link(article, article.title, base)}{origin}{_correction(article, language)}"


def _link(article: Article, words: str, base: str) -> str:
    address = escape(base + article_link(article.id))
    return f'<a href="{address}" lang="{detect_language(article.title)}">{escape(words)}</a>'
