"""Cross-replicate Sobol indices against SALib's where there is no noise, and against the truth where there is."""

import numpy as np
import pytest
from SALib.analyze import sobol

from cpsim.experiments.estimators import sobol_cross
from cpsim.experiments.estimators.problem import problem
from tests.experiments.estimators.known import (
    FIRST,
    G_NAMES,
    NAMES,
    TOTAL,
    VARIANCE,
    g_indices,
    ishigami,
    luck,
    sobol_g,
)


def answers(function, names, n, seed=1, noise=0.0, own_luck=False):
    """Both replicates of a function plus the luck of its world; own_luck: every run has luck of its own."""
    x, k = sobol_cross.plan(names, n, seed), len(names)
    worlds = sobol_cross.worlds(n, k)
    if own_luck:
        worlds = np.arange(worlds.size).reshape(worlds.shape)
    return sobol_cross.split(function(x)[None, :] + luck(worlds, noise, seed), k)


@pytest.mark.identity
@pytest.mark.parametrize(("function", "names"), [(ishigami, NAMES), (sobol_g, G_NAMES)])
def test_without_noise_it_is_salib(function, names):
    y = function(sobol_cross.plan(names, 256, 3))
    theirs = sobol.analyze(problem(names), y, calc_second_order=False, num_resamples=2, seed=1)
    ours = sobol_cross.shares(sobol_cross.split(np.array([y, y]), len(names)))

    np.testing.assert_allclose(ours.st, theirs["ST"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(ours.s1, theirs["S1"], rtol=0, atol=1e-12)
    assert ours.noise == pytest.approx(0, abs=1e-12)


@pytest.mark.limit
def test_noise_as_large_as_the_signal_leaves_the_indices_where_they_are():
    """Methods, section 2: Ishigami with a dummy, noise = V, N = 2,048, luck not even shared within rows."""
    found = [
        sobol_cross.shares(answers(ishigami, NAMES, 2048, seed, np.sqrt(VARIANCE), own_luck=True)) for seed in range(12)
    ]
    s1, st = (np.mean([getattr(each, name) for each in found], axis=0) for name in ("s1", "st"))

    np.testing.assert_allclose(st, TOTAL, rtol=0, atol=0.03)  # sd of one is .02 to .04, of the mean of 12 .01
    np.testing.assert_allclose(s1, FIRST, rtol=0, atol=0.03)
    assert np.mean([each.noise for each in found]) == pytest.approx(0.5, abs=0.02)


@pytest.mark.limit
def test_plain_estimates_would_fail_that_test():
    """The same runs, averaged and given to SALib: the dummy shows a third (.33 in methods, section 2)."""
    x, k = sobol_cross.plan(NAMES, 2048, 1), len(NAMES)
    noise = np.random.default_rng(1).normal(size=(2, len(x))) * np.sqrt(VARIANCE)
    theirs = sobol.analyze(problem(NAMES), ishigami(x) + noise.mean(axis=0), calc_second_order=False, seed=1)
    assert theirs["ST"][k - 1] == pytest.approx(1 / 3, abs=0.05)


@pytest.mark.limit
def test_a_shared_world_leaves_nothing_of_luck_in_the_dummy():
    found = sobol_cross.shares(answers(ishigami, NAMES, 1024, 1, np.sqrt(VARIANCE)))
    assert found.st[-1] == 0
    assert found.own_st[-1] == 0


@pytest.mark.limit
def test_sobol_g():
    first, total = g_indices()
    found = sobol_cross.shares(answers(sobol_g, G_NAMES, 4096, 1, 0.3))
    np.testing.assert_allclose(found.s1, first, rtol=0, atol=0.03)
    np.testing.assert_allclose(found.st, total, rtol=0, atol=0.03)


@pytest.mark.limit
def test_groups_of_a_linear_function():
    """Y = 1 x1 + 2 x2 + 3 x3 + 0 x4: a group's share is the sum of its squares over 14."""
    x = sobol_cross.plan(NAMES, 1024, 1, groups=["one", "other", "other", "dummy"])
    y = x @ np.array([1.0, 2.0, 3.0, 0.0])
    found = sobol_cross.shares(sobol_cross.split(np.array([y, y]), 3))
    np.testing.assert_allclose(found.s1, [1 / 14, 13 / 14, 0], rtol=0, atol=0.02)
    np.testing.assert_allclose(found.st, [1 / 14, 13 / 14, 0], rtol=0, atol=0.02)


@pytest.mark.limit
def test_intervals_hold_the_truth_about_as_often_as_they_say():
    held = []
    for seed in range(30):
        table = sobol_cross.analyse(NAMES, answers(ishigami, NAMES, 512, seed, np.sqrt(VARIANCE)), seed)
        part = table[:3]
        held += list((part["st_low"] <= TOTAL[:3]) & (TOTAL[:3] <= part["st_high"]))
    assert 0.85 <= np.mean(held) <= 1.0  # 90 intervals of 95 %: 0.95, sd 0.023


@pytest.mark.unit
def test_chance_is_the_last_row_and_has_only_a_share_of_single_runs():
    table = sobol_cross.analyse(NAMES, answers(ishigami, NAMES, 1024, 1, np.sqrt(VARIANCE)), 1)
    chance = table.iloc[-1]
    assert list(table["factor"]) == [*NAMES, "chance"]
    assert np.isnan(chance["st"])
    assert chance["own_st"] == pytest.approx(0.5, abs=0.07)
    assert chance["own_st_low"] < chance["own_st"] < chance["own_st_high"]


@pytest.mark.unit
def test_more_rows_keep_the_first_ones():
    assert (sobol_cross.worlds(8, 3)[:, :20] == sobol_cross.worlds(4, 3)).all()
    assert (sobol_cross.plan(NAMES, 8, 1)[:24] == sobol_cross.plan(NAMES, 4, 1)).all()


@pytest.mark.unit
def test_worlds_are_shared_within_a_row_of_a_replicate_and_nowhere_else():
    worlds = sobol_cross.worlds(4, 3).reshape(2, 4, 5)
    assert (worlds[:, :, :4] == worlds[:, :, :1]).all()
    assert len(np.unique(worlds[:, :, [0, 4]])) == 2 * 4 * 2


@pytest.mark.unit
def test_an_output_that_does_not_vary_has_no_shares():
    found = sobol_cross.shares(answers(lambda x: np.zeros(len(x)), NAMES, 64))
    assert np.isnan(found.s1).all()
    assert np.isnan(found.st).all()


@pytest.mark.unit
def test_what_drowns_in_luck_is_not_shared_out():
    """Luck a hundred times the signal: the variance of the mean cannot be told from none, and no share is given."""
    table = sobol_cross.analyse(NAMES, answers(ishigami, NAMES, 64, 1, 10 * np.sqrt(VARIANCE), own_luck=True), 1)
    assert table["st"].isna().all()
    assert table["own_st"].iloc[-1] > 0.8
