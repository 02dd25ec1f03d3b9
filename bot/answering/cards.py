"""Notices for people in need, found by a visitor's words before anything is searched.

A card is shown where its patterns are found, unless the line's vector says that something else is meant, and
where the vector alone says that it is needed. The chances were chosen on the fitted half of the sets that
tests/quality/lines.py measures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bot.answering.patterns import Pattern, Utterance, any_of, read_slots
from bot.answering.question import Question
from bot.answering.wanted import asks_how_much
from bot.language import Language
from corpus.library.cards import CardFile
from index.terms import to_traditional

__all__ = ["Card", "Cards", "NoCards"]

ENOUGH = 0.5
"""The probability from which on a line's vector alone calls for a card, and
DOUBTED the one where the line holds words that the card excludes (its `not` and `unless`)."""
DOUBTED = 0.9
LEAST = 0.02
"""The probability below which a pattern that was found is taken for chance: "火车站怎么走". A line that asks
for a quantity ("去年抓了多少小偷") needs ENOUGH instead, and DOUBTED where no pattern is found."""
TOGETHER, SHARE = 0.7, 0.2
"""A line that no card has enough of, and all have this much of, gets the likeliest that have a SHARE."""

Likely = Mapping[str, float]
"""For each kind of line (bot/answering/line_kinds.py) how likely it is; empty where nothing knows."""
NOTHING_KNOWN: Likely = MappingProxyType({})

MOST = 2  # cards of one answer: who is hurt by a burglar needs both numbers, nobody three
CONTACT = "{contact}"
PHONE_IN_CONTACT = re.compile(r"(?<![\d-])\+?\d[\d-]{3,16}\d(?![\d-])")


@dataclass(frozen=True)
class Card:
    """A notice in the publisher's own words, shown before all else; `phones` are the numbers to call."""

    id: str
    title: str
    text: str
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Rule:
    """One card: its files by language, and the patterns of all of them together."""

    files: Mapping[str, CardFile]
    when: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    struck: re.Pattern[str] | None
    rank: int
    quotes: bool

    def read(self, words: Utterance) -> tuple[Pattern | None, bool]:
        """The pattern that is found in a line, and whether the line holds words that the card excludes."""
        seen = words.without(self.struck)
        if any(pattern.matches(seen) for pattern in self.unless):
            return None, True
        return next((pattern for pattern in self.when if pattern.matches(seen)), None), seen is not words


class Cards:
    """The cards of one publisher."""

    def __init__(self, files: Sequence[CardFile], contact: str = "") -> None:
        """`contact` takes the place of {contact} in a text; without one, its paragraph is left out.

        Raises PatternError for a pattern that is none.
        """
        by_id: dict[str, list[CardFile]] = {}
        for file in files:
            by_id.setdefault(file.id, []).append(file)
        rules = {card_id: _rule(tuple(listed)) for card_id, listed in by_id.items()}
        self._rules = dict(sorted(rules.items(), key=lambda item: (item[1].rank, item[0])))
        self.contact = contact

    def of(self, question: Question, likely: Likely = NOTHING_KNOWN) -> tuple[Card, ...]:
        """The cards for a question, the most pressing first, in its language where there is one."""
        ids = [card_id for card_id, _ in self._matching(question, likely)]
        return tuple(self._card(card_id, question.language) for card_id in ids[:MOST])

    def let_articles_follow(self, cards: Sequence[Card]) -> bool:
        """Whether an article that answers may stand below these cards."""
        return all(self._rules[card.id].quotes for card in cards)

    def because(self, question: Question, likely: Likely = NOTHING_KNOWN) -> dict[str, str]:
        """For each card that is shown the pattern that found it, for an editor; "" where its vector did."""
        return dict(self._matching(question, likely))

    def _matching(self, question: Question, likely: Likely) -> list[tuple[str, str]]:
        found, doubted = [], set()
        counts = asks_how_much(question.folded)
        for card_id, rule in self._rules.items():
            pattern, excluded = rule.read(question.utterance)
            is_doubted = excluded or counts
            chance = likely.get(card_id)
            if pattern is not None and (chance is None or chance >= (ENOUGH if counts else LEAST)):
                found.append((card_id, pattern.text))
            elif chance is not None and chance >= (DOUBTED if is_doubted else ENOUGH):
                found.append((card_id, ""))
            if is_doubted:
                doubted.add(card_id)
        return found or [(card_id, "") for card_id in self._together(likely) if card_id not in doubted]

    def _together(self, likely: Likely) -> list[str]:
        """The likeliest cards of a line of which all together are likely: it burns or smells of gas."""
        chances = {card_id: likely.get(card_id, 0.0) for card_id in self._rules}
        if sum(chances.values()) < TOGETHER:
            return []
        best = sorted(chances.values())[-MOST:]
        return [card_id for card_id, chance in chances.items() if chance in best and chance >= SHARE]

    def _card(self, card_id: str, language: Language) -> Card:
        files = self._rules[card_id].files
        file = files.get("en" if language == "en" else "zh") or next(iter(files.values()))
        title, text = file.title, _with_contact(file.text, self.contact)
        if language == "zh-Hant":
            title, text = to_traditional(title), to_traditional(text)
        own = PHONE_IN_CONTACT.findall(self.contact) if CONTACT in file.text else []
        return Card(card_id, title, text, (*own, *file.phones))


NoCards = Cards(())


@lru_cache(maxsize=512)  # every change of an article reads all cards again; compiling them takes .2 s
def _rule(files: tuple[CardFile, ...]) -> _Rule:
    slots = read_slots()
    by_language = {language: file for file in files for language in file.languages}
    return _Rule(
        by_language,
        tuple(Pattern.of(text, slots) for file in files for text in file.when),
        tuple(Pattern.of(text, slots) for file in files for text in file.unless),
        any_of([text for file in files for text in file.excluded], slots),
        min(file.rank for file in files),
        any(file.quotes for file in files),
    )


def _with_contact(text: str, contact: str) -> str:
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return "\n\n".join(
        part.replace(CONTACT, contact) for part in paragraphs if contact or CONTACT not in part
    )
