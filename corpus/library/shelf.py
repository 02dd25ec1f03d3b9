"""The folder's articles held in memory: a file is read again only when it has changed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.article import Article
from corpus.asked import stale
from corpus.library.files import LibraryError, Stamp, listing, natural_order, read_article

__all__ = ["Shelf", "Shelved"]


@dataclass(frozen=True)
class Shelved:
    """The articles that can be read, the newest first, and what cannot be: each error names its file."""

    articles: tuple[Article, ...] = ()
    broken: tuple[LibraryError, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Article]:
        """The articles by their ids; of two with one id the newer."""
        return {article.id: article for article in reversed(self.articles)}

    @cached_property
    def stale(self) -> tuple[tuple[Article, str], ...]:
        """Questions whose sentence does not stand in their article any more, each with the article."""
        return tuple(
            (article, one.question)
            for article in self.articles
            if article.asked
            for one in stale(article.body, article.asked)
        )


class Shelf:
    """Articles of a folder, kept in memory and compared with the files at each look; thread-safe.

    10,000 unchanged files take the time of listing them, some 40 ms.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stamps: dict[str, Stamp] = {}
        self._read: dict[str, Article | LibraryError] = {}
        self._shelved = Shelved()

    def look(self) -> Shelved:
        """The present articles. Raises LibraryError without a folder."""
        with self._lock:
            try:
                stamps = listing(self._folder)
            except OSError as error:
                raise LibraryError(f"{self._folder} is not a folder of articles") from error
            if stamps != self._stamps:
                self._take_up(stamps)
            return self._shelved

    def _take_up(self, stamps: dict[str, Stamp]) -> None:
        names = sorted(stamps, key=lambda name: natural_order(Path(name)))
        known = {name: self._read[name] for name in names if self._stamps.get(name) == stamps[name]}
        self._read = {name: known[name] if name in known else self._read_one(name) for name in names}
        self._stamps = stamps
        articles = [found for found in self._read.values() if isinstance(found, Article)]
        articles.sort(key=lambda article: str(article.published or ""), reverse=True)
        broken = [found for found in self._read.values() if isinstance(found, LibraryError)]
        self._shelved = Shelved(tuple(articles), tuple(broken))

    def _read_one(self, name: str) -> Article | LibraryError:
        try:
            return read_article(self._folder / name)
        except LibraryError as error:
            return error
