"""Sentences and the terminal's page, from numbers that are known."""

import dataclasses
import json

import numpy as np
import pytest

from cpsim.model.codes import Gate
from cpsim.outputs import telling
from cpsim.outputs.run_result import RunResult
from tests.house.test_words import NOT_SAID
from tests.outputs import made_up

pytestmark = pytest.mark.unit


def with_shares(five, some, replications=None):
    """Runs with these shares of five and of some steps."""
    runs = [made_up.team_run(number) for number in range(replications or len(five))]
    for run, a, b in zip(runs, five, some, strict=True):
        run.outcome["five_steps"], run.outcome["some_steps"], run.outcome["no_steps"] = a, b, 1 - a - b
    return RunResult.of(made_up.scenario(), runs, seed=7)


def test_the_headline_in_people():
    result = with_shares([0.05, 0.09, 0.13], [0.175, 0.3, 0.425])
    assert result.headline() == (
        "Of every 100 people who could take up CP in these 52 weeks, about 9 get all five steps "
        "(6 to 12 in 8 of 10 simulated futures), 30 get some steps (20 to 40) and 61 get none."
    )


def test_hardly_anybody_is_not_nobody():
    assert "fewer than 1 get all five steps (0 to 1 in 8 of 10" in with_shares([0.0, 0.009], [0.1, 0.1]).headline()
    assert (
        "not one gets all five steps in any of 2 simulated futures, 10 get some"
        in with_shares([0.0] * 2, [0.1] * 2).headline()
    )
    assert "about 1 gets all five steps" in with_shares([0.01, 0.012], [0.1, 0.1]).headline()


def test_one_run_has_no_range():
    assert (
        with_shares([0.09], [0.3]).headline().endswith("about 9 get all five steps, 30 get some steps and 61 get none.")
    )


def test_nobody_could_take_it_up():
    result = with_shares([np.nan, np.nan], [np.nan, np.nan])
    assert result.headline() == "Nobody could take up CP in these 52 weeks."
    assert "not known" in result.in_words()


def test_several_teams_are_called_so():
    assert "8 of 10 simulated futures of a team" in made_up.result(3, teams=("North", "South")).headline()
    assert "8 of 10 simulated teams" in made_up.result(1, teams=("North", "South")).headline()


def test_hours():
    run = made_up.team_run()
    run.outcome["cp_hours_needed"], run.outcome["cp_hours_free"] = 41.3, 11.2
    result = RunResult.of(made_up.scenario(), [run], seed=1)
    assert telling.hours(result) == (
        "CP needs about 41 hours a week of the whole team; after work that cannot wait, 11 are left."
    )


def test_what_stands_in_the_way():
    run = made_up.team_run()
    run.gates["any_failing"], run.gates["delivered"] = 0, 30
    run.gates["any_failing"][[Gate.MONEY, Gate.CRISIS_WORK]] = 50, 230
    said = telling.in_the_way(RunResult.of(made_up.scenario(), [run], seed=1))
    assert "CP moved on in 6 of 100 chances" in said
    assert "crisis work took the time (46) and cannot afford it (10); often several at once" in said


def test_no_chance_at_all():
    run = made_up.team_run()
    for name in run.gates.dtype.names[1:]:
        run.gates[name] = 0
    assert "no chance for CP" in telling.in_the_way(RunResult.of(made_up.scenario(), [run], seed=1))


@pytest.mark.parametrize("teams", [("Moorland",), ("North", "South")])
def test_the_terminal_page_fits_and_says_what_its_ranges_are(teams):
    page = made_up.result(30, teams=teams, title="A team with a name that goes on and on " * 4).in_words()
    assert max(map(len, page.splitlines())) <= telling.WIDTH
    for said in ("8 in 10: the middle 8 in 10 runs", "95 % interval of the mean", "in neither", "nobody here is real"):
        assert said in " ".join(page.split())
    assert not NOT_SAID.search(page)


def test_a_stopped_run_says_so():
    result = dataclasses.replace(made_up.result(3), asked=100)
    assert telling.runs_made(result) == "3 simulated futures, stopped by hand before all 100, seed 1"


def test_data_for_programs_has_no_nan():
    found = with_shares([np.nan], [np.nan]).as_dict()
    five = next(row for row in found["summary"] if row["measure"] == "five_steps")
    assert (five["mean"], five["runs"], found["replications"]) == (None, 0, 1)
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_one_run_alone_is_no_range():
    run = made_up.team_run()
    run.outcome["cp_hours_needed"] = 84
    table = telling.in_words(RunResult.of(made_up.scenario(), [run], seed=1)).splitlines()
    assert "Hours a week that CP needs".ljust(42) + "84".rjust(12) in table


def test_overdue_work_says_its_unit():
    run = made_up.team_run()
    run.outcome["backlog_days"] = 2.5
    table = telling.in_words(RunResult.of(made_up.scenario(), [run], seed=1)).splitlines()
    assert "Overdue work, days of the team's time".ljust(42) + "2.5".rjust(12) in table


def test_columns_of_long_numbers_keep_apart():
    """Eight teams in ten of a dear one: "£10,000 to £12,000" is the widest range that is usual."""
    runs = [made_up.team_run(number) for number in range(3)]
    for run, cost in zip(runs, (10_000, 11_000, 12_200), strict=True):
        run.outcome["cost_per_person"] = cost
    table = telling.in_words(RunResult.of(made_up.scenario(), runs, seed=1)).splitlines()
    assert "£11,000 £10,000 to £12,000" in next(line for line in table if line.startswith("Cost per person"))
