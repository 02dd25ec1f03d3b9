"""AUROC, calibration error and risk-coverage, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from bot.evaluate.selective import Bin, auroc, calibration_bins, calibration_error, risk_coverage

ONCE = np.ones((1, 4))
CONFIDENCE = np.array([0.9, 0.6, 0.6, 0.2])


def test_auroc_counts_a_tie_as_half() -> None:
    # of the four pairs .9 > .6, .9 > .2 and .6 > .2 are in order, .6 = .6 is a tie
    assert auroc(CONFIDENCE, np.array([1.0, 1.0, 0.0, 0.0]), ONCE).tolist() == [0.875]


def test_auroc_weighs_rows_by_how_often_they_are_drawn() -> None:
    weights = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 2.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0]])
    found = auroc(CONFIDENCE, np.array([1.0, 1.0, 0.0, 0.0]), weights)
    assert found[:2].tolist() == [1.0, 0.75]
    assert np.isnan(found[2])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=40))
def test_auroc_is_that_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    confidence = np.array([score / 8 for score, _ in rows])
    positive = np.array([float(is_positive) for _, is_positive in rows])
    found = auroc(confidence, positive, np.ones((1, len(rows))))[0]
    if len(set(positive)) == 1:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(roc_auc_score(positive, confidence))


def test_calibration_error_weighs_each_bin_by_its_rows() -> None:
    confidence, right = np.array([1.0, 0.95, 0.25, 0.2]), np.array([1.0, 0.0, 0.0, 0.0])
    # (2 * |.975 - .5| + 2 * |.225 - 0|) / 4
    assert calibration_error(confidence, right, ONCE)[0] == pytest.approx(0.35)
    assert calibration_bins(confidence, right)[9] == Bin(2, 0.975, 0.5)
    assert calibration_bins(confidence, right)[2] == Bin(2, 0.225, 0.0)
    assert [one is None for one in calibration_bins(confidence, right)].count(True) == 8


def test_risk_grows_as_less_confident_ones_are_answered() -> None:
    curve = risk_coverage(CONFIDENCE, np.array([1.0, 1.0, 0.0, 0.0]))
    assert curve.coverage.tolist() == [0.25, 0.75, 1.0]
    assert curve.risk.tolist() == pytest.approx([0.0, 1 / 3, 0.5])
