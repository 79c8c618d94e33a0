import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.model.records import NEVER
from tests.tiny import live_through, populated, quiet, staffed

pytestmark = [pytest.mark.unit, pytest.mark.rules]

ON_CASELOAD = (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL)


def referred(changes=None, *, seed=1, **top):
    """A team that starts with nobody and is referred about one person a working day."""
    changes = {"team.caseload_per_wte": 0, "team.new_people_per_month": 20, "parameters.assessment_minutes": 60} | (
        changes or {}
    )
    return populated(quiet(changes, **top), seed)


def test_a_referral_waits_is_assessed_and_is_taken_on_the_working_day_after():
    world = referred()
    first = world.people[0]
    live_through(world, int(first.referral_day) + 1)
    assert (first.stage, first.wait_since) == (Stage.WAITING, first.referral_day)
    working_days = [day for day in range(int(first.referral_day), 28) if day % 7 < 5]
    assessed, taken_on = working_days[:2]
    live_through(world, taken_on - int(first.referral_day))
    assert first.stage == Stage.RECOVERY
    assert (first.joined_day, first.coordinator, first.worker_changes) == (taken_on, 0, 0)
    assert world.workers[0].caseload == world.team[0].caseload >= 1
    assert world.weekly[taken_on // 7].days_waited >= taken_on - assessed


def test_the_waiting_list_is_taken_in_order_up_to_the_cap():
    """Urgent people first, then by time waited, then by their own tie-break; only urgent ones go beyond the cap."""
    busy = {
        "policies.caseload_cap_per_wte": 6,
        "parameters.start_crisis_share": 0.15,
        "parameters.long_stay_years": 0.2,
    }
    world = referred(busy | {"team.new_people_per_month": 60, "parameters.assessment_minutes": 15}, weeks=8)
    taken = 0
    for day in range(8 * 7):
        ready = [i for i in world.active[: world.team[0].active] if world.people[i].assess_left <= 0]
        waiting = {
            i: (-int(q.urgent), int(q.wait_since), float(q.tie_break))
            for i in ready
            if (q := world.people[i]).stage == Stage.WAITING
        }
        before = int(world.team[0].caseload)
        live_through(world, 1)
        chosen = [i for i in waiting if world.people[i].stage in ON_CASELOAD]
        left = [rank for i, rank in waiting.items() if i not in chosen]
        assert not chosen or day % 7 < 5
        assert all(waiting[i] < rank for i in chosen for rank in left)
        assert sum(waiting[i][0] == 0 for i in chosen) <= max(0, 6 - before)
        taken += len(chosen)
    assert taken > 10
    assert len(left) > 5  # the cap held people back


def test_urgent_people_start_in_a_crisis_and_low():
    world = referred({"parameters.start_crisis_share": 1, "policies.caseload_cap_per_wte": 0.01})
    live_through(world, 14)
    there = world.people[(world.people.joined_day > 0) & (world.people.stage == Stage.CRISIS)]
    assert len(there) > 2
    assert set(there.crises) == {1}
    gap = float(world.params[0].wellbeing_stage_gap)
    assert there.wellbeing == pytest.approx(np.maximum(14, there.wellbeing_own - gap))
    assert (there.wellbeing_before <= there.wellbeing_own).all()
    assert world.weekly.crises.sum() >= len(there)


@pytest.mark.parametrize("minutes", [60, 0])
def test_who_is_not_accepted_is_not_taken_on(minutes):
    """However short the assessment."""
    world = referred({"parameters.accept_share": 0.3, "parameters.assessment_minutes": minutes}, weeks=8)
    live_through(world, 8 * 7)
    people = world.people[: world.team[0].next_referral]
    done = people[(people.stage != Stage.WAITING) & (people.stage != Stage.NOT_YET)]
    assert len(done) > 20
    assert ((done.stage == Stage.NOT_ACCEPTED) == (done.accepted == 0)).all()
    turned_away = np.flatnonzero(people.stage == Stage.NOT_ACCEPTED)
    assert not set(turned_away) & set(world.active[: world.team[0].active])


def test_people_come_back_on_their_day():
    """A long stay that ends on day 2 and a return on day 9: referred again, assessed, taken on, with fresh luck."""
    world = populated(quiet({"parameters.assessment_minutes": 60}, weeks=4))
    person = world.people[0]
    person.exit_left = 1e-4  # used up on the third day
    live_through(world, 3)
    assert person.stage == Stage.DISCHARGED
    assert (world.team[0].active, world.team[0].caseload, world.workers[0].caseload) == (0, 0, 0)
    person.return_day, world.team[0].next_return = 9, 9
    live_through(world, 6)
    assert person.stage == Stage.DISCHARGED
    live_through(world, 1)
    assert (person.stage, person.returning, person.return_day) == (Stage.WAITING, 1, NEVER)
    live_through(world, 3)
    assert person.stage in ON_CASELOAD
    assert (person.exits, world.team[0].active, world.team[0].caseload) == (2, 1, 1)


def test_the_next_return_is_the_earliest_that_is_still_to_come():
    world = populated(quiet({"team.caseload_per_wte": 4, "parameters.assessment_minutes": 60}, weeks=4))
    for person, day in zip(world.people, (NEVER, 5, 12, 5), strict=False):
        person.exit_left, person.long_stay = (1e-6, 0) if day < NEVER else (9.0, 1)
    live_through(world, 1)
    for person, day in zip(world.people, (NEVER, 5, 12, 5), strict=False):
        person.return_day = day
    world.team[0].next_return = 5
    live_through(world, 5)
    assert world.team[0].next_return == 12
    assert [person.returning for person in world.people] == [0, 1, 0, 1]
    live_through(world, 7)
    assert (world.team[0].next_return, world.people[2].returning) == (NEVER, 1)


def test_with_nobody_in_post_people_are_taken_on_and_wait_for_a_practitioner():
    staff = staffed(social_worker=1.0, psychologist=1.0)
    world = populated(quiet({"team.caseload_per_wte": 2}, staff=staff))
    world.workers[0].filled = 0
    world.workers.success_before[:] = world.workers.success_after[:] = 0.0
    live_through(world, 5)
    assert set(world.people.coordinator) == {-1}
    assert (world.people.uncovered_days > 5).all()
    world.workers[0].filled = 1
    live_through(world, 1)
    assert set(world.people.coordinator) == {0}


def test_the_first_contact_is_due_when_a_person_is_taken_on():
    world = referred()
    first = world.people[0]
    while first.stage != Stage.RECOVERY:
        live_through(world, 1)
    assert first.contacts_planned + first.put_off == 1
