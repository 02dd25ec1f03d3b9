"""Votes of visitors: one for each answer, kept with the question in the database.

Nothing is kept of the visitor: no address, no browser, of the time only the day. Numbers of persons are
masked in question and comment. Deleted votes are overwritten in the file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.answering.bot import Answer, Verdict
from bot.language import Language
from bot.operations.database import Database, DatabaseError, lock, metadata
from bot.operations.masking import masked, wording_of
from corpus.errors import Failure

__all__ = ["COMMENT_LIMIT", "Vote", "VoteRecord", "Votes", "VotesUnavailable", "vote_record"]

logger = logging.getLogger(__name__)

Vote = Literal["up", "down"]

COMMENT_LIMIT = 500
"""Characters of a comment."""

PATIENCE = 0.5
"""Seconds that one vote waits for another process that writes."""

FORMER = "feedback.sqlite"
"""The file in the state folder where votes were kept before they went into the database."""

votes = sa.Table(
    "votes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("answer_id", sa.Text),
    sa.Column("vote", sa.Text),
    sa.Column("comment", sa.Text),
    sa.Column("question", sa.Text),
    sa.Column("wording", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("verdict", sa.Text),
    sa.Column("confidence", sa.Float),
    sa.Column("quotes", sa.Text),
    sa.Column("voted_on", sa.Text),
)


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class VoteRecord:
    """A vote and what it is about; `quotes` are (article, start, end), offsets into the article's body."""

    answer_id: str
    vote: Vote
    comment: str
    question: str
    language: Language
    verdict: Verdict
    confidence: float
    quotes: tuple[tuple[str, int, int], ...]
    voted_on: date = field(default_factory=_today)


def vote_record(answer: Answer, vote: Vote, comment: str) -> VoteRecord:
    """Someone's vote on an answer, today."""
    quotes = tuple((quote.article.id, quote.start, quote.end) for quote in answer.quotes)
    return VoteRecord(
        answer.answer_id,
        vote,
        masked(comment),
        masked(answer.question),
        answer.language,
        answer.verdict,
        answer.confidence,
        quotes,
    )


class VotesUnavailable(Failure):
    """The votes cannot be read or written now: another process holds them, the disk is full, or the database
    is damaged or gone."""


class Votes:
    """The votes in the database; may be used from several threads and processes.

    Each method raises VotesUnavailable where the database cannot be used now: answers do not need votes.
    """

    def __init__(self, database: Database | None = None) -> None:
        """Without a database votes cannot be kept."""
        self._database = database

    def keep(self, vote: VoteRecord) -> None:
        """Keep the vote, in place of an earlier one on the same answer."""
        with self._writing() as connection:
            _put(connection, vote)

    def all(self) -> list[VoteRecord]:
        """Every vote in the order in which they were given."""
        with self._told(), self._opened().reading() as connection:
            return [
                _read(row) for row in connection.execute(sa.select(votes).order_by(votes.c.number)).mappings()
            ]

    def latest(self, most: int, vote: Vote | Literal[""] = "") -> list[VoteRecord]:
        """The last votes of a kind, or of both, the latest first."""
        wanted = sa.select(votes).where(*_of_kind(vote)).order_by(votes.c.number.desc()).limit(most)
        with self._told(), self._opened().reading() as connection:
            return [_read(row) for row in connection.execute(wanted).mappings()]

    def count(self, vote: Vote | Literal[""] = "") -> int:
        """How many votes of a kind, or of both, there are."""
        wanted = sa.select(sa.func.count()).select_from(votes).where(*_of_kind(vote))
        with self._told(), self._opened().reading() as connection:
            return int(connection.scalar(wanted) or 0)

    def by_day(self, since: date) -> dict[tuple[date, Vote], int]:
        """How many votes of each kind were given on each day, from that day on."""
        wanted = (
            sa.select(votes.c.voted_on, votes.c.vote, sa.func.count())
            .where(votes.c.voted_on >= since.isoformat())
            .group_by(votes.c.voted_on, votes.c.vote)
        )
        with self._told(), self._opened().reading() as connection:
            return {(date.fromisoformat(day), vote): count for day, vote, count in connection.execute(wanted)}

    def delete(self, answer_id: str = "") -> int:
        """Delete one answer's vote, or all of them; how many there were."""
        deleted = votes.delete().where(votes.c.answer_id == answer_id) if answer_id else votes.delete()
        with self._writing() as connection:
            return connection.execute(deleted).rowcount

    def forget(self, before: date | None, words: str) -> int:
        """Delete the votes before that day whose question or comment holds those words; how many there were.

        Without a day of any day; "" is held by all. Case, width and white space do not count.
        """
        wanted = wording_of(words)
        forgotten = [
            vote.answer_id
            for vote in self.all()
            if (before is None or vote.voted_on < before)
            and any(wanted in wording_of(text) for text in (vote.question, vote.comment))
        ]
        for answer_id in forgotten:
            self.delete(answer_id)
        return len(forgotten)

    def take_over(self, state: Path) -> int:
        """Move the votes of the former file into the database; how many there were.

        The file is deleted once they are; a damaged one stays, which the log tells.
        """
        path = state / FORMER
        if not path.is_file():
            return 0
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as former:
                former.row_factory = sqlite3.Row
                found = [_read(row) for row in former.execute("SELECT * FROM votes ORDER BY rowid")]
        except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
            logger.error("the votes in %s cannot be read, and stay there: %s", path, error)
            return 0
        with self._writing() as connection:
            for vote in found:
                _put(connection, vote)
        path.unlink()
        logger.info("%d votes of %s are in the database now", len(found), path)
        return len(found)

    def _opened(self) -> Database:
        if self._database is None:
            raise VotesUnavailable("there is no database for votes")
        return self._database

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self._told(), self._opened().writing(PATIENCE) as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseError, SQLAlchemyError) as error:
            reason = error.orig if isinstance(error, DBAPIError) else error
            raise VotesUnavailable(f"the votes cannot be used now: {reason}") from error


def _of_kind(vote: Vote | Literal[""]) -> list[sa.ColumnElement[bool]]:
    return [votes.c.vote == vote] if vote else []


def _put(connection: sa.Connection, vote: VoteRecord) -> None:
    lock(connection, votes)
    connection.execute(votes.delete().where(votes.c.answer_id == vote.answer_id))
    quotes, wording = json.dumps(vote.quotes), wording_of(masked(vote.question))
    kept = {**asdict(vote), "quotes": quotes, "wording": wording, "voted_on": vote.voted_on.isoformat()}
    connection.execute(votes.insert().values(kept))


def _read(row: Any) -> VoteRecord:
    """The vote in a row whose columns have names."""
    values = {name: row[name] for name in VoteRecord.__dataclass_fields__}
    quotes = tuple((article, start, end) for article, start, end in json.loads(values["quotes"]))
    return VoteRecord(**{**values, "quotes": quotes, "voted_on": date.fromisoformat(values["voted_on"])})
