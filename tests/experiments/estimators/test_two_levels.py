"""Variance components: known spreads come back, as statsmodels has them, and luck does not swell what parameters do."""

import numpy as np
import pytest

from cpsim.experiments.estimators.two_levels import components, group_means, steadied, within_covariance

pytestmark = pytest.mark.unit


def layout(groups, each, between, within, seed=1, mean=10.0):
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), each)
    values = mean + between * random.normal(size=groups)[group] + within * random.normal(size=groups * each)
    return values, group


def test_known_spreads_come_back():
    found = components(*layout(4000, 3, between=2.0, within=5.0))
    assert found.parameter_sd == pytest.approx(2.0, rel=0.05)
    assert found.luck_sd == pytest.approx(5.0, rel=0.03)
    assert found.share == pytest.approx(4 / 29, rel=0.1)
    assert found.mean == pytest.approx(10.0, abs=0.15)


def test_ranges_are_those_of_each_spread_alone():
    found = components(*layout(4000, 3, between=2.0, within=5.0))
    z = 1.2816  # of a normal, the middle 8 in 10
    assert (found.luck_p90 - found.luck_p10) / 2 == pytest.approx(5.0 * z, rel=0.03)
    assert (found.parameter_p90 - found.parameter_p10) / 2 == pytest.approx(2.0 * z, rel=0.06)


@pytest.mark.parametrize("each", [2, 4, 8])
@pytest.mark.parametrize("within", [1.0, 10.0])
def test_luck_does_not_swell_what_parameters_do(each, within):
    found = components(*layout(6000, each, between=2.0, within=within, seed=each))
    assert found.parameter_sd == pytest.approx(2.0, rel=0.15)


def test_no_difference_between_parameters_is_found_as_none():
    raw = [components(*layout(50, 2, between=0.0, within=3.0, seed=seed)).raw for seed in range(400)]
    assert abs(np.mean(raw)) < 3 * np.std(raw) / 20  # unbiased; cutting off at 0 would have been +0.6


def test_interval_of_the_share_covers():
    held = [
        found.share_low <= 0.5 <= found.share_high
        for seed in range(400)
        if (found := components(*layout(30, 3, between=2.0, within=2.0, seed=seed)))
    ]
    assert 0.92 <= np.mean(held) <= 0.98


def test_error_is_what_making_all_again_moves_the_mean_by():
    found = [components(*layout(40, 3, between=2.0, within=4.0, seed=seed)) for seed in range(600)]
    moved = 2.02 * np.std([each.mean for each in found])
    assert np.mean([each.error for each in found]) == pytest.approx(moved, rel=0.1)


def test_mean_squares_are_those_of_statsmodels():
    pandas = pytest.importorskip("pandas")
    ols = pytest.importorskip("statsmodels.formula.api").ols
    anova_lm = pytest.importorskip("statsmodels.stats.anova").anova_lm
    values, group = layout(12, 5, between=2.0, within=3.0)
    table = anova_lm(ols("y ~ C(g)", pandas.DataFrame({"y": values, "g": group})).fit())
    between, within = table["mean_sq"]
    found = components(values, group)
    assert found.luck_sd**2 == pytest.approx(within)
    assert found.raw == pytest.approx((between - within) / 5)


def test_unequal_groups_and_runs_without_a_value():
    values, group = layout(3000, 4, between=2.0, within=3.0)
    values[np.random.default_rng(3).random(len(values)) < 0.3] = np.nan
    found = components(values, group)
    assert found.parameter_sd == pytest.approx(2.0, rel=0.08)
    assert found.runs == np.isfinite(values).sum()


@pytest.mark.parametrize(("group", "values"), [([0, 0, 0], [1.0, 2, 3]), ([0, 1, 2], [1.0, 2, 3])])
def test_refuses_what_cannot_tell_the_two_apart(group, values):
    with pytest.raises(ValueError, match="two parameter vectors"):
        components(np.array(values), np.array(group))


@pytest.mark.parametrize("noise", [0.0, 3.0, 10.0])
def test_a_cloud_of_two_outcomes_keeps_its_spread_and_tilt_under_noise(noise):
    random = np.random.default_rng(5)
    true = random.multivariate_normal([1.0, 500.0], [[1.0, 80.0], [80.0, 10_000.0]], size=5000)
    group = np.repeat(np.arange(5000), 4)
    runs = true[group] + noise * random.normal(size=(20_000, 2)) * [1.0, 100.0]
    cloud = steadied(group_means(runs, group), within_covariance(runs, group) / 4)
    found = np.cov(cloud, rowvar=False)
    # At ten times the spread, 25 of luck's variance over 1: the estimate has a standard error of a tenth or so of it.
    assert found[0, 0] == pytest.approx(1.0, rel=0.05 + noise / 12)
    assert found[0, 1] == pytest.approx(80.0, rel=0.1 + noise / 12)
    assert cloud.mean(axis=0) == pytest.approx(group_means(runs, group).mean(axis=0))


def test_a_cloud_of_luck_alone_shrinks_to_its_centre():
    random = np.random.default_rng(6)
    group = np.repeat(np.arange(2000), 2)
    runs = random.normal(size=(4000, 2))
    cloud = steadied(group_means(runs, group), within_covariance(runs, group) / 2)
    assert cloud.std(axis=0).max() < 0.3 * group_means(runs, group).std(axis=0).min()
