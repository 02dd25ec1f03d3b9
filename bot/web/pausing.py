"""Pause: every question gets the publisher's one sentence instead of quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.answering.answerer import Answerer, AnswererProxy
from bot.answering.bot import Answer
from bot.answering.question import check_question
from bot.language import Language, detect_language

__all__ = ["Pausing"]


class Pausing(AnswererProxy[Answerer]):
    """Answers as `bot` does; while paused it quotes nothing, but people in need still get the notices."""

    def __init__(self, bot: Answerer, sentence: Callable[[], str]) -> None:
        """`sentence` gives what is said while it is paused, else ""."""
        super().__init__(bot)
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        """What is said now instead of answers, or ""."""
        return self._sentence()

    def ask(self, question: str, history: Sequence[str] = (), top: int = 3) -> Answer:
        sentence = self.sentence
        if not sentence:
            return self.bot.ask(question, history, top)
        question = check_question(question)
        cards = self.bot.notices(question)
        said = "\n\n".join([*(f"{card.title}\n{card.text}" for card in cards), sentence])
        return Answer(question, detect_language(question), "talk", 1.0, (), (), 0.0, said, cards)

    def follow_ups(self, answer: Answer, asked: Sequence[str], language: Language) -> tuple[str, ...]:
        return () if self.sentence else self.bot.follow_ups(answer, asked, language)
