"""The publisher's notices for people in need, found by a visitor's words before anything is searched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.patterns import Pattern, any_of, read_slots
from bot.answering.question import Question
from bot.language import Language
from corpus.library.cards import CardFile
from index.terms import to_traditional

__all__ = ["Card", "Cards", "NoCards"]

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


class Cards:
    """The cards of one publisher."""

    def __init__(self, files: Sequence[CardFile], contact: str = "") -> None:
        """`contact` takes the place of {contact} in a text; without one, its paragraph is left out.

        Raises PatternError for a pattern that is none.
        """
        by_id: dict[str, list[CardFile]] = {}
        for file in files:
            by_id.setdefault(file.id, []).append(file)
        rules = {card_id: _rule(listed) for card_id, listed in by_id.items()}
        self._rules = dict(sorted(rules.items(), key=lambda item: (item[1].rank, item[0])))
        self.contact = contact

    def of(self, question: Question) -> tuple[Card, ...]:
        """The cards for a question, the most pressing first, in its language where there is one."""
        ids = [card_id for card_id, _ in self._matching(question)]
        return tuple(self._card(card_id, question.language) for card_id in ids[:MOST])

    def let_articles_follow(self, cards: Sequence[Card]) -> bool:
        """Whether an article that answers may stand below these cards."""
        return all(self._rules[card.id].quotes for card in cards)

    def because(self, question: Question) -> dict[str, str]:
        """For each card that is shown the pattern that found it, for an editor."""
        return {card_id: pattern.text for card_id, pattern in self._matching(question)}

    def _matching(self, question: Question) -> Iterator[tuple[str, Pattern]]:
        for card_id, rule in self._rules.items():
            seen = question.utterance.without(rule.struck)
            if any(pattern.matches(seen) for pattern in rule.unless):
                continue
            if found := next((pattern for pattern in rule.when if pattern.matches(seen)), None):
                yield card_id, found

    def _card(self, card_id: str, language: Language) -> Card:
        files = self._rules[card_id].files
        file = files.get("en" if language == "en" else "zh") or next(iter(files.values()))
        title, text = file.title, _with_contact(file.text, self.contact)
        if language == "zh-Hant":
            title, text = to_traditional(title), to_traditional(text)
        own = PHONE_IN_CONTACT.findall(self.contact) if CONTACT in file.text else []
        return Card(card_id, title, text, (*own, *file.phones))


NoCards = Cards(())


def _rule(files: Sequence[CardFile]) -> _Rule:
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
