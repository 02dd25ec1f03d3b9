"""SQLite files of what can be computed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

__all__ = ["with_cache"]

Result = TypeVar("Result")


def with_cache(path: Path, work: Callable[[], Result]) -> Result:
    """What `work` gives, which reads and writes the file at `path`; a damaged one is dropped first.

    Raises sqlite3.OperationalError where the disk is full or the file is locked: it is not damaged then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return work()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return work()
