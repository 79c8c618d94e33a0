"""V16: one truth, two readings. A window is delivered if and only if no gate failed; the ledger counts each once."""

from collections import Counter

import numpy as np
import pytest

from cpsim.model.codes import STEPS, Gate, Source
from cpsim.model.records import CLOSED, DELIVERED, SEEN, WINDOW_DAYS
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import NURSE, days, finish, run, scenario, staff

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

ALL_GATES = (1 << len(Gate)) - 1
TEAMS = {  # tiny teams that deliver some CP and fail at every gate, so that the theorem is put to the test
    "third-sector": {"standing.team.caseload_per_wte": 6.0},
    "cmht": {
        "standing.team.staff_wte": staff({NURSE: 2, "social worker": 1}),
        "standing.team.caseload_per_wte": 8.0,
        "strategy.training_days_per_person": 1.0,
        "strategy.supervision_every_weeks": 4.0,
        "strategy.leadership": "named lead with time",
        "parameters.recovery_interval_days": 14.0,
    },
}


def closed(w):
    """Every window of the run that counts, as bits."""
    found = np.asarray(w.windows).ravel()
    return found[found & CLOSED > 0]


def count(found):
    """First, any and only failing gate, written anew."""
    first, any_of, only = Counter(), Counter(), Counter()
    for bits in found & ALL_GATES:
        failing = [gate for gate in Gate if bits >> gate & 1]
        any_of.update(failing)
        first.update(failing[:1])
        only.update(failing if len(failing) == 1 else [])
    return first, any_of, only


@in_any_world(most_weeks=16)
def test_v16_a_window_is_delivered_if_and_only_if_no_gate_failed(start):
    w = start.world()
    finish(w)
    found = closed(w)
    assert ((found & DELIVERED > 0) == (found & ALL_GATES == 0)).all()
    assert (found & SEEN > 0)[found & DELIVERED > 0].all(), "what is delivered was seen"


@pytest.mark.parametrize("name", TEAMS)
def test_v16_the_theorem_holds_where_much_is_delivered(name):
    found = np.concatenate([closed(run(scenario(name, TEAMS[name], weeks=40), seed, 2)[0]) for seed in range(2)])
    delivered = found & DELIVERED > 0

    assert (delivered == (found & ALL_GATES == 0)).all()
    assert 20 < delivered.sum() < len(found) - 20, "too few of either for the theorem to be able to fail"


@in_any_world(most_weeks=16)
def test_v16_delivered_and_first_failing_fill_the_windows(start):
    w = start.world()
    out = finish(w)
    gates = w.gates
    delivered = gates["delivered"][0]

    assert (gates["windows"] == out["windows"]).all()
    assert (gates["delivered"] == delivered).all()
    assert delivered + gates["first_failing"].sum() == out["windows"]
    assert out["delivered"] * out["windows"] == pytest.approx(delivered)
    for name in ("", "_seen"):
        first, any_of, only = (gates[f"{kind}_failing{name}"] for kind in ("first", "any", "only"))
        assert (only <= first).all()
        assert (first <= any_of).all()
        assert (any_of <= gates[f"windows{name}"]).all()
    assert (gates["windows_seen"] + gates["imputed"] == gates["windows"]).all()
    assert delivered + gates["first_failing_seen"].sum() == gates["windows_seen"][0]


@pytest.mark.parametrize("name", TEAMS)
def test_v16_the_ledger_counts_the_windows_of_people_who_could_take_cp_up(name):
    w, out = run(scenario(name, TEAMS[name], weeks=30), seed=4, warm_up_weeks=2)
    days_there = sum(w.people[f"days_{kind}"] for kind in ("in_recovery", "stabilising", "in_crisis", "in_hospital"))
    well = w.people["days_in_recovery"] + w.people["days_stabilising"]
    could = (2 * days_there >= w.team[0]["last_day"]) & (well >= WINDOW_DAYS) & (w.people["wished"] == 1)
    could &= w.people["steps_done_before"] < STEPS
    found = np.asarray(w.windows)[could].ravel()
    found = found[found & CLOSED > 0]
    first, any_of, only = count(found)

    assert out["could_take_up"] == could.sum() > 0
    assert out["windows"] == len(found) > 0
    assert out["delivered"] == pytest.approx((found & DELIVERED > 0).mean())
    for gate in Gate:
        line = w.gates[gate]
        assert (line["first_failing"], line["any_failing"]) == (first[gate], any_of[gate]), gate.name
        assert line["only_failing"] == only[gate], gate.name


@in_any_world()
def test_v16_minutes_and_gates_of_an_open_window_agree(start):
    """The other reading, before the window closes: with a gate drawn shut at its step no minute is ever added."""
    w = start.world()
    community = 1 << Gate.ANXIETY | 1 << Gate.NOT_KNOWN | 1 << Gate.NOT_OPEN | 1 << Gate.TRANSPORT | 1 << Gate.MONEY
    for _ in days(w):
        step = w.people["window_step"]
        bits = np.where((step > 1) & (step % 2 == 0), w.people["window_gates"], w.people["window_gates"] & ~community)
        shut = (w.people["window_open"] == 1) & (bits > 0)
        assert (w.people["window_minutes"][shut] == 0).all()
        assert (w.people["window_minutes"] >= 0).all()


@in_any_world()
def test_v16_the_account_of_access_counts_each_attempt_once(start):
    w = start.world()
    finish(w)
    for source in Source:
        lines = w.access[source]
        first, any_of, only = (lines[f"{kind}_failing"] for kind in ("first", "any", "only"))
        assert (lines["attempts"] == lines["attempts"][0]).all()
        assert lines["succeeded"][0] + first.sum() == lines["attempts"][0]
        assert ((only <= first) & (first <= any_of) & (any_of <= lines["attempts"])).all()
