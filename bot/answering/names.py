"""Names of places, firms and offices in a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bot.answering.question import Question
from corpus.script import HAN_RUN
from index.terms import fold

__all__ = ["Place", "lacks_name", "names_a_place", "places_in"]

RULES = Path(__file__).with_name("names.toml")
LONGEST = 8  # characters of a name before its ending, and
LONGEST_PLACE = 4  # of what is surely one: in running text more take in the words before it


def lacks_name(question: Question, text: str, is_common: Callable[[str], bool]) -> bool:
    """Whether the question names a place, a firm or an office that the text does not.

    ("翠柏街道怎样防范诈骗?", "雪松街道防范诈骗") -> True. Names in Chinese characters alone are known; one
    that `is_common` among the articles, as a town's own in its newspaper, tells nothing.
    """
    asked, held = question.folded, fold(text)
    cities = [name for name in _cities(asked) if not is_common(name)]
    if cities and not any(name in held for name in cities):
        return True
    named = [parts for parts in _named(asked) if not all(map(is_common, parts))]
    return any(2 * sum(part in held for part in parts) < len(parts) for parts in named)


class Place(NamedTuple):
    """A place, firm or office in a text: "雪松街道"; its `stem` 雪松 and `ending` 街道 are folded."""

    name: str
    stem: str
    ending: str


def places_in(text: str) -> list[Place]:
    """The places, firms and offices that a text names, in order: a community and a street too.

    "雪松街道防范诈骗" -> [Place("雪松街道", "雪松", "街道")]
    """
    rules, folded = _rules(), fold(text)
    written = text if len(text) == len(folded) else folded
    known = [Place(written[m.start() : m.end()], m[0], "") for m in rules.places.finditer(folded)]
    masked = _masked(folded, (rules.places, rules.no_places, rules.breaks))
    chinese = [
        Place(written[start : ending.end()], folded[start : ending.start()], ending[0])
        for start, ending in _spans(masked)
        if ending.start() - start <= LONGEST_PLACE
    ]
    english = [
        Place(f"{m['stem']} {m['ending']}", m["stem"].lower(), m["ending"].lower())
        for m in rules.english.finditer(text)
    ]
    return [*known, *chinese, *english]


def names_a_place(question: Question) -> bool:
    return bool(places_in(question.text))


def _cities(asked: str) -> list[str]:
    """The cities, counties and provinces that a folded question names: of several one will do."""
    rules = _rules()
    return [*rules.places.findall(asked), *(parts[0] for parts in _stems(asked, "city"))]


def _named(asked: str) -> list[tuple[str, ...]]:
    """Of each other name the parts that its article would have.

    "翠柏街道怎样防范" -> [("翠柏",)], "信阳无线电公司" -> [("无线", "线电")]
    """
    return [*_stems(asked, "place"), *_stems(asked, "body")]


def _stems(asked: str, kind: str) -> list[tuple[str, ...]]:
    """The parts of each name with an ending of that kind: its pairs of characters, of a place's the last."""
    rules = _rules()
    masked = _masked(asked, (rules.places, rules.no_names, rules.breaks))
    found = []
    for start, ending in _spans(masked):
        if ending.lastgroup == kind:
            pairs = tuple(map("".join, pairwise(masked[start : ending.start()])))
            found.append(pairs if kind == "body" else pairs[-1:])
    return found


def _masked(folded: str, aside: Sequence[re.Pattern[str]]) -> str:
    """The text with spaces for what a name does not reach over; no place in it moves."""
    for pattern in aside:
        folded = pattern.sub(lambda found: " " * len(found[0]), folded)
    return folded


def _spans(masked: str) -> Iterator[tuple[int, re.Match[str]]]:
    """For each name its start and its ending."""
    for run in HAN_RUN.finditer(masked):
        start = run.start()
        for ending in _rules().endings.finditer(masked, run.start(), run.end()):
            begins = max(start, ending.start() - LONGEST)
            if ending.start() - begins == 1:  # 红旗区: what looks like an ending is part of the name
                continue
            start = ending.end()
            if ending.start() > begins:
                yield begins, ending


class _Rules(NamedTuple):
    """`endings` has a group for each kind of name: "city", "place", "body"."""

    places: re.Pattern[str]
    endings: re.Pattern[str]
    no_names: re.Pattern[str]
    no_places: re.Pattern[str]
    breaks: re.Pattern[str]
    english: re.Pattern[str]


@cache
def _rules() -> _Rules:
    given: dict[str, Any] = tomllib.loads(RULES.read_text(encoding="utf-8"))
    kinds = ("body", "place", "city")  # 公司 before 市, 街道 before 道
    endings = {ending for kind in kinds for ending in given[f"{kind}_endings"]}
    return _Rules(
        places=re.compile(_any_of(given["places"].split())),
        endings=re.compile("|".join(f"(?P<{kind}>{_any_of(given[f'{kind}_endings'])})" for kind in kinds)),
        no_names=re.compile(_any_of(given["no_names"])),
        no_places=re.compile(_any_of([word for word in given["no_names"] if word not in endings])),
        breaks=re.compile(_any_of(given["breaks"])),
        english=re.compile(
            r"\b(?:(?:The|In|At|New|Old|Our)\s+)?"
            rf"(?P<stem>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)??)\s+(?P<ending>{_any_of(given['english_endings'])})\b"
        ),
    )


def _any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
