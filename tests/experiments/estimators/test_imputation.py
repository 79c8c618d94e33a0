"""Multiple imputation of those lost, against a package that is known, by hand, and where the truth is known."""

import math

import numpy as np
import pytest
from scipy import stats

from cpsim.experiments.estimators import imputation
from cpsim.experiments.estimators.imputation import RATIOS, Shifted, imputed, multiple, rubin, team_means_imputed
from cpsim.experiments.estimators.reml import criterion, sums
from cpsim.experiments.estimators.team_means import team_means
from tests.experiments.estimators.made_up import trial

NEVER, PEOPLE = -30.0, 151


def lost(seed, by_baseline=0.0, base_chance=-1.6, **more):
    """A trial that loses about one in six; by_baseline: log-odds a standard deviation of baseline, against theirs."""
    y, base, team, arm, _ = trial(seed, people=PEOPLE, **more)
    odds = base_chance - by_baseline * base / 10 * np.where(arm == 1, 1.0, -1.0)
    gone = np.random.default_rng(10_000 + seed).random(PEOPLE) < 1 / (1 + np.exp(-odds))
    return np.where(gone, np.nan, y), base, team, arm


def luck(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.unit
def test_with_nobody_lost_it_is_the_primary_analysis():
    made = lost(1, base_chance=NEVER)
    assert multiple(*made, luck()) == team_means(*made)


@pytest.mark.unit
def test_rubins_rules_by_hand():
    """Three imputations: estimates 1, 2, 3 (between: 1), variances 0.5, 1, 1.5 (within: 1), 8 degrees of freedom."""
    found = rubin(np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 1.5]), 8.0)
    total = 1 + (1 + 1 / 3) * 1
    share = (4 / 3) / total
    old, seen = 2 / share**2, 9 / 11 * 8 * (1 - share)
    assert (found.value, found.error) == pytest.approx((2.0, math.sqrt(7 / 3)))
    assert found.df == pytest.approx(1 / (1 / old + 1 / seen))
    assert found.p == pytest.approx(2 * stats.t.sf(2 / math.sqrt(7 / 3), found.df))


@pytest.mark.unit
def test_rubins_rules_are_those_of_statsmodels_in_large_samples():
    """Its combined covariance is within + (1 + 1/m) between; it has no small-sample degrees of freedom."""
    mice = pytest.importorskip("statsmodels.imputation.mice")
    import pandas as pd
    import statsmodels.api as sm

    y, base, _, _ = lost(3)
    data = mice.MICEData(pd.DataFrame({"y": y, "base": base}))
    np.random.seed(1)
    theirs = mice.MICE("y ~ base", sm.OLS, data).fit(n_burnin=2, n_imputations=10)
    values = np.array([np.asarray(fit.params)[1] for fit in theirs.model.results_list])
    variances = np.array([np.asarray(fit.cov_params())[1, 1] for fit in theirs.model.results_list])
    ours = rubin(values, variances, 1e9)
    assert (ours.value, ours.error) == pytest.approx((theirs.params[1], theirs.bse[1]))


@pytest.mark.unit
def test_answers_are_kept_and_those_lost_are_drawn_anew_each_time():
    y, base, team, arm = lost(2)
    filled = imputed(y, base, team, arm, luck())
    there = ~np.isnan(y)
    assert np.isfinite(filled).all()
    assert (filled[there] == y[there][:, None]).all()
    assert (filled[~there].std(axis=1) > 1).all()
    assert np.array_equal(filled, imputed(y, base, team, arm, luck()))
    assert not np.array_equal(filled, imputed(y, base, team, arm, luck(1)))


@pytest.mark.unit
def test_the_chance_of_a_ratio_is_that_of_the_restricted_likelihood():
    y, base, team, _ = lost(4, base_chance=NEVER, icc=0.1)
    columns = np.column_stack([np.ones(PEOPLE), base])
    seen = imputation._Seen.of(columns, y, team, 10)
    heights = np.array([-0.5 * criterion(ratio, sums(columns, y, team)) for ratio in RATIOS])
    chances = np.exp(heights - heights.max())
    assert np.diff(seen.likely, prepend=0.0) == pytest.approx(chances / chances.sum())


