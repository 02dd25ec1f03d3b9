"""Usage figures, hour by hour: questions by verdict, and the articles that were quoted; counts, no words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.answering.answer import CuratedParts
from bot.operations.database import Database, lock, metadata

__all__ = ["CARD", "QUOTED", "Count", "Figures"]

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("day", sa.Text, primary_key=True),
    sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer),
)

QUOTED, CARD = "quoted", "card"
WHOLE_DAY = -1
MOST_CURATED = 100_000


class Count(NamedTuple):
    """What is counted: a verdict in an hour, or on a day QUOTED with an article, CARD with a card's id, a
    kind of CuratedParts with the hash of its key."""

    day: str
    hour: int
    name: str
    article: str = ""

    @classmethod
    def of_answer(cls, moment: datetime, verdict: str) -> Count:
        return cls(moment.date().isoformat(), moment.hour, verdict)

    @classmethod
    def of_quote(cls, moment: datetime, article_id: str) -> Count:
        return cls(moment.date().isoformat(), WHOLE_DAY, QUOTED, article_id)

    @classmethod
    def of_curated(cls, moment: datetime, curated: CuratedParts) -> Count:
        return cls(moment.date().isoformat(), WHOLE_DAY, curated.kind, _hashed(curated.key))

    @classmethod
    def of_card(cls, moment: datetime, card_id: str) -> Count:
        return cls(moment.date().isoformat(), WHOLE_DAY, CARD, card_id)


class Figures:
    """The counts of each hour. They are kept for good: nobody's words are in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, counts: Mapping[Count, int]) -> None:
        """Add to what was counted."""
        with self._database.writing() as connection:
            lock(connection, figures)
            for key, more in sorted(counts.items()):
                same = [column == value for column, value in zip(figures.primary_key, key, strict=True)]
                added = figures.update().where(*same).values(count=figures.c.count + more)
                if not connection.execute(added).rowcount:
                    connection.execute(figures.insert().values(**key._asdict(), count=more))

    def by_day(self, days: int, today: str) -> dict[tuple[str, str], int]:
        """(day, verdict) -> answers, of so many days up to today."""
        return self._summed(days, today, figures.c.day, figures.c.name)

    def by_hour(self, days: int, today: str) -> dict[int, int]:
        """Hour of the day, 0 to 23 -> answers."""
        return {hour: count for (hour,), count in self._summed(days, today, figures.c.hour).items()}

    def most(self, name: str, days: int, today: str, count: int) -> list[tuple[str, int]]:
        """What was counted by the day under QUOTED or CARD, by how often, the most first."""
        total = sa.func.sum(figures.c.count)
        wanted = (
            sa.select(figures.c.article, total)
            .where(figures.c.name == name, figures.c.hour == WHOLE_DAY)
            .where(figures.c.day > _before(days, today), figures.c.day <= today)
            .group_by(figures.c.article)
            .order_by(total.desc(), figures.c.article)
            .limit(count)
        )
        with self._database.reading() as connection:
            return [(article, int(found)) for article, found in connection.execute(wanted)]

    def curated(self, kind: str, keys: Iterable[str], days: int, today: str) -> dict[str, int]:
        """How often each of these pins, synonyms or examples had a part in an answer, those that had one."""
        counted = dict(self.most(kind, days, today, MOST_CURATED))
        return {key: counted[hashed] for key in keys if (hashed := _hashed(key)) in counted}

    def _summed(self, days: int, today: str, *by: sa.ColumnElement[Any]) -> dict[tuple[Any, ...], int]:
        wanted = (
            sa.select(*by, sa.func.sum(figures.c.count))
            .where(figures.c.hour != WHOLE_DAY, figures.c.day > _before(days, today), figures.c.day <= today)
            .group_by(*by)
        )
        with self._database.reading() as connection:
            return {tuple(row)[:-1]: int(row[-1]) for row in connection.execute(wanted)}


def _hashed(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def _before(days: int, today: str) -> str:
    return (datetime.fromisoformat(today) - timedelta(days=days)).date().isoformat()
