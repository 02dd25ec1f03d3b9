"""Restore of a backup, all of it or nothing; what it replaces is kept aside.

First the archive is unpacked and checked beside the articles, where nobody looks. Then a file in the state
folder says that it is to be put in place; from then on, whoever is interrupted, the next command
finishes it (`finish`). Each step can be repeated.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Collection, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from bot.answering.confidence import OWN, Calibration
from bot.operations.backup import ALLOWED, ARTICLES, DATABASES, FORMAT, MANIFEST, STATE, VOTES, BackupError
from bot.operations.database import FILE
from corpus.disk import exclusive_lock, replace_file
from corpus.errors import reason
from corpus.library.adding import HISTORY
from corpus.library.cards import CardError, read_card
from corpus.library.files import CARDS, LibraryError, read_article

__all__ = ["ASIDE", "MARK", "finish", "is_unfinished", "restore", "sweep_draft", "unpack"]

TABLES = {
    "users", "sessions", "failed_sign_ins", "audit_log", "keys", "sheets", "sheet_states", "questions",
    "question_groups", "heard_wordings", "figures", "site_settings", "votes", "alembic_version",
}  # fmt: skip
"""What the database may hold."""

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
    """Write the archive's files under `folder`, as articles/... and state/...

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
    if manifest.get("cards") is True:
        (folder / ARTICLES / CARDS).mkdir(exist_ok=True)
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
    cards = folder / ARTICLES / CARDS
    for path in sorted((folder / ARTICLES).rglob("*.md")):
        try:
            if path.parent == cards:
                read_card(path)
                continue
            article = read_article(path)
        except (LibraryError, CardError) as error:
            told = str(error).removeprefix(f"{path}: ")
            raise BackupError(f"{archive}: {path.relative_to(folder)}: {told}") from error
        if HISTORY in path.relative_to(folder).parts:
            continue
        if article.id in ids:
            raise BackupError(f"{archive}: two articles have the id {article.id!r}")
        ids.add(article.id)
    if not ids:
        raise BackupError(f"{archive} holds no article")


def _check_state(archive: Path, state: Path) -> None:
    try:
        _check_database(state / VOTES, "votes", {"votes"})
        _check_database(state / FILE, "the database", TABLES)
        if (state / OWN).exists():
            Calibration.load(state / OWN)
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{archive}: {STATE}: {error}") from error


def _check_database(path: Path, called: str, allowed: Collection[str]) -> None:
    """Refuse a damaged file, other tables, and triggers and views, which would act by themselves."""
    if not path.exists():
        return
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise ValueError(f"{called}: the file is damaged")
        found = connection.execute("SELECT type, tbl_name FROM sqlite_master WHERE sql IS NOT NULL")
        if any(kind not in ("table", "index") or table not in allowed for kind, table in found):
            raise ValueError(f"{called}: the file holds something else")


MARK = "restore"
"""The file in the state folder: on its first line what is done, on its second where the former files go."""


def is_unfinished(state: Path) -> bool:
    return (state / MARK).is_file()


DRAFT, ASIDE = ".restore", ".before-restore"
"""Folders inside the folder of articles: hidden ones hold no articles."""

OUT, IN = "out", "in"


def restore(archive: Path, articles: Path, state: Path) -> Path:
    """Put the archive's articles and state in place; returns the folder that holds the former ones.

    Raises BackupError, and nothing is changed, where the archive is not what `back_up` writes.
    """
    finish(articles, state)
    with exclusive_lock(_lock(state)):
        draft = articles / DRAFT
        shutil.rmtree(draft, ignore_errors=True)  # one that was interrupted before it was whole
        try:
            draft.mkdir()
            unpack(archive, draft)
            os.sync()  # what the mark promises has to be on disk before it
            aside = f"{ASIDE}-{datetime.now(UTC).strftime('%Y-%m-%dT%H%M%S.%fZ')}"
            replace_file(state / MARK, f"{OUT}\n{aside}\n")
        except OSError as error:
            raise BackupError(f"{archive} cannot be restored: {reason(error)}") from error
        finally:
            if not is_unfinished(state):
                shutil.rmtree(draft, ignore_errors=True)
    finish(articles, state)
    return articles / aside


def finish(articles: Path, state: Path) -> None:
    """Finish an interrupted restore, if there is one. Raises BackupError."""
    if not is_unfinished(state):
        return
    with exclusive_lock(_lock(state)):
        if is_unfinished(state):  # nobody else has finished it meanwhile
            try:
                with exclusive_lock(articles):  # who adds or withdraws does so before, or in what is restored
                    _finish(articles, state)
            except (OSError, sqlite3.OperationalError) as error:
                told = reason(error)
                raise BackupError(f"a restore was begun and cannot be finished: {told}") from error


def sweep_draft(articles: Path, state: Path) -> None:
    """Removes what a restore that was killed before it was whole has left; one that goes on stays."""
    with suppress(BlockingIOError), exclusive_lock(_lock(state), wait=False):
        if not is_unfinished(state):
            shutil.rmtree(articles / DRAFT, ignore_errors=True)


def _finish(articles: Path, state: Path) -> None:
    step, aside_name = (state / MARK).read_text(encoding="utf-8").splitlines()
    draft, aside = articles / DRAFT, articles / aside_name
    if step == OUT:
        aside.mkdir(exist_ok=True)
        for path in sorted(articles.iterdir()):
            if not path.name.startswith((DRAFT, ASIDE)):
                path.replace(aside / path.name)
        replace_file(state / MARK, f"{IN}\n{aside_name}\n")
    for path in sorted((draft / ARTICLES).iterdir()):
        path.replace(articles / path.name)
    _put_state(draft / STATE, state, aside)
    (state / MARK).unlink()
    shutil.rmtree(draft, ignore_errors=True)


def _lock(state: Path) -> Path:
    path = state / "restore.lock"
    path.touch()
    return path


def _put_state(draft: Path, state: Path, aside: Path) -> None:
    """Databases go through SQLite: the service has them open, and must not write into a lost file."""
    for name in DATABASES:
        if (draft / name).is_file():
            with closing(sqlite3.connect(state / name, timeout=60)) as current:
                if not (aside / name).exists():
                    _copy(current, aside / name)
                with closing(sqlite3.connect(draft / name)) as restored:
                    restored.backup(current)
    if (state / OWN).is_file() and not (aside / OWN).exists():
        shutil.copyfile(state / OWN, aside / OWN)
    if (draft / OWN).is_file():
        replace_file(state / OWN, (draft / OWN).read_text(encoding="utf-8"))


def _copy(current: sqlite3.Connection, target: Path) -> None:
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        current.backup(copy)
    part.replace(target)
