"""Rows to figures, with their intervals, of all and by group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import ir_measures
import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from bot.evaluate.rows import Row

__all__ = [
    "FIGURES",
    "GROUPS",
    "MEANS",
    "RANKING",
    "SAMPLES",
    "Bin",
    "Curve",
    "Figures",
    "auroc",
    "calibration_bins",
    "calibration_error",
    "figures",
    "interval",
    "intervals",
    "is_served",
    "randomisation_test",
    "ranking_values",
    "resampled",
    "risk_coverage",
    "row_values",
    "summarise",
    "trec_run",
    "weighted_mean",
    "wilson",
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


Floats = NDArray[np.float64]
SAMPLES = 1000
PERMUTATIONS = 10_000
SEED = 20241126
LEVEL = 95.0


def resampled(questions: NDArray[np.int64]) -> Floats:
    """How often each row is in each of SAMPLES bootstrap samples, shape (SAMPLES, n_rows) (Efron 1979).

    `questions`, shape (n_rows,), numbers the question of each row from 0: questions are drawn, so both
    rows of a question that was asked twice come or go together. The same numbers give the same draws.
    """
    count = int(questions.max()) + 1
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=SAMPLES)
    return drawn[:, questions].astype(np.float64)


def weighted_mean(values: Floats, weights: Floats) -> Floats:
    """For each sample the mean of `values`, shape (n_rows,), by `weights`; NaN for an empty sample."""
    with np.errstate(invalid="ignore"):
        return np.asarray(weights @ values / weights.sum(axis=1), dtype=np.float64)


def interval(figures: Floats) -> tuple[float, float] | None:
    """The percentile interval that holds LEVEL per cent of the samples' figures; None without any."""
    sound = figures[~np.isnan(figures)]
    if not len(sound):
        return None
    low, high = np.percentile(sound, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)


def wilson(values: Floats) -> tuple[float, float] | None:
    """The LEVEL per cent interval of a share by Wilson (1927), from values 0, 1 and NaN; None without any.

    Where all of a few questions are right, the bootstrap says that no other set would have a wrong one.
    """
    known = values[_known(values)]
    if not len(known):
        return None
    low, high = binomtest(int(known.sum()), len(known)).proportion_ci(LEVEL / 100, method="wilson")
    return float(low), float(high)


def randomisation_test(differences: Floats) -> float:
    """The two-sided p of paired differences, shape (n,): the share of PERMUTATIONS random choices of their
    signs whose sum is at least as far from 0 (Fisher 1935; in retrieval, Smucker et al. 2007).

    The choice that was observed is one of them, so p is never 0.
    """
    from scipy.stats import permutation_test  # it takes half a second to load

    told = differences[differences != 0]
    if len(told) < 2:  # one sign, either way, is as far from 0
        return 1.0
    tested = permutation_test(
        (told,), np.sum, permutation_type="samples", n_resamples=PERMUTATIONS, rng=np.random.default_rng(SEED)
    )
    return float(tested.pvalue)


BINS = 10


class Bin(NamedTuple):
    """Rows whose confidence lies in one tenth: how many, their mean confidence, the share that is right."""

    rows: int
    confidence: float
    right: float


class Curve(NamedTuple):
    """`risk[i]`: the share of wrong ones among the `coverage[i]` most confident rows (a share of all)."""

    coverage: Floats
    risk: Floats


def auroc(confidence: Floats, positive: Floats, weights: Floats) -> Floats:
    """The chance that a positive row is more confident than a negative one, a tie half (Mann, Whitney 1947).

    `confidence` and `positive` (1 or 0) have shape (n,), `weights` (n_samples, n): how often each row is in
    a sample. Shape (n_samples,); NaN where a sample has rows of one kind alone.
    """
    order = np.argsort(confidence, kind="stable")
    starts = np.flatnonzero(np.diff(confidence[order], prepend=-np.inf))
    of_sorted = weights[:, order]
    is_positive = positive[order]
    positives = np.add.reduceat(of_sorted * is_positive, starts, axis=1)
    negatives = np.add.reduceat(of_sorted * (1 - is_positive), starts, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives / 2
    with np.errstate(invalid="ignore"):
        return np.asarray(
            (positives * below).sum(axis=1) / (positives.sum(axis=1) * negatives.sum(axis=1)),
            dtype=np.float64,
        )


def calibration_error(confidence: Floats, right: Floats, weights: Floats) -> Floats:
    """Expected calibration error over BINS bins of equal width (Naeini et al. 2015); shapes as in `auroc`."""
    inside = _bin_of(confidence)[:, None] == np.arange(BINS)
    difference = weights @ (inside * (confidence - right)[:, None])
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(difference).sum(axis=1) / weights.sum(axis=1), dtype=np.float64)


def calibration_bins(confidence: Floats, right: Floats) -> list[Bin | None]:
    """For the reliability diagram: BINS bins from 0 to 1, None for one without rows."""
    bin_of = _bin_of(confidence)
    found: list[Bin | None] = []
    for number in range(BINS):
        inside = bin_of == number
        found.append(
            Bin(int(inside.sum()), float(confidence[inside].mean()), float(right[inside].mean()))
            if inside.any()
            else None
        )
    return found


def risk_coverage(confidence: Floats, right: Floats) -> Curve:
    """What is wrong among the rows that are answered when more and more are (El-Yaniv and Wiener 2010).

    Rows of equal confidence are answered together.
    """
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.diff(confidence[order], append=-np.inf))
    answered = ends + 1
    wrong = np.cumsum(1 - right[order])[ends]
    return Curve(answered / len(confidence), wrong / answered)


def _bin_of(confidence: Floats) -> NDArray[np.int64]:
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


Figures = dict[str, float | None]

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


def figures(rows: Sequence[Row]) -> Figures:
    """All FIGURES of some rows; None where a figure does not apply to them."""
    found: Figures = dict.fromkeys(FIGURES)
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
    """What summary.json holds: counts and FIGURES flat, their intervals, and the same by group.

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
