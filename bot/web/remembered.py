"""A bot that remembers its last answers, so that they can be judged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from bot.answer import Answer
from bot.answerer import Answerer, StandIn

__all__ = ["Remembered"]

ANSWERS = 5000
"""How many are remembered, in memory alone: some 15 MB, and hours of a busy service."""


class Remembered(StandIn[Answerer]):
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
