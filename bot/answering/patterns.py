"""Patterns that an editor can read and write, and the utterances of visitors that they match.

A pattern is parts parted by spaces, and matches where all parts are found in any order:

    着火|起火 <where>       one of these words, and one of the words of the slot `where`
    钱 -零钱               a part with - before it must not be found
    想…死                  … stands for at most GAP letters between
    kill_myself scam*      _ is a space between words, * any end of a word
    =人工|=真人            the whole line is one of these, but for marks

Lines are folded, so Traditional characters, capitals and full-width forms need no entry. A word of three or
more Chinese characters is also found by its sound, as slips of the keyboard leave that: 转人功.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.script import HAN_RUN
from index.query.pinyin import sound
from index.terms import fold

__all__ = ["SLOTS", "Pattern", "PatternError", "Utterance", "any_of", "read_slots"]

SLOTS = Path(__file__).with_name("vocabulary") / "slots.txt"
GAP = 6  # Chinese characters that … stands for at most; of Latin letters four times as many
WHOLE = 60  # letters of a line that is taken as a whole; of a longer one each sentence is, for itself
FEWEST_BY_SOUND = 3  # Chinese characters: with two, 紫砂 would be 自杀

_APOSTROPHE = re.compile("['’`]")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[。.!?！？;；\n]+")
_SLOT = re.compile("<([^<>]+)>")
_LATIN = "a-z0-9"


class PatternError(ValueError):
    """The text is no pattern; the message says why."""


class Utterance:
    """A visitor's words as patterns see them: folded, as a whole and by its sentences."""

    def __init__(self, words: str) -> None:
        self._folded = _SPACE.sub(" ", _plain(words)).strip()
        self.bare = _MARKS.sub("", self._folded)
        whole = len(self._folded) <= WHOLE
        self.units = [self._folded] if whole else [s for s in _SENTENCE_END.split(self._folded) if s]
        self.sounds = [_sounds(unit) for unit in self.units]

    def without(self, struck: re.Pattern[str] | None) -> Utterance:
        """The words with those that match struck out."""
        if struck is None or not struck.search(self._folded):
            return self
        return Utterance(struck.sub(" , ", self._folded))


@dataclass(frozen=True)
class Part:
    """One part of a pattern: how it is written, how it sounds (None where that tells nothing), the rest."""

    written: re.Pattern[str]
    sounding: re.Pattern[str] | None
    is_wanted: bool
    is_whole: bool

    def is_in(self, said: Utterance, unit: int) -> bool:
        if self.is_whole:
            return self.written.fullmatch(said.bare) is not None
        if self.written.search(said.units[unit]):
            return True
        # A wanted part also matches by its sound, as a slip of the keyboard; an exclusion does not.
        return (
            self.is_wanted
            and self.sounding is not None
            and self.sounding.search(said.sounds[unit]) is not None
        )


@dataclass(frozen=True)
class Pattern:
    text: str
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, text: str, slots: Mapping[str, Sequence[str]]) -> Pattern:
        """The pattern that is written so. Raises PatternError."""
        parts = tuple(_part(part, slots) for part in text.split())
        if not any(part.is_wanted for part in parts):
            raise PatternError(f"{text!r} holds no word to look for")
        return cls(text, parts)

    def matches(self, said: Utterance) -> bool:
        return any(
            all(part.is_in(said, unit) == part.is_wanted for part in self.parts)
            for unit in range(len(said.units))
        )


def any_of(words: Iterable[str], slots: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    """Expression for any of the words, each as a part of a pattern may be; None without words."""
    found = [_written(word, slots) for text in words for word in text.split()]
    return re.compile("|".join(found)) if found else None


@cache
def read_slots(path: Path = SLOTS) -> Mapping[str, tuple[str, ...]]:
    """The words of each slot: a line `name = word | word` each; a name may have several lines."""
    slots: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, words = line.partition("=")
        if separator and not line.startswith("#"):
            listed = tuple(word for part in words.split("|") if (word := part.strip().replace(" ", "_")))
            slots[name.strip()] = slots.get(name.strip(), ()) + listed
    return slots


def _part(text: str, slots: Mapping[str, Sequence[str]]) -> Part:
    is_wanted, text = not text.startswith("-"), text.removeprefix("-")
    is_whole = text.startswith("=")
    if any(word.startswith("=") != is_whole for word in text.split("|")):
        raise PatternError(f"{text!r}: = goes before each of the words or before none")
    text = text.replace("=", "")
    words = [word for word in _expanded(text, slots) if HAN_RUN.fullmatch(word)]
    sounding = "|".join(_sounds(word) for word in words if len(word) >= FEWEST_BY_SOUND)
    written = re.compile(_written(text, slots, is_whole))
    return Part(written, re.compile(sounding) if sounding else None, is_wanted, is_whole)


def _written(text: str, slots: Mapping[str, Sequence[str]], is_whole: bool = False) -> str:
    """The regular expression of words parted by |, which may hold slots."""
    words = [_plain(word) for word in text.split("|") if word]
    if not words:
        raise PatternError(f"{text!r} holds no word to look for")
    return "(?:" + "|".join(_word(word, slots, is_whole) for word in words) + ")"


def _word(word: str, slots: Mapping[str, Sequence[str]], is_whole: bool) -> str:
    named = _SLOT.split(word)  # text, name, text, name, ...
    pieces = [
        _written("|".join(_slot(piece, slots)), slots) if place % 2 else _literal(piece, is_whole)
        for place, piece in enumerate(named)
    ]
    return "".join(pieces)


def _slot(name: str, slots: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if name not in slots:
        raise PatternError(f"there is no slot <{name}>; there are {', '.join(sorted(slots))}")
    return slots[name]


def _literal(text: str, is_whole: bool) -> str:
    if is_whole:
        return re.escape(_MARKS.sub("", text))
    # Folded, … is three points.
    parts = (re.escape(part) for part in text.split("..."))
    pieces = [part.replace("_", r"\W+").replace(r"\*", rf"[{_LATIN}]*") for part in parts]
    latin = re.search(f"[{_LATIN}]", text)
    gap = f".{{0,{4 * GAP}}}" if latin else f".{{0,{GAP}}}"
    begins = rf"(?<![{_LATIN}])" if re.match(f"[{_LATIN}]", text) else ""
    ends = rf"(?![{_LATIN}])" if re.search(f"[{_LATIN}]$", text) else ""
    return begins + gap.join(pieces) + ends


def _expanded(text: str, slots: Mapping[str, Sequence[str]]) -> list[str]:
    """The plain words of a part, those of its slots with them."""
    found: list[str] = []
    for word in text.split("|"):
        name = _SLOT.fullmatch(word)
        found += _slot(name[1], slots) if name else [_plain(word)]
    return found


def _plain(text: str) -> str:
    """Folded, without apostrophes; 著火 is 着火."""
    return _APOSTROPHE.sub("", fold(text)).replace("著", "着")


def _sounds(text: str) -> str:
    """A mark before and behind each character's sound: "着火" -> "'zhe''huo'"."""
    return "".join(f"'{sound(char) or char}'" for char in text)
