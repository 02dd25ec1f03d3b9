"""Queue of questions from programs: as many at once as there are cores, and a bounded number waiting."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager
from functools import partial
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar, get_args

from anyio import CapacityLimiter, RunFinishedError, from_thread, to_thread
from fastapi import FastAPI

from bot import messages
from bot.answering.answerer import Answerer, AnswererProxy
from bot.answering.bot import Answer
from bot.answering.question import REFUSED_QUESTION, QuestionError
from bot.language import Language
from bot.operations.metrics import Metrics
from bot.web.clients import CLIENT
from bot.web.problems import Problem
from bot.web.request_log import REQUEST
from bot.web.turns import AT_ONCE, WAITING, BusyError, FairTurns

if TYPE_CHECKING:  # an extra, imported where it is set
    from bot.operations.tracing import Traces

__all__ = [
    "AT_ONCE",
    "WAITING",
    "AnswerCache",
    "AskQueue",
    "BusyError",
    "Readiness",
    "TakingTurns",
    "no_note",
]

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


class AskQueue:
    """Asks `bot` from threads, in turns; one for all faces."""

    def __init__(self, bot: Answerer, metrics: Metrics | None = None, traces: Traces | None = None) -> None:
        self._bot = bot
        self._metrics, self._traces = metrics or Metrics(), traces
        self._turns = FairTurns()
        # Threads of its own: those who wait must not take them from pages of articles.
        self._limiter = CapacityLimiter(AT_ONCE)

    @property
    def waiting(self) -> int:
        """Questions that wait for their turn."""
        return self._turns.waiting

    def send_all_away(self) -> None:
        """Ends the waiting of all: the service stops."""
        self._turns.send_all_away()

    async def ask(self, question: str, history: Sequence[str], top: int) -> Answer:
        """The bot's answer. Raises Problem: 422 for what is no question, 503 where too many wait."""
        try:
            return await self._for_program(partial(self._bot.ask, question, history, top), question)
        except QuestionError as error:
            refusal, code = REFUSED_QUESTION[error.code], f"question-{error.code}"
            raise Problem(422, refusal, code, question, limit=error.limit) from error

    async def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """The bot's questions to go on with. Raises Problem: 503 where too many wait."""
        call = partial(self._bot.follow_ups, answer, asked, language)
        return await self._for_program(call, answer.question)

    async def _for_program(self, call: Callable[[], Result], question: str) -> Result:
        try:
            return await self.run(call)
        except BusyError:
            raise Problem(503, messages.BUSY, question=question, headers={"Retry-After": "5"}) from None

    async def run(self, call: Callable[[], Result]) -> Result:
        """What `call` returns, when it is the client's turn. Raises BusyError as FairTurns does."""
        arrived = perf_counter()
        async with self._turns.turn():
            began = perf_counter()
            self._part("waiting", began - arrived)
            try:
                return await to_thread.run_sync(call, limiter=self._limiter)
            finally:
                self._part("answering", perf_counter() - began)

    def _part(self, name: str, seconds: float) -> None:
        self._metrics.part(name, seconds)
        if self._traces:
            self._traces.part(name, seconds)


class TakingTurns(AnswererProxy[Answerer]):
    """As `bot`, for threads of the service: each question, of a whole conversation too, waits for its turn.

    `ask` and `follow_ups` raise BusyError where too many wait, and where the service stops meanwhile.
    """

    def __init__(self, bot: Answerer, turns: AskQueue) -> None:
        super().__init__(bot)
        self._turns = turns

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        began = perf_counter()
        answer = self._in_turn(partial(self.bot.ask, question, history, top))
        # The request that brought it was answered long before.
        milliseconds = round(1000 * (perf_counter() - began))
        logger.info("chat", extra={"verdict": answer.verdict, "milliseconds": milliseconds})
        return answer

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return self._in_turn(partial(self.bot.follow_ups, answer, asked, language))

    def _in_turn(self, call: Callable[[], Result]) -> Result:
        try:
            return from_thread.run(self._turns.run, call)
        except (CancelledError, RunFinishedError):  # a conversation outlives the request that resumed it
            raise BusyError from None


ANSWERS = 5000
"""How many are remembered, in memory alone: some 15 MB, and hours of a busy service."""


def no_note(answer: Answer, address: str) -> None:
    """Take no note of an answer."""


class AnswerCache(AnswererProxy[Answerer]):
    """Answers as `bot` does, and remembers the answers."""

    def __init__(
        self,
        bot: Answerer,
        most: int = ANSWERS,
        metrics: Metrics | None = None,
        note: Callable[[Answer, str], object] = no_note,
    ) -> None:
        """`note` is given each answer with the address of who asked."""
        super().__init__(bot)
        self._most, self._note = most, note
        self._metrics = metrics or Metrics()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        answer = super().ask(question, history, top)
        self._metrics.answer(answer.verdict, answer.language)
        if facts := REQUEST.get(None):
            facts.verdict = answer.verdict
        self._note(answer, CLIENT.get().address)
        with self._lock:
            self._answers[answer.answer_id] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def given(self, answer_id: str) -> Answer | None:
        """The answer of that id, if it is remembered still."""
        return self._answers.get(answer_id)


class Readiness:
    """Asks the bot one question when the service starts, which warms the model too; then for the examples."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot
        self._shown = False
        self._failure = ""
        self._asking = Lock()

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        first = asyncio.create_task(to_thread.run_sync(self._warm))
        yield
        await first

    def _warm(self) -> None:
        if self.is_ready():
            for language in get_args(Language):
                self._bot.examples(language)

    def is_ready(self) -> bool:
        """True from the first answer on. Until then each call tries, unless another one is trying."""
        if not self._shown and self._asking.acquire(blocking=False):
            try:
                self._shown = self._answers()
            finally:
                self._asking.release()
        return self._shown

    def missing(self) -> list[dict[str, str]]:
        """What is not ready, for an operator; [] where all is."""
        if self.is_ready():
            return []
        return [
            {"pointer": "#/bot", "detail": self._failure or "it has answered no question since the start"}
        ]

    def _answers(self) -> bool:
        try:
            self._bot.ask(messages.WELCOME.to("zh-Hans"))
        except Exception as error:
            logger.exception("the bot cannot answer")
            self._failure = f"it could not answer its first question ({type(error).__name__}; see the log)"
            return False
        return True
