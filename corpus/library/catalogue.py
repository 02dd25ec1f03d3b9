"""Index of the article files by id, address and title, and the versions of fetched addresses."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from corpus.article import Article
from corpus.library.files import LibraryError, Stamp, listing, read_article, stamp

__all__ = ["Catalogue", "Entry", "title_key"]

FORMAT = 2  # raise it when the tables or the keys change: the file is then made anew
SCHEMA = """
CREATE TABLE files (
    path TEXT PRIMARY KEY, modified INTEGER, changed INTEGER, size INTEGER, inode INTEGER,
    id TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_id ON files (id);
CREATE INDEX by_url ON files (url);
CREATE INDEX by_title ON files (title);
CREATE TABLE IF NOT EXISTS fetched (url TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    """An article's file, relative to the folder of articles, and its id."""

    path: str
    id: str


def title_key(article: Article) -> str:
    """Equal for articles with one title, source and date (spaces and case do not count), in hex."""
    title = re.sub(r"\s+", "", article.title).casefold()
    source = re.sub(r"\s+", "", article.source).casefold()
    parts = "\0".join((title, source, str(article.published)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Catalogue:
    """An SQLite file in the state folder; it can be lost, and is made again from the articles."""

    def __init__(self, state: Path, folder: Path) -> None:
        """Opens the catalogue and takes up every file of `folder` that has changed since.

        Raises LibraryError where the catalogue cannot be written.
        """
        self.folder = folder
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
        self._path = state / f"catalogue-{name}.sqlite"
        try:
            state.mkdir(parents=True, exist_ok=True)
            self._connection = self._opened()
            self._refresh()
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or error
            place = getattr(error, "filename", None) or self._path
            raise LibraryError(f"nothing can be added, {place} cannot be written: {reason}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._with_tables()
        except sqlite3.OperationalError:  # it cannot be opened now: that is no damage
            raise
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            return self._with_tables()

    def _with_tables(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # what is lost is read from the files again
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                connection.executescript(
                    f"DROP TABLE IF EXISTS files; {SCHEMA} PRAGMA user_version = {FORMAT}"
                )
            connection.execute("SELECT count(*) FROM files").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _refresh(self) -> None:
        rows = self._connection.execute("SELECT path, modified, changed, size, inode FROM files")
        known = {path: Stamp(*noted) for path, *noted in rows}
        for name, now in listing(self.folder).items():
            if known.pop(name, None) != now:
                self._take_up(self.folder / name, name)
        self._connection.executemany("DELETE FROM files WHERE path = ?", ((name,) for name in known))
        self._connection.commit()

    def _take_up(self, path: Path, name: str) -> None:
        try:
            article = read_article(path)
        except LibraryError:
            self._connection.execute("DELETE FROM files WHERE path = ?", (name,))
            return
        self.note(path, article)

    # ---- articles

    def note(self, path: Path, article: Article) -> None:
        """Takes up that `path` now holds `article`."""
        name = path.relative_to(self.folder).as_posix()
        row = (name, *stamp(path.stat()), article.id, article.url, title_key(article))
        self._connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def by_id(self, article_id: str) -> Entry | None:
        return next(iter(self._entries("id = ?", article_id)), None)

    def by_url(self, url: str) -> Entry | None:
        return next(iter(self._entries("url = ?", url)), None) if url else None

    def by_title(self, article: Article) -> list[Entry]:
        return self._entries("title = ?", title_key(article))

    def _entries(self, condition: str, value: str) -> list[Entry]:
        query = f"SELECT path, id FROM files WHERE {condition} ORDER BY path"
        return [Entry(*row) for row in self._connection.execute(query, (value,))]

    def read(self, entry: Entry) -> Article:
        """Raises LibraryError where the file has gone or been broken meanwhile."""
        return read_article(self.folder / entry.path)

    # ---- fetched addresses

    def version(self, url: str) -> str:
        """What `fetched` was told for the address; "" where it was not fetched yet."""
        row = self._connection.execute("SELECT version FROM fetched WHERE url = ?", (url,)).fetchone()
        return row[0] if row else ""

    def fetched(self, url: str, version: str) -> None:
        """Keeps what tells this version of the address from the next: a date, a checksum."""
        with suppress(sqlite3.OperationalError):  # a full disk: it is fetched once more
            self._connection.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?)", (url, version))
            self._connection.commit()

    def save(self) -> None:
        """Keeps what was noted, and lets other processes see it."""
        self._connection.commit()
