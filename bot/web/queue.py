"""Questions of programs wait for their turn: as many at once as there are cores, and not too many waiting."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from threading import Lock
from typing import TypeVar, get_args

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI

from bot import messages
from bot.answering.answerer import Answerer, AnswererProxy
from bot.answering.bot import Answer
from bot.answering.question import REFUSED_QUESTION, QuestionError
from bot.language import Language
from bot.web.problems import Problem

__all__ = ["AT_ONCE", "WAITING", "AnswerCache", "AskQueue", "Readiness"]

AT_ONCE = 2
"""Questions that a face has answered at the same time; more would only wait for the same cores."""

WAITING = 64
"""Questions that may wait for their turn at a face; at 50 ms each the last one waits 2 s."""

Result = TypeVar("Result")


class AskQueue:
    """Asks `bot` from threads; one for all faces that programs use."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot
        self._limiter = CapacityLimiter(AT_ONCE)
        self._inside = 0

    async def ask(self, question: str, history: Sequence[str], top: int) -> Answer:
        """The bot's answer. Raises Problem: 422 for what is no question, 503 where too many wait."""
        try:
            return await self._in_turn(partial(self._bot.ask, question, history, top), question)
        except QuestionError as error:
            refusal, code = REFUSED_QUESTION[error.code], f"question-{error.code}"
            raise Problem(422, refusal, code, question, limit=error.limit) from error

    async def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """The bot's questions to go on with. Raises Problem: 503 where too many wait."""
        return await self._in_turn(partial(self._bot.follow_ups, answer, asked, language), answer.question)

    async def _in_turn(self, call: Callable[[], Result], question: str) -> Result:
        if self._inside >= AT_ONCE + WAITING:
            raise Problem(503, messages.BUSY, question=question, headers={"Retry-After": "5"})
        self._inside += 1
        try:
            return await to_thread.run_sync(call, limiter=self._limiter)
        finally:
            self._inside -= 1


ANSWERS = 5000
"""How many are remembered, in memory alone: some 15 MB, and hours of a busy service."""


class AnswerCache(AnswererProxy[Answerer]):
    """Answers as `bot` does. Questions that nobody judges are never written anywhere."""

    def __init__(self, bot: Answerer, most: int = ANSWERS) -> None:
        super().__init__(bot)
        self._most = most
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        answer = super().ask(question, history, top)
        with self._lock:
            self._answers[answer.answer_id] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def given(self, answer_id: str) -> Answer | None:
        """The answer of that id, if it is remembered still."""
        return self._answers.get(answer_id)


logger = logging.getLogger(__name__)


class Readiness:
    """Asks the bot one question when the service starts, which warms the model too; then for the examples."""

    def __init__(self, bot: Answerer) -> None:
        self._bot = bot
        self._shown = False
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

    def _answers(self) -> bool:
        try:
            self._bot.ask(messages.WELCOME.to("zh-Hans"))
        except Exception:
            logger.exception("the bot cannot answer")
            return False
        return True
