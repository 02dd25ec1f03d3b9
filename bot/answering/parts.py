"""Merging of the answers to the questions of one line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.answer import Answer, Verdict
from bot.answering.question import Question

__all__ = ["together"]

VERDICTS: tuple[Verdict, ...] = ("answered", "unsure", "none", "talk")  # the surest first


def together(line: Question, answers: Sequence[Answer], took_ms: float) -> Answer:
    """The answer to a line of several questions: as sure as the surest part, with the best quote of each."""
    quotes = {answer.quotes[0].text: answer.quotes[0] for answer in answers if answer.quotes}
    searched = [answer for answer in answers if answer.verdict != "talk"] or list(answers)
    surest = min(searched, key=lambda answer: VERDICTS.index(answer.verdict))
    cards = {card.id: card for answer in answers for card in answer.cards}
    return Answer(
        line.text,
        line.language,
        surest.verdict,
        surest.confidence,
        tuple(quotes.values()),
        () if quotes or cards else surest.nearest,
        took_ms,
        "" if surest.verdict != "talk" else "\n".join(answer.reply for answer in answers),
        tuple(cards.values()),
        parts=tuple(answers),
    )
