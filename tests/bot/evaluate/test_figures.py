"""Figures of hand-made rows."""

from __future__ import annotations

import pytest

from bot.evaluate.figures import FIGURES, figures, intervals, ranking_values, summarise, trec_run
from tests.bot.evaluate.corpus import row

ROWS = [
    row(
        "q1",
        confidence=0.9,
        ranked=("a", "b"),
        right=("a",),
        quotes_answer=True,
        latency_ms=10.0,
        category="x",
    ),
    row("q2", confidence=0.7, ranked=("b", "a"), right=("a", "c"), quotes_answer=True, verdict="unsure"),
    row(
        "q3",
        confidence=0.3,
        ranked=("b",),
        right=("a",),
        quotes_answer=False,
        verdict="unsure",
        latency_ms=30.0,
    ),
    row("q4", answerable=False, confidence=0.8, right=(), quotes_answer=False),
    row("q1", "gold-removed", answerable=False, confidence=0.1, quotes_answer=False, verdict="none"),
]


def test_ranking_is_measured_as_ir_measures_does() -> None:
    values = ranking_values(ROWS)
    assert values["recall_at_1"] == [1, 0, 0, None, None]
    assert values["recall_at_5"] == [1, 1, 0, None, None]
    assert values["mrr"] == [1, 0.5, 0, None, None]
    # one of two right articles at place 2: (1 / log2(3)) / (1 + 1 / log2(3))
    assert values["ndcg_at_10"] == [1, pytest.approx(0.3869, abs=1e-4), 0, None, None]


def test_the_figures_of_five_rows() -> None:
    found = figures(ROWS)
    assert found["recall_at_1"] == 0.3333
    assert found["mrr"] == 0.5
    assert found["answer_in_quotes"] is None
    assert found["answered_answerable"] == 0.3333
    assert found["answered_or_unsure_right"] == 0.6667
    assert found["answered_unanswerable"] == 0.5
    assert found["auroc"] == 0.6667  # of six pairs .9 > .8, .9 > .1, .7 > .1 and .3 > .1 are in order
    assert found["ece"] == 0.32  # (.1 + .3 + .3 + .8 + .1) / 5, each in a bin of its own
    assert (found["latency_p50_ms"], found["latency_p95_ms"]) == (20.0, 29.0)


def test_a_summary_has_every_figure_flat_and_by_group() -> None:
    summary = summarise(ROWS)
    assert (summary["questions"], summary["answerable"], summary["unanswerable"]) == (5, 3, 2)
    assert set(FIGURES) <= set(summary)
    assert list(summary["groups"]["category"]) == ["-", "x"]
    assert summary["groups"]["category"]["x"]["recall_at_1"] == 1
    assert summary["groups"]["category"]["x"]["auroc"] is None
    low, high = summary["intervals"]["recall_at_5"]
    assert 0 <= low <= 0.6667 <= high <= 1


def test_figures_that_do_not_apply_have_no_interval() -> None:
    assert intervals([row(answerable=None, right=())])["auroc"] is None


def test_a_trec_run_has_a_line_an_article() -> None:
    assert trec_run(ROWS[:1] + ROWS[4:], "ours") == (
        "q1 Q0 a 1 2 ours\nq1 Q0 b 2 1 ours\nq1/removed Q0 a 1 1 ours\n"
    )


def test_what_people_see_is_measured_of_questions_with_quotes() -> None:
    rows = [
        row("q1", kind="when", mark_answers=True, padding=0.0, fold=20),
        row("q2", kind="when", mark_answers=False, padding=0.5, fold=40),
        row("q3", kind="who", verdict="none"),
    ]
    summary = summarise(rows)
    assert [summary[name] for name in ("right_mark", "padding", "characters_before_fold")] == [0.5, 0.25, 30]
    assert summary["groups"]["kind"]["when"]["right_mark"] == 0.5
    assert summary["groups"]["kind"]["who"]["right_mark"] is None


def test_the_interval_of_a_share_is_wilsons() -> None:
    rows = [row(str(n), verdict="answered") for n in range(10)]
    # (10 + z²/2 ± z √(z²/4)) / (10 + z²) with z 1.96
    assert intervals(rows)["answered_answerable"] == (pytest.approx(0.7225, abs=1e-4), 1.0)
