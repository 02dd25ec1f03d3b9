"""Rows to figures, with their intervals, of all and by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ir_measures
import numpy as np
from numpy.typing import NDArray

from bot.evaluate.rows import Row
from bot.evaluate.selective import auroc, calibration_error
from bot.evaluate.significance import Floats, interval, resampled, weighted_mean, wilson

__all__ = [
    "FIGURES",
    "GROUPS",
    "MEANS",
    "RANKING",
    "FigureValues",
    "figures",
    "intervals",
    "is_served",
    "ranking_values",
    "row_values",
    "summarise",
    "trec_run",
]

RANKING = {
    "recall_at_1": ir_measures.Success @ 1,
    "recall_at_5": ir_measures.Success @ 5,
    "recall_at_10": ir_measures.Success @ 10,
    "mrr": ir_measures.RR @ 10,
    "ndcg_at_10": ir_measures.nDCG @ 10,
}
"""Recall@k is the share of questions with a right article among the first k. Where one article is right that
is R@k; where several are (agencies reprint each other) one of them is all that a visitor needs, and
ir-measures calls it Success@k. MRR looks at the ten articles that are recorded."""


def ranking_values(rows: Sequence[Row]) -> dict[str, list[float | None]]:
    """For each measure a value, 0 to 1, a row; None where no right article is known or all are withheld."""
    judged = {str(n): row for n, row in enumerate(rows) if row.variant == "asked" and row.right}
    found: dict[str, list[float | None]] = {name: [None] * len(rows) for name in RANKING}
    names = {str(measure): name for name, measure in RANKING.items()}
    qrels = {n: dict.fromkeys(row.right, 1) for n, row in judged.items()}
    run = {n: _scores(row) for n, row in judged.items()}
    for value in ir_measures.iter_calc(list(RANKING.values()), qrels, run) if judged else ():
        found[names[str(value.measure)]][int(value.query_id)] = float(value.value)
    return found


def trec_run(rows: Sequence[Row], tag: str) -> str:
    """A TREC run file: "q1 Q0 article rank score tag" a line; a question asked without gold is q1/removed."""
    lines = []
    for row in rows:
        name = "_".join(row.id.split()) + ("/removed" if row.variant == "gold-removed" else "")
        for rank, (article, score) in enumerate(_scores(row).items(), start=1):
            lines.append(f"{name} Q0 {article} {rank} {score:g} {tag}\n")
    return "".join(lines)


def _scores(row: Row) -> dict[str, float]:
    """Falling scores for the ranked articles: evaluation programs sort by them."""
    return {article: float(len(row.ranked) - place) for place, article in enumerate(row.ranked)}


FigureValues = dict[str, float | None]

MEANS = (
    "recall_at_1",
    "recall_at_5",
    "recall_at_10",
    "mrr",
    "ndcg_at_10",
    "answer_in_quotes",
    "answer_char_recall",
    "answered_answerable",
    "answered_or_unsure_right",
    "answered_unanswerable",
    "right_mark",
    "padding",
    "characters_before_fold",
)
"""Figures that are means of a value a question."""

SHARES = frozenset(MEANS) - {"mrr", "ndcg_at_10", "answer_char_recall", "padding", "characters_before_fold"}
"""Those whose values are all 0 or 1, one a question: their intervals are Wilson's."""

FIGURES = (*MEANS, "auroc", "ece", "latency_p50_ms", "latency_p95_ms")
GROUPS = ("language", "category", "kind")


def row_values(rows: Sequence[Row]) -> dict[str, Floats]:
    """For each of MEANS a value a row, shape (n_rows,), NaN where the figure does not ask of the row.

    `answered_answerable`: an answerable question got "answered"; `answered_or_unsure_right`: it got that,
    or "unsure" with quotes that answer; `answered_unanswerable`: an unanswerable one got "answered".
    `right_mark`, `padding` and `characters_before_fold` ask of questions that got quotes (`Row`).
    """
    given: dict[str, list[float | None]] = {
        **ranking_values(rows),
        "answer_in_quotes": [row.answer_in_quotes for row in rows],
        "answer_char_recall": [row.answer_char_recall for row in rows],
        "answered_answerable": [row.verdict == "answered" if row.answerable else None for row in rows],
        "answered_or_unsure_right": [is_served(row) if row.answerable else None for row in rows],
        "answered_unanswerable": [
            row.verdict == "answered" if row.answerable is False else None for row in rows
        ],
        "right_mark": [row.mark_answers for row in rows],
        "padding": [row.padding for row in rows],
        "characters_before_fold": [row.fold for row in rows],
    }
    return {name: np.array(given[name], dtype=np.float64) for name in MEANS}


