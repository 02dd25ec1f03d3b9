"""Selective prediction: how well confidence tells what is right from what is wrong."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.evaluate.significance import Floats

__all__ = ["Bin", "Curve", "auroc", "calibration_bins", "calibration_error", "risk_coverage"]

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
    """Risk-coverage curve: the share of wrong rows among the answered ones (El-Yaniv and Wiener 2010).

    Rows of equal confidence are answered together.
    """
    order = np.argsort(-confidence, kind="stable")
    ends = np.flatnonzero(np.diff(confidence[order], append=-np.inf))
    answered = ends + 1
    wrong = np.cumsum(1 - right[order])[ends]
    return Curve(answered / len(confidence), wrong / answered)


def _bin_of(confidence: Floats) -> NDArray[np.int64]:
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
