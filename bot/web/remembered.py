"""A bot that remembers its last answers, so that they can be judged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from bot.answer import Answer
from bot.questions import Language
from bot.standing import Standing
from bot.web.answerer import Answerer
from corpus.article import Article

__all__ = ["Remembered"]

ANSWERS = 5000
"""How many are remembered, in memory alone: some 15 MB, and hours of a busy service."""


class Remembered:
    """Answers as `bot` does. Questions that nobody judges are never written anywhere."""

    def __init__(self, bot: Answerer, most: int = ANSWERS) -> None:
        self._bot = bot
        self._most = most
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = Lock()

    @property
    def articles(self) -> Mapping[str, Article]:
        return self._bot.articles

    @property
    def withdrawn(self) -> Mapping[str, Article]:
        return self._bot.withdrawn

    def standing(self, article_id: str) -> Standing:
        return self._bot.standing(article_id)

    def examples(self, language: Language) -> tuple[str, ...]:
        return self._bot.examples(language)

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return self._bot.follow_ups(answer, asked, language)

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        answer = self._bot.ask(question, history, top)
        with self._lock:
            self._answers[answer.answer_id] = answer
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def given(self, answer_id: str) -> Answer | None:
        """The answer of that id, if it is remembered still."""
        return self._answers.get(answer_id)
