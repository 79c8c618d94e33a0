"""Places and scores stay inside their bounds."""

import numpy as np
import pytest

from cpsim.model.codes import RGUK_TOP, STEPS, WEMWBS_BOTTOM, WEMWBS_TOP, Source, Stage
from cpsim.model.hours.joining import join
from cpsim.model.records import MEMBERSHIP, NEVER, PERSON, PLACE, PRACTITIONER, TEAM
from tests.invariants.scenarios import CROWDED, in_any_world
from tests.invariants.worlds import by_person, days, finish, members

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

ROUNDING = 1e-9
UNIT_SCALES = {  # 0-1
    "people": ("relationship", "wish", "exit_luck", "tie_break"),
    "workers": ("clarity", "skill", "can_do", "orientation", "own_work"),
    "places": ("welcome", "known"),
}
KINDS_OF_TIES = ("ties_family", "ties_friends", "ties_neighbours")
TIES = ("ties", "ties_usual", "ties_start", "ties_fallen", "ties_new", "ties_made", "ties_renewed", *KINDS_OF_TIES)
MINUTES = ("travel", "cp_minutes", "contact_minutes", "days_since_contact", "days_since_cp")
NEVER_BELOW_NONE = {
    "people": (*TIES, *MINUTES, "spare_income", "own_pocket", "funded", "weight", "relapse"),
    "workers": ("wte", "load", "caseload", "cp_people", "training_left", "crisis_minutes", "hour_cost"),
    "places": ("members", "others", "places", "fee", "extras"),
}


@in_any_world()
def test_v14_no_place_has_more_members_than_places(start):
    w = start.world()
    for _ in days(w):
        assert (w.places["members"] == members(w)).all()
        assert (w.places["others"] + w.places["members"] <= w.places["places"]).all()
        assert (w.places["others"] >= 0).all()


def test_v14_joining_looks_again_whether_there_is_room():
    """Between finding a place and going there others may have come; and nobody joins a place that is theirs already."""
    w = CROWDED.world()
    w.memberships["place"], w.places["members"] = -1, 0  # nobody belongs anywhere yet
    w.places["places"], w.places["others"] = 2, 0
    w.places["opens"], w.places["closes"] = -NEVER, NEVER
    for person in (0, 0, 1, 2, 3):
        join(w, person, 0, Source.CP)
    assert (by_person(w)[:4] == 0).sum(axis=1).tolist() == [1, 1, 0, 0]
    assert (w.places["members"] == members(w)).all()

    for place in (1, 2, 3):  # three places are as many as somebody goes to
        join(w, 0, place, Source.OWN)
    assert sorted(by_person(w)[0]) == [0, 1, 2]
    assert (w.places["members"] == members(w)).all()


@in_any_world()
def test_v14_nobody_belongs_for_long_to_a_group_that_has_closed(start):
    """Memberships are looked at once a week."""
    w = start.world()
    for day in days(w):
        rows = w.memberships["place"][w.memberships["place"] >= 0]
        assert (w.places["closes"][rows] > day - 7).all()
        assert (w.places["opens"][rows] <= day).all()


@in_any_world()
def test_ties_by_kind_add_up(start):
    w = start.world()
    for _ in days(w):
        kinds = sum(w.people[name] for name in KINDS_OF_TIES)
        assert np.abs(kinds - w.people["ties"]).max(initial=0.0) < ROUNDING


@in_any_world()
def test_no_more_is_spent_than_the_budget_and_what_is_left_has_its_reason(start):
    w = start.world()
    out, p = finish(w), w.params[w.team[0]["phase"]]
    if p["budget_limited"]:
        assert 0 <= out["funds_spent"] <= p["budget"] + ROUNDING
        parts = out["funds_spent"] + out["funds_unspent_no_time"] + out["funds_unspent_no_use"]
        assert abs(parts - p["budget"]) < 1e-6
    else:
        assert out["funds_unspent_no_time"] == out["funds_unspent_no_use"] == 0


@in_any_world()
def test_v14_nobody_belongs_twice_or_after_leaving(start):
    w = start.world()
    for _ in days(w):
        rows = np.sort(by_person(w), axis=1)
        assert not ((rows[:, 1:] == rows[:, :-1]) & (rows[:, 1:] >= 0)).any()
        gone = w.people["stage"] >= Stage.DISCHARGED
        assert (rows[gone] == -1).all()


@in_any_world()
def test_v18_scores_stay_inside_their_scales(start):
    w = start.world()
    for _ in days(w):
        for name in ("capital", "capital_own", "capital_before"):
            assert ((w.people[name] >= 0) & (w.people[name] <= RGUK_TOP)).all()
        for name in ("wellbeing", "wellbeing_own", "wellbeing_before"):
            inside = (w.people[name] >= WEMWBS_BOTTOM - ROUNDING) & (w.people[name] <= WEMWBS_TOP + ROUNDING)
            assert inside.all()
        for rows, names in UNIT_SCALES.items():
            for name in names:
                found = getattr(w, rows)[name]
                assert ((found >= 0) & (found <= 1)).all(), f"{rows}: {name}"
        assert ((w.memberships["comfort"] >= 0) & (w.memberships["comfort"] <= 1 + ROUNDING)).all()
        for rows, names in NEVER_BELOW_NONE.items():
            for name in names:
                assert (getattr(w, rows)[name] >= -ROUNDING).all(), f"{rows}: {name}"


@in_any_world()
def test_v18_reported_scores_stay_inside_their_scales(start):
    """Of nobody there is no score, and none is made up."""
    w = start.world()
    out = finish(w)
    scales = {"rguk_end": (0, RGUK_TOP), "wemwbs_end": (WEMWBS_BOTTOM, WEMWBS_TOP)}
    for name, (bottom, top) in scales.items():
        assert np.isnan(out[name]) or bottom <= out[name] <= top, name
    for name in ("five_steps", "some_steps", "no_steps", "reach", "delivered", "fidelity", "adoption", "late_share"):
        assert np.isnan(out[name]) or 0 <= out[name] <= 1, name
    for week in w.weekly[:-1]:
        assert np.isnan(week["wellbeing"]) or WEMWBS_BOTTOM <= week["wellbeing"] <= WEMWBS_TOP


@in_any_world()
def test_v18_steps_and_their_quality_stay_inside_their_scales(start):
    w = start.world()
    for _ in days(w):
        people = w.people
        assert ((people["step"] >= 0) & (people["step"] <= STEPS + 1)).all()
        assert ((people["steps_done"] >= 0) & (people["steps_done"] <= STEPS)).all()
        for step in range(1, STEPS + 1):
            minutes, quality = people[f"minutes_{step}"], people[f"quality_{step}"]
            assert ((quality >= 0) & (quality <= minutes + ROUNDING)).all()


@in_any_world()
def test_v18_no_state_is_ever_not_a_number(start):
    w = start.world()
    for _ in days(w):
        for rows, kinds in ((w.people, PERSON), (w.workers, PRACTITIONER), (w.places, PLACE), (w.team, TEAM)):
            for name in kinds.names:
                assert not np.isnan(rows[name]).any(), name
        assert not np.isnan(w.memberships["comfort"]).any(), MEMBERSHIP.names
