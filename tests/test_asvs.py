"""The table of the verification standard names tests that are there, and every chapter once."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TABLE)
ROWS = re.findall(r"^\| V(\d+) [^|]+\| (met|open|not applicable) \| (.+) \|$", TABLE, re.MULTILINE)


def test_every_chapter_stands_in_it_once() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 18))


def test_what_is_met_names_a_test() -> None:
    assert [number for number, state, why in ROWS if state == "met" and "`tests/" not in why] == []


def test_every_test_that_is_named_is_there() -> None:
    missing = [
        (path, name)
        for path, name in NAMED
        if not (ROOT / path).is_file()
        or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert (len(NAMED) > 40, missing) == (True, [])
