"""What visitors thought of answers: one vote for each answer, kept with the question in a SQLite file.

Nothing is kept of the visitor: no address, no browser, of the time only the day. Deleted votes are
overwritten in the file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from bot.answering.bot import Answer, Verdict
from bot.language import Language
from corpus.errors import Failure

__all__ = ["COMMENT_LIMIT", "Vote", "VoteRecord", "Votes", "VotesUnavailable", "vote_record"]

logger = logging.getLogger(__name__)

Vote = Literal["up", "down"]

COMMENT_LIMIT = 500
"""Characters of a comment."""

PATIENCE = 0.5
"""Seconds that one vote waits for another process that writes."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS votes (
    answer_id TEXT PRIMARY KEY, vote TEXT NOT NULL, comment TEXT NOT NULL, question TEXT NOT NULL,
    language TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL NOT NULL, quotes TEXT NOT NULL,
    voted_on TEXT NOT NULL
)
"""


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
        comment,
        answer.question,
        answer.language,
        answer.verdict,
        answer.confidence,
        quotes,
    )


class VotesUnavailable(Failure):
    """The votes cannot be read or written now: another process holds them, or the disk is full."""


class Votes:
    """The votes in a file, or in memory; may be used from several threads and processes.

    Each method raises VotesUnavailable where the file cannot be used now. A damaged file is moved aside,
    which the log tells, and another one begun: answers do not need votes.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lock = Lock()
        self._path = path
        self._connection: sqlite3.Connection | None = None
        with (
            suppress(VotesUnavailable),
            self._opened(),
        ):  # damage is found at the start, not at the first vote
            pass

    def keep(self, vote: VoteRecord) -> None:
        """Keep the vote, in place of an earlier one on the same answer."""
        values = {**asdict(vote), "quotes": json.dumps(vote.quotes), "voted_on": vote.voted_on.isoformat()}
        places = ", ".join(f":{name}" for name in values)
        with self._opened() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO votes ({', '.join(values)}) VALUES ({places})", values
            )

    def all(self) -> list[VoteRecord]:
        """Every vote in the order in which they were given."""
        with self._opened() as connection:
            rows = connection.execute("SELECT * FROM votes ORDER BY rowid").fetchall()
        return [_read(row) for row in rows]

    def delete(self, answer_id: str = "") -> int:
        """Delete one answer's vote, or all of them; how many there were."""
        with self._opened() as connection:
            return connection.execute(
                "DELETE FROM votes WHERE answer_id = :id OR :id = ''", {"id": answer_id}
            ).rowcount

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._connection = self._connection or self._whole()
                with self._connection:
                    yield self._connection
            except sqlite3.OperationalError as error:  # locked, or no room: that is no damage
                raise VotesUnavailable(f"the votes in {self._path} cannot be used now: {error}") from error
            except sqlite3.DatabaseError as error:
                self._connection = self._moved_aside(error)
                raise VotesUnavailable(f"the votes in {self._path} were damaged: {error}") from error

    def _whole(self) -> sqlite3.Connection:
        """A connection to a file that is whole, or to a new one."""
        try:
            return self._connected()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            return self._moved_aside(error)

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path or ":memory:", check_same_thread=False, timeout=PATIENCE)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                connection.execute(SCHEMA)
            connection.execute("SELECT count(*) FROM votes").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _moved_aside(self, damage: sqlite3.DatabaseError) -> sqlite3.Connection:
        if self._connection:
            self._connection.close()
        if self._path:
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
            aside = self._path.with_name(f"{self._path.name}.damaged-{moment}")
            self._path.replace(aside)
            logger.error(
                "the votes are damaged (%s); the file is %s now, and a new one is begun", damage, aside
            )
        return self._connected()


def _read(row: sqlite3.Row) -> VoteRecord:
    quotes = tuple((article, start, end) for article, start, end in json.loads(row["quotes"]))
    return VoteRecord(**{**dict(row), "quotes": quotes, "voted_on": date.fromisoformat(row["voted_on"])})
