"""Horizons and calendars: a week, five years, a leap day, a start on a Saturday (V40)."""

import datetime

import numpy as np
import pytest

from cpsim.model.codes import DAYS_A_WEEK
from tests.invariants.worlds import NURSE, days, finish, run, scenario, staff, world

pytestmark = pytest.mark.limit

MONDAY_TO_FRIDAY = 5  # days; said again here, so that a model with another week is found out
SMALL = {"standing.team.staff_wte": staff({NURSE: 2}), "standing.team.caseload_per_wte": 8.0}


@pytest.mark.rules
@pytest.mark.parametrize("warm_up_weeks", [0, 3])
def test_v40_one_week(warm_up_weeks):
    w, out = run(scenario("cmht", SMALL, weeks=1), seed=1, warm_up_weeks=warm_up_weeks)
    assert list(w.weekly["week"][:-1]) == list(range(-warm_up_weeks, 1))
    assert out["person_days"] > 0
    assert out["windows"] == 0, "a window takes four weeks"
    assert np.isnan(out["five_steps"]), "nobody was there for 28 days"


@pytest.mark.rules
def test_v40_one_day():
    w = world(scenario("cmht", SMALL, weeks=1), seed=1, warm_up_weeks=1)
    w.team[0]["last_day"] = 1
    days_lived = list(days(w))
    assert days_lived == list(range(-7, 1))
    assert sum(w.people[name].sum() for name in ("days_in_recovery", "days_stabilising", "days_in_crisis")) > 0
    assert (w.people["days_in_recovery"] <= 1).all()


def test_v40_five_years():
    w, out = run(scenario("cmht", weeks=260), seed=1)
    assert list(w.weekly["week"][:-1]) == list(range(-26, 260))
    assert 200 < out["caseload"] < 400, "what comes in goes out"
    assert (w.weekly["caseload"][:-1] > 0).all()
    assert not np.isnan(w.weekly["cost_trust"]).any()


@pytest.mark.rules
@pytest.mark.parametrize(
    "start",
    [datetime.date(2028, 2, 21), datetime.date(2026, 4, 4), datetime.date(2026, 4, 5), datetime.date(2027, 12, 27)],
    ids=["before a leap day", "a Saturday", "a Sunday", "over the new year"],
)
def test_v40_people_work_on_the_working_days_of_the_calendar(start):
    w = world(scenario("cmht", SMALL, weeks=4, start=start), seed=1, warm_up_weeks=2)
    before = 0.0
    for today in days(w):
        before = 0.0 if today == 0 else before  # the account begins anew
        spent = np.asarray(w.minutes).sum()
        date = start + datetime.timedelta(days=today)
        assert (spent > before) == (date.weekday() < MONDAY_TO_FRIDAY), date
        before = spent


@pytest.mark.rules
@pytest.mark.parametrize("start", [datetime.date(2026, 4, 4), datetime.date(2026, 4, 8)])
def test_v40_a_week_of_the_account_has_five_working_days_whenever_it_begins(start):
    always_there = {f"parameters.{name}": 0.0 for name in ("sickness_share", "leave_days", "leaving_per_year")}
    w = world(scenario("cmht", SMALL | always_there, weeks=3, start=start), seed=1, warm_up_weeks=2)
    finish(w)
    posts = (w.workers["wte"] * w.workers["hour_cost"]).sum()
    beds = w.weekly["bed_days"] * w.params[0]["bed_day_cost"]
    crisis_team = w.weekly["crisis_team_days"] * w.params[0]["crisis_team_contacts_a_day"]
    staff_cost = (
        w.weekly["cost_trust"]
        + w.weekly["cost_implementation"]
        - beds
        - crisis_team * w.params[0]["crisis_team_contact_cost"]
    )
    assert staff_cost[:-1] == pytest.approx(posts * w.params[0]["day_minutes"] / 60 * MONDAY_TO_FRIDAY)
    assert len(w.weekly) - 1 == 5
    assert w.team[0]["last_day"] == DAYS_A_WEEK * 3
