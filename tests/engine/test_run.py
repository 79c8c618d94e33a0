"""Running a scenario: which runs come back, in which order, from which seeds; progress and people."""

import threading

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.engine import run as engine
from cpsim.errors import ScenarioError, UserError
from cpsim.model import draw
from cpsim.scenario.load import load
from tests.outputs.test_tables import same

TEAMS = "schema: 1\ntitle: Three\nextends: third-sector\nweeks: 2\nteams: [{name: Moor}, {name: Coast, copies: 2}]\n"


@pytest.fixture(scope="module")
def one():
    return load("third-sector").with_(weeks=2)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    file = tmp_path_factory.mktemp("scenarios") / "three.yaml"
    file.write_text(TEAMS)
    return load(file)


# ---------------------------------------------------------------- rows


@pytest.mark.unit
def test_a_row_a_replication_and_team_in_order(three):
    outcomes = cpsim.run(three, replications=3, workers=2).outcomes
    assert outcomes["replication"].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert outcomes["team"].tolist() == ["Moor", "Coast 1", "Coast 2"] * 3


@pytest.mark.unit
def test_copies_are_numbered_and_share_their_plan(three):
    moor, first, second = engine.team_plans(three)
    assert [(each.name, each.index) for each in (moor, first, second)] == [("Moor", 0), ("Coast 1", 1), ("Coast 2", 2)]
    assert first.plan is second.plan
    assert first.plan is not moor.plan


@pytest.mark.unit
def test_every_team_of_every_replication_has_a_seed_of_its_own(three):
    outcomes = cpsim.run(three, replications=3, seed=5).outcomes
    assert outcomes["seed"].tolist() == [draw.world_seed(5, number, team) for number in range(3) for team in range(3)]
    assert outcomes["seed"].is_unique
    assert outcomes["pressure"].is_unique, "copies must not live the same life"


@pytest.mark.unit
@pytest.mark.parametrize(("name", "warm_up"), [("cmht", 26), ("third-sector", 104)])
def test_weeks_of_warm_up_and_report(name, warm_up):
    """Half a year for the ordinary team, whose people are saved; two years for a team unlike it."""
    for weeks in (1, 5):
        weekly = cpsim.run(load(name).with_(weeks=weeks), replications=2).weekly
        for _, rows in weekly.groupby("replication"):
            assert rows["week"].tolist() == list(range(-warm_up, weeks))


@pytest.mark.unit
def test_a_scenario_may_be_named():
    by_name = cpsim.run("third-sector", replications=1)
    assert by_name.scenario == load("third-sector")
    assert by_name.scenario.weeks == 52
    with pytest.raises(ScenarioError, match="did you mean 'third-sector'"):
        cpsim.run("third-sectr")


@pytest.mark.unit
def test_people_are_kept_when_asked_for(three):
    result = cpsim.run(three, replications=2, people=True)
    people, nobody = result.people, cpsim.run(three, replications=1)
    groups = people.groupby(["replication", "team"])
    assert groups.ngroups == 6
    assert all(rows["id"].is_unique and len(rows) > 50 for _, rows in groups)
    assert people["stage"].notna().all()
    with pytest.raises(UserError, match="people=True, or --people"):
        assert nobody.people is None


@pytest.mark.unit
def test_timings_and_what_was_asked_are_told(one):
    result = cpsim.run(one, replications=2)
    assert (result.asked, result.replications, result.seed) == (2, 2, 1)
    assert 0 < result.timings["seconds"] < 60


# ---------------------------------------------------------------- the same bits


@pytest.mark.identity
def test_one_seed_gives_the_same_bits_in_every_call(three):
    asked = {"replications": 3, "seed": 9, "people": True}
    first = cpsim.run(three, workers=1, **asked)
    assert all(same(cpsim.run(three, workers=workers, **asked).runs, first.runs) for workers in (1, 2, 5, None))
    other = cpsim.run(three, replications=3, seed=10)
    assert not set(other.outcomes["pressure"]) & set(first.outcomes["pressure"])


@pytest.mark.identity
def test_more_replications_add_and_change_nothing(one):
    few, many = (cpsim.run(one, replications=number).outcomes for number in (3, 6))
    pd.testing.assert_frame_equal(many.iloc[:3], few, check_exact=True)


@pytest.mark.identity
def test_another_team_beside_it_changes_nothing(three, tmp_path):
    file = tmp_path / "one.yaml"
    file.write_text(TEAMS.replace(", {name: Coast, copies: 2}", ""))
    alone, among = cpsim.run(load(file), replications=2).outcomes, cpsim.run(three, replications=2).outcomes
    moor = among[among["team"] == "Moor"].reset_index(drop=True)
    pd.testing.assert_frame_equal(moor.drop(columns="team"), alone.drop(columns="team"), check_exact=True)


@pytest.mark.identity
def test_a_precision_changes_how_many_not_which(one):
    found = cpsim.run(one, precision={"pressure": 0.05})
    assert same(cpsim.run(one, replications=found.replications).runs, found.runs)


@pytest.mark.identity
def test_a_run_off_the_main_thread_is_the_same(one):
    """Where Ctrl-C cannot be heeded, as in a web server's thread."""
    found = []
    thread = threading.Thread(target=lambda: found.append(cpsim.run(one, replications=2)))
    thread.start()
    thread.join()
    assert same(found[0].runs, cpsim.run(one, replications=2).runs)


# ---------------------------------------------------------------- progress, and what goes wrong


@pytest.mark.unit
def test_progress_counts_team_runs(three):
    told = []
    cpsim.run(three, replications=5, workers=2, progress=lambda *numbers: told.append(numbers))
    done = [number for number, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == (15, 15)
    assert {planned for _, planned in told} == {15}


@pytest.mark.unit
def test_progress_towards_a_precision_never_passes_what_is_planned(one):
    told = []
    result = cpsim.run(one, precision={"pressure": 0.03}, progress=lambda *numbers: told.append(numbers))
    assert told[-1] == (result.replications, result.replications)
    assert all(done <= planned for done, planned in told)
    assert sorted({planned for _, planned in told}) == list(range(10, result.replications + 1, 10))


@pytest.mark.unit
def test_a_rule_that_fails_is_heard_of(one, monkeypatch):
    def fails(team, replication, seed, **_):
        raise ZeroDivisionError(f"in replication {replication}")

    monkeypatch.setattr(engine, "run_team", fails)
    with pytest.raises(ZeroDivisionError, match="in replication"):
        cpsim.run(one, replications=50)


@pytest.mark.unit
def test_few_jobs_wait_at_any_time(one, monkeypatch):
    """A hundred thousand replications must not stand in the queue at once."""
    most, original = [], engine.wait

    def watched(futures, **more):
        most.append(len(futures))
        return original(futures, **more)

    monkeypatch.setattr(engine, "wait", watched)
    cpsim.run(one, replications=60, workers=2)
    assert max(most) == engine.QUEUED * 2


@pytest.mark.unit
def test_what_is_handed_over_belongs_to_the_run(one):
    """Arrays of one run are not views of a world that another run uses."""
    plan = next(engine.team_plans(one))
    first, second = engine.run_team(plan, 0, 1, people=True), engine.run_team(plan, 1, 1, people=True)
    for name in ("outcome", "weekly", "gates", "access", "minutes", "people"):
        assert not np.shares_memory(getattr(first, name), getattr(second, name)), name
