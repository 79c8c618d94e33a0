"""Planes, curves and discounting whose answers are known."""

import numpy as np
import pytest
from scipy.stats import norm

from cpsim.experiments.estimators.acceptability import (
    LOWER_RATE,
    REFERENCE_RATE,
    acceptability,
    cost_a_point,
    discount_at,
    discounted_years,
    quadrants,
    resampled,
)

pytestmark = pytest.mark.unit


def test_equal_cost_and_effect_lie_on_the_centre_of_the_plane():
    nothing = np.zeros(10)
    assert quadrants(nothing, nothing) == dict.fromkeys(quadrants(nothing, nothing), 0.25)
    assert acceptability(nothing, nothing, np.array([0.0, 100.0])).second == pytest.approx([0.5, 0.5])


def test_null_cloud_is_shared_out_evenly():
    effect, cost = np.random.default_rng(1).normal(size=(2, 20_000))
    assert list(quadrants(effect, cost).values()) == pytest.approx([0.25] * 4, abs=0.012)
    assert acceptability(effect, cost, np.linspace(0, 5, 6)).second == pytest.approx([0.5] * 6, abs=0.012)


def test_quadrants_by_name():
    found = quadrants(np.array([1.0, 1, -1, -1]), np.array([1.0, -1, -1, 1]))
    assert found == dict.fromkeys(found, 0.25)
    assert quadrants(np.array([1.0]), np.array([5.0]))["better and dearer"] == 1


def test_curve_is_the_normal_one():
    random = np.random.default_rng(2)
    effect, cost = 1 + 0.5 * random.normal(size=50_000), 300 + 100 * random.normal(size=50_000)
    pay = np.array([0.0, 300.0, 600.0])
    expected = norm.cdf((pay * 1 - 300) / np.sqrt((pay * 0.5) ** 2 + 100**2))
    found = acceptability(effect, cost, pay)
    assert found.second == pytest.approx(expected, abs=0.01)
    assert found.net == pytest.approx(pay - 300, abs=5)


def test_frontier_follows_expected_benefit_where_that_and_the_share_disagree():
    effect, cost = np.array([10.0, -1, -1]), np.zeros(3)
    found = acceptability(effect, cost, np.array([1.0]))
    assert found.second[0] == pytest.approx(1 / 3)
    assert (found.best[0], found.frontier[0]) == (1, found.second[0])


def test_pounds_a_point_only_when_one_quadrant_holds_nearly_all():
    assert cost_a_point(np.full(20, 2.0), np.full(20, 500.0)) == 250
    assert cost_a_point(np.array([2.0, -2.0]), np.array([500.0, 500.0])) is None


@pytest.mark.parametrize("rate", [REFERENCE_RATE, LOWER_RATE, 0.5])
@pytest.mark.parametrize("weeks", [1, 26, 52])
def test_nothing_is_discounted_within_a_year(weeks, rate):
    assert discounted_years(weeks, rate) == pytest.approx(weeks * 7 / 365.25)
    assert discount_at(weeks, rate) == 1.0


def test_later_years_are_discounted_one_by_one():
    three = 3 * 365.25 / 7
    assert discounted_years(three, 0.035) == pytest.approx(1 + 1 / 1.035 + 1 / 1.035**2)
    assert discount_at(three, 0.035) == pytest.approx(1 / 1.035**2)
    assert discounted_years(three, 0.0) == pytest.approx(3)
    assert discounted_years(three, LOWER_RATE) > discounted_years(three, REFERENCE_RATE)


def test_interval_of_the_curve_covers_the_true_share():
    pay, held = np.array([300.0, 500.0]), []
    true = norm.cdf((pay - 300) / np.hypot(0.5 * pay, 100))
    for seed in range(60):
        random = np.random.default_rng(seed)
        effect, cost = 1 + 0.5 * random.normal(size=(80, 1)), 300 + 100 * random.normal(size=(80, 1))
        luck = random.normal(size=(2, 80, 2)) * [[[0.5]], [[100.0]]]
        runs = np.stack([effect + luck[0], cost + luck[1]], axis=2)
        low, high = resampled(runs, pay, seed, resamples=100).second
        held.append((low <= true) & (true <= high))
    assert (np.mean(held, axis=0) >= 0.88).all()
