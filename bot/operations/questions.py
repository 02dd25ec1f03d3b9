"""Questions of visitors, as far as the publisher keeps them: masked, for some days, grouped by likeness.

A group is led by the wording that began it; questions whose vectors are near join it. What is kept of a
question is the day, the words, what came of it, and how often: nothing of the visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from bot.operations.database import Database, lock, metadata
from bot.operations.likeness import Leaders, packed
from bot.operations.masking import wording_of
from bot.operations.votes import votes
from index.models.embedder import Vectors

__all__ = ["Group", "Order", "QuestionBook", "QuestionRecord", "State", "since_day"]

State = Literal["", "answered", "not for us"]
Order = Literal["asked", "none", "unsure", "down"]

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("day", sa.Text),
    sa.Column("wording", sa.Text),
    sa.Column("question", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("verdict", sa.Text),
    sa.Column("asked", sa.Integer),
    sa.Column("group_id", sa.Integer),
)
groups = sa.Table(
    "question_groups",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("wording", sa.Text),
    sa.Column("question", sa.Text),
    sa.Column("vector", sa.LargeBinary),
    sa.Column("state", sa.Text),
)


class QuestionRecord(NamedTuple):
    """A question on a day, and its verdict; `wording` is what two equal questions share."""

    day: str
    wording: str
    question: str
    language: str
    verdict: str


@dataclass(frozen=True)
class Group:
    """Questions that ask the same: how often, what came of them, and votes down, since some day."""

    id: int
    question: str
    state: State
    asked: int
    none: int
    unsure: int
    down: int


class QuestionBook:
    """The kept questions and their groups."""

    def __init__(self, database: Database, embed: Callable[[Sequence[str]], Vectors] | None = None) -> None:
        self._database, self._embed = database, embed
        self._leaders = Leaders()

    # ---- written

    def add(self, asked: Mapping[QuestionRecord, int]) -> None:
        """Keep wordings with how often each was asked."""
        with self._database.writing() as connection:
            lock(connection, questions)
            for one, count in asked.items():
                same = (
                    questions.c.wording == one.wording, questions.c.day == one.day,
                    questions.c.verdict == one.verdict,
                )  # fmt: skip
                more = questions.update().where(*same).values(asked=questions.c.asked + count)
                if not connection.execute(more).rowcount:
                    connection.execute(questions.insert().values(**one._asdict(), asked=count, group_id=0))

    def sort(self, most: int = 16) -> int:
        """Put questions without a group into one, at most so many; returns how many wordings there were."""
        assert self._embed is not None
        wanted = sa.select(questions.c.wording, sa.func.min(questions.c.question))
        wanted = wanted.where(questions.c.group_id == 0).group_by(questions.c.wording).limit(most)
        with self._database.reading() as connection:
            fresh = [(wording, question) for wording, question in connection.execute(wanted)]
        if fresh:
            vectors = self._embed([question for _, question in fresh])
            with self._database.writing() as connection:
                lock(connection, groups)
                self._read_leaders(connection)
                for (wording, question), vector in zip(fresh, vectors, strict=True):
                    group_id = self._group_of(connection, wording, question, vector)
                    of_wording = questions.c.wording == wording
                    connection.execute(questions.update().where(of_wording).values(group_id=group_id))
        return len(fresh)

    def purge(self, before: date) -> None:
        """Delete what was asked before that day, and whatever holds its words."""
        self._forget(questions.c.day < before.isoformat())

    def forget(self, before: date | None, words: str) -> int:
        """Delete what was asked before that day and holds those words; how many wordings there were.

        Without a day of any day; "" is held by all. Case, width and white space do not count.
        """
        held = questions.c.wording.contains(wording_of(words), autoescape=True)
        return self._forget(*([questions.c.day < before.isoformat()] if before else []), held)

    def _forget(self, *conditions: sa.ColumnElement[bool]) -> int:
        with self._database.writing() as connection:
            lock(connection, groups)
            count = connection.execute(questions.delete().where(*conditions)).rowcount
            left = sa.select(questions.c.wording)
            gone = sa.select(groups.c.id).where(groups.c.wording.not_in(left))
            # Those that are left of a group whose first words are gone are sorted anew.
            connection.execute(questions.update().where(questions.c.group_id.in_(gone)).values(group_id=0))
            connection.execute(groups.delete().where(groups.c.wording.not_in(left)))
        self._leaders = Leaders()
        return count

    def set_state(self, group_id: int, state: State) -> None:
        with self._database.writing() as connection:
            connection.execute(groups.update().where(groups.c.id == group_id).values(state=state))

    # ---- read

    def groups(
        self, since: date, order: Order, state: State = "", first: int = 0, most: int = 50
    ) -> list[Group]:
        """The groups in that state that were asked since that day, the first ones in that order."""
        wanted = _counted(since)
        by = wanted.selected_columns[order]
        wanted = wanted.where(groups.c.state == state)
        if order != "asked":
            wanted = wanted.where(by > 0)
        wanted = wanted.order_by(by.desc(), groups.c.id).offset(first).limit(most)
        with self._database.reading() as connection:
            return [Group(*row) for row in connection.execute(wanted)]

    def group(self, group_id: int, since: date) -> Group | None:
        wanted = _counted(since).where(groups.c.id == group_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return Group(*row) if row else None

    def comments(self, group_id: int, since: date, most: int = 50) -> list[str]:
        """Comments on votes down for answers to the group's questions, the latest first."""
        of_group = sa.select(questions.c.wording).where(questions.c.group_id == group_id)
        wanted = (
            sa.select(votes.c.comment)
            .where(votes.c.vote == "down", votes.c.comment != "", votes.c.voted_on >= since.isoformat())
            .where(votes.c.wording.in_(of_group))
            .order_by(votes.c.number.desc())
            .limit(most)
        )
        with self._database.reading() as connection:
            return list(connection.scalars(wanted))

    def wordings(self, group_id: int, since: date, most: int = 50) -> list[tuple[str, int]]:
        """The questions of a group in people's words, each with how often it was asked, most first."""
        total = sa.func.sum(questions.c.asked)
        wanted = (
            sa.select(sa.func.min(questions.c.question), total)
            .where(questions.c.group_id == group_id, questions.c.day >= since.isoformat())
            .group_by(questions.c.wording)
            .order_by(total.desc(), questions.c.wording)
            .limit(most)
        )
        with self._database.reading() as connection:
            return [(question, int(count)) for question, count in connection.execute(wanted)]

    def count(self) -> int:
        """Wordings by day and verdict that are kept."""
        with self._database.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(questions)) or 0)

    # ---- likeness

    def _read_leaders(self, connection: sa.Connection) -> None:
        """Take in the groups that this process does not know: other replicas make some too."""
        wanted = sa.select(groups.c.id, groups.c.vector).where(groups.c.id > self._leaders.last)
        for group_id, vector in connection.execute(wanted.order_by(groups.c.id)):
            self._leaders.add(group_id, vector)

    def _group_of(self, connection: sa.Connection, wording: str, question: str, vector: Vectors) -> int:
        same = sa.select(questions.c.group_id).where(questions.c.wording == wording, questions.c.group_id > 0)
        if known := connection.scalar(same.limit(1)) or self._leaders.nearest(vector):
            return int(known)
        kept = {"wording": wording, "question": question, "vector": packed(vector), "state": ""}
        [group_id] = connection.execute(groups.insert().values(kept)).inserted_primary_key or (0,)
        self._leaders.add(int(group_id), packed(vector))
        return int(group_id)


