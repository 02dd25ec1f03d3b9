"""What the web faces need of a bot; `bot.answer.Bot` is one, the tests' stub another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.answer import Answer
from bot.questions import Language
from bot.standing import Standing
from corpus.article import Article

__all__ = ["AT_ONCE", "WAITING", "Answerer"]

AT_ONCE = 2
"""Questions that a face has answered at the same time; more would only wait for the same cores."""

WAITING = 64
"""Questions that may wait for their turn at a face; at 50 ms each the last one waits 2 s."""


class Answerer(Protocol):
    @property
    def articles(self) -> Mapping[str, Article]:
        """The published articles by id."""

    @property
    def withdrawn(self) -> Mapping[str, Article]:
        """The withdrawn articles by id, without their texts."""

    def standing(self, article_id: str) -> Standing:
        """What has taken a published article's place, and where else its text was published."""

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions that the articles at hand answer."""

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        """Raises bot.questions.QuestionError."""

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """Questions to go on with after an answer, none of those `asked`."""
