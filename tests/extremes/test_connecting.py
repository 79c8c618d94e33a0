"""What must come of practitioners without clarity, priority or skill (V37), and of an effect of CP set to nothing."""

import numpy as np
import pytest

from cpsim.model.codes import Activity, Gate
from tests.invariants.worlds import LINK_WORKER, days, run, scenario, staff, world

pytestmark = [pytest.mark.limit, pytest.mark.rules]

SMALL = {"standing.team.staff_wte": staff({LINK_WORKER: 2}), "standing.team.caseload_per_wte": 8.0}


def team(changes):
    return run(scenario("third-sector", SMALL | changes, weeks=26), seed=1, warm_up_weeks=6)


def test_v37_this_team_does_deliver():
    """So that the tests below could fail."""
    w, out = team({})
    assert w.people["cp_minutes"].sum() > 500
    assert out["reach"] > 0.2


def without_materials():
    none = {"materials": False, "training_days_per_person": 0.0, "supervision_every_weeks": 0.0}
    return {f"{when}strategy.{name}": value for when in ("", "standing.") for name, value in none.items()}


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"parameters.clarity_untrained": 0.0, "parameters.clarity_trained": 0.0}, Gate.NOT_CLEAR),
        (without_materials(), Gate.NOT_PRIORITY),
        ({"parameters.wish_mean": 0.01, "parameters.wish_spread": 0.0}, Gate.NOT_WANTED),
    ],
    ids=["no clarity", "never a priority", "hardly wanted"],
)
def test_v37_a_gate_that_is_always_shut_stops_all(changes, gate):
    w, out = team(changes)
    if gate == Gate.NOT_WANTED:  # one window in a hundred: the least that a scenario can say
        assert w.people["cp_minutes"].sum() < 200
        return
    assert out["windows"] > 50
    assert w.gates["any_failing"][gate] == out["windows"]
    assert w.people["cp_minutes"].sum() == w.people["asked"].sum() == out["delivered"] == out["reach"] == 0


def test_v37_without_skill_attitude_and_relationship_minutes_are_spent_and_no_step_is_done():
    names = (
        "known_at_start",
        "knowledge_gain",
        "skill_untrained",
        "skill_trained",
        "skill_gain",
        "can_do",
        "practitioner_spread",
        "relationship_gain",
    )
    w, out = team({f"parameters.{name}": 0.0 for name in names})

    assert w.people["cp_minutes"].sum() > 500
    assert (w.people["steps_done"] == 0).all()
    assert out["reach"] == out["fidelity"] == sum(out[f"step_{step}"] for step in range(1, 6)) == 0


def test_v37_without_minutes_to_spare_or_visits_nothing_is_begun():
    never = {
        "policies.free_agenda": False,
        "standing.policies.free_agenda": False,
        "policies.cp_people_per_wte": 0.0,
        "standing.policies.cp_people_per_wte": 0.0,
        "parameters.spare_minutes": 0.0,
    }
    w, out = team(never)
    assert w.people["cp_minutes"].sum() == out["delivered"] == 0
    assert w.gates["any_failing"][Gate.NO_TIME_LEFT] > 0


def test_what_a_team_has_always_done_it_does_before_the_weeks_reported():
    """`standing:` holds from the first day of warm-up: on the eve of day 0 staff are trained and supervised."""
    w = world(scenario("third-sector", SMALL, weeks=4), seed=1, warm_up_weeks=12)
    for today in days(w):
        if today == -1:
            break
    assert w.workers["trained"][w.workers["filled"] == 1].all()
    assert (w.workers["clarity"] > 0.5).all()
    assert np.asarray(w.minutes)[:, Activity.CP_SUPERVISION].sum() > 0
