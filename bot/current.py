"""The bot that answers at the moment; another one takes its place between two questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answer import Answer, Bot
from bot.questions import Language
from bot.standing import Standing
from corpus.article import Article

__all__ = ["Current"]


class Current:
    """Answers as the bot does that was put in last. A question that is being answered keeps its bot."""

    def __init__(self, bot: Bot) -> None:
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

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return self.bot.follow_ups(answer, asked, language)
