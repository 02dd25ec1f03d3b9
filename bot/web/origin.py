"""Where an article stands, as one line: source, date and age, section, byline, original page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from bot import messages
from bot.questions import Language
from bot.web.dates import age_words, date_words
from corpus.article import Article

__all__ = ["origin"]


def origin(article: Article, language: Language) -> str:
    """The line as HTML; "" where the article's source states nothing."""
    parts = list(_parts(article, language))
    return f'<p class="origin">{" · ".join(parts)}</p>' if parts else ""


def _parts(article: Article, language: Language) -> Iterator[str]:
    if article.source:
        yield escape(article.source)
    if article.published:
        yield escape(date_words(article.published, language))
        if age := age_words(article.published, language, date.today()):
            yield f'<strong class="age">{escape(age)}</strong>'
    yield from (escape(part) for part in (article.section, article.byline) if part)
    if article.url.startswith(("https://", "http://")):
        yield f'<a href="{escape(article.url)}">{messages.ORIGINAL_PAGE.to(language)}</a>'
