"""The folder of articles."""

from __future__ import annotations

import hashlib
import os
import re
import stat as modes
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import NamedTuple

from corpus.article import Article, ArticleError, from_markdown
from corpus.errors import Failure, reason

__all__ = [
    "CARDS",
    "EXAMPLES",
    "SYNONYMS",
    "FileChanged",
    "LibraryError",
    "Stamp",
    "UnreadError",
    "additions",
    "article_files",
    "check_unchanged",
    "file_digest",
    "listing",
    "natural_order",
    "read_article",
    "read_examples",
    "read_library",
    "read_text",
    "stamp",
]


class Stamp(NamedTuple):
    """Times (ns), size and inode of a file: one differs once it is written, replaced or moved."""

    modified: int
    changed: int
    size: int
    inode: int


NOTHING = Stamp(0, 0, 0, 0)
"""Of an entry that cannot be looked at."""


def stamp(stat: os.stat_result) -> Stamp:
    return Stamp(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)


def listing(folder: Path) -> dict[str, Stamp]:
    """The *.md files under `folder` by their paths in it, but hidden ones, those in hidden folders and cards.

    What is no file or cannot be looked at is listed too, and fails where it is read: one bad entry hides
    no other. A folder that cannot be listed stands with a "/" at its end. 10,000 files take some 40 ms.
    Raises OSError where `folder` itself cannot be read.
    """
    found: dict[str, Stamp] = {}
    with os.scandir(folder) as entries:
        _list(entries, "", found)
    return found


def _list(entries: Iterable[os.DirEntry[str]], within: str, found: dict[str, Stamp]) -> None:
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = within + entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                if within or entry.name != CARDS:
                    name += "/"
                    with os.scandir(entry.path) as below:
                        _list(below, name, found)
            elif entry.name.endswith(".md"):
                found[name] = stamp(entry.stat())
        except FileNotFoundError:  # it has gone since
            continue
        except OSError:  # a link to itself, a folder of somebody else
            found[name] = NOTHING


EXAMPLES = "examples.txt"
SYNONYMS = "synonyms.txt"
CARDS = "cards"
"""The folder in that of the articles which holds the publisher's notices for people in need."""


class LibraryError(Failure, ValueError):
    """The folder of articles cannot be read; the message names the file."""


class FileChanged(LibraryError):  # noqa: N818
    """A card, the examples or the synonyms have been changed since their editor was shown them."""


class UnreadError(ValueError):
    """A path is not read: it is a pipe, a folder, or a file that is too large."""


LARGEST = 20_000_000
"""Bytes of an article's file; a book has two million."""


def read_article(path: Path) -> Article:
    """The article in a file. Raises LibraryError, which names the file, where there is none to be read."""
    try:
        return from_markdown(read_text(path), path.stem)
    except (ArticleError, UnreadError, OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path}: {reason(error)}") from error


def read_text(path: Path) -> str:
    """Text of a file from an untrusted source. Raises UnreadError, OSError, UnicodeDecodeError."""
    # Not waiting: opening a pipe that nobody writes to would never end.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        about = os.fstat(file.fileno())
        if not modes.S_ISREG(about.st_mode):
            raise UnreadError("it is no regular file")
        if about.st_size > LARGEST:
            raise UnreadError(f"it has {about.st_size:,} bytes; at most {LARGEST:,} are allowed")
        return file.read(LARGEST + 1).decode()


def read_library(folder: Path) -> list[Article]:
    """The articles of all *.md files under `folder`, in the order of their paths.

    Raises LibraryError where there is no such folder or no article, where a file is not an article,
    and where two have one id.
    """
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder of articles")
    articles: dict[str, Article] = {}
    for path in article_files(folder):
        article = read_article(path)
        if article.id in articles:
            raise LibraryError(f"{path}: another article has the id {article.id!r} too")
        articles[article.id] = article
    if not articles:
        raise LibraryError(f"{folder} holds no article (*.md)")
    return list(articles.values())


def article_files(folder: Path) -> list[Path]:
    """All *.md files under `folder` in natural order, but those in hidden folders: they keep former texts."""
    return [folder / name for name in sorted(listing(folder), key=lambda name: natural_order(Path(name)))]


def read_examples(folder: Path) -> tuple[str, ...]:
    """Example questions of the publisher: the lines of examples.txt in the folder, if it is there."""
    path = folder / EXAMPLES
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path}: {error}") from error
    return tuple(line.strip() for line in lines if line.strip())


def file_digest(path: Path) -> str:
    """Version of a file, to tell whether it is still the one that was shown; "" for one that is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def check_unchanged(path: Path, shown: str | None) -> None:
    """Raises FileChanged where the file is not what its digest says any more; None says nothing."""
    if shown is not None and file_digest(path) != shown:
        raise FileChanged(f"{path} has been changed meanwhile")


def additions(folder: Path) -> list[Path]:
    """The files that the publisher may keep beside the articles, those that are there."""
    cards = sorted((folder / CARDS).glob("[!.]*.md"), key=natural_order)
    return [path for path in (folder / EXAMPLES, folder / SYNONYMS, *cards) if path.is_file()]


def natural_order(path: PurePath) -> list[tuple[int, str]]:
    """A key that sorts page-2 before page-10."""
    parts = re.split(r"(\d+)", path.as_posix())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]
