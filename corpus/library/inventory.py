"""Id, status and digest of every article, read only where a file changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from corpus.article import Article, Status, digest
from corpus.library.files import LibraryError, Stamp, listing, natural_order, read_article

__all__ = ["Inventory", "Item", "readable", "take_inventory"]

# Raise the number when a file would be read otherwise: what is kept is then dropped.
RULES = f"1:{','.join(field.name for field in fields(Article))}"
SCHEMA = """
CREATE TABLE IF NOT EXISTS rules (rules TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, modified INTEGER, changed INTEGER, size INTEGER, inode INTEGER,
    id TEXT NOT NULL, status TEXT NOT NULL, digest BLOB NOT NULL
) WITHOUT ROWID;
"""


class Item(NamedTuple):
    """An article without its text; `digest` is equal for equal articles only."""

    id: str
    status: Status
    digest: bytes


class Inventory:
    """Articles in the order of the library, each read when it is asked for."""

    def __init__(self, items: Sequence[Item], read: Callable[[int], Article]) -> None:
        """`read` gives the article at a place; it raises LibraryError."""
        self.items = items
        self.article = read

    @property
    def digests(self) -> list[bytes]:
        return [item.digest for item in self.items]

    @property
    def fingerprint(self) -> str:
        """Hex sha256 of what an index is made of: the published articles, and the withdrawn ones' pages."""
        digests = self.having("published").digests + self.having("withdrawn").digests
        return hashlib.sha256(b"".join(digests)).hexdigest()

    def ids(self, status: Status) -> set[str]:
        """The ids of the articles of a status."""
        return {item.id for item in self.items if item.status == status}

    def having(self, status: Status) -> Inventory:
        """The articles of a status, in order."""
        places = [place for place, item in enumerate(self.items) if item.status == status]
        return Inventory([self.items[place] for place in places], lambda n: self.article(places[n]))

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Inventory:
        """That of articles in memory."""
        return cls([_item(article) for article in articles], articles.__getitem__)


def readable(folder: Path, state: Path) -> Inventory:
    """The articles of a folder in any order; a broken file counts as what was noted of it last.

    Raises LibraryError where there is no such folder.
    """
    noted, found = _noted(_notes(folder, state)), dict[str, Item]()
    for name, now in _stamps(folder).items():
        known = noted.get(name)
        if known is None or known[0] != now:
            with suppress(LibraryError):
                known = now, _item(read_article(folder / name))
        if known:
            found[name] = known[1]
        if name.endswith("/"):  # what is in a folder that cannot be listed is as it was
            found |= {path: item for path, (_, item) in noted.items() if path.startswith(name)}
    names = list(found)
    return Inventory(list(found.values()), lambda place: read_article(folder / names[place]))


def holds_articles(folder: Path) -> bool:
    """Whether there is a file of an article. Raises LibraryError where the folder cannot be listed."""
    return bool(_stamps(folder))


def take_inventory(folder: Path, state: Path) -> Inventory:
    """The articles of a folder. A file is read where its stamp is not the one noted under `state`.

    Raises LibraryError as `read_library` does.
    """
    stamps = _stamps(folder)
    names = sorted(stamps, key=lambda name: natural_order(Path(name)))
    if not names:
        raise LibraryError(f"{folder} holds no article (*.md)")
    path = _notes(folder, state)
    noted, known = _noted(path), {}
    read: dict[str, Article] = {}
    for name in names:
        if name in noted and noted[name][0] == stamps[name]:
            known[name] = noted[name][1]
        else:
            read[name] = read_article(folder / name)
            known[name] = _item(read[name])
    _refuse_twins(folder, known)
    if read or len(noted) != len(known):
        _note(path, {name: (stamps[name], known[name]) for name in read}, noted.keys() - known.keys())

    def article(place: int) -> Article:
        found = read.get(names[place]) or read_article(folder / names[place])
        if digest(found) != known[names[place]].digest:
            raise LibraryError(f"{folder / names[place]} was changed while it was read; build again")
        return found

    return Inventory([known[name] for name in names], article)


def _stamps(folder: Path) -> dict[str, Stamp]:
    try:
        return listing(folder)
    except OSError as error:
        raise LibraryError(f"{folder} is not a folder of articles") from error


def _notes(folder: Path, state: Path) -> Path:
    return state / f"inventory-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]}.sqlite"


def _item(article: Article) -> Item:
    return Item(article.id, article.status, digest(article))


def _refuse_twins(folder: Path, known: dict[str, Item]) -> None:
    seen = set()
    for name, item in known.items():
        if item.id in seen:
            raise LibraryError(f"{folder / name}: another article has the id {item.id!r} too")
        seen.add(item.id)


def _noted(path: Path) -> dict[str, tuple[Stamp, Item]]:
    """What is noted; nothing where the file is missing, damaged or of other rules."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            if connection.execute("SELECT rules FROM rules").fetchall() != [(RULES,)]:
                raise sqlite3.DatabaseError("other rules")
            rows = connection.execute("SELECT * FROM files")
            return {row[0]: (Stamp(*row[1:5]), Item(*row[5:])) for row in rows}
    except sqlite3.OperationalError:  # it cannot be read now: that is no damage
        return {}
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return {}


def _note(path: Path, taken: dict[str, tuple[Stamp, Item]], gone: Iterable[str]) -> None:
    # On a full disk a withdrawal must still be seen: what cannot be noted is read again.
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(path, timeout=60)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(SCHEMA)
        with connection:
            connection.execute("INSERT OR IGNORE INTO rules VALUES (?)", (RULES,))
            connection.executemany("DELETE FROM files WHERE path = ?", ((name,) for name in gone))
            connection.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows(taken)
            )


def _rows(taken: dict[str, tuple[Stamp, Item]]) -> Iterator[tuple[object, ...]]:
    return ((name, *stamp, *item) for name, (stamp, item) in taken.items())
