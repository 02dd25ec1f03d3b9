"""State of synchronization: when each place was asked, and what was found there."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Self

__all__ = ["Known", "SyncState"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (place TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (
    place TEXT, item TEXT, version TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    ids TEXT NOT NULL, checked TEXT NOT NULL, gone INTEGER NOT NULL, PRIMARY KEY (place, item)
) WITHOUT ROWID;
"""


class Known(NamedTuple):
    """An address or file of a place: its version, what its site said of it, and its articles' ids.

    `gone` is whether it was told that it is no longer there.
    """

    item: str
    version: str = ""
    etag: str = ""
    modified: str = ""
    ids: tuple[str, ...] = ()
    gone: bool = False


class SyncState:
    """An SQLite file; without it all is fetched anew, and nothing is found gone."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def asked(self, place: str) -> datetime | None:
        """Time of the last request to a place, UTC; None for none."""
        row = self._connection.execute("SELECT at FROM asked WHERE place = ?", (place,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def note_asked(self, place: str, now: datetime) -> None:
        self._write("INSERT OR REPLACE INTO asked VALUES (?, ?)", (place, now.astimezone(UTC).isoformat()))

    def known(self, place: str) -> dict[str, Known]:
        """Entries found at a place, by address or file; the least recently checked first."""
        rows = self._connection.execute(
            "SELECT item, version, etag, modified, ids, gone FROM found WHERE place = ? ORDER BY checked",
            (place,),
        )
        return {
            item: Known(item, version, etag, modified, tuple(ids.split()), bool(gone))
            for item, version, etag, modified, ids, gone in rows
        }

    def note(self, place: str, known: Known, now: datetime) -> None:
        self._write(
            "INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (place, *known[:4], " ".join(known.ids), now.astimezone(UTC).isoformat(), int(known.gone)),
        )

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        with self._connection:
            self._connection.execute(statement, values)
