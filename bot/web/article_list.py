"""The list of articles: filtered by a visitor's search, year and source, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from threading import Lock
from typing import NamedTuple

from corpus.article import Article
from index.terms import fold

__all__ = ["PER_PAGE", "ArticleList", "ArticlePage", "ListQuery", "newest_first"]

PER_PAGE = 50


@dataclass(frozen=True)
class ListQuery:
    """Filter of the list: words of the headline, source or byline; "" filters nothing."""

    words: str = ""
    year: str = ""
    source: str = ""
    page: int = 1


@dataclass(frozen=True)
class ArticlePage:
    """One page of the list; `years` and `sources` are those of all articles, to choose from."""

    articles: tuple[Article, ...]
    count: int
    page: int
    pages: int
    years: tuple[str, ...]
    sources: tuple[str, ...]


class _Entry(NamedTuple):
    article_id: str
    text: str
    year: str
    source: str


class ArticleList:
    """The list of one library, the newest first; may be read from several threads.

    Of each article only its entry is kept: the articles themselves may be on a disk.
    """

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self.articles = articles
        self._entries: tuple[_Entry, ...] | None = None
        self._lock = Lock()

    def page(self, wanted: ListQuery) -> ArticlePage:
        """The page of that number, or the last one where there are fewer."""
        entries = self._read()
        words = fold(wanted.words).split()
        found = [
            entry
            for entry in entries
            if all(word in entry.text for word in words)
            and wanted.year in ("", entry.year)
            and wanted.source in ("", entry.source)
        ]
        pages = max(1, ceil(len(found) / PER_PAGE))
        page = min(max(1, wanted.page), pages)
        shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        return ArticlePage(
            tuple(self.articles[entry.article_id] for entry in shown if entry.article_id in self.articles),
            len(found),
            page,
            pages,
            tuple(dict.fromkeys(entry.year for entry in entries if entry.year)),
            tuple(sorted({entry.source for entry in entries if entry.source})),
        )

    def _read(self) -> Sequence[_Entry]:
        with self._lock:
            if self._entries is None:
                self._entries = tuple(map(_entry, newest_first(self.articles.values())))
            return self._entries


def _entry(article: Article) -> _Entry:
    text = fold(" ".join((article.heading, article.source, article.byline)))
    year = str(article.published.year) if article.published else ""
    return _Entry(article.id, text, year, article.source)


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """By date, the newest first, those without one last; else in the library's order."""
    return sorted(articles, key=lambda article: article.published or date.min, reverse=True)
