"""The interface that page, API and MCP use, and a proxy whose target can be replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from bot.answering.bot import Answer
from bot.answering.cards import Card
from bot.answering.succession import Standing
from bot.language import Language
from corpus.article import Article

__all__ = ["Answerer", "AnswererProxy"]


class Answerer(Protocol):
    @property
    def articles(self) -> Mapping[str, Article]:
        """The published articles by id."""

    @property
    def withdrawn(self) -> Mapping[str, Article]:
        """The withdrawn articles by id, without their texts."""

    def standing(self, article_id: str) -> Standing:
        """Standing of a published article: what supersedes it, and where else its text was published."""

    def examples(self, language: Language) -> tuple[str, ...]:
        """Questions that the articles at hand answer."""

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        """Answer a question. Raises bot.answering.question.QuestionError."""

    def notices(self, question: str) -> tuple[Card, ...]:
        """The publisher's cards for whoever says that, without any search."""

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        """Questions to go on with after an answer, none of those `asked`."""


Target = TypeVar("Target", bound=Answerer)


class AnswererProxy(Generic[Target]):
    """Answers as `bot` does, which may be another one from one call to the next."""

    def __init__(self, bot: Target) -> None:
        self.bot = bot

    @property
    def articles(self) -> Mapping[str, Article]:
        return self.bot.articles

    @property
    def withdrawn(self) -> Mapping[str, Article]:
        return self.bot.withdrawn

    def standing(self, article_id: str) -> Standing:
        return self.bot.standing(article_id)

    def examples(self, language: Language) -> tuple[str, ...]:
        return self.bot.examples(language)

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        return self.bot.ask(question, history, top)

    def notices(self, question: str) -> tuple[Card, ...]:
        return self.bot.notices(question)

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return self.bot.follow_ups(answer, asked, language)
