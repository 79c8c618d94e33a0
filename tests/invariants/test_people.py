"""People are conserved: nobody is lost between the waiting list, the caseload and the ways out."""

import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.model.records import NOBODY
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import NURSE, days, on_caseload, scenario, staff, world

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

GONE = (Stage.DISCHARGED, Stage.DROPPED_OUT, Stage.DIED, Stage.NOT_ACCEPTED)
ROUNDING = 1e-9  # what adding and taking away weights may leave


@in_any_world()
def test_v10_referred_people_wait_or_are_on_the_caseload_or_have_left(start):
    w = start.world()
    for today in days(w):
        team, stage = w.team[0], w.people["stage"]
        referred = w.people["referral_day"] <= today
        here = (stage == Stage.WAITING) | on_caseload(w)

        assert team["next_referral"] == referred.sum()
        assert (here | np.isin(stage, GONE))[referred].all()
        assert (stage[~referred] == Stage.NOT_YET).all()
        assert team["caseload"] == on_caseload(w).sum()
        assert list(w.active[: team["active"]]) == list(np.flatnonzero(here)), "listed once each, in row order"


@in_any_world()
def test_v10_each_day_comes_and_goes_add_up(start):
    w = start.world()
    week = w.weekly[:-1]
    caseload = w.team[0]["caseload"]
    for _ in days(w):
        flow = week["taken_on"].sum() - week["discharged"].sum()
        assert w.team[0]["caseload"] == caseload + flow

    waiting, refused = (w.people["stage"] == Stage.WAITING).sum(), (w.people["stage"] == Stage.NOT_ACCEPTED).sum()
    assert week["referred"].sum() == week["taken_on"].sum() + waiting + refused


@in_any_world()
def test_v11_everybody_has_one_co_ordinator_in_post_or_waits_for_another(start):
    w = start.world()
    for _ in days(w):
        people, workers = w.people, w.workers
        theirs = people["coordinator"]
        covered = theirs >= 0

        assert not covered[~on_caseload(w)].any(), "only people on the caseload have a co-ordinator"
        assert workers["filled"][theirs[covered]].all()
        assert workers["coordinates"][theirs[covered]].all()
        assert (people["last_coordinator"][covered] == theirs[covered]).all()
        assert (people["uncovered_days"][covered] == 0).all()
        if (workers["filled"] & workers["coordinates"]).any():  # then nobody waits for longer than it takes
            waiting = on_caseload(w) & ~covered
            assert (people["uncovered_days"][waiting] <= w.params[0]["reallocation_days"]).all()


@in_any_world()
def test_v11_caseloads_are_what_a_recount_finds(start):
    w = start.world()
    for _ in days(w):
        people, workers = w.people, w.workers
        covered, booked = people["coordinator"] >= 0, people["cp_active"] > 0
        posts = len(workers)

        count = np.bincount(people["coordinator"][covered], minlength=posts)
        load = np.bincount(people["coordinator"][covered], weigh(w)[covered], minlength=posts)
        assert (workers["caseload"] == count).all()
        assert np.abs(workers["load"] - load).max(initial=0) < ROUNDING * max(1, len(people))
        assert (people["cp_worker"][booked] >= 0).all()
        assert (workers["cp_people"] == np.bincount(people["cp_worker"][booked], minlength=posts)).all()
        assert workers["filled"][people["cp_worker"][people["cp_worker"] >= 0]].all()


@in_any_world()
def test_v11_a_crisis_is_answered_as_a_crisis_with_or_without_a_co_ordinator(start):
    """The time until the next contact follows from the stage also while nobody is in charge."""
    w = start.world()
    p = w.params[0]
    for _ in days(w):
        crisis = w.people["stage"] == Stage.CRISIS
        held = w.people["held_by_crisis_team"] == 1
        assert (w.people["interval"][crisis & held] == p["crisis_shared_interval_days"]).all()
        assert (w.people["interval"][crisis & ~held] == p["crisis_interval_days"]).all()


def test_v11_a_newcomer_in_the_same_post_is_somebody_else():
    """One nurse, then another: a change of worker for everybody, and trust begins again."""
    nobody_leaves = {f"parameters.{name}": 0.0 for name in ("brief_share", "deaths_per_year", "dropouts_per_year")}
    one_post = {"standing.team.staff_wte": staff({NURSE: 1}), "standing.team.caseload_per_wte": 8.0}
    often = {"parameters.leaving_per_year": 2.0, "parameters.long_stay_years": 60.0}
    w = world(scenario("cmht", one_post | nobody_leaves | often, weeks=52), seed=1, warm_up_weeks=4)
    first_eight, changes, uncovered = slice(0, 8), np.zeros(8), np.zeros(8, bool)
    for today in days(w):
        covered = w.people["coordinator"][first_eight] >= 0
        changes += uncovered & covered & (today >= 0)
        uncovered = ~covered & (w.people["last_coordinator"][first_eight] != NOBODY)

    assert changes.sum() >= 8, "nobody left in a year"
    assert (w.people["worker_changes"][first_eight] == changes).all()


def weigh(w):
    """What each person weighs in a caseload by their stage, written anew."""
    p = w.params[w.team[0]["phase"]]
    by_stage = {Stage.CRISIS: p["weight_crisis"], Stage.STABILISING: p["weight_stabilising"]}
    return np.array([by_stage.get(stage, 1.0) for stage in w.people["stage"]])
