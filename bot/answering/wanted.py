"""Answer types: the thing a question asks for (sum, day, place, name, way), and whether a text holds it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.terms import fold

__all__ = ["asks_how_much", "lacks", "wanted_forms"]

RULES = Path(__file__).with_name("wanted.toml")
PART = re.compile(r"\{([a-z]+)\}")
QUANTITIES = ("money", "distance", "amount")


class _Kind(NamedTuple):
    """Patterns of what asks for a thing and of the thing itself, both for folded text."""

    asked: re.Pattern[str]
    held: re.Pattern[str]


def wanted_forms(asked: str) -> tuple[re.Pattern[str], ...]:
    """Patterns, for folded texts, of the things that a folded question asks for; () for none known."""
    return tuple(kind.held for kind in _kinds().values() if kind.asked.search(asked))


def asks_how_much(asked: str) -> bool:
    """Whether a folded question asks for a quantity, and not for a number to call."""
    if _kinds()["number_to_call"].asked.search(asked):
        return False
    return any(_kinds()[name].asked.search(asked) for name in QUANTITIES)


def lacks(forms: Sequence[re.Pattern[str]], text: str) -> bool:
    """Whether one of the wanted forms is not in the text.

    (wanted_forms("办证要多少钱?"), "带身份证到窗口办理。") -> True
    """
    folded = fold(text)
    return any(not form.search(folded) for form in forms)


@cache
def _kinds() -> Mapping[str, _Kind]:
    given = tomllib.loads(RULES.read_text(encoding="utf-8"))
    parts = given.pop("parts")
    return {
        name: _Kind(_any_of(kind["asked"], parts), _any_of(kind["held"], parts))
        for name, kind in given.items()
    }


def _any_of(patterns: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """One expression of several, each "{name}" in them the part of that name."""
    return re.compile("|".join(PART.sub(lambda found: parts[found[1]], pattern) for pattern in patterns))