def since_day(today: date, days: int) -> date:
    """The first of so many days up to today."""
    return today - timedelta(days=days - 1)


def _counted(since: date) -> sa.Select[Any]:
    """The columns of a Group, since that day."""

    def of(verdict: str) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((questions.c.verdict == verdict, questions.c.asked), else_=0))

    day = since.isoformat()
    asked = (
        sa.select(
            questions.c.group_id, sa.func.sum(questions.c.asked).label("asked"),
            of("none").label("none"), of("unsure").label("unsure"),
        )
        .where(questions.c.day >= day)
        .group_by(questions.c.group_id)
        .subquery()
    )  # fmt: skip
    down = (
        sa.select(questions.c.group_id, sa.func.count(votes.c.number.distinct()).label("down"))
        .join_from(votes, questions, votes.c.wording == questions.c.wording)
        .where(votes.c.vote == "down", votes.c.voted_on >= day)
        .group_by(questions.c.group_id)
        .subquery()
    )
    return (
        sa.select(
            groups.c.id, groups.c.question, groups.c.state, asked.c.asked, asked.c.none, asked.c.unsure,
            sa.func.coalesce(down.c.down, 0).label("down"),
        )
        .join_from(asked, groups, groups.c.id == asked.c.group_id)
        .outerjoin(down, down.c.group_id == groups.c.id)
    )  # fmt: skip