@pytest.mark.unit
def test_draws_have_the_posteriors_mean_and_spread():
    """One arm, no effect of teams: the line is least squares, its spread that of the usual t with n - 2."""
    y, base, team, _ = lost(5, base_chance=NEVER, icc=0.0, trust_icc=0.0)
    columns = np.column_stack([np.ones(PEOPLE), base])
    seen = imputation._Seen.of(columns, y, team, 10)
    draws = luck(1)
    chances, normal = draws.random((2, 20_000)), draws.standard_normal((12, 20_000))
    chances[0] = 1e-9  # the least ratio
    line, own, spread = seen.drawn(chances, normal)
    slope = stats.linregress(base, y)
    wide = slope.stderr * math.sqrt(149 / 147)  # of a t with 149
    off = 5 * wide / math.sqrt(20_000) + 0.003  # the least ratio is not quite 0
    assert line[1].mean() == pytest.approx(slope.slope, abs=off)
    assert line[1].std() == pytest.approx(wide, rel=0.03)
    assert spread.mean() == pytest.approx(slope.stderr * math.sqrt(((base - base.mean()) ** 2).sum()), rel=0.02)
    assert own.shape == (10, 20_000)


@pytest.mark.limit
def test_lost_by_their_baseline_leaves_no_bias_and_few_false_alarms():
    """300 trials with nothing to find, losing the worse of one arm and the better of the other.

    Means of the followed alone would differ by over a point; tolerances are three simulation errors.
    """
    found, naive = [], []
    for seed in range(300):
        y, base, team, arm = lost(seed, by_baseline=1.2)
        there = ~np.isnan(y)
        found.append(multiple(y, base, team, arm, luck(seed)))
        naive.append(y[there & (arm == 1)].mean() - y[there & (arm == 0)].mean())
    whole = [team_means(*trial(seed, people=PEOPLE)[:4]).value for seed in range(300)]
    away = np.array([each.value for each in found]) - whole
    assert abs(away.mean()) < 3 * away.std() / math.sqrt(300)
    assert abs(np.mean(naive) - np.mean(whole)) > 1.0
    assert np.mean([each.p < 0.05 for each in found]) < 0.05 + 3 * 0.0126


@pytest.mark.unit
def test_a_shift_is_what_moving_them_by_hand_gives():
    y, base, team, arm = lost(6)
    gone = np.isnan(y)
    filled = imputed(y, base, team, arm, luck())
    for shift in (-3.0, 0.0, 7.5):
        by_hand = filled + shift * (gone & (arm == 1))[:, None]
        fits = [team_means(column, base, team, arm) for column in by_hand.T]
        theirs = rubin(np.array([fit.value for fit in fits]), np.array([fit.error**2 for fit in fits]), 8.0)
        ours = team_means_imputed(filled, gone, base, team, arm)
        assert (ours.at(shift).value, ours.at(shift).error, ours.at(shift).df) == pytest.approx(
            (theirs.value, theirs.error, theirs.df)
        )
        assert ours.p(np.array([shift]))[0] == pytest.approx(theirs.p)


@pytest.mark.unit
def test_where_the_conclusion_tips():
    """Error 1, many degrees of freedom, a fifth of a point for each of shift: 1.96 is reached from 1 at 4.8."""
    flat = Shifted(value=1.0, slope=0.2, within=(1.0, 0.0, 0.0), between=0.0, times=20, df=1e8)
    assert flat.tips_at(False, 40.0) == pytest.approx(4.8, abs=0.1)
    assert flat.tips_at(True, 40.0) == 0.0  # imputed, it says the other thing already
    assert flat.tips_at(False, 4.0) == math.inf
    down = Shifted(value=-1.0, slope=0.2, within=(1.0, 0.0, 0.0), between=0.0, times=20, df=1e8)
    assert down.tips_at(False, 40.0) == pytest.approx(-4.8, abs=0.1)


@pytest.mark.unit
def test_a_team_that_nobody_is_left_of_is_imputed_and_an_arm_is_not():
    y, base, team, arm = lost(7)
    nobody = np.where(team == 3, np.nan, y)
    assert math.isfinite(multiple(nobody, base, team, arm, luck()).p)
    assert math.isnan(multiple(np.where(arm == 1, np.nan, y), base, team, arm, luck()).p)
    assert math.isnan(multiple(y, np.ones(PEOPLE), team, arm, luck()).p)
    assert math.isfinite(multiple(y, None, team, arm, luck()).p)


@pytest.mark.limit
@pytest.mark.slow
@pytest.mark.parametrize(("icc", "rate"), [(0.0, 0.016), (0.02, 0.025), (0.05, 0.033), (0.10, 0.040)])
def test_v59_null_rejection_rates_with_those_lost_imputed(icc, rate):
    """The last row of the table in docs/trials.md; three standard errors of 3,000 trials against 3,000."""
    chance = math.log(24 / 127)  # 24 of 151 are lost
    found = np.mean(
        [multiple(*lost(seed, base_chance=chance, icc=icc), luck(seed)).p < 0.05 for seed in range(3000, 6000)]
    )
    assert found == pytest.approx(rate, abs=3 * math.sqrt(2 * rate * (1 - rate) / 3000))
