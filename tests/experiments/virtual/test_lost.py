"""Those lost in a trial: counted, imputed by an address, shifted until the conclusion changes, and told of."""

import math

import numpy as np
import pandas as pd
import pytest

from cpsim.experiments.virtual import read, tables_lost, telling_lost
from cpsim.experiments.virtual.read import People
from tests.experiments.virtual.made_up import gained, trial

pytestmark = pytest.mark.unit


def losing(seed=1, each=3, worse=0.0, points=0.0):
    """Ten teams of sixteen; so many of each are lost, who are so much worse in truth than others like them."""
    lives = [gained(one, "rguk", points) if one.arm == "implementation" else one for one in trial(seed)]
    for lived in lives:
        there = lived.records
        there["followed"][:each] = False
        there["true_rguk"] = there["rguk_after"].copy()
        there["true_rguk"][:each] -= worse
        for name in [name for name in there if name.endswith("_after")]:
            there[name] = np.where(there["followed"], there[name], np.nan)
    return lives


def row(lives, measure="rguk", seed=1, number=0):
    return next(each for each in read.comparisons(People(lives), seed, number) if each["measure"] == measure)


def test_with_nobody_lost_nothing_is_added():
    found = row(losing(each=0))
    assert (found["lost"], found["p_imputed"], found["imputed_difference"]) == (0, found["p"], found["difference"])
    assert found["nobody_lost"] == pytest.approx(found["difference"])
    assert math.isnan(found["tips_at"])


def test_luck_is_of_seed_trial_and_measure():
    found = row(losing())
    assert found["lost"] == 30
    assert row(losing()) == found
    assert row(losing(), seed=2)["p_imputed"] != found["p_imputed"]
    assert row(losing(), number=1)["p_imputed"] != found["p_imputed"]


def test_a_planted_gain_moves_the_imputed_as_it_moves_the_followed():
    none, some = row(losing()), row(losing(points=4.0))
    moved = {name: some[name] - none[name] for name in ("difference", "imputed_difference", "nobody_lost")}
    assert moved == pytest.approx(dict.fromkeys(moved, 4.0), abs=0.15)  # baselines take a little with them
    assert some["tips_at"] < 0  # so clear a gain is undone by worse answers only
    assert none["p"] > 0.05


def test_what_those_lost_are_in_truth():
    """Fifteen people a trial with a spread of 2: the mean of ten trials is known to a sixth of a point."""
    found = np.mean([row(losing(seed, worse=5.0))["lost_differ"] for seed in range(10)])
    assert found == pytest.approx(-5.0, abs=0.6)


def test_measures_of_one_interview_are_not_imputed():
    assert math.isnan(row(losing(), "had_help")["p_imputed"])
    assert math.isnan(row(losing(), "cost")["tips_at"])


def made(tips, p=0.5, p_imputed=0.5):
    labels = {"delivery": "observed", "effect": "on", "measure": "rguk", "difference": 1.0, "nobody_lost": 0.5}
    more = {"lost": 24, "imputed_difference": 1.2, "imputed_error": 1.0, "imputed_df": 6.0, "lost_differ": -0.5}
    return pd.DataFrame([{**labels, **more, "p": p, "p_imputed": p_imputed, "tips_at": tip} for tip in tips])


def test_half_of_the_trials_tip_by_then():
    (found,) = tables_lost.lost(made([2.0, -3.0, 5.0, -7.0, math.inf]), "observed").itertuples()
    assert (found.tips_at, found.tips_p90, found.never_tips, found.tips_up) == (5.0, math.inf, 0.2, 0.5)
    assert (found.same_conclusion, found.trials) == (1.0, 5)
    assert found.changed == pytest.approx(0.2)
    assert found.bias == pytest.approx(0.5)
    (other,) = tables_lost.lost(made([0.0], p=0.04), "observed").itertuples()
    assert other.same_conclusion == 0.0


class Told:
    """As much of a trial as the sentences read."""

    def __init__(self, table):
        self.lost = tables_lost.lost(table, "observed")


def test_the_sentence():
    said = telling_lost.lost_answer(Told(made([2.0, -3.0, 5.0, -7.0, math.inf])))
    for part in (
        "24 people a trial are interviewed once",
        "the arms differ by 1.2 points instead of 1.0, and 100 of 100 trials conclude the same",
        "would have to differ from what is imputed by 5.0 points (2.0 or more in 8 of 10 trials)",
        "In truth they are 0.50 lower on average.",
        "Had nobody been lost the arms would differ by 0.50",
    ):
        assert part in said
    assert "no shift of those lost" in telling_lost.lost_answer(Told(made([math.inf, math.inf, 3.0])))
    assert telling_lost.lost_answer(Told(made([math.nan]).assign(lost=0))) == ""
