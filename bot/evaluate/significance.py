"""Intervals of figures, and the test of a difference between two runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

__all__ = ["SAMPLES", "Floats", "interval", "randomisation_test", "resampled", "weighted_mean", "wilson"]

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
    known = values[~np.isnan(values)]
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
