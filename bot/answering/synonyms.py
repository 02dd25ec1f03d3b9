"""Synonym expansion: a question's words in the articles' own, by the publisher's groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.script import HAN_CHARACTER
from index.terms import fold, terms

__all__ = ["Synonyms"]


class _Word(NamedTuple):
    """A word as it is looked for in a folded question, those that mean the same, and its group's first."""

    pattern: re.Pattern[str]
    others: tuple[str, ...]
    first: str


class Synonyms:
    """Puts the articles' words into a question."""

    def __init__(self, groups: Sequence[Sequence[str]], frequency: Callable[[str], int]) -> None:
        """`frequency` tells how many passages hold a term."""
        known = {word: _is_known(word, frequency) for group in groups for word in group}
        # Longer words first: 手机信号塔 before 信号塔.
        listed = sorted(((word, group) for group in groups for word in group), key=lambda item: -len(item[0]))
        self._words = [
            _Word(_pattern(word), tuple(other for other in group if other != word and known[other]), group[0])
            for word, group in listed
        ]

    def said(self, question: str) -> str:
        """The question with the words that articles use for its own behind it.

        信号塔 = 基站: "信号塔有害吗" -> "信号塔有害吗 基站". A word that no article holds is left out.
        """
        found = dict.fromkeys(other for word in self._found(question) for other in word.others)
        return " ".join([question, *(word for word in found if fold(word) not in fold(question))])

    def used(self, question: str) -> tuple[str, ...]:
        """The first word of each group that adds to a question."""
        folded = fold(question)
        adding = (word for word in self._found(question) if any(fold(o) not in folded for o in word.others))
        return tuple(dict.fromkeys(word.first for word in adding))

    def _found(self, question: str) -> Iterator[_Word]:
        folded = fold(question)
        for word in self._words:
            if word.pattern.search(folded):
                folded = word.pattern.sub(" ", folded)
                yield word


def _is_known(word: str, frequency: Callable[[str], int]) -> bool:
    return all(map(frequency, terms(word)))


def _pattern(word: str) -> re.Pattern[str]:
    folded = re.escape(fold(word))
    return re.compile(folded if HAN_CHARACTER.search(word) else rf"(?<!\w){folded}(?!\w)")
