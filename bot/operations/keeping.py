"""Background writing of figures, and of questions as far as the publisher keeps them.

A thread of its own writes them: a database that is slow, locked or gone costs what was to be kept, never an
answer.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from bot.answering.answer import Answer
from bot.operations.database import Database, DatabaseError
from bot.operations.figures import CARD, Count, Figures
from bot.operations.heard import HeardWordings
from bot.operations.masking import masked, wording_of
from bot.operations.questions import QuestionBook, QuestionRecord
from bot.settings import KeepQuestions
from index.models.embedder import Vectors

__all__ = ["Keeper"]

logger = logging.getLogger(__name__)

WAITING = 2000
"""Answers that may wait to be written; what comes on top is not counted."""

EVERY = 1.0  # seconds between two writes
AGAIN = 3600.0
"""Seconds in which the same words of one address count once: a page that is loaded again asks again."""

REMEMBERED = 20_000  # of what was asked in that time


class Noted(NamedTuple):
    answer: Answer
    address: str
    moment: datetime


class Keeper:
    """Counts answers and keeps questions. `note` may be called from any thread."""

    def __init__(
        self,
        database: Database,
        keep: KeepQuestions = "off",
        days: Callable[[], int] = lambda: 90,
        embed: Callable[[Sequence[str]], Vectors] | None = None,
    ) -> None:
        """Questions are kept for so many `days`, asked each time; without `embed` they are not grouped."""
        self.questions, self.figures = QuestionBook(database, embed), Figures(database)
        self._heard = HeardWordings(database)
        self._keep, self._days, self._sorts = keep, days, embed is not None
        self._waiting: SimpleQueue[Noted | None] = SimpleQueue()
        self._recent = _Recent()
        self._purged: date | None = None
        self._thread = Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def note(self, answer: Answer, address: str) -> None:
        """Have an answer counted, and its question kept; it does not wait."""
        if self._waiting.qsize() < WAITING and self._recent.is_new(answer.question, address):
            self._waiting.put(Noted(answer, address, datetime.now()))

    def write(self, noted: Sequence[Noted]) -> None:
        """Count and keep what came. Raises DatabaseError where the database cannot be used now."""
        self.figures.add(Counter(count for one in noted for count in _counts(one)))
        kept = [pair for one in noted for pair in _kept(one)] if self._keep != "off" else []
        if self._keep == "shared":
            heard = [(asked.wording, address) for asked, address in kept]
            shared = self._heard.shared(heard, datetime.now().date(), self._days())
            kept = [(asked, address) for asked, address in kept if asked.wording in shared]
        if kept:
            self.questions.add(Counter(asked for asked, _ in kept))

    def _run(self) -> None:
        more = True
        while more:
            noted, more = self._next()
            try:
                if noted:
                    self.write(noted)
                if self._sorts:
                    self.questions.sort()
                self._purge()
            except (DatabaseError, SQLAlchemyError) as error:
                logger.warning("%d answers are not counted: %s", len(noted), error)
            except Exception:
                logger.exception("%d answers are not counted", len(noted))

    def _next(self) -> tuple[list[Noted], bool]:
        """What came within a while, and whether more may come."""
        noted: list[Noted] = []
        until = monotonic() + EVERY
        while (left := until - monotonic()) > 0:
            try:
                one = self._waiting.get(timeout=left)
            except Empty:
                break
            if one is None:
                return noted, False
            noted.append(one)
        return noted, True

    def _purge(self) -> None:
        """At the start, once a day, and whenever the days have become others; with "off" all goes."""
        days = self._days() if self._keep != "off" else 0
        first = datetime.now().date() - timedelta(days=days - 1)
        if self._purged != first:
            self.questions.purge(first)
            self._purged = first


def _counts(noted: Noted) -> Iterator[Count]:
    for answer in noted.answer.parts or (noted.answer,):
        yield Count.of_answer(noted.moment, CARD if answer.cards else answer.verdict)
    for article_id in {quote.article.id for quote in noted.answer.quotes}:
        yield Count.of_quote(noted.moment, article_id)
    for card in noted.answer.cards:
        yield Count.of_card(noted.moment, card.id)
    for answer in noted.answer.parts or (noted.answer,):
        yield from (Count.of_curated(noted.moment, one) for one in answer.curated)


def _kept(noted: Noted) -> Iterator[tuple[QuestionRecord, str]]:
    """What may be kept, each with its address: no small talk, and nothing of somebody in need."""
    for answer in noted.answer.parts or (noted.answer,):
        if answer.cards or noted.answer.cards or answer.verdict == "talk":
            continue
        question = masked(answer.question)
        day = noted.moment.date().isoformat()
        yield (
            QuestionRecord(day, wording_of(question), question, answer.language, answer.verdict),
            noted.address,
        )


class _Recent:
    """What was asked within AGAIN, as hashes by a key that ends with the process."""

    def __init__(self) -> None:
        self._key, self._lock = secrets.token_bytes(16), Lock()
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def is_new(self, question: str, address: str) -> bool:
        if not address:
            return True
        hashed = hashlib.blake2b(f"{address}\0{question}".encode(), key=self._key, digest_size=16).digest()
        now = monotonic()
        with self._lock:
            is_new = now - self._seen.get(hashed, -AGAIN) >= AGAIN
            if is_new:
                self._seen[hashed] = now
                self._seen.move_to_end(hashed)
                if len(self._seen) > REMEMBERED:
                    self._seen.popitem(last=False)
        return is_new
