"""A mean with two intervals: hand-computed, and covering as often as it says."""

import numpy as np
import pytest
from scipy import stats

from cpsim.outputs.intervals import estimate

pytestmark = pytest.mark.unit


def test_known_numbers():
    found = estimate(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    low, high = stats.t.interval(0.95, 4, loc=3.0, scale=np.sqrt(2.5 / 5))

    assert (found.mean, found.runs) == (3.0, 5)
    assert (found.ci_low, found.ci_high) == pytest.approx((low, high), rel=1e-12)
    assert (found.p10, found.p90) == pytest.approx((1.4, 4.6))
    assert found.half_width == pytest.approx((high - low) / 2)


def test_one_run_has_no_interval():
    found = estimate(np.array([0.3]))
    assert (found.mean, found.p10, found.p90, found.runs) == (0.3, 0.3, 0.3, 1)
    assert np.isnan([found.ci_low, found.ci_high, found.half_width]).all()


def test_runs_without_a_value_are_left_out():
    assert estimate(np.array([np.nan, 2.0, 4.0])).runs == 2
    nothing = estimate(np.array([np.nan, np.nan]))
    assert nothing.runs == 0
    assert np.isnan(nothing.mean)


def test_difference_between_teams_is_not_simulation_error():
    """Two teams that never vary: their mean is certain, although the teams differ."""
    values, replication = np.array([1.0, 9.0] * 4), np.repeat(np.arange(4), 2)

    found = estimate(values, replication)

    assert (found.ci_low, found.ci_high) == (5.0, 5.0)
    assert (found.p10, found.p90) == (1.0, 9.0)


def test_many_teams_in_one_replication_are_the_runs():
    values = np.array([1.0, 2.0, 6.0])
    assert estimate(values, np.zeros(3, int)) == estimate(values)


@pytest.mark.parametrize("count", [3, 10])
def test_the_interval_covers_as_often_as_it_says(count):
    """4,000 samples of a normal: 95 % within 1.5 points (four standard errors are 1.4)."""
    samples = np.random.default_rng(20).normal(7.0, 2.0, (4000, count))
    found = [estimate(sample) for sample in samples]
    covered = np.mean([each.ci_low <= 7.0 <= each.ci_high for each in found])
    assert abs(covered - 0.95) < 0.015
