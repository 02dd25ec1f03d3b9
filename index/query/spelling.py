"""Spelling correction of Chinese questions against the words of the articles."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from corpus.script import HAN
from index.query.function_words import FUNCTION_WORDS
from index.query.pinyin import sound_alikes
from index.terms import to_simplified

__all__ = ["Speller"]

RUN = re.compile(f"(?:(?![谁哪何什么怎吗呢吧几多是的在])[{HAN}]){{2,}}")
"""What asks is left alone, and no pair is made of it: "是谁" may stand beside any name."""

UNSEEN = 0.05
LEAST_GAIN = 6.0
"""Passages that an unknown pair counts as, and how much likelier (natural logarithm) a correction must make a
question: two unknown pairs that become known suffice, or one that becomes a pair of 21 passages
(docs/measurements.md, Constants)."""


class Speller:
    """Replaces what no article holds by what sounds the same, or is only turned round, and is held.

    `frequency` tells how many passages hold a pair of Han characters. It is a noisy channel (Kernighan,
    Church & Gale 1990) whose language model are the pairs, and whose channel swaps two neighbours or replaces
    a character by one of the same sound, the tone left out. Function words are neither replaced nor put in:
    no search is the better for it, and people say many a pair that no article holds ("会不会断粮").
    """

    def __init__(self, frequency: Callable[[str], int]) -> None:
        self._frequency = frequency
        sound_alikes("的")  # reads the table of sounds now, not at the first question

    def mended(self, question: str) -> str:
        """The question with its slips mended, where there are any: "电信炸骗" -> "电信诈骗"."""
        simplified = to_simplified(question)
        if len(simplified) != len(question):
            return question
        mended = RUN.sub(lambda run: self._mended(run[0]), simplified)
        return "".join(
            old if after == before else after
            for old, before, after in zip(question, simplified, mended, strict=True)
        )

    def _mended(self, run: str) -> str:
        for i in range(len(run) - 1):
            if self._log_count(run[i : i + 2]) < 0:
                run = max(self._changes(run, i), key=lambda change: change[0], default=(0.0, run))[1]
        return run

    def _changes(self, run: str, i: int) -> Iterator[tuple[float, str]]:
        """Corrections of the unknown pair i, each with its gain in likelihood, at least LEAST_GAIN."""
        for start, size, others in _alternatives(run, i):
            stop = start + size
            if not FUNCTION_WORDS.isdisjoint(run[start:stop]):
                continue
            now = self._likelihood(run[max(0, start - 1) : stop + 1])
            for other in others:
                changed = run[:start] + other + run[stop:]
                gain = self._likelihood(changed[max(0, start - 1) : stop + 1]) - now
                if gain >= LEAST_GAIN:
                    yield gain, changed

    def _likelihood(self, letters: str) -> float:
        return sum(self._log_count(letters[i : i + 2]) for i in range(len(letters) - 1))

    def _log_count(self, pair: str) -> float:
        """Logarithm of a pair's smoothed frequency; below 0 for an unknown pair alone."""
        return math.log(self._frequency(pair) + UNSEEN)


def _alternatives(run: str, i: int) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Candidates for the pair i: start, size, and the replacements for it."""
    for start in range(max(0, i - 1), min(len(run) - 1, i + 2)):
        yield start, 2, [run[start + 1] + run[start]]
    for start in (i, i + 1):
        yield start, 1, [other for other in sound_alikes(run[start]) if other not in FUNCTION_WORDS]
