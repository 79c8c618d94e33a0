"""Patterns of the study and the pilot on made-up trials, each met and not met by hand."""

import numpy as np
import pytest

from cpsim.experiments.virtual.lives import Lived
from cpsim.experiments.virtual.teams import IMPLEMENTATION
from cpsim.scenario.tables import roles
from cpsim.validation import pilot, trial
from cpsim.validation.judge import judge
from cpsim.validation.register import patterns
from tests.experiments.virtual.made_up import gained, team, trials
from tests.experiments.virtual.made_up import trial as made_up

pytestmark = pytest.mark.unit
NURSE, SOCIAL_WORKER = (
    next(code for code, role in enumerate(roles()) if role.name == name)
    for name in ("community psychiatric nurse", "social worker")
)


def met(read, pattern, lives):
    """Whether each measure of the pattern is met by these trials."""
    found = read(lives)
    rows = {row.measure: row for row in patterns() if row.id == pattern and row.measure in found}
    assert set(rows) == set(found), "every number has its row"
    return {name: judge(rows[name], values).met for name, values in found.items()}


def moved(score, points, count=20):
    return [
        [gained(each, score, points) if each.arm == IMPLEMENTATION else each for each in lives]
        for lives in trials(count)
    ]


def test_p1_no_difference_is_met_where_there_is_none():
    assert met(trial.p1, "P1", trials(20)) == {
        "intervals with no difference": True,
        "mean difference in social capital": True,
    }


@pytest.mark.parametrize("score", ["rguk", "wemwbs", "qpr15", "self_rated_health"])
def test_p1_one_outcome_that_differs_is_enough(score):
    found = met(trial.p1, "P1", moved(score, 9.0))
    assert found == {"intervals with no difference": False, "mean difference in social capital": score != "rguk"}


def with_costs(ours, others, spread, count=10):
    luck = np.random.default_rng(1)
    return [
        made_up(number, {"cost_after": luck.normal(ours, spread, 16)}, {"cost_after": luck.normal(others, spread, 16)})
        for number in range(count)
    ]


def test_p2_costs():
    names = ("intervals with no difference in cost", "half-width of the interval")
    alike, dearer, calm = (
        met(trial.p2, "P2", with_costs(*each)) for each in ((2000, 2000, 3000), (9000, 2000, 3000), (2000, 2000, 100))
    )
    # people of all teams of an arm have the same sixteen costs, so the same luck counts five times
    assert [alike[name] for name in names][1] is True
    assert [dearer[name] for name in names] == [False, True]
    assert calm["half-width of the interval"] is False


def answering(name, ours, others):
    """Of sixteen people so many say yes."""
    fields = [{name: (np.arange(16) < count).astype(float)} for count in (ours, others)]
    return trials(4, ours=fields[0], others=fields[1])


def test_p3_something_got_better():
    assert met(trial.p3, "P3", answering("something_better", 10, 10)) == dict.fromkeys(
        ("say that something got better", "difference between the arms"), True
    )
    assert met(trial.p3, "P3", answering("something_better", 10, 6)) == dict.fromkeys(
        ("say that something got better", "difference between the arms"), False
    )


def test_p4_help_with_connections():
    assert set(met(trial.p4, "P4", answering("had_help", 6, 6)).values()) == {True}
    assert set(met(trial.p4, "P4", answering("had_help", 14, 2)).values()) == {False}


def with_trained(ours, other, elsewhere=4):
    """One trust trains; so many of sixteen had help there, and in the other trusts."""
    yes = {count: (np.arange(16) < count).astype(float) for count in (ours, other, elsewhere)}
    lives = [team(number, had_help=yes[elsewhere]) for number in range(2, 10)]
    return [[team(0, had_help=yes[ours], trained=True), team(1, had_help=yes[other]), *lives]] * 4


def test_p5_the_trust_that_trained():
    assert set(met(trial.p5, "P5", with_trained(12, 3)).values()) == {True}
    found = met(trial.p5, "P5", with_trained(4, 9))
    assert set(found.values()) == {False}


def test_p6_materials():
    assert met(trial.p6, "P6", answering("materials_remembered", 5, 0)) == {"materials explained": True}
    assert met(trial.p6, "P6", answering("materials_remembered", 5, 1)) == {"materials explained": False}
    assert met(trial.p6, "P6", answering("materials_remembered", 12, 0)) == {"materials explained": False}


def test_p7_what_people_did():
    fine = {"true_kinds": 1 << np.arange(16) % 7, "true_new_ties": 2.0, "true_old_ties": 1.0, "true_connected": 1.0}
    assert set(met(trial.p7, "P7", trials(4, **fine)).values()) == {True}
    few = {"true_kinds": 1, "true_new_ties": 1.0, "true_old_ties": 2.0, "true_connected": 0.0}
    other = {**few, "true_kinds": 2}
    assert set(met(trial.p7, "P7", trials(4, ours=few, others=other)).values()) == {False}


