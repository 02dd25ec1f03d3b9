"""Backup: one file with the articles, their history, and the state that cannot be made again.

An archive is a gzipped tar of manifest.json (sizes and checksums, whether there is a folder of cards),
articles/... and state/...
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.answering.confidence import OWN
from bot.operations.database import FILE
from bot.operations.votes import FORMER
from corpus.disk import sweep, written_whole
from corpus.errors import Failure, reason
from corpus.library.adding import HISTORY
from corpus.library.files import CARDS, EXAMPLES, SYNONYMS, additions, article_files
from corpus.library.scans import SCANS

__all__ = [
    "ALLOWED",
    "ARTICLES",
    "DATABASES",
    "FORMAT",
    "MANIFEST",
    "STATE",
    "VOTES",
    "Backup",
    "BackupError",
    "back_up",
]

FORMAT = 1  # raise it when an archive is laid out otherwise
MANIFEST, ARTICLES, STATE = "manifest.json", "articles", "state"
VOTES = FORMER
DATABASES = (VOTES, FILE)
"""The SQLite files of the state folder that cannot be made again; votes had one of their own."""

NAME = r"(?!\.)[^/\\\x00-\x1f]{1,200}"
ALLOWED = re.compile(
    rf"{ARTICLES}/(?:{HISTORY.replace('.', '[.]')}/)?(?:{NAME}/){{0,20}}{NAME}[.]md"
    rf"|{ARTICLES}/{SCANS.replace('.', '[.]')}/[0-9a-f]{{32}}[.](?:jpg|json)"
    rf"|{ARTICLES}/(?:{EXAMPLES}|{SYNONYMS})|{STATE}/(?:{VOTES}|{FILE}|{OWN})|{MANIFEST}"
)
"""The names of an archive's files."""


class BackupError(Failure, ValueError):
    """There can be no backup, or an archive is not one; the message says why, and what to do."""


@dataclass(frozen=True)
class Backup:
    """Contents of an archive: files of articles and of their history, and whether it holds the database.

    Pictures of scans are in it too, uncounted.
    """

    articles: int
    former: int
    database: bool


def back_up(articles: Path, state: Path, target: Path) -> Backup:
    """Write the archive, whole or not at all; the service may go on, and articles may change.

    Raises BackupError where it cannot be written.
    """
    sweep(target.parent, deep=False)
    try:
        with (
            written_whole(target, mode=0o600) as file,  # it holds visitors' questions
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
        ):
            found = _fill(archive, articles, state)
    except sqlite3.Error as error:
        raise BackupError(f"the database in {state} cannot be read: {error}") from error
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {reason(error)}") from error
    return found


def _fill(archive: tarfile.TarFile, articles: Path, state: Path) -> Backup:
    entries: dict[str, dict[str, object]] = {}
    counts = {"articles": 0, "former": 0}
    for path in _article_files(articles):
        content = _content(path)
        if content is None:
            continue
        name = f"{ARTICLES}/{path.relative_to(articles).as_posix()}"
        entries[name] = _put(archive, name, content)
        if path.parent.name != SCANS:
            counts["former" if f"/{HISTORY}/" in name else "articles"] += 1
    for name, content in _state_files(state):
        entries[f"{STATE}/{name}"] = _put(archive, f"{STATE}/{name}", content)
    # An empty folder of cards says that there are none; without it the shipped ones would serve.
    told = {"format": FORMAT, "files": entries, "cards": (articles / CARDS).is_dir()}
    _put(archive, MANIFEST, json.dumps(told, indent=1).encode())
    return Backup(counts["articles"], counts["former"], f"{STATE}/{FILE}" in entries)


def _article_files(articles: Path) -> Iterator[Path]:
    yield from article_files(articles)
    yield from sorted((articles / HISTORY).rglob("*.md"))
    yield from sorted((articles / SCANS).glob("*.j*"))
    yield from additions(articles)


def _content(path: Path) -> bytes | None:
    """A file's content; None where it has gone, or never was. Files are replaced whole, so it is whole."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _state_files(state: Path) -> Iterator[tuple[str, bytes]]:
    for name in DATABASES:
        if (state / name).is_file():
            yield name, _database(state / name)
    if (state / OWN).is_file():
        yield OWN, (state / OWN).read_bytes()


def _database(path: Path) -> bytes:
    """Snapshot of a database at one moment, while the service writes to it."""
    # In memory: a copy in a file would be left where this is killed.
    with closing(sqlite3.connect(path, timeout=60)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        return copy.serialize()


def _put(archive: tarfile.TarFile, name: str, content: bytes) -> dict[str, object]:
    if not ALLOWED.fullmatch(name):
        raise BackupError(f"{name!r} cannot be kept under this name; give the file another one")
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o644
    archive.addfile(entry, io.BytesIO(content))
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
