"""A conversation as it is shown: which messages, and which articles can be opened from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.answer import Answer, Quote
from bot.publisher import Publisher
from bot.questions import Language
from bot.web import cards
from corpus.article import Article

__all__ = ["Line", "Offer", "Turn", "lines", "offers"]


@dataclass(frozen=True)
class Turn:
    """A question in the visitor's words, its answer, and the language in which that is shown.

    `number` is the place in the whole conversation, also where its oldest turns are gone.
    """

    number: int
    asked: str
    answer: Answer
    language: Language


class Line(NamedTuple):
    role: Literal["user", "assistant"]
    html: str


class Offer(NamedTuple):
    """An article that can be opened from an answer, at its quote if there is one."""

    article: Article
    quote: Quote | None


def lines(turns: Sequence[Turn], publisher: Publisher) -> list[Line]:
    """The whole conversation: for each turn the question, the verdict, the cards and what to do with them."""
    shown = []
    for turn in turns:
        answer, language, keys = turn.answer, turn.language, list(_offered(turn))
        shown += [Line("user", cards.said(turn.asked)), Line("assistant", cards.verdict(answer, language))]
        if answer.quotes:
            shown += [
                Line("assistant", cards.quote_card(quote, language, key, publisher.url or "."))
                for quote, key in zip(answer.quotes, keys, strict=True)
            ]
        elif answer.verdict == "none":
            nearest = cards.nearest_list(answer.nearest, language, keys)
            shown.append(Line("assistant", nearest + cards.contact(publisher.contact, language)))
        if answer.verdict != "talk":
            shown.append(Line("assistant", cards.tools(answer.answer_id, language)))
    return shown


def offers(turns: Sequence[Turn]) -> dict[str, Offer]:
    """Every article that the conversation offers, by the value of its button: "turn.place"."""
    return {key: offer for turn in turns for key, offer in _offered(turn).items()}


def _offered(turn: Turn) -> dict[str, Offer]:
    """The quotes' articles, or the nearest ones where there is no quote."""
    offered = [Offer(quote.article, quote) for quote in turn.answer.quotes]
    offered = offered or [Offer(article, None) for article in turn.answer.nearest]
    return {f"{turn.number}.{place}": offer for place, offer in enumerate(offered)}
