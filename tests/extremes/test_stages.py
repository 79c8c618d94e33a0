"""What must come of no crises, and of nothing but crises (V34, V35)."""

import numpy as np
import pytest

from cpsim.model.codes import Activity, Gate, Stage
from tests.invariants.worlds import NURSE, finish, on_caseload, run, scenario, staff, world

pytestmark = [pytest.mark.limit, pytest.mark.rules]

SMALL = {"standing.team.staff_wte": staff({NURSE: 2}), "standing.team.caseload_per_wte": 8.0}
CALM = {f"parameters.{name}": 0.0 for name in ("relapse_per_year", "start_crisis_share", "return_crisis_share")}
ALL_URGENT = {f"parameters.{name}": 1.0 for name in ("start_crisis_share", "return_crisis_share")}
TRAINED = {"strategy.training_days_per_person": 1.0, "strategy.supervision_every_weeks": 4.0}


def test_v34_without_crises_no_minute_goes_to_them():
    many_wait = {"standing.team.new_people_per_month": 8.0}
    w, out = run(scenario("cmht", SMALL | CALM | many_wait, weeks=12), seed=1, warm_up_weeks=4)

    assert out["person_days"] > 500
    assert w.weekly["crises"].sum() == w.weekly["admissions"].sum() == out["share_in_crisis"] == 0
    assert np.asarray(w.minutes)[:, Activity.CRISIS].sum() == 0
    assert out["crisis_share_of_contact_time"] == 0
    assert w.gates["any_failing"][Gate.CRISIS_WORK] == 0
    assert np.asarray(w.minutes)[:, Activity.ROUTINE].sum() > 0


def in_crisis_for_good(chosen, seed):
    """A world in which everybody is in crisis from the first day, and no crisis passes.

    No scenario says so (a crisis ends some day), so the rows themselves are set.
    """
    w = world(chosen, seed, warm_up_weeks=4)
    w.params["resolve_hazard"] = 0.0
    w.params["admission_hazard"] = 0.0
    w.people["stage"][on_caseload(w)] = Stage.CRISIS
    return w


@pytest.mark.parametrize("name", ["cmht", "third-sector"])
def test_v35_with_everybody_in_crisis_no_connecting_people_is_done(name):
    chosen = scenario(name, SMALL | ALL_URGENT | TRAINED | {"policies.crisis_team_share": 0.0}, weeks=12)
    w = in_crisis_for_good(chosen, seed=2)
    out = finish(w)

    assert (w.people["stage"][on_caseload(w)] == Stage.CRISIS).all()
    assert on_caseload(w).sum() > 5
    assert w.people["contacts_held"].sum() > 50, "they are seen, but not for CP"
    assert out["cp_hours_delivered"] == w.people["cp_minutes"].sum() == w.people["cp_contacts"].sum() == 0
    assert np.asarray(w.minutes)[:, [Activity.CP_VISIT, Activity.ROUTINE, Activity.STABILISING]].sum() == 0
    assert out["could_take_up"] == 0, "nobody was out of crisis for 28 days"
