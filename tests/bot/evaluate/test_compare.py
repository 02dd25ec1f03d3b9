"""Two runs side by side."""

from __future__ import annotations

import pytest

from bot.evaluate.compare import compared, comparison
from bot.evaluate.run_folder import RunError
from tests.bot.evaluate.corpus import row

FIRST = [
    row("q1", hit=False, ranked=("b", "a"), question="甲?"),
    row("q2", hit=True, question="乙?"),
    row("q3", hit=True, question="丙?"),
    row("q4", hit=False, ranked=("b", "a"), question="丁?", verdict="none"),
]
SECOND = [
    row("q1", hit=True, question="甲?"),
    row("q2", hit=False, ranked=("b",), question="乙?", verdict="unsure"),
    row("q3", hit=True, question="另一个?"),
    row("q4", hit=True, question="丁?"),
]


def test_questions_are_paired_won_and_lost() -> None:
    found = compared(FIRST, SECOND, {})
    assert (found.paired, found.unpaired) == (3, 2)
    assert [one.id for one in found.won] == ["q1", "q4"]
    assert [one.id for one in found.lost] == ["q2"]
    first = {difference.figure: difference for difference in found.differences}["recall_at_1"]
    assert (first.count, first.better, first.worse) == (3, 2, 1)
    assert (first.first, first.second) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert first.p == pytest.approx(1.0)


def test_runs_of_other_questions_do_not_compare() -> None:
    with pytest.raises(RunError, match="no question in common"):
        compared(FIRST, [row("q9", question="别的?")], {})


def test_what_is_printed() -> None:
    text = comparison(compared(FIRST, SECOND, {"model": ("x", "y")}), "one", "two")
    lines = text.splitlines()
    assert lines[:4] == ["A  one", "B  two", "   model: x -> y", "3 questions in both, 2 in one run alone"]
    assert lines[5].split() == ["A", "B", "B", "-", "A", "p", "higher", "lower", "of"]
    assert lines[7].split() == ["recall_at_1", "0.333", "0.667", "+0.333", "1.0000", "2", "1", "3"]
    assert lines[-6:] == [
        "won by B: 2",
        "  q1: 甲? [answered]",
        "  q4: 丁? [answered]",
        "",
        "lost by B: 1",
        "  q2: 乙? [unsure]",
    ]
