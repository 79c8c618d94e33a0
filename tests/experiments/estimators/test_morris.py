"""Morris's screening with one world a trajectory."""

import numpy as np
import pytest

from cpsim.experiments.estimators import morris
from tests.experiments.estimators.known import NAMES, VARIANCE, ishigami, luck


def screened(function, names, trajectories, noise=0.0, seed=1):
    x = morris.plan(names, trajectories, seed)
    y = function(x) + luck(morris.worlds(trajectories, len(names)), noise, seed)
    return morris.analyse(names, x, y, seed)


@pytest.mark.limit
def test_a_linear_function_has_its_coefficients_as_effects():
    table = screened(lambda x: x @ np.array([1.0, 0.0, -3.0, 0.0]), NAMES, 10)
    np.testing.assert_allclose(table["mu"], [1, 0, -3, 0], atol=1e-12)
    np.testing.assert_allclose(table["mu_star"], [1, 0, 3, 0], atol=1e-12)
    np.testing.assert_allclose(table["sigma"], 0, atol=1e-12)
    assert list(table["negligible"]) == [False, True, False, True]


@pytest.mark.limit
def test_a_world_a_trajectory_leaves_the_dummy_at_nothing():
    table = screened(ishigami, NAMES, 40, np.sqrt(VARIANCE))
    assert table["mu_star"].iloc[-1] == 0
    assert list(table["negligible"]) == [False, False, False, True]


@pytest.mark.unit
def test_many_factors_are_planned_at_once():
    names = [f"f{number}" for number in range(160)]
    assert morris.plan(names, 10, 1).shape == (10 * 161, 160)


@pytest.mark.unit
def test_nothing_moves_so_all_is_negligible():
    table = screened(lambda x: np.zeros(len(x)), NAMES, 5)
    assert table["negligible"].all()
