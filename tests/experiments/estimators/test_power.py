"""Power, the smallest difference, assurance: against the theory of normal estimates."""

import math

import numpy as np
import pytest
from scipy import stats

from cpsim.experiments.estimators import power
from cpsim.experiments.estimators.team_means import adjusted
from tests.experiments.estimators.made_up import batch, trial

pytestmark = pytest.mark.unit


def noise(count=20_000, error=1.0, df=math.inf):
    """Estimates of trials with nothing to find, whose errors are known."""
    return np.random.default_rng(1).normal(0, error, count), np.full(count, error), np.full(count, df)


def test_power_is_that_of_a_normal_test():
    found = power.power(*noise(), moved=2.8)
    theirs = stats.norm.sf(1.96 - 2.8) + stats.norm.cdf(-1.96 - 2.8)
    assert found.low < theirs < found.high
    assert power.power(*noise()).value == pytest.approx(0.05, abs=0.006)


def test_share_has_wilsons_interval():
    found = power.share_of(np.array([1.0] * 3 + [0.0] * 17 + [np.nan]))
    theirs = stats.binomtest(3, 20).proportion_ci(method="wilson")
    assert (found.value, found.low, found.high, found.trials) == pytest.approx((0.15, theirs.low, theirs.high, 20))


def test_the_smallest_difference_is_2_8_errors():
    assert power.minimal_detectable(*noise()) == pytest.approx(1.96 + 0.8416, abs=0.03)


def test_it_is_the_same_where_less_is_better_and_for_trials_that_all_lie_too_high():
    values, errors, df = noise()
    assert power.minimal_detectable(values, errors, df, sign=-1) == pytest.approx(2.80, abs=0.03)
    assert power.minimal_detectable(values + 7.0, errors, df) == power.minimal_detectable(values, errors, df)


def test_what_no_effect_reaches_is_not_known():
    values, errors, df = np.zeros(5), np.full(5, np.nan), np.full(5, 8.0)
    assert math.isnan(power.minimal_detectable(values, errors, df))


def test_assurance_averages_power_over_the_set():
    made = noise()
    both = [power.power(made[0] - made[0].mean(), *made[1:], moved=effect).value for effect in (0.0, 4.0)]
    assert power.assurance(*made, effects=[0.0, 4.0]) == pytest.approx(np.mean(both))


def test_components_are_unbiased_over_trials():
    found = [
        power.components(adjusted(y, base), team, arm)
        for y, base, team, arm, _ in batch(400, icc=0.1, trust_icc=0.0, effect=6.0)
    ]
    between, within = np.mean(found, axis=0)
    # the first includes nothing of the baseline, which teams do not have in common here
    assert within == pytest.approx(100 * 0.9 * (1 - 0.36), rel=0.03)
    assert between == pytest.approx(10.0, abs=1.6)


def test_the_power_of_a_design_is_that_of_its_simulated_trials():
    from cpsim.experiments.estimators.team_means import team_means

    made = [team_means(*each[:4]) for each in batch(600, icc=0.05, trust_icc=0.0, effect=6.0, people=130)]
    found = power.share_of(np.array([each.p < 0.05 for each in made]))
    told = power.design_power(6.0, between=5.0, within=100 * 0.95 * 0.64, teams=10, people=13)
    assert told == pytest.approx(found.value, abs=0.05)


def test_more_teams_until_it_is_seen():
    few = power.teams_needed(6.0, 5.0, 60.0, 13)
    assert power.design_power(6.0, 5.0, 60.0, few, 13) >= 0.8 > power.design_power(6.0, 5.0, 60.0, few - 2, 13)
    assert power.teams_needed(0.01, 5.0, 60.0, 13) is None


def test_one_person_a_team_says_nothing_of_people():
    y, base, team, arm, _ = trial(1, people=10)
    assert math.isnan(power.components(adjusted(y, base), team, arm)[1])
