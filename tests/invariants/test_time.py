"""Minutes and posts are conserved: a paid day is filled exactly, and a post is filled or vacant."""

import numpy as np
import pytest

from cpsim.model.codes import Activity
from cpsim.scenario.schema import Posts
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import NURSE, ROLES, days, parts, scenario, staff, world

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

MONDAY_TO_FRIDAY = 5  # days; said again here, so that a model with another week is found out
ROUNDING = 1e-6  # minutes, and pounds: sums of a few thousand floats
ONE_NURSE = {"standing.team.staff_wte": staff({NURSE: 1}), "standing.team.caseload_per_wte": 3.0}
LEAST = 0.01  # WTE: a rest of a post smaller than this is no post


def spent(w):
    """Minutes of each role so far."""
    return np.asarray(w.minutes).sum(axis=1)


def paid(w):
    """Minutes for which each practitioner in post is paid today."""
    works = w.team[0]["weekday"] < MONDAY_TO_FRIDAY
    day = (w.team[0]["weekday"] - w.workers["id"]) % MONDAY_TO_FRIDAY  # a part-time week begins on its own day
    share = np.clip(w.workers["wte"] * MONDAY_TO_FRIDAY - day, 0, 1)
    return w.workers["filled"] * share * w.params[0]["day_minutes"] * works


@in_any_world()
def test_v12_minutes_fill_the_paid_day(start):
    w = start.world()
    before = spent(w)
    for today in days(w):
        if today == 0:
            before[:] = 0  # the account begins anew on the first day reported
        due = np.bincount(w.workers["role"], paid(w), minlength=len(before))
        assert np.abs(spent(w) - before - due).max() < ROUNDING
        assert (np.asarray(w.minutes) >= -ROUNDING).all()
        before = spent(w)


@in_any_world(most_weeks=4)
def test_v12_no_practitioner_has_less_than_no_time_or_more_than_their_contract(start):
    w = start.world()
    while w.team[0]["day"] < w.team[0]["last_day"] - 1:
        for part, _ in parts(w):
            left, kept = w.workers["minutes_left"], w.workers["protected_promised"]
            assert (left >= -ROUNDING).all()
            assert (left <= w.params[0]["day_minutes"] + ROUNDING).all()
            assert (kept >= 0).all()
            assert (kept <= left + ROUNDING).all(), "no more is promised to protected visits than there is"
            assert (kept < ROUNDING).all() or part != "close", "every promise was kept or given up by the evening"
            assert (w.workers["protected_bank"] >= -ROUNDING).all()


def test_v12_supervision_takes_no_more_than_the_day_has():
    long_session = {"parameters.day_minutes": 60.0, "parameters.supervision_minutes": 240.0}
    w = world(scenario("cmht", ONE_NURSE | long_session | {"strategy.supervision_every_weeks": 4.0}, weeks=4), 1, 1)
    while w.team[0]["day"] < w.team[0]["last_day"] - 1:
        for _ in parts(w):
            assert (w.workers["minutes_left"] >= -ROUNDING).all()
    assert np.asarray(w.minutes)[:, Activity.CP_SUPERVISION].sum() > 0


@in_any_world(most_weeks=4)
def test_v12_what_a_practitioner_uses_is_in_the_account(start):
    w = start.world()
    while w.team[0]["day"] < w.team[0]["last_day"] - 1:
        before, left = spent(w), np.array(w.workers["minutes_left"])
        for part, k in parts(w):
            if part == "open":
                before = spent(w)
            elif part == "morning":
                role = w.workers[k]["role"]
                fixed = spent(w)[role] - before[role]
                assert abs(fixed + w.workers[k]["minutes_left"] - paid(w)[k]) < ROUNDING
            elif part == "work":
                role = w.workers[k]["role"]
                used = left[k] - w.workers[k]["minutes_left"]
                assert abs(spent(w)[role] - before[role] - used) < ROUNDING
            before, left = spent(w), np.array(w.workers["minutes_left"])
        assert (w.workers["minutes_left"] == 0).all(), "at the end of a day every minute has been given to something"


@in_any_world()
def test_v13_posts_are_filled_or_vacant(start):
    w = start.world()
    team, workers = w.team[0], w.workers
    change_day = team["change_day"]
    for today in days(w):
        described = start.scenario.teams[0].changed if today >= change_day else start.scenario.teams[0].base
        exists = (workers["opens"] <= today) & (today < workers["closes"])
        filled, covered = workers["filled"] == 1, workers["agency"] == 1

        assert not (covered & ~filled).any()
        assert not (filled & ~exists).any()
        assert not (workers["present"] == 1)[~filled].any()
        for code, role in enumerate(ROLES):
            posts = described.team.staff_wte.get(role, Posts())
            established = workers["wte"][exists & (workers["role"] == code)].sum()
            assert abs(established - posts.in_post - posts.vacant) <= 2 * LEAST
        carrying = exists & (workers["coordinates"] == 1)
        assert abs(team["established"] - workers["wte"][carrying].sum()) < ROUNDING
        assert not (covered & ~carrying).any()
        assert abs(team["agency"] - workers["wte"][covered].sum()) < ROUNDING
        assert abs(team["in_post"] - workers["wte"][carrying & filled & ~covered].sum()) < ROUNDING
        assert team["present"] <= team["in_post"] + team["agency"] + ROUNDING
