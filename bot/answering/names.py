"""Names of places, firms and offices in a question."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from bot.answering.question import Question
from corpus.script import HAN_RUN
from index.terms import fold

__all__ = ["lacks_name"]

RULES = Path(__file__).with_name("names.toml")
LONGEST = 8  # characters of a name before its ending


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
    found = []
    for known in (rules.places, rules.no_names, rules.breaks):
        asked = known.sub(" ", asked)
    for run in HAN_RUN.findall(asked):
        start = 0
        for ending in rules.endings.finditer(run):
            stem = run[max(start, ending.start() - LONGEST) : ending.start()]
            start = ending.end()
            if len(stem) > 1 and ending.lastgroup == kind:
                pairs = tuple(map("".join, pairwise(stem)))
                found.append(pairs if kind == "body" else pairs[-1:])
    return found


class _Rules(NamedTuple):
    """`endings` has a group for each kind of name: "city", "place", "body"."""

    places: re.Pattern[str]
    endings: re.Pattern[str]
    no_names: re.Pattern[str]
    breaks: re.Pattern[str]


@cache
def _rules() -> _Rules:
    given: dict[str, Any] = tomllib.loads(RULES.read_text(encoding="utf-8"))
    kinds = ("body", "place", "city")  # 公司 before 市, 街道 before 道
    return _Rules(
        places=re.compile(_any_of(given["places"].split())),
        endings=re.compile("|".join(f"(?P<{kind}>{_any_of(given[f'{kind}_endings'])})" for kind in kinds)),
        no_names=re.compile(_any_of(given["no_names"])),
        breaks=re.compile(_any_of(given["breaks"])),
    )


def _any_of(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
