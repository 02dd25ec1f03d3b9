"""The catalogue of the articles folder: what each file holds, read again only where the file has changed."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple, Self

from corpus.article import Article, Status, digest
from corpus.errors import reason
from corpus.library.files import LibraryError, Stamp, listing, read_article, stamp

__all__ = ["Catalogue", "Contents", "Entry", "FileNote", "Item", "look", "note", "noted", "title_key"]

# Raise the number when a file would be read otherwise, or the tables change: what is kept is then dropped.
RULES = f"3:{','.join(field.name for field in fields(Article))}"
SCHEMA = """
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS files;
CREATE TABLE files (
    path TEXT PRIMARY KEY, modified INTEGER, changed INTEGER, size INTEGER, inode INTEGER,
    id TEXT NOT NULL, status TEXT NOT NULL, digest BLOB NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX by_id ON files (id);
CREATE INDEX by_url ON files (url);
CREATE INDEX by_title ON files (title);
CREATE TABLE IF NOT EXISTS fetched (url TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rules (rules TEXT PRIMARY KEY);
DELETE FROM rules;
"""


class Entry(NamedTuple):
    """An article's file, relative to the folder of articles, and its id."""

    path: str
    id: str


class Item(NamedTuple):
    """An article without its text; `digest` is equal for equal articles only."""

    id: str
    status: Status
    digest: bytes

    @classmethod
    def of(cls, article: Article) -> Item:
        return cls(article.id, article.status, digest(article))


class FileNote(NamedTuple):
    """A file's stamp and item when it was last read."""

    stamp: Stamp
    item: Item


@dataclass(frozen=True)
class Contents:
    """The folder compared with what was noted, by the paths in it.

    `kept` are as they were noted, `read` were new or had changed, `broken` cannot be read, `gone` are noted
    and no longer there. What is in a folder that cannot be listed is in none of them, the folder, with a "/"
    at its end, in `broken`.
    """

    stamps: Mapping[str, Stamp]
    kept: Mapping[str, Item]
    read: Mapping[str, Article]
    broken: Mapping[str, LibraryError]
    gone: frozenset[str]


def look(folder: Path, known: Mapping[str, FileNote]) -> Contents:
    """Compare the folder with what is known of it. Raises OSError where it cannot be listed."""
    stamps = listing(folder)
    kept: dict[str, Item] = {}
    read: dict[str, Article] = {}
    broken: dict[str, LibraryError] = {}
    for name, now in stamps.items():
        if name in known and known[name].stamp == now:
            kept[name] = known[name].item
            continue
        try:
            read[name] = read_article(folder / name)
        except LibraryError as error:
            broken[name] = error
    unlisted = tuple(name for name in broken if name.endswith("/"))
    gone = frozenset(name for name in known if name not in stamps and not name.startswith(unlisted))
    return Contents(stamps, kept, read, broken, gone)


def title_key(article: Article) -> str:
    """Equal for articles with one title, source and date (spaces and case do not count), in hex."""
    title = re.sub(r"\s+", "", article.title).casefold()
    source = re.sub(r"\s+", "", article.source).casefold()
    parts = "\0".join((title, source, str(article.published)))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# ---- the file


def _path(state: Path, folder: Path) -> Path:
    return state / f"catalogue-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]}.sqlite"


def _opened(path: Path) -> sqlite3.Connection:
    """The catalogue's file; a damaged one is made anew. Raises sqlite3.OperationalError."""
    try:
        return _with_tables(path)
    except sqlite3.OperationalError:  # it cannot be opened now: that is no damage
        raise
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _with_tables(path)


def _with_tables(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is read from the files again
        if not _follows_rules(connection):
            connection.executescript(f"{SCHEMA} INSERT INTO rules VALUES ('{RULES}'); COMMIT")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _follows_rules(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('rules', 'files')")
    if tables.fetchone() != (2,):
        return False
    # Every page is read, so that damage is found here; of 100,000 articles in 34 ms.
    if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("damaged")
    return connection.execute("SELECT rules FROM rules").fetchall() == [(RULES,)]


def _rows(connection: sqlite3.Connection) -> dict[str, FileNote]:
    rows = connection.execute("SELECT path, modified, changed, size, inode, id, status, digest FROM files")
    return {row[0]: FileNote(Stamp(*row[1:5]), Item(*row[5:])) for row in rows}


def _write(
    connection: sqlite3.Connection, read: Iterable[tuple[str, Stamp, Article]], gone: Iterable[str]
) -> None:
    connection.executemany("DELETE FROM files WHERE path = ?", ((name,) for name in gone))
    connection.executemany(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((name, *now, *Item.of(article), article.url, title_key(article)) for name, now, article in read),
    )


def _take_up(connection: sqlite3.Connection, contents: Contents) -> None:
    taken = ((name, contents.stamps[name], article) for name, article in contents.read.items())
    with connection:
        _write(connection, taken, contents.gone)


def noted(folder: Path, state: Path) -> dict[str, FileNote]:
    """Notes on each file; none where the catalogue is missing, damaged or of other rules."""
    path = _path(state, folder)
    if path.is_file():
        with suppress(sqlite3.OperationalError), closing(_opened(path)) as connection:
            return _rows(connection)
    return {}


def note(folder: Path, state: Path, contents: Contents) -> None:
    """Write down what was read and what has gone; on a full disk nothing is, and it is read once more."""
    if contents.read or contents.gone:
        with suppress(sqlite3.OperationalError), closing(_opened(_path(state, folder))) as connection:
            _take_up(connection, contents)


class Catalogue:
    """Finds articles by id, address and title, and the versions of fetched addresses.

    It can be lost, and is made again from the articles.
    """

    def __init__(self, state: Path, folder: Path) -> None:
        """Opens the catalogue and takes up every file of `folder` that has changed since.

        Raises LibraryError where the catalogue cannot be written.
        """
        self.folder = folder
        path = _path(state, folder)
        try:
            state.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(path)
            _take_up(self._connection, look(folder, _rows(self._connection)))
        except (OSError, sqlite3.OperationalError) as error:
            place = getattr(error, "filename", None) or path
            raise LibraryError(f"nothing can be added, {place} cannot be written: {reason(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # ---- articles

    def note(self, path: Path, article: Article) -> None:
        """Note that `path` now holds `article`."""
        name = path.relative_to(self.folder).as_posix()
        _write(self._connection, [(name, stamp(path.stat()), article)], ())

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
        """The article in an entry's file. Raises LibraryError where it has gone or been broken meanwhile."""
        return read_article(self.folder / entry.path)

    # ---- fetched addresses

    def version(self, url: str) -> str:
        """Version of an address that was last `fetched`; "" for none."""
        row = self._connection.execute("SELECT version FROM fetched WHERE url = ?", (url,)).fetchone()
        return row[0] if row else ""

    def fetched(self, url: str, version: str) -> None:
        """Keep the version of an address: a date or a checksum that tells it from the next."""
        with suppress(sqlite3.OperationalError):  # a full disk: it is fetched once more
            self._connection.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?)", (url, version))
            self._connection.commit()

    def save(self) -> None:
        """Commit what was noted, so that other processes see it."""
        self._connection.commit()
