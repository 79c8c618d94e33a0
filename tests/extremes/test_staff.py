"""What must come of no staff, of plenty, and of a team that is nearly nothing or very large (V32, V33, V39)."""

import math

import numpy as np
import pytest

from cpsim.model.codes import Activity, Gate, Stage
from tests.invariants.worlds import NURSE, ROLES, on_caseload, run, scenario, staff

pytestmark = pytest.mark.limit

NOBODY = {"standing.team.staff_wte": staff()}
ALPHA_1E6 = 4.9  # standard errors: one false alarm in a million
CAPACITY = (Gate.CRISIS_WORK, Gate.ABSENCE, Gate.CASELOAD)
YEAR = 365.25  # days


def referred_per_day(chosen):
    """New people a day over the share of referrals that is taken on, straight from the scenario."""
    team = chosen.teams[0].base
    return team.team.new_people_per_month * 12 / YEAR / team.parameters.accept_share


@pytest.mark.rules
def test_v32_with_no_staff_nobody_is_seen_and_everybody_waits():
    chosen = scenario("cmht", NOBODY | {"standing.team.new_people_per_month": 4.0}, weeks=8)
    w, out = run(chosen, seed=3, warm_up_weeks=4)

    assert len(w.people) > 5
    assert (w.people["stage"] == Stage.WAITING).all()
    assert np.asarray(w.minutes).sum() == 0
    assert sum(w.weekly[name].sum() for name in ("contacts_crisis", "contacts_stabilising", "contacts_recovery")) == 0
    assert (w.people["cp_minutes"].sum(), out["cp_hours_delivered"], out["asked"]) == (0, 0, 0)
    assert out["cost_per_person"] == 0


@pytest.mark.rules
def test_v32_without_any_post_a_caseload_goes_unseen():
    """Taken on without assessment, where nobody is there to ask about CP: uncompiled, no row of anybody to read."""
    unassessed = {"standing.team.new_people_per_month": 10.0, "parameters.assessment_minutes": 0.0}
    w, out = run(scenario("cmht", NOBODY | unassessed, weeks=12), seed=1, warm_up_weeks=4)

    assert len(w.workers) == 0
    assert out["caseload"] > 5
    assert out["delivered"] == out["asked"] == out["contacts_per_person_month"] == 0


def test_v32_with_no_staff_waiting_grows_linearly():
    """A stream of referrals at a constant rate that nothing drains: a Poisson count in every stretch of time."""
    given = {"standing.team.new_people_per_month": 10.0, "parameters.return_share": 0.0}
    chosen = scenario("cmht", NOBODY | given, weeks=52)
    ends = np.array([run(chosen, seed)[0].weekly["waiting"][[0, 25, 51, 77]] for seed in range(100)]).sum(axis=0)

    for grown, weeks in zip(np.diff(ends), (25, 26, 26), strict=True):
        expected = 100 * referred_per_day(chosen) * weeks * 7
        noise = ALPHA_1E6 * math.sqrt(expected)
        assert noise < 0.06 * expected, "too few runs for this test to be able to fail"
        assert abs(grown - expected) < noise


def test_v32_where_all_posts_are_vacant_nobody_on_the_caseload_is_seen():
    chosen = scenario("cmht", {"standing.team.staff_wte": staff(vacant={NURSE: 4})}, weeks=52)
    for seed in range(5):
        w, out = run(chosen, seed)
        waiting_for_somebody = on_caseload(w)

        assert out["caseload"] > 50
        assert (w.people["coordinator"][waiting_for_somebody] == -1).all()
        assert out["contacts_per_person_month"] == out["delivered"] == out["five_steps"] == out["asked"] == 0
        assert (out["late_share"], out["vacancy_share"]) == (pytest.approx(1, abs=0.01), 1)
        assert w.gates["any_failing"][Gate.ABSENCE] == out["windows"] > 500
        assert w.gates["any_failing"][Gate.CASELOAD] == w.gates["any_failing"][Gate.CRISIS_WORK] == 0


def test_v33_plenty_of_staff_lifts_the_capacity_gates():
    always_there = {f"parameters.{name}": 0.0 for name in ("sickness_share", "leave_days", "leaving_per_year")}
    plenty = {"standing.team.staff_wte": staff({NURSE: 60}), "standing.team.caseload_per_wte": 1.0}
    for seed in range(10):
        w, out = run(scenario("cmht", plenty | always_there, weeks=52), seed)
        assert out["windows"] > 300
        assert [w.gates["any_failing"][gate] for gate in CAPACITY] == [0, 0, 0]


def test_v33_the_same_posts_with_many_people_do_not():
    """So that the test above could fail."""
    crowded = {"standing.team.staff_wte": staff({NURSE: 3}), "standing.team.caseload_per_wte": 40.0}
    w, _ = run(scenario("cmht", crowded, weeks=52), seed=1)
    assert all(w.gates["any_failing"][gate] > 0 for gate in CAPACITY)


@pytest.mark.rules
@pytest.mark.parametrize("posts", [{NURSE: 1}, dict.fromkeys(ROLES, 1)])
def test_v39_a_team_without_people_has_idle_days(posts):
    empty = {"standing.team.staff_wte": staff(posts), "standing.team.caseload_per_wte": 0.0}
    w, out = run(scenario("cmht", empty, weeks=4), seed=2, warm_up_weeks=2)

    assert len(w.people) == out["caseload"] == out["person_days"] == 0
    with_people = [Activity.CRISIS, Activity.ASSESSMENT, Activity.STABILISING, Activity.ROUTINE, Activity.REVIEW]
    with_people += [Activity.CP_VISIT, Activity.TRAVEL, Activity.NOTES]
    assert np.asarray(w.minutes)[:, with_people].sum() == 0
    assert np.asarray(w.minutes)[:, Activity.LEFT_OVER].sum() > 0
    assert out["pressure"] == 0
    assert math.isnan(out["five_steps"])


@pytest.mark.rules
def test_v39_one_person_and_one_practitioner():
    one = {
        "standing.team.staff_wte": staff({NURSE: 1}),
        "standing.team.caseload_per_wte": 1.0,
        "standing.team.new_people_per_month": 0.0,
        "parameters.return_share": 0.0,
        "parameters.long_stay_years": 60.0,
        "parameters.brief_share": 0.0,
        "parameters.deaths_per_year": 0.0,
        "parameters.dropouts_per_year": 0.0,
    }
    w, out = run(scenario("cmht", one, weeks=12), seed=1, warm_up_weeks=8)
    person = w.people[0]

    assert len(w.people) == 1
    assert (out["on_caseload"], out["caseload"], out["person_days"]) == (1, 1, 84)
    assert person["contacts_held"] > 0
    seen = [w.weekly[name][8:-1].sum() for name in ("contacts_crisis", "contacts_stabilising", "contacts_recovery")]
    assert sum(seen) == person["contacts_held"]


def test_v39_ten_thousand_people():
    many = {"standing.team.staff_wte": staff({NURSE: 50}), "standing.team.caseload_per_wte": 200.0}
    w, out = run(scenario("cmht", many, weeks=5), seed=1, warm_up_weeks=2)

    assert out["caseload"] > 9_000
    assert w.team[0]["caseload"] == on_caseload(w).sum()
    assert w.workers["caseload"].sum() == (w.people["coordinator"] >= 0).sum()
    assert out["pressure"] > 3
    assert out["late_share"] > 0.1
