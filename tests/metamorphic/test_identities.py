"""Changes that change no bit, and the engine against the day called part by part (V48, V50 to V52, V55)."""

import numpy as np
import pytest

from cpsim.engine.run import run as run_engine
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.tally import run_tally
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import LINK_WORKER, finish, parts, run, scenario, staff
from tests.metamorphic.pairs import same_bits

pytestmark = pytest.mark.identity

SMALL = {"standing.team.staff_wte": staff({LINK_WORKER: 2}), "standing.team.caseload_per_wte": 8.0}


@in_any_world()
@pytest.mark.rules
def test_v50_the_dummy_changes_no_bit(start):
    """A number that no rule reads: a parameter more or less shifts nobody's luck."""
    w, out = run(start.scenario.with_({"switches.dummy": 0.0}), start.seed, start.warm_up_weeks)
    other, same = run(start.scenario.with_({"switches.dummy": 1.0}), start.seed, start.warm_up_weeks)
    same_bits(w, other)
    assert out.tobytes() == same.tobytes()


STRENGTHLESS = {
    "materials that nobody opens": (
        {"strategy.materials": False, "parameters.materials_opened": 0.0},
        {"strategy.materials": True, "parameters.materials_opened": 0.0},
    ),
    "a lead without effect": (
        {"parameters.leadership_effect": 1.0, "parameters.lead_hours": 0.0, "strategy.leadership": "nobody"},
        {
            "parameters.leadership_effect": 1.0,
            "parameters.lead_hours": 0.0,
            "strategy.leadership": "named lead with time",
        },
    ),
    "training of no days": (
        {"strategy.materials": True},
        {"strategy.materials": True, "strategy.training_days_per_person": 0.0},
    ),
    "supervision of no minutes and no effect": (
        {"parameters.supervision_effect": 1.0, "parameters.supervision_minutes": 0.0},
        {
            "parameters.supervision_effect": 1.0,
            "parameters.supervision_minutes": 0.0,
            "strategy.supervision_every_weeks": 4.0,
        },
    ),
    "pressure that makes nobody leave or fall sick": (
        {"parameters.pressure_quit_hr": 1.0, "parameters.pressure_sick_hr": 1.0},
        {"parameters.pressure_quit_hr": 3.0, "parameters.pressure_sick_hr": 2.0, "switches.workforce_spiral": False},
    ),
    "pressure that brings no discharge forward": (
        {"parameters.pressure_discharge_hr": 1.0},
        {"parameters.pressure_discharge_hr": 2.0, "switches.discharge_pressure": False},
    ),
    "cover of no vacancy": (
        {"parameters.agency_premium": 0.1},
        {"parameters.agency_premium": 0.6, "policies.agency_cover_share": 0.0},
    ),
    "an absence of nobody": (
        {},
        {"policies.away_wte": 0.0, "policies.away_for_weeks": 50.0},
    ),
    "protection of no time": (
        {"policies.protected_cp_hours_per_week": 0.0},
        {"policies.protected_cp_hours_per_week": 0.0, "policies.when_the_day_is_full": "protected_time"},
    ),
    "paying fees where all is free": (
        {"parameters.free_share": 1.0},
        {"parameters.free_share": 1.0, "strategy.pay_fees": True},
    ),
    "paying fares of nothing": (
        {"parameters.bus_fare": 0.0},
        {"parameters.bus_fare": 0.0, "strategy.pay_fares": True},
    ),
    "accompanying without effect": (
        {"parameters.accompany_or": 1.0, "policies.accompanied_visits": 0.0},
        {"parameters.accompany_or": 1.0, "policies.accompanied_visits": 3.0},
    ),
    "a cap that nobody reaches": (
        {"policies.caseload_cap_per_wte": 0.0},
        {"policies.caseload_cap_per_wte": 200.0},
    ),
}


@pytest.mark.parametrize("team", ["cmht", "third-sector"])
@pytest.mark.parametrize("strategy", STRENGTHLESS)
def test_v51_a_strategy_without_strength_is_no_strategy(strategy, team):
    """Bit for bit, but for the count of visits still to be accompanied."""
    without = {f"{when}strategy.{what}": value for when in ("standing.", "") for what, value in NO_STRATEGY.items()}
    base = without if strategy not in ("accompanying without effect", "paying fares of nothing") else {}
    absent, present = STRENGTHLESS[strategy]
    for seed in range(3):
        w, out = run(scenario(team, base | absent), seed)
        other, same = run(scenario(team, base | present), seed)
        same_bits(w, other, but=("accompanied",))
        assert out.tobytes() == same.tobytes()


NO_STRATEGY = {
    "materials": True,
    "training_days_per_person": 0.0,
    "supervision_every_weeks": 0.0,
    "leadership": "nobody",
}


@pytest.mark.parametrize("path", ["strategy.materials", "strategy.training_days_per_person"])
def test_v51_with_its_strength_a_strategy_is_seen(path):
    """So that the test above could fail."""
    value = {"strategy.materials": False, "strategy.training_days_per_person": 2.0}[path]
    assert run(scenario("cmht"), 1)[1].tobytes() != run(scenario("cmht", {path: value}), 1)[1].tobytes()


def paired_difference(one, other):
    """Differences of every outcome, replication by replication, in the same worlds."""
    first, second = (run_engine(arm, replications=4, seed=11, workers=2).runs.outcome for arm in (one, other))
    return {name: np.nan_to_num(first[name]) - np.nan_to_num(second[name]) for name in OUTCOME.names}


def test_v52_one_team_as_both_arms_differs_by_exactly_nothing():
    arm = scenario("third-sector", SMALL, weeks=26)
    difference = paired_difference(arm, scenario("third-sector", SMALL, weeks=26))
    assert not any(values.any() for values in difference.values())


def test_v48_swapping_two_arms_swaps_the_results():
    one, other = (scenario("third-sector", SMALL | change, weeks=26) for change in ({}, {"strategy.pay_fees": True}))
    there, back = paired_difference(one, other), paired_difference(other, one)
    assert all((there[name] == -back[name]).all() for name in there)
    assert any(values.any() for values in there.values())


@in_any_world()
@pytest.mark.rules
def test_v55_the_hot_path_is_the_reference_path(start):
    """`simulate` in one compiled call, and the same day's parts called one by one from Python: the same bits."""
    w, reference = start.world(), start.world()
    hot = finish(w)
    while reference.team[0]["day"] < reference.team[0]["last_day"] - 1:
        for _ in parts(reference):
            pass
    slow = make(1, OUTCOME)
    run_tally(reference, slow[0])

    same_bits(w, reference)
    assert hot.tobytes() == slow[0].tobytes()
    assert np.array_equal(w.active[: w.team[0]["active"]], reference.active[: reference.team[0]["active"]])
