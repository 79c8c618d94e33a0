"""Arrays to tidy tables and back."""

import dataclasses

import numpy as np
import pytest

from cpsim.errors import CpsimError, UserError
from cpsim.model.codes import Activity, Gate, Source, Stage
from cpsim.outputs import labels, tables
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.runs import joined
from tests.outputs import made_up


def same(one, other):
    """Are all arrays of two `Runs` equal to the bit?"""
    for field in dataclasses.fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
            assert a == b, field.name
        else:
            assert (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes()), field.name
    return True


@pytest.mark.identity
def test_the_order_in_which_runs_finish_changes_nothing():
    runs = [made_up.team_run(replication, team, index, people=4)
            for replication in range(3) for index, team in enumerate(["B", "A"])]  # fmt: skip
    assert same(joined(runs), joined(runs[::-1]))


@pytest.mark.identity
def test_columns_and_back():
    runs = made_up.result(3, teams=("North", "South"), people=12).runs
    read = {table: tables.columns(runs, table, 52) for table in tables.TABLES}
    assert same(tables.restored(read, runs.teams), runs)


@pytest.mark.identity
def test_teams_may_have_warm_ups_of_different_length():
    short, long = made_up.team_run(weeks=10), made_up.team_run(team="Other", team_index=1, weeks=10)
    short = dataclasses.replace(short, weekly=short.weekly[made_up.WARM_UP - 2 :])
    runs = joined([short, long])

    weeks, caseload = runs.of_week("caseload")

    assert (weeks[0], weeks[-1]) == (-made_up.WARM_UP, 9)
    assert np.isnan(caseload[0]).sum() == made_up.WARM_UP - 2
    assert same(tables.restored({name: tables.columns(runs, name, 10) for name in tables.TABLES[:4]}, runs.teams), runs)


@pytest.mark.unit
def test_a_frame_has_the_known_numbers():
    run = made_up.team_run()
    run.minutes[:] = 0
    run.minutes[1, Activity.CRISIS] = 52 * 60 * 7
    result = RunResult.of(made_up.scenario(), [run], seed=1)

    time = result.time.query("minutes > 0")

    assert time[["role", "activity", "hours_per_week"]].values.tolist() == [[labels.roles()[1], "crisis contacts", 7.0]]
    assert result.outcomes["five_steps"][0] == run.outcome["five_steps"][0]
    assert result.weekly["week"].tolist() == list(range(-made_up.WARM_UP, 52))


@pytest.mark.unit
def test_both_ledgers_are_one_tidy_table():
    run = made_up.team_run()
    run.gates["any_failing"][Gate.MONEY] = 123
    at = (run.access["source"] == Source.OWN) & (run.access["gate"] == Gate.TRANSPORT)
    run.access["first_failing"][at] = 45
    barriers = RunResult.of(made_up.scenario(), [run], seed=1).barriers

    money = barriers.query("ledger == 'delivery' and gate == 'money'")
    own = barriers.query("ledger == 'access' and source == 'own' and gate == 'transport'")

    assert len(barriers) == len(Gate) * (1 + len(Source))
    assert money[["label", "any_failing", "chances"]].values.tolist() == [["cannot afford it", 123.0, made_up.WINDOWS]]
    assert own["first_failing"].tolist() == [45.0]
    assert own["imputed"].isna().all()


@pytest.mark.unit
def test_people_are_in_words():
    people = made_up.result(2, people=10).people
    assert len(people) == 20
    assert set(people["stage"]) == set(labels.STAGES)
    assert people["interest_b"].iloc[0] == labels.kinds()[3]
    assert people["stage"].iloc[int(Stage.CRISIS)] == "in crisis"


@pytest.mark.unit
def test_people_are_only_there_when_asked_for():
    with pytest.raises(UserError, match="--people"):
        _ = made_up.result(1).people


@pytest.mark.unit
def test_no_run_is_no_result():
    with pytest.raises(CpsimError, match="nothing to report"):
        RunResult.of(made_up.scenario(), [], seed=1)


@pytest.mark.invariant
def test_first_failing_and_delivered_make_up_all_chances():
    """V16 of the made-up ledgers, as they come out: the factory and the table both add up."""
    delivery = made_up.result(5).barriers.query("ledger == 'delivery'")
    for _, run in delivery.groupby("replication"):
        assert run["first_failing"].sum() + run["succeeded"].iloc[0] == run["chances"].iloc[0]
    assert (delivery["only_failing"] <= delivery["first_failing"]).all()
    assert (delivery["first_failing"] <= delivery["any_failing"]).all()


@pytest.mark.unit
def test_the_summary_by_team_and_over_all():
    result = made_up.result(4, teams=("North", "South"))
    whole = result.summary().set_index("measure")
    by_team = result.summary(by_team=True).query("measure == 'caseload'")

    assert by_team["team"].tolist() == ["North", "South"]
    assert whole.loc["caseload", "mean"] == pytest.approx(by_team["mean"].mean())
    assert (whole.loc["caseload", "runs"], by_team["runs"].tolist()) == (8, [4, 4])


@pytest.mark.limit
def test_a_large_run_costs_its_arrays():
    """Weekly columns of 600 teams are views: nothing is copied before somebody asks for a frame."""
    runs = made_up.result(1, teams=tuple(f"Team {number}" for number in range(600)), weeks=4).runs
    columns = tables.columns(runs, "weekly", 4)
    assert all(np.shares_memory(columns[name], runs.weekly) for name in runs.weekly.dtype.names)
