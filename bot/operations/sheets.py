"""Storage of the documents on the desk, each with every state that it was in, so that all can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

import sqlalchemy as sa

from bot.operations import audit
from bot.operations.database import Database, lock, metadata

__all__ = ["MovedOn", "SheetRecord", "Sheets", "Status", "utc_now"]

Status = Literal["draft", "proposed", "scheduled", "published", "discarded"]

OPEN = ("draft", "proposed", "scheduled")

sheets = sa.Table(
    "sheets",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text),
    sa.Column("made_by", sa.Text),
    sa.Column("changed_by", sa.Text),
    sa.Column("changed_at", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("publish_at", sa.Text),
    sa.Column("version", sa.Integer),
)
states = sa.Table(
    "sheet_states",
    metadata,
    sa.Column("sheet_id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("former", sa.Integer),
    sa.Column("state", sa.Text),
)


class MovedOn(Exception):  # noqa: N818
    """Somebody else has changed the sheet since it was shown; `record` is what it is now."""

    def __init__(self, record: SheetRecord) -> None:
        super().__init__(f"{record.changed_by} has changed the sheet")
        self.record = record


@dataclass(frozen=True)
class SheetRecord:
    """A document on the desk; `publish_at` and `changed_at` are UTC as in ISO 8601."""

    id: str
    name: str
    made_by: str
    changed_by: str
    changed_at: str
    status: Status
    publish_at: str
    version: int


class Sheets:
    """The documents on the desk. What a state is, its writer knows: here it is a text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, state: str, by: str) -> SheetRecord:
        found = SheetRecord(secrets.token_hex(8), name, by, by, utc_now(), "draft", "", 1)
        with self._database.writing() as connection:
            connection.execute(sheets.insert().values(vars(found)))
            _put_state(connection, found.id, 1, 0, state)
            audit.record(connection, by, "document added", sheet=found.id, name=name)
        return found

    def get(self, sheet_id: str) -> SheetRecord | None:
        with self._database.reading() as connection:
            row = connection.execute(sa.select(sheets).where(sheets.c.id == sheet_id)).first()
        return SheetRecord(*row) if row else None

    def open(self) -> list[SheetRecord]:
        """Sheets that are neither published nor discarded, the last changed first."""
        wanted = sa.select(sheets).where(sheets.c.status.in_(OPEN)).order_by(sheets.c.changed_at.desc())
        with self._database.reading() as connection:
            return [SheetRecord(*row) for row in connection.execute(wanted)]

    def state(self, sheet_id: str, version: int) -> str | None:
        wanted = sa.select(states.c.state).where(states.c.sheet_id == sheet_id, states.c.version == version)
        with self._database.reading() as connection:
            return connection.scalar(wanted)

    def save(self, shown: SheetRecord, state: str, by: str) -> SheetRecord:
        """Keep a state after the one that was shown. Raises MovedOn."""
        with self._database.writing() as connection:
            now = _unmoved(connection, shown)
            if connection.scalar(_state(now.id, now.version)) == state:
                return now
            _put_state(connection, now.id, now.version + 1, now.version, state)
            return _changed(connection, now, by, version=now.version + 1)

    def undo(self, shown: SheetRecord, by: str) -> SheetRecord:
        """Go back to the state before the one that was shown; does nothing at the first. Raises MovedOn."""
        with self._database.writing() as connection:
            now = _unmoved(connection, shown)
            former = connection.scalar(_former(now.id, now.version))
            if not former:
                return now
            state = connection.scalar(_state(now.id, former))
            before = connection.scalar(_former(now.id, former))
            _put_state(connection, now.id, now.version + 1, before or 0, state or "")
            return _changed(connection, now, by, version=now.version + 1)

    def set_status(
        self, shown: SheetRecord, status: Status, by: str, publish_at: str = "", **details: object
    ) -> SheetRecord:
        """Raises MovedOn."""
        assert status in get_args(Status)
        with self._database.writing() as connection:
            now = _unmoved(connection, shown)
            told = {**details, "publish_at": publish_at} if publish_at else details
            audit.record(connection, by, f"document {status}", sheet=now.id, name=now.name, **told)
            return _changed(connection, now, by, status=status, publish_at=publish_at)

    def due(self, now: str) -> Sequence[SheetRecord]:
        """The scheduled ones whose time has come."""
        wanted = sa.select(sheets).where(sheets.c.status == "scheduled", sheets.c.publish_at <= now)
        with self._database.reading() as connection:
            return [SheetRecord(*row) for row in connection.execute(wanted)]


def utc_now() -> str:
    """2024-11-26T08:30:00+00:00: texts that sort as the times do."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unmoved(connection: sa.Connection, shown: SheetRecord) -> SheetRecord:
    lock(connection, sheets)
    row = connection.execute(sa.select(sheets).where(sheets.c.id == shown.id)).one()
    now = SheetRecord(*row)
    if (now.version, now.status) != (shown.version, shown.status):
        raise MovedOn(now)
    return now


def _changed(connection: sa.Connection, now: SheetRecord, by: str, **values: object) -> SheetRecord:
    stamped = {**values, "changed_by": by, "changed_at": utc_now()}
    connection.execute(sheets.update().where(sheets.c.id == now.id).values(stamped))
    return SheetRecord(**{**vars(now), **stamped})


def _put_state(connection: sa.Connection, sheet_id: str, version: int, former: int, state: str) -> None:
    connection.execute(states.insert().values(sheet_id=sheet_id, version=version, former=former, state=state))


def _state(sheet_id: str, version: int) -> sa.Select[str]:
    return sa.select(states.c.state).where(states.c.sheet_id == sheet_id, states.c.version == version)


def _former(sheet_id: str, version: int) -> sa.Select[int]:
    return sa.select(states.c.former).where(states.c.sheet_id == sheet_id, states.c.version == version)