def losing(hard, lost_hard, lost_other):
    """Of sixteen in each team so many are hard to meet; so many of them and of the others are lost."""
    hard_ones = np.arange(16) < hard
    lost = (np.arange(16) < lost_hard) | (np.arange(16) >= 16 - lost_other)
    return trials(4, hard_to_meet=hard_ones.astype(float), followed=~lost)


def test_p8_who_is_lost():
    assert met(trial.p8, "P8", losing(4, 3, 0)) == {"followed up": True, "who is lost": True}
    assert met(trial.p8, "P8", losing(4, 0, 8)) == {"followed up": False, "who is lost": False}


def test_p9_and_p10_meetings():
    by_role = np.where(np.arange(16) % 2, NURSE, SOCIAL_WORKER)
    monthly = {"role": by_role, "meetings_a_month": np.where(by_role == NURSE, 1.3, 0.8)}
    assert met(trial.p9, "P9", trials(3, **monthly)) == {"meetings with the co-ordinator a month": True}
    assert set(met(trial.p10, "P10", trials(3, **monthly)).values()) == {True}
    often = {"role": by_role, "meetings_a_month": np.where(by_role == NURSE, 2.0, 4.0)}
    assert met(trial.p9, "P9", trials(3, **often)) == {"meetings with the co-ordinator a month": False}
    assert set(met(trial.p10, "P10", trials(3, **often)).values()) == {False}


def banded(ours, others):
    return [[team(number, fidelity=(others if number % 2 else ours[number // 2])) for number in range(10)]] * 3


def test_p14_bands():
    names = ("implementation teams in the moderate band", "comparison teams all low")
    for ours, others, wanted in (
        ([0.4, 0.4, 0.4, 0.1, 0.1], np.nan, (True, True)),
        ([0.4, 0.1, 0.1, 0.1, 0.1], 0.1, (False, True)),
        ([0.9, 0.4, 0.4, 0.1, 0.1], 0.1, (False, True)),
        ([0.4, 0.4, 0.1, 0.1, 0.1], 0.3, (True, False)),
    ):
        assert tuple(met(trial.p14, "P14", banded(ours, others))[name] for name in names) == wanted
    few = [[team(number, fidelity=0.4, begun=1 if number % 2 else 19) for number in range(10)]]
    assert met(trial.p14, "P14", few)[names[0]] is False, "hardly anybody had any"


def agencies(third, statutory, gain=0.0, cheaper=0.0, rises=0.0, seed=1):
    """Fourteen agencies; so many of sixteen have high fidelity in each setting, and gain more and cost less."""
    luck = np.random.default_rng(seed)
    made = []
    for number in range(14):
        high = np.arange(16) < (third if number % 2 else statutory)
        each = team(number, luck=luck, arm="trained", true_fidelity=np.where(high, 0.9, 0.1))
        records = each.records
        for score in ("rguk", "inclusion"):
            records[f"{score}_after"] = records[f"{score}_after"] + gain * high
        records["wemwbs_after"] = records["wemwbs_after"] + rises
        records["cost_before"] = luck.normal(3000, 500, 16)
        records["cost_after"] = luck.normal(3000, 500, 16) - cheaper * high
        made.append(Lived(**{**vars(each), "group": "third sector" if number % 2 else "statutory"}))
    return made


def pilots(*given, **more):
    return [agencies(*given, seed=seed, **more) for seed in range(4)]


def test_p26_about_a_quarter():
    assert met(pilot.p26, "P26", pilots(6, 2)) == {"high fidelity": True, "more in the third sector": True}
    assert met(pilot.p26, "P26", pilots(8, 12)) == {"high fidelity": False, "more in the third sector": False}


def test_p27_more_capital_and_inclusion():
    assert set(met(pilot.p27, "P27", pilots(6, 2, gain=1.0)).values()) == {True}
    assert set(met(pilot.p27, "P27", pilots(6, 2, gain=0.0)).values()) == {False}
    assert set(met(pilot.p27, "P27", pilots(6, 2, gain=-1.0)).values()) == {False}, "the sign counts"
    assert set(met(pilot.p27, "P27", pilots(0, 0)).values()) == {None}, "nobody to compare"


def test_p28_lower_cost():
    assert met(pilot.p28, "P28", pilots(6, 2, cheaper=1331.0)) == {"difference in service cost": True}
    assert met(pilot.p28, "P28", pilots(6, 2, cheaper=-500.0)) == {"difference in service cost": False}


def test_p29_wellbeing_rose():
    assert met(pilot.p29, "P29", pilots(6, 2, rises=2.0)) == {"wellbeing rose": True}
    assert met(pilot.p29, "P29", pilots(6, 2, rises=0.0)) == {"wellbeing rose": False}
