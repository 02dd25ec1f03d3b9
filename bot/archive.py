"""An archive of a backup, read as if a stranger had made it: nothing is written outside the given folder."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import tarfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, cast

from bot.backup import ALLOWED, ARTICLES, FORMAT, MANIFEST, STATE, VOTES, BackupError
from bot.confidence import OWN, Calibration
from corpus.adding import HISTORY
from corpus.article import ArticleError, from_markdown

__all__ = ["unpack"]

LARGEST_FILE = 500_000_000  # bytes; the votes of many years
LARGEST = 50_000_000_000
MOST_FILES = 5_000_000

AT_ONCE = 8_000_000  # bytes: a header of more is meant to fill the memory


class _Unpacked:
    """The bytes of the packed file, for tarfile, which would read a header of any size."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int) -> bytes:
        if size > AT_ONCE:
            raise BackupError(f"it holds a header of {size:,} bytes")
        return self._file.read(size)


def unpack(archive: Path, folder: Path) -> None:
    """Writes the archive's files under `folder`, as articles/... and state/...

    Raises BackupError, with some files written, for an archive that is damaged or that `back_up` would
    not have written: another name, a link, a device, a file twice, one too large, an article that is none.
    """
    found: dict[str, dict[str, object]] = {}
    total = 0
    try:
        with (
            gzip.open(archive) as packed,
            tarfile.open(fileobj=cast(IO[bytes], _Unpacked(packed)), mode="r:") as tar,
        ):
            for member in tar:
                _check(member, found)
                total += member.size
                if total > LARGEST or len(found) > MOST_FILES:
                    raise BackupError(f"it holds more than {LARGEST:,} bytes or {MOST_FILES:,} files")
                found[member.name] = _write(tar, member, folder / member.name)
            if packed.read(AT_ONCE) and packed.read(1):  # to the end, where the checksum stands
                raise BackupError(f"more than {AT_ONCE:,} bytes follow its last file")
        found.pop(MANIFEST, None)
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except BackupError as error:
        raise BackupError(f"{archive} is no backup: {error}") from None
    except (tarfile.TarError, EOFError, zlib.error, ValueError, RecursionError, OSError) as error:
        raise BackupError(f"{archive} cannot be read as a backup: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or manifest.get("files") != found:
        raise BackupError(f"{archive} is damaged: its files are not those that its {MANIFEST} names")
    _check_articles(archive, folder)
    _check_state(archive, folder / STATE)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> dict[str, object]:
    """Writes a member's content in parts; its size and checksum, as the manifest has them."""
    source = tar.extractfile(member)
    assert source is not None  # it is a regular file
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("xb") as target:
        while part := source.read(AT_ONCE // 8):
            digest.update(part)
            target.write(part)
    return {"size": member.size, "sha256": digest.hexdigest()}


def _check(member: tarfile.TarInfo, found: Mapping[str, object]) -> None:
    if not member.isreg():
        raise BackupError(f"{member.name!r} is no file; a backup holds nothing else")
    if not ALLOWED.fullmatch(member.name) or member.name in found:
        raise BackupError(f"{member.name!r} is no name of a backup's file, or stands in it twice")
    if member.size > LARGEST_FILE:
        raise BackupError(f"{member.name!r} has {member.size:,} bytes; at most {LARGEST_FILE:,} are allowed")


def _check_articles(archive: Path, folder: Path) -> None:
    ids: set[str] = set()
    for path in sorted((folder / ARTICLES).rglob("*.md")):
        try:
            article = from_markdown(path.read_text(encoding="utf-8"), path.stem)
        except (ArticleError, UnicodeDecodeError) as error:
            raise BackupError(f"{archive}: {path.relative_to(folder)}: {error}") from error
        if HISTORY in path.relative_to(folder).parts:
            continue
        if article.id in ids:
            raise BackupError(f"{archive}: two articles have the id {article.id!r}")
        ids.add(article.id)
    if not ids:
        raise BackupError(f"{archive} holds no article")


def _check_state(archive: Path, state: Path) -> None:
    try:
        if (state / VOTES).exists():
            with closing(sqlite3.connect(f"{(state / VOTES).as_uri()}?mode=ro", uri=True)) as connection:
                if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise ValueError("the votes are damaged")
                tables = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL")
                if tables.fetchall() != [("table", "votes")]:
                    raise ValueError("the file of votes holds something else")
        if (state / OWN).exists():
            Calibration.load(state / OWN)
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{archive}: {STATE}: {error}") from error
