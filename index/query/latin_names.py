"""Transliteration: Chinese names that an English question writes in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from index.query.pinyin import by_reading, reading
from index.terms import script

__all__ = ["Names"]

Syllables = tuple[str, ...]

WORD = re.compile(r"(?<![\w'])[A-Za-z]{2,}(?:'[A-Za-z]{2,})?(?!\w)")
MUTE_E = re.compile("[cgkmnrstz]e$")  # English words end so, and hardly a name does
LEAST = 6  # letters; of shorter words too many are English, but
LEAST_CAPITAL = 4  # where a capital stands that does not open the question
SYLLABLES = 4  # the most that a name has
LONGEST = 6  # letters of a syllable: "zhuang"
MOST = 4  # words of a question that are looked up: one may take 50 ms


class Names:
    """Puts the characters behind a name, where the articles hold characters that are read so.

    `frequency` tells how many passages hold a pair of Han characters. What it gives: docs/measurements.md,
    Constants.
    """

    def __init__(self, frequency: Callable[[str], int]) -> None:
        self._frequency = frequency
        by_reading()  # is made now, not at the first question

    def named(self, question: str) -> str:
        """ "the Pingyu post office" -> "the Pingyu 平舆 post office"; a Chinese question as it is."""
        if script(question) != "latin":
            return question
        found = [(word, cuts) for word in WORD.finditer(question) if (cuts := list(_readings(word)))]
        named = question
        for word, cuts in reversed(found[:MOST]):
            if characters := self._best(cuts):
                named = f"{named[: word.end()]} {characters}{named[word.end() :]}"
        return named

    def _best(self, cuts: Sequence[Syllables]) -> str:
        """Characters with that reading whose pairs most passages hold; "" for none."""
        runs = [run for syllables in cuts for run in self._runs(syllables)]
        return max(runs, default=(0, ""))[1]

    def _runs(self, syllables: Syllables) -> list[tuple[int, str]]:
        """Runs of characters with that reading, each with how many passages hold its rarest pair."""
        first, *others = [by_reading().get(syllable, "") for syllable in syllables]
        runs = [(0, character) for character in first]
        for characters in others:
            runs = [
                (min(held, rarest or held), run + character)
                for rarest, run in runs
                for character in characters
                if (held := self._frequency(run[-1] + character))
            ]
        return [(rarest, run) for rarest, run in runs if reading(run) == syllables]


def _readings(word: re.Match[str]) -> Iterator[Syllables]:
    """The ways to read a word as a name; none for what is too short for one, or ends as English does."""
    is_capital = word[0][0].isupper() and word.start() > 0
    letters = word[0].lower()
    if len(letters) >= (LEAST_CAPITAL if is_capital else LEAST) and not MUTE_E.search(letters):
        yield from _cut(letters, SYLLABLES)


def _cut(letters: str, most: int) -> Iterator[Syllables]:
    """The ways to read letters as two to `most` syllables: "xi'an" -> ("xi", "an").

    Before a, e and o that open a later syllable stands an apostrophe (GB/T 16159): "xian" is one.
    """
    for end in range(1, LONGEST + 1):
        head, rest = letters[:end], letters[end:]
        if head in by_reading() and most > 1 and rest and rest[0] not in "aeo":
            rest = rest.removeprefix("'")
            if rest in by_reading():
                yield head, rest
            yield from ((head, *others) for others in _cut(rest, most - 1))