def figures(rows: Sequence[Row]) -> FigureValues:
    """All FIGURES of some rows; None where a figure does not apply to them."""
    found: FigureValues = dict.fromkeys(FIGURES)
    for name, sample in _statistics(rows).items():
        found[name] = _rounded(float(sample(np.ones((1, len(rows))))[0]))
    latencies = [row.latency_ms for row in rows if row.latency_ms is not None]
    if latencies:
        found["latency_p50_ms"] = _rounded(float(np.percentile(latencies, 50)), 1)
        found["latency_p95_ms"] = _rounded(float(np.percentile(latencies, 95)), 1)
    return found


def intervals(rows: Sequence[Row]) -> dict[str, tuple[float, float] | None]:
    """The 95 % interval of each of MEANS, `auroc` and `ece`: Wilson's for SHARES, else the bootstrap's."""
    numbers: dict[str, int] = {}
    questions = np.array([numbers.setdefault(row.id, len(numbers)) for row in rows], dtype=np.int64)
    weights = resampled(questions)
    found = {
        name: interval(sample(weights)) for name, sample in _statistics(rows).items() if name not in SHARES
    }
    values = row_values(rows)
    found |= {name: wilson(values[name]) for name in SHARES}
    return {name: both and (round(both[0], 4), round(both[1], 4)) for name, both in found.items()}


def summarise(rows: Sequence[Row]) -> dict[str, Any]:
    """Contents of summary.json: counts and FIGURES flat, their intervals, and the same by group.

    `held_elsewhere` counts askings with the right articles withheld that are no refusal's case, as quotes of
    another article hold a gold answer to the letter.
    """
    groups = {name: {value: _flat(found) for value, found in _grouped(rows, name).items()} for name in GROUPS}
    return {**_flat(rows), "intervals": intervals(rows), "groups": groups}


def _flat(rows: Sequence[Row]) -> dict[str, float | None]:
    return {
        "questions": len(rows),
        "answerable": sum(row.answerable is True for row in rows),
        "unanswerable": sum(row.answerable is False for row in rows),
        "held_elsewhere": sum(row.variant == "gold-removed" and row.answerable is None for row in rows),
        **figures(rows),
    }


def _grouped(rows: Sequence[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name) or "-", []).append(row)
    return dict(sorted(found.items()))


def _statistics(rows: Sequence[Row]) -> dict[str, Callable[[Floats], Floats]]:
    """Each figure as a function of how often the rows are in each sample, shape (n_samples, n_rows).

    `auroc` tells answerable from unanswerable rows by their confidence. What confidence should predict,
    and `ece` measures, is that the quotes answer (`quotes_answer`); rows where that is unknown are left out.
    """
    confidence = np.array([row.confidence for row in rows], dtype=np.float64)
    answerable = np.array([row.answerable for row in rows], dtype=np.float64)
    right = np.array([row.quotes_answer for row in rows], dtype=np.float64)
    found = {name: _over(values, weighted_mean) for name, values in row_values(rows).items()}
    found["auroc"] = _over(answerable, lambda values, w: auroc(confidence[_known(answerable)], values, w))
    found["ece"] = _over(right, lambda values, w: calibration_error(confidence[_known(right)], values, w))
    return found


def _over(values: Floats, statistic: Callable[[Floats, Floats], Floats]) -> Callable[[Floats], Floats]:
    """The statistic on the rows whose value is known; NaN where there is none."""
    known = _known(values)
    if not known.any():
        return lambda weights: np.full(len(weights), np.nan)
    return lambda weights: statistic(values[known], weights[:, known])


def _known(values: Floats) -> NDArray[np.bool_]:
    return ~np.isnan(values)


def is_served(row: Row) -> bool:
    """Whether the verdict is "answered", or "unsure" with quotes that answer."""
    return row.verdict == "answered" or (row.verdict == "unsure" and row.quotes_answer is True)


def _rounded(value: float, digits: int = 4) -> float | None:
    return None if np.isnan(value) else round(value, digits)
