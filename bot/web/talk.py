"""A conversation as it is shown: which messages, and which articles can be opened from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.answer import Answer, Quote
from bot.web import cards
from corpus.article import Article

__all__ = ["Line", "Offer", "Turn", "lines", "offers"]


@dataclass(frozen=True)
class Turn:
    """A question in the visitor's words, and its answer."""

    asked: str
    answer: Answer


class Line(NamedTuple):
    role: Literal["user", "assistant"]
    html: str


class Offer(NamedTuple):
    """An article that can be opened from an answer, at its quote if there is one."""

    article: Article
    quote: Quote | None


def lines(turns: Sequence[Turn]) -> list[Line]:
    """The whole conversation, one line for each quote."""
    shown = []
    for number, (asked, answer) in enumerate((turn.asked, turn.answer) for turn in turns):
        keys = list(_offered(number, answer))
        shown += [Line("user", cards.said(asked)), Line("assistant", cards.verdict(answer))]
        if answer.quotes:
            shown += [
                Line("assistant", cards.quote_card(quote, answer.language, key))
                for quote, key in zip(answer.quotes, keys, strict=True)
            ]
        elif answer.nearest:
            shown.append(Line("assistant", cards.nearest_list(answer.nearest, answer.language, keys)))
    return shown


def offers(turns: Sequence[Turn]) -> dict[str, Offer]:
    """Every article that the conversation offers, by the value of its button: "turn.place"."""
    return {
        key: offer
        for number, turn in enumerate(turns)
        for key, offer in _offered(number, turn.answer).items()
    }


def _offered(number: int, answer: Answer) -> dict[str, Offer]:
    """The quotes' articles, or the nearest ones where there is no quote."""
    offered = [Offer(quote.article, quote) for quote in answer.quotes]
    offered = offered or [Offer(article, None) for article in answer.nearest]
    return {f"{number}.{place}": offer for place, offer in enumerate(offered)}
