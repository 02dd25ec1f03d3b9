"""Bootstrap and randomisation test."""

from __future__ import annotations

import numpy as np
import pytest

from bot.evaluate.significance import SAMPLES, interval, randomisation_test, resampled, weighted_mean


def test_both_rows_of_a_question_come_and_go_together() -> None:
    weights = resampled(np.array([0, 1, 0, 2]))
    assert weights.shape == (SAMPLES, 4)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert (weights == resampled(np.array([0, 1, 0, 2]))).all()


def test_the_interval_of_a_share_is_about_two_standard_errors_wide() -> None:
    values = np.array([1.0] * 80 + [0.0] * 20)
    found = interval(weighted_mean(values, resampled(np.arange(100))))
    assert found == pytest.approx((0.8 - 1.96 * 0.04, 0.8 + 1.96 * 0.04), abs=0.015)


def test_no_interval_where_no_sample_has_a_figure() -> None:
    assert interval(weighted_mean(np.array([]), np.ones((3, 0)))) is None


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([0.0, 0.0], 1.0),
        ([1.0, -1.0], 1.0),
        ([1.0] * 3, 0.25),  # two of the eight choices of signs are as extreme
        ([1.0] * 10 + [0.0] * 90, 2 / 1024),
    ],
)
def test_the_p_of_paired_differences(differences: list[float], p: float) -> None:
    assert randomisation_test(np.array(differences)) == pytest.approx(p, abs=0.015)
    assert randomisation_test(np.array(differences)) > 0
