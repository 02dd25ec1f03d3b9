"""Questions of programs wait for their turn: as many at once as there are cores, and not too many waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from bot import messages
from bot.answer import Answer
from bot.answerer import Answerer
from bot.questions import Language, QuestionError
from bot.web.problems import Problem

__all__ = ["AT_ONCE", "WAITING", "Turns"]

AT_ONCE = 2
"""Questions that a face has answered at the same time; more would only wait for the same cores."""

WAITING = 64
"""Questions that may wait for their turn at a face; at 50 ms each the last one waits 2 s."""

Result = TypeVar("Result")


class Turns:
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
            refusal, code = messages.REFUSED_QUESTION[error.code], f"question-{error.code}"
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
