"""Same-person twins: the same people, differences with the right sign, nothing where nothing differs."""

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.comparison import pairing, telling
from cpsim.comparison.twins import GROUPS, Twins
from cpsim.errors import CpsimError, UserError
from cpsim.outputs.measures import measures
from cpsim.outputs.run_result import RunResult
from cpsim.scenario.evidence import evidence
from tests.outputs import made_up

pytestmark = pytest.mark.unit

SIZE = {"standing.team.caseload_per_wte": 8.0}
TIME = {"policies.when_the_day_is_full": "protected_time", "policies.protected_cp_hours_per_week": 4.0}
FEW = {"replications": 6, "seed": 2, "workers": 1}


@pytest.fixture(scope="module")
def team():
    return cpsim.load("cmht").with_(SIZE, weeks=26)


@pytest.fixture(scope="module")
def found(team):
    """A small team, and the same with time for CP and trained staff."""
    return cpsim.twins(team, team.with_(TIME | {"strategy.training_days_per_person": 2.0}), **FEW)


@pytest.fixture(scope="module")
def swapped(found):
    return Twins(found.b, found.a)


def test_each_person_is_joined_with_themselves(found):
    frame = found.frame
    assert len(frame) > 500
    assert not frame.duplicated(["replication", "team", "person"]).any()
    a, b = (
        each.people.set_index(["replication", "team", "id"])[["severity", "social_anxiety", "tie_break"]]
        for each in (found.a, found.b)
    )
    who = pd.MultiIndex.from_frame(frame[["replication", "team", "person"]])
    assert (a.loc[who] == b.loc[who]).all(axis=None)


def test_a_difference_is_b_less_a(found):
    for name in pairing.COLUMNS:
        assert (found.frame[f"{name}_difference"] == found.frame[f"{name}_b"] - found.frame[f"{name}_a"]).all()
    table = found.summary().set_index("measure")
    assert table.loc["steps_done", "difference"] > 0
    assert table["difference"].to_numpy() == pytest.approx((table["b"] - table["a"]).to_numpy())
    assert found.payback("minutes").paths[:, -1].mean() > 0


def test_a_scenario_with_itself_differs_by_exactly_nothing(team):
    same = cpsim.twins(team, team, **FEW)
    for table in (same.summary(), same.others("everybody")):
        assert (table[["difference", "low", "high", "better", "worse"]] == 0).all(axis=None)
        assert (table["same"] == 1).all()
    for what in ("cost", "minutes"):
        back = same.payback(what)
        assert (back.paths == 0).all()
        assert (back.turns == 0).all()
        assert back.never == 0
    assert "difference none" in same.in_words()
    assert same.in_words().count("the same in both") == 2


def test_swapping_the_scenarios_swaps_the_signs(found, swapped):
    for who in GROUPS:
        for one, other in ((found.summary(who), swapped.summary(who)), (found.others(who), swapped.others(who))):
            assert (one["people"] == other["people"]).all()
            same(one["difference"], -other["difference"])
            same(one["low"], -other["high"])
            same(one["better"], other["worse"])
            same(one["better_low"], other["worse_low"])
            same(one["same"], other["same"])
    assert found.payback().paths == pytest.approx(-swapped.payback().paths)


def same(one, other):
    assert one.to_numpy(float) == pytest.approx(other.to_numpy(float), nan_ok=True)


def test_shares_are_whole_and_worthwhile_changes_are_those_of_the_register(found):
    table = found.summary()
    assert (table[["better", "same", "worse"]].sum(axis=1)).to_numpy() == pytest.approx(1)
    least = table.set_index("measure")["worthwhile"]
    assert least["wellbeing"] == evidence()["outcome_wemwbs_mcid"].value
    rows = found.group()
    worse = (rows["crises_difference"] >= 1).groupby([rows["replication"], rows["team"]]).mean().mean()
    assert table.set_index("measure").loc["crises", "worse"] == pytest.approx(worse)


