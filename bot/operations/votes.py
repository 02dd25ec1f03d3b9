"""What visitors thought of answers: one vote for each answer, kept with the question in a SQLite file.

Nothing is kept of the visitor: no address, no browser, of the time only the day. Deleted votes are
overwritten in the file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from bot.answering.bot import Answer, Verdict
from bot.language import Language

__all__ = ["COMMENT_LIMIT", "Vote", "VoteRecord", "Votes", "vote_record"]

Vote = Literal["up", "down"]

COMMENT_LIMIT = 500
"""Characters of a comment."""

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


class Votes:
    """The votes in a file, or in memory; may be used from several threads and processes."""

    def __init__(self, path: Path | None = None) -> None:
        """Makes the file where there is none. Raises sqlite3.Error for a file that is no such one."""
        self._lock = Lock()
        self._connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        with self._opened() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(SCHEMA)

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
        with self._lock, self._connection:
            yield self._connection


def _read(row: sqlite3.Row) -> VoteRecord:
    quotes = tuple((article, start, end) for article, start, end in json.loads(row["quotes"]))
    return VoteRecord(**{**dict(row), "quotes": quotes, "voted_on": date.fromisoformat(row["voted_on"])})
