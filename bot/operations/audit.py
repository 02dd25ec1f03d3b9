"""Audit log, a hash chain: who did what and when; each line holds the hash of itself and of the line before.

A line that is changed, taken out or put in breaks the chain. Lines cut off at the end leave it whole:
who notes the last hash elsewhere sees that too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.operations.database import Database, lock, metadata

__all__ = ["AuditLine", "AuditLog", "Verification", "record"]

audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text),
    sa.Column("user_name", sa.Text),
    sa.Column("action", sa.Text),
    sa.Column("details", sa.Text),
    sa.Column("hash", sa.Text),
)

START = "0" * 64
"""What the first line holds as the hash of the line before."""


@dataclass(frozen=True)
class AuditLine:
    """Line of the log; `at` is UTC as in ISO 8601, `details` a JSON object."""

    number: int
    at: str
    user: str
    action: str
    details: str
    hash: str

    def follows(self, former: str) -> bool:
        """Whether its hash is that of its content and of the hash before it."""
        return self.hash == _hash(former, self.number, self.at, self.user, self.action, self.details)


@dataclass(frozen=True)
class Verification:
    """Result of a check: lines in an unbroken chain, the last one's hash, and the first wrong line or 0."""

    lines: int
    last: str
    wrong: int


def record(connection: sa.Connection, user: str, action: str, **details: object) -> None:
    """Write a line within the transaction of the act it records: both are kept, or neither."""
    lock(connection, audit_log)
    wanted = sa.select(audit_log.c.number, audit_log.c.hash).order_by(audit_log.c.number.desc()).limit(1)
    last = connection.execute(wanted).first()
    number, former = (last.number + 1, last.hash) if last else (1, START)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    told = json.dumps(details, ensure_ascii=False, sort_keys=True)
    connection.execute(
        audit_log.insert().values(
            number=number,
            at=at,
            user_name=user,
            action=action,
            details=told,
            hash=_hash(former, number, at, user, action, told),
        )
    )


class AuditLog:
    """Reads and verifies the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, user: str, action: str, **details: object) -> None:
        """Write a line on its own."""
        with self._database.writing() as connection:
            record(connection, user, action, **details)

    def latest(self, count: int, before: int | None = None) -> list[AuditLine]:
        """The last lines, the newest first; with `before`, those of smaller numbers."""
        wanted = sa.select(audit_log).order_by(audit_log.c.number.desc()).limit(count)
        if before is not None:
            wanted = wanted.where(audit_log.c.number < before)
        with self._database.reading() as connection:
            return list(_lines(connection.execute(wanted).mappings()))

    def verify(self) -> Verification:
        """Follow the chain from the first line."""
        count, former = 0, START
        wanted = sa.select(audit_log).order_by(audit_log.c.number)
        with self._database.reading() as connection:
            for line in _lines(connection.execute(wanted).mappings()):
                if line.number != count + 1 or not line.follows(former):
                    return Verification(count, former, count + 1)
                count, former = line.number, line.hash
        return Verification(count, former, 0)


def _lines(rows: Iterable[Mapping[Any, Any]]) -> Iterator[AuditLine]:
    for row in rows:
        values = dict(row)
        yield AuditLine(user=values.pop("user_name"), **values)


def _hash(former: str, *content: object) -> str:
    return hashlib.sha256(json.dumps([former, *content], ensure_ascii=False).encode()).hexdigest()