def test_groups_are_symmetric_parts_of_everybody(found):
    everybody, on, could, some, none = (found.group(who) for who in GROUPS)
    assert len(everybody) == len(found.frame) == len(none) + found.frame["some_cp"].sum()
    assert len(on) > len(could) > 0
    assert on["on_caseload"].all()
    assert (some["steps_done_a"] + some["steps_done_b"]).sum() > 0
    with pytest.raises(UserError, match="no group 'all'; there are everybody"):
        found.group("all")


def test_intervals_are_over_worlds(found):
    """The unit is the world: as many as there were replications, however many people."""
    table = found.summary()
    assert (table["worlds"] == FEW["replications"]).all()
    rows = found.group()
    means = rows.groupby("replication")["capital_difference"].mean()
    assert table.set_index("measure").loc["capital", "difference"] == pytest.approx(means.mean())


def test_what_cannot_be_joined_is_refused(team):
    short = team.with_(weeks=4)
    with pytest.raises(UserError, match="twins need the same weeks and the same seed"):
        cpsim.twins(team, short, replications=1, workers=1)
    one = cpsim.run(short, 1, workers=1, people=True)
    with pytest.raises(UserError, match="same seed"):
        Twins(one, cpsim.run(short, 1, seed=2, workers=1, people=True))
    with pytest.raises(UserError, match="run as often"):
        Twins(one, cpsim.run(short, 2, workers=1, people=True))
    kept_nobody = cpsim.run(short, 1, workers=1)
    with pytest.raises(CpsimError, match="people=True"):
        _ = Twins(one, kept_nobody).frame


def test_the_words_say_who_where_and_what_is_left_out(found):
    text = found.in_words()
    assert "not modelled" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= telling.WIDTH
    assert "nan" not in text
    for said in (
        "better off",
        "worse off",
        "Cost to others",
        "A: ",
        "B: ",
        "6 simulated worlds, seed 2",
    ):
        assert said in text, said
    for each in pairing.OTHERS:
        assert measures("people")[each.column].label.split()[0] in text


def test_a_team_of_nobody_has_words_too(team):
    empty = team.with_({"standing.team.caseload_per_wte": 0.0, "standing.team.new_people_per_month": 0.0}, weeks=4)
    none = cpsim.twins(empty, empty, replications=2, workers=1)
    assert len(none.frame) == 0
    text = none.in_words()
    assert "Nobody was on the caseload in both." in text
    assert "nan" not in text
    assert np.isnan(none.summary()["difference"]).all()


def made_up_pair():
    """Two runs of the same five people, of whom the last is not with the service in b."""
    both = []
    for number in range(2):
        run = made_up.team_run(people=5)
        for name in (*pairing.DAYS, "days_waiting", "could_take_up", "cp_contacts"):
            run.people[name] = 0
        run.people["id"] = [7, 3, 5, 9, 1] if number else [1, 3, 5, 7, 9]
        run.people["days_in_recovery"] = np.where(run.people["id"] == 9, 0, 100) if number else 100
        both.append(RunResult.of(made_up.scenario(), [run], seed=1))
    return both


@pytest.mark.parametrize(("column", "group"), [("could_take_up", "could_take_up"), ("cp_contacts", "no_cp")])
def test_a_group_is_the_same_whichever_scenario_is_called_a(column, group):
    """Person 3 only in a, person 5 only in b, person 7 in both."""
    a, b = made_up_pair()
    for result, chosen in ((a, [3, 7]), (b, [5, 7])):
        result.runs.people[column] = np.isin(result.runs.people["id"], chosen)
    one, other = (Twins(*pair).group(group)["person"].tolist() for pair in ((a, b), (b, a)))
    assert sorted(one) == sorted(other) == ([7] if group == "could_take_up" else [1])


def test_people_are_joined_by_their_address_and_not_by_their_row():
    a, b = made_up_pair()
    for result in (a, b):
        result.runs.people["capital"] = result.runs.people["id"]
    frame = Twins(a, b).frame
    assert frame["person"].tolist() == [1, 3, 5, 7]
    assert (frame["capital_difference"] == 0).all()
