"""Every declared number: at both ends of its evidence a run gives numbers (V41), and somewhere each moves a result."""

import numpy as np
import pytest

from cpsim.errors import ScenarioError
from cpsim.scenario.declare import declarations
from tests.invariants.worlds import NURSE, run, scenario

MEASURED = {path: found for path, found in declarations().items() if found.kind == "measured"}
LEVERS = {path: found for path, found in declarations().items() if found.kind == "policy"}
NOT_READ = "switches.dummy"
IN_WORDS = ("place.kind", "team.staff_wte")  # what kind of place, for the reader; who is there, tested by V13 and V42
OF_SOMEBODY = (  # of nobody these are not numbers: of those who began CP, or of a group with people in it
    "fidelity",
    "five_steps_low_income",
    "five_steps_high_income",
    "five_steps_low_anxiety",
    "five_steps_high_anxiety",
    "rguk_change_low_income",  # where everybody has the same to spend nobody is in a third of their own
    "rguk_change_high_income",
)
# Between them, teams in which everything that the model knows of happens.
TRAINED = {
    "strategy.materials": True,
    "strategy.training_days_per_person": 2.0,
    "strategy.supervision_every_weeks": 4.0,
    "strategy.leadership": "someone",
    "strategy.community_engagement_hours_per_week": 6.0,
    "strategy.pay_fares": True,
}
TEAMS = {
    "a trained team": ("cmht", TRAINED),
    "a third-sector team": ("third-sector", {}),
    "an untrained team that grows": ("cmht-rural", {"team.staff_wte": {NURSE: {"in_post": 7.0, "vacant": 0.5}}}),
    "trained, without supervision": ("cmht", TRAINED | {"strategy.supervision_every_weeks": 0.0}),
    "with protected time": (
        "cmht",
        TRAINED | {"policies.when_the_day_is_full": "protected_time", "policies.protected_cp_hours_per_week": 2.0},
    ),
    "short of staff, with a budget": (
        "cmht",
        TRAINED
        | {
            "strategy.budget_gbp": 2_000.0,
            "policies.agency_cover_share": 0.5,
            "policies.away_wte": 2.0,
            "policies.away_from_week": 8.0,
        },
    ),
    "as it was before": ("cmht", {"strategy.materials": False}),
}


def at(path, value, team):
    name, changes = TEAMS[team]
    return scenario(name, changes | {path: value}, weeks=52)


def results(chosen, seed):
    """Every number that a run leaves behind."""
    w, out = run(chosen, seed)
    tables = (w.weekly[:-1], w.gates, w.access, w.minutes)
    return np.nan_to_num(np.array(out.tolist())).tobytes() + b"".join(np.ascontiguousarray(t).tobytes() for t in tables)


def not_numbers(path, teams):
    """Where a run at either end of a number's evidence leaves something that is not a number."""
    for value in (MEASURED[path].low, MEASURED[path].high):
        for team in teams:
            w, out = run(at(path, value, team), seed=1)
            for name in out.dtype.names:
                if not np.isfinite(out[name]) and name not in OF_SOMEBODY:
                    yield f"{path}={value}, {team}: {name}"
            for name in w.weekly.dtype.names:
                if not np.isfinite(w.weekly[name]).all():
                    yield f"{path}={value}, {team}: {name}, weekly"


@pytest.mark.limit
@pytest.mark.slow
@pytest.mark.parametrize("path", MEASURED)
def test_v41_at_the_ends_of_the_evidence_every_outcome_is_a_number(path):
    """Two ends of each of some 150 numbers in each team: about 2,000 runs."""
    assert list(not_numbers(path, TEAMS)) == []


@pytest.mark.limit
@pytest.mark.parametrize("path", list(MEASURED)[::10])
def test_v41_one_number_in_ten_at_its_ends(path):
    assert list(not_numbers(path, list(TEAMS)[:2])) == []


@pytest.mark.limit
@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in MEASURED if path != NOT_READ])
def test_each_measured_number_moves_some_result(path):
    found = MEASURED[path]
    ends = {found.low, found.high} - {found.value}
    if not ends:  # a definition: nobody doubts it, but it could be set
        ends = {(found.value + found.limits[1]) / 2}
    assert any(
        results(at(path, value, team), seed) != results(at(path, found.value, team), seed)
        for seed in range(2)
        for team in TEAMS
        for value in ends
    )


def settings_of(found):
    """What a lever could be set to."""
    if found.choices:
        return found.choices
    if isinstance(found.value, bool):
        return (False, True)
    return tuple(value for value in (found.low, found.high, found.value) if value is not None)


def moves(path, value, team):
    try:
        changed = at(path, value, team)
    except ScenarioError:
        return False  # this team cannot be so: it trains, and training needs the materials
    name, changes = TEAMS[team]
    return results(changed, seed=1) != results(scenario(name, changes, weeks=52), seed=1)


@pytest.mark.limit
@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in LEVERS if path not in IN_WORDS])
def test_each_lever_moves_some_result(path):
    assert any(moves(path, value, team) for team in TEAMS for value in settings_of(LEVERS[path]))
