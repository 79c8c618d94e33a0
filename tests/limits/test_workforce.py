"""Posts against what renewal theory says of them: vacancies, turnover, cover, a freeze."""

import math

import numpy as np
import pytest

from cpsim.model.codes import Activity
from tests.tiny import finish, live_through, populated, quiet, staffed

pytestmark = pytest.mark.limit

YEAR = 365.25
LEAVING = 2.0  # a year: the most that is accepted, so that posts turn over often within a run
POSTS = 100


def team(in_post, changes=None, **top):
    """Many posts and hardly anybody on the caseload: what is looked at is posts alone."""
    staff = staffed()
    staff["social worker"] = {"in_post": in_post, "vacant": POSTS - in_post}
    base = {"team.caseload_per_wte": 0.05, "parameters.leaving_per_year": LEAVING, "parameters.groups_per_10k": 0}
    return quiet({**base, **(changes or {})}, staff=staff, **top)


def shares(chosen, seeds=8, warm_up_weeks=0):
    """Mean vacancy share and turnover of some worlds."""
    found = [finish(populated(chosen, seed, warm_up_weeks)) for seed in range(seeds)]
    return np.mean([run.vacancy_share for run in found]), np.mean([run.turnover for run in found])


@pytest.mark.parametrize(
    ("in_post", "round_days"),
    [(80.0, 130.0), (80.0, 15.0), (55.0, 40.0)],
    ids=["every round succeeds", "one round in three succeeds", "one in four, many vacancies"],
)
def test_v23_vacancy_share(in_post, round_days):
    """Share vacant = leaving rate x time to fill / (1 + leaving rate x time to fill): the vacancies that were given.

    Whatever a round lasts, its chance of success follows from them. Within 3 % of the share (noise of 8 runs of ten
    years is 1 %).
    """
    given = 1 - in_post / POSTS
    vacant, turnover = shares(team(in_post, {"parameters.refill_days": round_days}, weeks=520))
    to_fill = given / (1 - given) / LEAVING
    assert LEAVING * to_fill / (1 + LEAVING * to_fill) == pytest.approx(given)
    assert vacant == pytest.approx(given, rel=0.03)
    assert turnover == pytest.approx(LEAVING, rel=0.03)


def test_v23_vacancies_of_just_now_settle_where_recruitment_puts_them():
    """Ten posts in 100 are vacant today; leaving twice a year and rounds of 60 days, half of which fail, make 40."""
    now = {"team.vacancies": "just now", "parameters.refill_days": 60.0, "parameters.round_success": 0.5}
    vacant, _ = shares(team(90.0, now, weeks=520), warm_up_weeks=52)
    filling = 60 / 0.5 / YEAR
    assert vacant == pytest.approx(LEAVING * filling / (1 + LEAVING * filling), rel=0.03)
    assert vacant == pytest.approx(0.4, abs=0.02)


def test_frozen_posts_empty_at_the_rate_of_leaving():
    """Nobody is replaced from week 4, nor by a round under way: after a year exp(-2) of those in post are left.

    The noise of 40 times 80 posts is 0.006.
    """
    left = []
    for seed in range(40):
        world = populated(team(80.0, weeks=57).with_({"policies.freeze_vacant_posts": True}, from_week=4), seed)
        live_through(world, 4 * 7)
        before = world.workers.filled.sum()
        live_through(world, 365)
        left.append(world.workers.filled.sum() / before)
    assert np.mean(left) == pytest.approx(math.exp(-LEAVING * 365 / YEAR), abs=0.025)


def test_agency_covers_its_share_of_the_vacancies():
    """With nobody to look for: 60 % of vacant posts; after 20 days: only of vacancies that have lasted so long."""
    share = {"policies.agency_cover_share": 0.6, "parameters.agency_days": 0.0}
    found = [finish(populated(team(80.0, share, weeks=260), seed)) for seed in range(6)]
    at_once = np.mean([run.agency_share / run.vacancy_share for run in found])
    assert at_once == pytest.approx(0.6, abs=0.03)
    assert np.mean([run.vacancy_share for run in found]) == pytest.approx(0.2, rel=0.05)
    later = finish(populated(team(80.0, {**share, "parameters.agency_days": 20.0}, weeks=260)))
    assert 0.3 < later.agency_share / later.vacancy_share < 0.8 * at_once


def test_settling_in_takes_a_wedge_of_each_starters_minutes():
    """From 50 % of the day to none in 70 days: a quarter of the 50 working days, for each starter."""
    settles = {"parameters.onboarding_days": 70.0, "parameters.onboarding_share": 0.5}
    world = populated(team(80.0, settles, weeks=208))
    finish(world)
    starters = (world.workers.spells // 2).sum()  # each departure and each arrival counts
    expected = starters * 50 * 0.25 * world.params[0].day_minutes
    assert starters > 500
    induction = world.minutes[:, Activity.INDUCTION].sum()
    assert induction == pytest.approx(expected, rel=0.15)  # some leave again before they have settled in
    assert induction < expected
