"""The folder of articles."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import NamedTuple

from corpus.article import Article, ArticleError, from_markdown
from corpus.errors import Failure

__all__ = [
    "EXAMPLES",
    "LibraryError",
    "Stamp",
    "article_files",
    "listing",
    "natural_order",
    "read_examples",
    "read_library",
    "stamp",
]


class Stamp(NamedTuple):
    """What a file system notes when a file is written, replaced or moved; times in nanoseconds."""

    modified: int
    changed: int
    size: int
    inode: int


def stamp(stat: os.stat_result) -> Stamp:
    return Stamp(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)


def listing(folder: Path) -> dict[str, Stamp]:
    """The *.md files under `folder` by their paths in it, but hidden ones and those in hidden folders.

    10,000 files take some 40 ms. Raises OSError where the folder itself cannot be read.
    """
    found: dict[str, Stamp] = {}
    _list(os.fspath(folder), "", found)
    return found


def _list(folder: str, within: str, found: dict[str, Stamp]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                _list(entry.path, f"{within}{entry.name}/", found)
            elif entry.name.endswith(".md"):
                try:
                    found[within + entry.name] = stamp(entry.stat())
                except FileNotFoundError:  # it has gone since
                    continue


EXAMPLES = "examples.txt"


class LibraryError(Failure, ValueError):
    """The folder of articles cannot be read; the message names the file."""


def read_library(folder: Path) -> list[Article]:
    """The articles of all *.md files under `folder`, in the order of their paths.

    Raises LibraryError where there is no such folder or no article, where a file is not an article,
    and where two have one id.
    """
    if not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder of articles")
    articles: dict[str, Article] = {}
    for path in article_files(folder):
        try:
            article = from_markdown(path.read_text(encoding="utf-8"), path.stem)
        except (ArticleError, OSError, UnicodeDecodeError) as error:
            raise LibraryError(f"{path}: {error}") from error
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
    """The publisher's own example questions: the lines of examples.txt in the folder, if it is there."""
    path = folder / EXAMPLES
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{path}: {error}") from error
    return tuple(line.strip() for line in lines if line.strip())


def natural_order(path: PurePath) -> list[tuple[int, str]]:
    """A key that sorts page-2 before page-10."""
    parts = re.split(r"(\d+)", path.as_posix())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]
