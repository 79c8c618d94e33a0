"""Each analysis against a package that is known, and against trials in which there is nothing to find."""

import math

import numpy as np
import pytest
from scipy import stats

from cpsim.experiments.estimators import analyses as named
from cpsim.experiments.estimators.ancova import ancova, cluster_robust, partial_eta_squared
from cpsim.experiments.estimators.estimate import Difference
from cpsim.experiments.estimators.reml import criterion, random_intercept, sums
from cpsim.experiments.estimators.team_means import adjusted, paired_means, team_means
from tests.experiments.estimators.made_up import batch, trial

sm = pytest.importorskip("statsmodels.api")
formula = pytest.importorskip("statsmodels.formula.api")


def frame(made):
    import pandas as pd

    return pd.DataFrame(dict(zip(("y", "base", "team", "arm", "trust"), made, strict=True)))


@pytest.mark.unit
def test_a_difference_knows_its_interval_and_p():
    found = Difference(2.0, 1.0, 8)
    assert found.p == pytest.approx(2 * stats.t.sf(2.0, 8))
    assert (found.low, found.high) == pytest.approx((2 - stats.t.ppf(0.975, 8), 2 + stats.t.ppf(0.975, 8)))
    assert Difference(1.96, 1.0, math.inf).p == pytest.approx(2 * stats.norm.sf(1.96))


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(5))
def test_team_means_are_a_t_test_of_the_means(seed):
    made = trial(seed, effect=5.0)
    y, base, team, arm, _ = made
    left = formula.ols("y ~ base", frame(made)).fit().resid.to_numpy()
    means = np.array([left[team == each].mean() for each in range(10)])
    theirs = stats.ttest_ind(means[1::2], means[::2])
    ours = team_means(y, base, team, arm)
    assert np.allclose(adjusted(y, base), left)
    assert (ours.value / ours.error, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue))


@pytest.mark.unit
def test_paired_means_are_a_one_sample_t_test_of_the_gaps():
    y, base, team, arm, trust = trial(3, effect=5.0)
    left = adjusted(y, base)
    gaps = [left[team == 2 * each + 1].mean() - left[team == 2 * each].mean() for each in range(5)]
    theirs = stats.ttest_1samp(gaps, 0.0)
    ours = paired_means(y, base, team, arm, trust)
    assert (ours.value, ours.p, ours.df) == pytest.approx((np.mean(gaps), theirs.pvalue, 4))


@pytest.mark.unit
@pytest.mark.parametrize("with_trust", [False, True])
def test_ancova_is_ordinary_least_squares(with_trust):
    made = trial(4, effect=3.0)
    y, base, _, arm, trust = made
    theirs = formula.ols("y ~ arm + base" + (" + C(trust)" if with_trust else ""), frame(made)).fit()
    ours = ancova(y, base, arm, trust if with_trust else None)
    assert (ours.value, ours.error, ours.p) == pytest.approx(
        (theirs.params["arm"], theirs.bse["arm"], theirs.pvalues["arm"])
    )


@pytest.mark.unit
def test_cluster_robust_is_statsmodels_cr1():
    made = trial(5, effect=3.0)
    y, base, team, arm, _ = made
    theirs = formula.ols("y ~ arm + base", frame(made)).fit(cov_type="cluster", cov_kwds={"groups": team})
    ours = cluster_robust(y, base, team, arm)
    assert (ours.value, ours.error, ours.p) == pytest.approx(
        (theirs.params["arm"], theirs.bse["arm"], theirs.pvalues["arm"])
    )


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(3))
def test_random_intercept_is_mixedlm_where_that_behaves(seed):
    made = trial(seed, icc=0.2, trust_icc=0.0, teams=50, people=600, effect=2.0)
    y, base, team, arm, _ = made
    theirs = sm.MixedLM(y, np.column_stack([np.ones(600), arm, base]), groups=team).fit(reml=True)
    ours = random_intercept(np.column_stack([np.ones(600), arm, base]), y, team)
    assert ours.coefficients == pytest.approx(theirs.fe_params, abs=2e-3)
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse_fe, rel=2e-3)
    assert (ours.team, ours.person) == pytest.approx((theirs.cov_re[0, 0], theirs.scale), rel=2e-2)


