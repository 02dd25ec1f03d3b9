"""What chance alone does to a figure: bootstrap intervals and a randomisation test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["SAMPLES", "interval", "randomisation_test", "resampled", "weighted_mean"]

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


def randomisation_test(differences: Floats) -> float:
    """The two-sided p of paired differences, shape (n,): the share of PERMUTATIONS random choices of their
    signs whose sum is at least as far from 0 (Fisher 1935; in retrieval, Smucker et al. 2007).

    The choice that was observed is one of them, so p is never 0.
    """
    told = differences[differences != 0]
    chance = np.random.default_rng(SEED)
    observed = abs(told.sum()) - 1e-9
    extreme = 0
    for start in range(0, PERMUTATIONS, 500):
        count = min(500, PERMUTATIONS - start)
        signs = chance.integers(0, 2, size=(count, len(told))) * 2 - 1
        extreme += int((np.abs(signs @ told) >= observed).sum())
    return (extreme + 1) / (PERMUTATIONS + 1)
