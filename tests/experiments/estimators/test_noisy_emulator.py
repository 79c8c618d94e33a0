"""Emulators against runs that they have not seen."""

import numpy as np
import pytest

from cpsim.experiments.estimators.noisy_emulator import FEWEST, Emulator
from cpsim.experiments.estimators.region import spread

pytestmark = pytest.mark.unit


def smooth(points):
    return np.sin(4 * points[:, 0]) + points[:, 1] ** 2


def kinked(points):
    return np.maximum(points[:, 0] - 0.6, 0.0) * 10


@pytest.mark.parametrize(("function", "least"), [(smooth, 0.98), (kinked, 0.95)])
def test_held_out_points_lie_where_it_says(function, least):
    """Of the mean, which 2,000 new points know without noise: foreseen, and within 2 SD in most of them."""
    rng = np.random.default_rng(0)
    points = rng.random((120, 3))
    emulator = Emulator.learn(points, function(points) + 0.1 * rng.standard_normal(120), 0)
    new = rng.random((2_000, 3))
    mean, variance = emulator.predict(new)
    error = mean - function(new)
    assert 1 - error.var() / function(new).var() > least
    assert 0.85 < (np.abs(error) < 2 * np.sqrt(variance)).mean() <= 1.0


def test_the_noise_of_runs_is_not_in_its_variance():
    rng = np.random.default_rng(1)
    points = spread(300, 2, 0)
    emulator = Emulator.learn(points, smooth(points) + 0.5 * rng.standard_normal(300), 0)
    assert emulator.noise == pytest.approx(0.25, rel=0.25)
    assert emulator.predict(points)[1].mean() < 0.1 * emulator.noise


def test_leave_one_out_is_what_leaving_one_out_gives():
    """The short formula against the long way: the same process, without each run in turn."""
    from sklearn.gaussian_process import GaussianProcessRegressor

    from cpsim.experiments.estimators.noisy_emulator import _left_out

    rng = np.random.default_rng(2)
    points = rng.random((20, 2))
    values = smooth(points) + 0.1 * rng.standard_normal(20)
    process = Emulator.learn(points, values, 0).process
    error, z = _left_out(process)
    standard = (values - values.mean()) / values.std()
    for row in range(20):
        others = np.arange(20) != row
        left = GaussianProcessRegressor(process.kernel_, optimizer=None).fit(points[others], standard[others])
        mean, sd = left.predict(points[row : row + 1], return_std=True)
        assert error[row] == pytest.approx(standard[row] - mean[0], abs=1e-6)
        assert z[row] == pytest.approx((standard[row] - mean[0]) / sd[0], abs=1e-5)


def test_too_few_runs_rule_nothing_out_and_equal_ones_are_known():
    assert np.isinf(
        Emulator.learn(np.random.default_rng(0).random((9, 2)), np.full(9, np.nan), 0).predict(np.zeros((1, 2)))[1]
    )
    few = Emulator.learn(np.zeros((FEWEST - 1, 2)), np.arange(FEWEST - 1.0), 0)
    assert few.predict(np.zeros((1, 2)))[1] > 0
    same = Emulator.learn(np.random.default_rng(0).random((9, 2)), np.full(9, 3.0), 0)
    assert [values.tolist() for values in same.predict(np.zeros((2, 2)))] == [[3.0, 3.0], [0.0, 0.0]]


def test_a_run_without_a_value_is_left_out():
    points = spread(40, 2, 0)
    values = smooth(points)
    values[3] = np.nan
    assert np.isfinite(Emulator.learn(points, values, 0).predict(points)[0]).all()
