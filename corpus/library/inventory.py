"""Inventory of the articles: id, status and digest of each, from which an index is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.article import Article, Status, digest
from corpus.library.catalogue import Contents, FileNote, Item, look, note, noted
from corpus.library.files import LibraryError, listing, natural_order, read_article

__all__ = ["Inventory", "Item", "holds_articles", "readable", "take_inventory"]


class Inventory:
    """Articles in the order of the library, each read when it is asked for."""

    def __init__(self, items: Sequence[Item], read: Callable[[int], Article]) -> None:
        """`read` returns the article at a place; it may raise LibraryError."""
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
        """Inventory of articles in memory."""
        return cls([Item.of(article) for article in articles], articles.__getitem__)


def readable(folder: Path, state: Path) -> Inventory:
    """The articles of a folder in any order; a broken file counts as what was noted of it last.

    Raises LibraryError where there is no such folder.
    """
    known = noted(folder, state)
    contents = _look(folder, known)
    found = _items(contents)
    for name in contents.broken:
        # The files of a folder that cannot be listed count as unchanged.
        found |= {path: item for path, (_, item) in known.items() if path == name or _is_in(path, name)}
    names = list(found)
    return Inventory(list(found.values()), lambda place: read_article(folder / names[place]))


def holds_articles(folder: Path) -> bool:
    """Whether there is a file of an article. Raises LibraryError where the folder cannot be listed."""
    try:
        return bool(listing(folder))
    except OSError as error:
        raise _no_folder(folder) from error


def take_inventory(folder: Path, state: Path) -> Inventory:
    """The articles of a folder. A file is read where its stamp is not the one noted under `state`.

    Raises LibraryError as `read_library` does.
    """
    contents = _look(folder, noted(folder, state))
    names = sorted(contents.stamps, key=lambda name: natural_order(Path(name)))
    if not names:
        raise LibraryError(f"{folder} holds no article (*.md)")
    note(folder, state, contents)
    if broken := next((name for name in names if name in contents.broken), None):
        raise contents.broken[broken]
    items = _items(contents)
    _refuse_twins(folder, [(name, items[name].id) for name in names])

    def article(place: int) -> Article:
        name = names[place]
        found = contents.read.get(name) or read_article(folder / name)
        if digest(found) != items[name].digest:
            raise LibraryError(f"{folder / name} was changed while it was read; build again")
        return found

    return Inventory([items[name] for name in names], article)


def _look(folder: Path, known: dict[str, FileNote]) -> Contents:
    try:
        return look(folder, known)
    except OSError as error:
        raise _no_folder(folder) from error


def _no_folder(folder: Path) -> LibraryError:
    return LibraryError(f"{folder} is not a folder of articles")


def _items(contents: Contents) -> dict[str, Item]:
    read = {name: Item.of(article) for name, article in contents.read.items()}
    return {**contents.kept, **read}


def _is_in(path: str, folder: str) -> bool:
    return folder.endswith("/") and path.startswith(folder)


def _refuse_twins(folder: Path, ids: Sequence[tuple[str, str]]) -> None:
    seen = set()
    for name, article_id in ids:
        if article_id in seen:
            raise LibraryError(f"{folder / name}: another article has the id {article_id!r} too")
        seen.add(article_id)
