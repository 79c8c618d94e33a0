"""V18: scores stay on their scales, and who is better, the same and worse is everybody."""

import numpy as np
import pytest

from cpsim.model.codes import HEALTH_TOP, INCLUSION_TOP, QPR_TOP, RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import days, finish, on_caseload, run, scenario

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

SCALES = {
    "capital": (0.0, RGUK_TOP),
    "wellbeing": (WEMWBS_BOTTOM, WEMWBS_TOP),
    "recovery": (0.0, QPR_TOP),
    "health": (0.0, HEALTH_TOP),
    "inclusion": (0.0, INCLUSION_TOP),
}
COLUMNS = {"rguk": "capital", "wemwbs": "wellbeing", "qpr": "recovery", "health": "health", "inclusion": "inclusion"}


@in_any_world()
def test_v18_scores_stay_on_their_scales(start):
    w = start.world()
    for _ in days(w):
        for name, (bottom, top) in SCALES.items():
            for field in (name, f"{name}_before"):
                assert (w.people[field] >= bottom).all(), field
                assert (w.people[field] <= top).all(), field
    assert set(np.unique(w.people["goal_reached"])) <= {0, 1}


@in_any_world()
def test_v18_better_the_same_and_worse_are_everybody(start):
    w = start.world()
    out = finish(w)
    there = w.people[on_caseload(w)]
    for column, name in COLUMNS.items():
        change = there[name] - there[f"{name}_before"]
        if len(there):
            assert out[f"{column}_change"] == pytest.approx(change.mean(), abs=1e-9)
        if f"{column}_better" in out.dtype.names and len(there):
            whole = out[f"{column}_better"] + out[f"{column}_same"] + out[f"{column}_worse"]
            assert whole == pytest.approx(1)
            assert out[f"{column}_better"] == np.mean(change >= w.params[0][f"worthwhile_{name}"])


def test_groups_are_those_of_the_people():
    w, out = run(scenario("third-sector", weeks=8), seed=4, warm_up_weeks=4)
    there, p = w.people[on_caseload(w)], w.params[1]
    income, anxiety, travel = there["spare_income"], there["social_anxiety"], there["travel"]
    groups = {
        "low_income": income < p["low_income"],
        "high_income": income > p["high_income"],
        "low_anxiety": anxiety < p["low_anxiety"],
        "high_anxiety": anxiety > p["high_anxiety"],
        "near": travel <= travel.mean(),
        "far": travel > travel.mean(),
    }
    for name, chosen in groups.items():
        gain = (there["capital"] - there["capital_before"])[chosen]
        assert out[f"rguk_change_{name}"] == pytest.approx(gain.mean(), abs=1e-9)


def test_goals_in_ordinary_care_are_as_many_as_the_register_says():
    """Half a year without crises and without CP: the share of people who reached one, within three standard errors."""
    calm = {"parameters.relapse_per_year": 0.0, "parameters.start_crisis_share": 0.0, "strategy.materials": False}
    told = []
    for seed in range(4):
        w, _ = run(scenario("cmht", calm, weeks=26), seed, warm_up_weeks=1)
        stayed = w.people[on_caseload(w) & (w.people["joined_day"] < 0)]
        told += stayed["goal_reached"].tolist()
    share = w.params[1]["goal_attained_share"]
    assert np.mean(told) == pytest.approx(share, abs=3 * np.sqrt(share * (1 - share) / len(told)) + 0.02)
