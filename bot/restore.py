"""A backup put in the place of what there is, all of it or nothing; what there was is kept aside.

First the archive is unpacked and checked beside the articles, where nobody looks. Then a file in the state
folder says that it is to be put in place; from then on, whoever is interrupted, the next command
finishes it (`finish`). Each step can be repeated.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.archive import unpack
from bot.backup import ARTICLES, STATE, VOTES, BackupError
from bot.confidence import OWN
from bot.unfinished import MARK, is_unfinished
from corpus.alone import alone
from corpus.atomic import replace_file

__all__ = ["ASIDE", "finish", "restore"]

DRAFT, ASIDE = ".restore", ".before-restore"
"""Folders inside the folder of articles: hidden ones hold no articles."""

OUT, IN = "out", "in"


def restore(archive: Path, articles: Path, state: Path) -> Path:
    """Puts the archive's articles and state in place; the folder where the former articles and votes are.

    Raises BackupError, and nothing is changed, where the archive is not what `back_up` writes.
    """
    finish(articles, state)
    with alone(_lock(state)):
        draft = articles / DRAFT
        shutil.rmtree(draft, ignore_errors=True)  # one that was interrupted before it was whole
        try:
            draft.mkdir()
            unpack(archive, draft)
            os.sync()  # what the mark promises has to be on disk before it
            aside = f"{ASIDE}-{datetime.now(UTC).strftime('%Y-%m-%dT%H%M%S.%fZ')}"
            replace_file(state / MARK, f"{OUT}\n{aside}\n")
        except OSError as error:
            raise BackupError(f"{archive} cannot be restored: {error.strerror or error}") from error
        finally:
            if not is_unfinished(state):
                shutil.rmtree(draft, ignore_errors=True)
    finish(articles, state)
    return articles / aside


def finish(articles: Path, state: Path) -> None:
    """Finishes a restore that was interrupted; does nothing where there is none. Raises BackupError."""
    if not is_unfinished(state):
        return
    with alone(_lock(state)):
        if is_unfinished(state):  # nobody else has finished it meanwhile
            try:
                with alone(articles):  # who adds or withdraws does so before, or in what is restored
                    _finish(articles, state)
            except (OSError, sqlite3.OperationalError) as error:
                reason = getattr(error, "strerror", None) or error
                raise BackupError(f"a restore was begun and cannot be finished: {reason}") from error


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
    """Votes go through SQLite: the service has the file open, and must not write into a lost one."""
    if (draft / VOTES).is_file():
        with closing(sqlite3.connect(state / VOTES, timeout=60)) as votes:
            if not (aside / VOTES).exists():
                _copy(votes, aside / VOTES)
            with closing(sqlite3.connect(draft / VOTES)) as restored:
                restored.backup(votes)
    if (state / OWN).is_file() and not (aside / OWN).exists():
        shutil.copyfile(state / OWN, aside / OWN)
    if (draft / OWN).is_file():
        replace_file(state / OWN, (draft / OWN).read_text(encoding="utf-8"))


def _copy(votes: sqlite3.Connection, target: Path) -> None:
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        votes.backup(copy)
    part.replace(target)