@pytest.mark.unit
def test_random_intercept_never_fails_and_is_at_the_least_of_its_criterion():
    for seed in range(30):
        y, base, team, arm, _ = trial(seed, icc=0.02)
        design = np.column_stack([np.ones(len(y)), arm, base])
        found, data = random_intercept(design, y, team), sums(design, y, team)
        best = criterion(found.team / found.person, data)
        assert np.isfinite(found.covariance).all()
        assert all(best <= criterion(ratio, data) + 1e-6 for ratio in np.linspace(0, 2, 200))


@pytest.mark.unit
def test_without_variance_between_teams_it_is_least_squares():
    y, base, team, arm, _ = trial(1, icc=0.0, trust_icc=0.0)
    y = y - np.array([y[team == each].mean() for each in range(10)])[team]  # teams have nothing in common at all
    design = np.column_stack([np.ones(len(y)), arm, base])
    assert random_intercept(design, y, team).team == 0.0


@pytest.mark.unit
def test_eta_squared_is_that_of_the_analysis_of_variance():
    made = trial(6, effect=6.0)
    table = sm.stats.anova_lm(formula.ols("y ~ base + arm", frame(made)).fit(), typ=2)
    theirs = table["sum_sq"]["arm"] / (table["sum_sq"]["arm"] + table["sum_sq"]["Residual"])
    assert partial_eta_squared(made[0], made[1], made[3]) == pytest.approx((theirs, table["PR(>F)"]["arm"]))
    assert partial_eta_squared(-made[0], -made[1], made[3])[0] < 0


@pytest.mark.unit
def test_a_team_or_an_arm_that_nobody_is_left_of():
    y, base, team, arm, trust = trial(1)
    there = team != 3
    assert team_means(y[there], base[there], team[there], arm[there]).df == 7
    assert paired_means(y[there], base[there], team[there], arm[there], trust[there]).df == 3
    one = arm == 1
    assert math.isnan(team_means(y[one], base[one], team[one], arm[one]).p)


def rates(trials, **more):
    """Share of null trials in which each analysis finds a difference."""
    found = [{name: each.p < 0.05 for name, each in named.analyses(*made).items()} for made in batch(trials, **more)]
    return {name: np.mean([row[name] for row in found]) for name in named.LABELS}


# Rejection rates at nominal 5 %, of 3,000 null trials (docs of methods): ICC 0, .02, .05, .10.
TABLE = {
    "people": (0.046, 0.083, 0.132, 0.211),
    "people and trust": (0.047, 0.081, 0.139, 0.212),
    "robust, normal": (0.099, 0.095, 0.097, 0.103),
    "robust, t": (0.060, 0.061, 0.060, 0.061),
    "mixed, normal": (0.036, 0.054, 0.065, 0.074),
    "mixed, t": (0.014, 0.024, 0.034, 0.044),
    "team means": (0.044, 0.049, 0.049, 0.045),
    "paired means": (0.050, 0.049, 0.044, 0.048),
}
ICCS = (0.0, 0.02, 0.05, 0.10)


@pytest.mark.limit
def test_the_primary_analysis_keeps_its_5_in_100_and_people_as_independent_do_not():
    found = rates(400, icc=0.10)
    assert found["team means"] < 0.05 + 3 * 0.011  # simulation error of 400 trials
    assert found["people"] > 0.13


@pytest.mark.limit
@pytest.mark.slow
@pytest.mark.parametrize(("place", "icc"), list(enumerate(ICCS)))
def test_v59_null_rejection_rates(place, icc):
    """Both tables are of 3,000 trials: three standard errors of their difference.

    With trusts as fixed effects a rate hangs on how teams are spread over trusts: these pairs give more at ICC .10.
    """
    found = rates(3000, icc=icc)
    far = {
        name: (found[name], row[place])
        for name, row in TABLE.items()
        if abs(found[name] - row[place])
        > 3 * math.sqrt(2 * row[place] * (1 - row[place]) / 3000) + (0.05 if name == "people and trust" else 0.004)
    }
    assert far == {}
