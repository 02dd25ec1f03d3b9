"""Floors: what falls below one, and how they move."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.evaluate.figures import FIGURES
from bot.evaluate.gate import GateError, below_floors, gate_words, read_floors, update_floors

Summary = dict[str, float | None]


def summary(**known: float) -> Summary:
    return {**dict.fromkeys(FIGURES), **known}


def floors(path: Path, **figures: Any) -> Path:
    path.write_text(json.dumps({"floors": {"mine": figures}}), encoding="utf-8")
    return path


def test_what_is_below_a_floor_or_missing_is_named(tmp_path: Path) -> None:
    path = floors(tmp_path / "floors.json", recall_at_1=0.9, mrr=0.5, answered_unanswerable=0.1)
    assert below_floors(path, "mine", summary(recall_at_1=0.9, mrr=0.5, answered_unanswerable=0.1)) == []
    assert below_floors(path, "mine", summary(recall_at_1=0.8999, answered_unanswerable=0.2)) == [
        "mine recall_at_1: 0.8999 is below the pinned 0.9",
        "mine mrr: None is below the pinned 0.5",
        "mine answered_unanswerable: 0.2 is above the pinned 0.1",
    ]


def test_new_floors_are_pinned_a_little_below(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    moved = update_floors(path, "mine", summary(recall_at_1=0.9, ece=0.1, latency_p50_ms=20.0), None)
    assert moved == ["mine recall_at_1: new -> 0.88", "mine ece: new -> 0.12"]
    assert read_floors(path).model_dump() == {
        "floors": {"mine": {"recall_at_1": 0.88, "ece": 0.12}},
        "lowered": [],
    }


def test_floors_are_raised_and_those_that_are_kept_stay(tmp_path: Path) -> None:
    path = floors(tmp_path / "floors.json", recall_at_1=0.5, mrr=0.89, ece=0.3)
    assert update_floors(path, "mine", summary(recall_at_1=0.9, mrr=0.9, ece=0.1), None) == [
        "mine recall_at_1: 0.5 -> 0.88",
        "mine ece: 0.3 -> 0.12",
    ]
    assert read_floors(path).floors["mine"] == {"recall_at_1": 0.88, "mrr": 0.89, "ece": 0.12}


@pytest.mark.parametrize("reason", [None, "  "])
def test_no_floor_is_lowered_without_a_reason(tmp_path: Path, reason: str | None) -> None:
    path = floors(tmp_path / "floors.json", recall_at_1=0.9, mrr=0.1)
    before = path.read_bytes()
    with pytest.raises(GateError, match=r"recall_at_1 from 0\.9 to 0\.8; .* --allow-lower"):
        update_floors(path, "mine", summary(recall_at_1=0.8, mrr=0.5), reason)
    assert path.read_bytes() == before


def test_a_floor_is_lowered_with_a_reason_that_stays_on_record(tmp_path: Path) -> None:
    path = floors(tmp_path / "floors.json", recall_at_1=0.9, answered_unanswerable=0.1, mrr=0.5)
    worse = summary(recall_at_1=0.8, answered_unanswerable=0.2)
    assert update_floors(path, "mine", worse, "harder questions") == [
        "mine recall_at_1: 0.9 -> 0.78",
        "mine mrr: 0.5 -> None",
        "mine answered_unanswerable: 0.1 -> 0.22",
    ]
    document = read_floors(path)
    assert document.floors == {"mine": {"recall_at_1": 0.78, "answered_unanswerable": 0.22}}
    assert document.lowered[0] == {
        "date": date.today().isoformat(),
        "set": "mine",
        "figure": "recall_at_1",
        "from": 0.9,
        "to": 0.78,
        "reason": "harder questions",
    }
    assert below_floors(path, "mine", worse) == []


def test_the_words_of_a_run_that_fails_and_of_one_that_is_pinned_anew(tmp_path: Path) -> None:
    path = floors(tmp_path / "floors.json", mrr=0.9)
    assert gate_words(path, "mine", summary(mrr=0.5), False, None) == (
        False,
        "gate: below the floors\nmine mrr: 0.5 is below the pinned 0.9",
    )
    assert gate_words(path, "mine", summary(mrr=0.5), True, "new") == (
        True,
        "gate: passed\nmine mrr: 0.9 -> 0.48",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read as floors"),
        ("[]", "is expected"),
        ('{"floors": {"mine": 0.5}}', "the floors of 'mine' are 0.5"),
        ('{"floors": {"mine": {"recall": 0.5}}}', "'recall' is no figure; there are recall_at_1,"),
        ('{"floors": {"mine": {"mrr": true}}}', "the floor of mine mrr is True; a number is expected"),
        ('{"floors": {"mine": {"mrr": NaN}}}', "the floor of mine mrr is nan"),
        ('{"floors": {"other": {}}}', "has no floors for 'mine', only for other"),
    ],
)
def test_a_wrong_floors_file_is_said(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GateError) as error:
        below_floors(path, "mine", summary())
    assert said in str(error.value)
    assert str(path) in str(error.value)
