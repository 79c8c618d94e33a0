"""What is read from a trial: planted effects are found, and what nobody can know stays unknown."""

import numpy as np
import pytest

from cpsim.experiments.virtual import read
from cpsim.experiments.virtual.read import SOME, TEAMS, THIRD, People
from tests.experiments.virtual.made_up import gained, team, trial

pytestmark = pytest.mark.unit


def planted(points, score="rguk", seed=1):
    return [gained(each, score, points) if each.arm == "implementation" else each for each in trial(seed)]


def test_a_planted_difference_is_found_by_every_analysis():
    (row,) = [row for row in read.comparisons(People(planted(8.0)), 1, 0) if row["measure"] == "rguk"]
    assert row["difference"] == pytest.approx(8.0, abs=2.0)
    assert all(value < 0.01 for name, value in row.items() if name == "p" or name.startswith("p_"))
    assert row["people"] == 160


def test_other_measures_stay_as_they_were():
    rows = {row["measure"]: row for row in read.comparisons(People(planted(8.0)), 1, 0)}
    assert abs(rows["wemwbs"]["difference"]) < 2.0
    assert set(rows) == set(read.MEASURES)


def test_whoever_was_not_followed_is_left_out():
    lives = trial(1)
    lives[0].records["followed"][:6] = False
    lives[0].records["rguk_after"][:6] = np.nan
    rows = {row["measure"]: row["people"] for row in read.comparisons(People(lives), 1, 0)}
    assert rows["rguk"] == 154


def test_the_truth_is_the_same_person_with_and_without():
    on, off = People(planted(3.0)), People(trial(1))
    assert read.truths(on, off)["true_rguk"] == pytest.approx(3.0)
    assert read.truths(on, off)["true_wemwbs"] == 0.0


def by_dose(gain):
    """A trial in which a third of the implementation arm has high fidelity, and gains so much more."""
    lives = trial(2)
    for lived in lives[::2]:
        lived.records["true_fidelity"] = np.linspace(0.0, 0.9, 16)
        high = lived.records["true_fidelity"] > 0.6
        lived.records["true_some_cp"] = (lived.records["true_fidelity"] > 0.3).astype(float)
        lived.records["rguk_after"] = lived.records["rguk_after"] + gain * high
    return {row["contrast"]: row for row in read.contrasts(People(lives)) if row["measure"] == "rguk"}


def test_people_of_high_fidelity_who_gain_more_are_seen_to():
    assert by_dose(10.0)[THIRD]["difference"] == pytest.approx(10.0, abs=2.0)
    assert by_dose(10.0)[SOME]["difference"] > 2.0
    assert abs(by_dose(0.0)[THIRD]["difference"]) < 2.0


def test_thirds_that_do_not_differ_are_not_compared():
    rows = {row["contrast"]: row for row in read.contrasts(People(trial(3)))}
    assert all(np.isnan(rows[name]["difference"]) for name in (THIRD, SOME, TEAMS))


def test_the_teams_of_highest_fidelity_are_three():
    lives = [team(number, true_fidelity=0.1 * (number in (1, 4, 5, 8))) for number in range(10)]
    lives[8].records["true_fidelity"] += 0.5
    lives[4].records["true_fidelity"] += 0.4
    lives[1].records["true_fidelity"] += 0.3
    high, _ = read._by_team(People(lives))
    assert sorted(set(People(lives).team[high])) == [1, 4, 8]


def test_the_rows_of_a_trial():
    lived = {("observed", "on"): planted(3.0), ("observed", "off"): trial(1), ("offered", "on"): trial(1)}
    found = read.rows(7, lived, 1)
    assert {row["trial"] for table in found.values() for row in table} == {7}
    assert [(row["delivery"], row["effect"]) for row in found["delivered"]] == [("observed", "on"), ("observed", "off")]
    assert found["delivered"][0]["true_rguk"] == pytest.approx(3.0)
    assert len(found["teams"]) == 20
    assert len(found["trials"]) == 2 * len(read.MEASURES)
