"""Visitor counts of wordings, without keeping the wording or who they were.

Of a wording the database holds a keyed hash, of each visitor who used it a number of 12 bits: a million
addresses share it, and for another wording they have other numbers. Some visitors are taken for one, so that
a wording is never shown too early. The key is thrown away with what it made when a period ends.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from bot.operations.database import Database, lock, metadata, secret

__all__ = ["ENOUGH", "HeardWordings"]

ENOUGH = 5
"""Visitors of whom a wording is no longer anybody's own."""

LONGEST_PERIOD = 30  # days

heard = sa.Table(
    "heard_wordings",
    metadata,
    sa.Column("wording", sa.Text, primary_key=True),
    sa.Column("visitor", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("period", sa.Integer),
)


class HeardWordings:
    """The count of visitors of each wording, within periods of so many days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def shared(self, asked: Iterable[tuple[str, str]], today: date, days: int) -> set[str]:
        """Count (wording, address) pairs; of those wordings the ones that enough visitors used.

        A period has so many `days`, LONGEST_PERIOD at most.
        """
        period = today.toordinal() // min(days, LONGEST_PERIOD)
        found = set()
        with self._database.writing() as connection:
            lock(connection, heard)
            connection.execute(heard.delete().where(heard.c.period != period))
            key = secret(connection, f"heard-{period}", instead_of="heard-").encode()
            for wording, address in asked:
                hashed = hmac.new(key, wording.encode(), "sha256").digest()
                visitor = int.from_bytes(
                    hmac.new(hashed + key, address.encode(), hashlib.sha256).digest()[:2]
                )
                if _count(connection, hashed.hex(), visitor >> 4, period) >= ENOUGH:
                    found.add(wording)
        return found


def _count(connection: sa.Connection, wording: str, visitor: int, period: int) -> int:
    of_wording = heard.c.wording == wording
    known = sa.select(heard.c.visitor).where(of_wording)
    visitors = set(connection.scalars(known))
    if visitor not in visitors and len(visitors) < ENOUGH:
        connection.execute(heard.insert().values(wording=wording, visitor=visitor, period=period))
    return len(visitors | {visitor})
