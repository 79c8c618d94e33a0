import numpy as np
import pytest

from cpsim.model.codes import Gate, Source, Stage
from cpsim.model.records import MEMBERSHIPS
from tests.tiny import live_through, member, populated, quiet, staffed

pytestmark = [pytest.mark.unit, pytest.mark.rules]

# A town in which nothing stops anybody: each place known, open, near, free; and people who dare.
OPEN = {
    "place.radius_km": 1,
    "parameters.walk_km": 20,
    "parameters.known_at_start": 1,
    "parameters.interest_match": 1,
    "parameters.fee": 0,
    "parameters.extras": 0,
    "parameters.places_taken": 0,
    "parameters.first_meeting_share": 0.999,
    "parameters.anxiety_or": 1,
    "parameters.lapse_3m": 0,
}
TWO = staffed(social_worker=2.0)


def members(world):
    rows = world.memberships.place
    return np.bincount(rows[rows >= 0], minlength=len(world.places))


def test_another_practitioner_without_a_leaver():
    world = populated(quiet({"team.caseload_per_wte": 2, "parameters.relationship_after_change": 0.5}, staff=TWO))
    live_through(world, 1)
    person = world.people[0]
    first, before = int(person.coordinator), float(person.relationship)
    person.transfer_left, world.params.transfer_hazard[:] = 0.5, 0.5
    live_through(world, 1)
    assert (person.coordinator, person.worker_changes, person.transfers) == (1 - first, 1, 1)
    assert person.relationship == pytest.approx(before * float(world.params.relationship_kept[0]) * 0.5, rel=0.2)
    assert sorted(world.workers.caseload) == [1, 3]
    assert world.weekly.worker_changes.sum() >= 1


def test_nobody_else_to_go_to():
    world = populated(quiet({"team.caseload_per_wte": 2}))
    live_through(world, 1)
    world.people[0].transfer_left, world.params.transfer_hazard[:] = 0.5, 0.5
    live_through(world, 1)
    assert (world.people[0].coordinator, world.people[0].worker_changes) == (0, 0)


def test_a_leaver_hands_people_back_and_others_take_them_after_a_while():
    """Two practitioners, one leaves on day 2: six people each; those of the leaver wait ten days for the other."""
    world = populated(quiet({"team.caseload_per_wte": 6, "parameters.reallocation_days": 10}, staff=TWO))
    live_through(world, 2)
    world.params.leave_post_hazard[:] = 1.0
    world.workers[1].spell_left, world.workers[0].spell_left = 0.5, 1e9
    world.workers.success_before[:] = world.workers.success_after[:] = 0.0
    theirs = np.flatnonzero(world.people.coordinator == 1)
    assert len(theirs) == 6
    live_through(world, 1)
    assert (world.workers[1].filled, world.workers[1].caseload, world.workers[1].load) == (0, 0, pytest.approx(0))
    assert set(world.people[theirs].coordinator) == {-1}
    assert world.weekly[0].leavers == 1
    live_through(world, 9)
    assert set(world.people[theirs].coordinator) == {-1}
    live_through(world, 1)
    assert set(world.people[theirs].coordinator) == {0}
    assert set(world.people[theirs].worker_changes) == {1}
    assert world.workers[0].caseload == 12


def test_a_newcomer_in_the_same_post_is_another_practitioner():
    """One post: its practitioner leaves and somebody else takes it up. Trust is built anew, and the change counts."""
    world = populated(quiet({"parameters.reallocation_days": 1, "parameters.relationship_after_change": 0.2}))
    live_through(world, 2)
    person, worker = world.people[0], world.workers[0]
    trust = float(person.relationship)
    worker.spell_left = 0.0  # leaves tomorrow, followed the day after
    live_through(world, 4)
    assert (worker.filled, worker.spells, person.coordinator) == (1, 2, 0)
    assert person.worker_changes == 1
    assert person.relationship < 0.5 * trust


def test_agency_cover_carries_the_caseload_until_a_starter_takes_it_over():
    """One post, empty from the third day: cover comes in five days, a starter on the twentieth."""
    changes = {"policies.agency_cover_share": 1, "parameters.agency_days": 5, "parameters.reallocation_days": 1}
    world = populated(quiet({**changes, "team.caseload_per_wte": 4, "parameters.agency_premium": 0.5}))
    live_through(world, 2)
    team, worker = world.team[0], world.workers[0]
    worker.spell_left = 0.0
    live_through(world, 1)
    worker.round_left, worker.round_luck = 17.5, 0.0
    assert (team.in_post, team.agency, set(world.people.coordinator)) == (0, 0, {-1})
    live_through(world, 7)
    assert (team.in_post, team.agency, set(world.people.coordinator)) == (0, 1, {0})
    assert (worker.agency, worker.clarity, world.people.worker_changes.tolist()) == (1, 0, [1] * 4)
    live_through(world, 14)
    assert (team.in_post, team.agency, worker.agency, worker.caseload) == (1, 0, 0, 4)
    assert world.people.worker_changes.tolist() == [2] * 4
    week = world.weekly[1]
    assert (week.agency, week.in_post, week.caseload_per_established, week.caseload_per_in_post) == (1, 0, 4, 4)
    whole = worker.hour_cost * 5 * world.params[0].day_minutes / 60
    assert week.cost_local_authority == pytest.approx(1.5 * whole)


def test_somebody_away_for_weeks_keeps_their_people_and_gets_no_new_ones():
    away = {"policies.away_wte": 1.0, "policies.away_from_week": 1, "policies.away_for_weeks": 2}
    world = populated(quiet({"team.caseload_per_wte": 3}, staff=TWO).with_(away))
    live_through(world, 7)
    assert world.workers.away.sum() == 0
    live_through(world, 1)
    assert (world.workers.away.tolist(), world.workers.present.tolist()) == ([1, 0], [0, 1])
    world.people[int(np.flatnonzero(world.people.coordinator == 1)[0])].transfer_left = 0.0
    live_through(world, 13)
    assert (world.workers.away.tolist(), world.workers.caseload.tolist()) == ([1, 0], [3, 3])
    live_through(world, 1)
    assert (world.workers.away.tolist(), world.workers.present.tolist()) == ([0, 0], [1, 1])


def test_leaving_gives_up_practitioner_places_and_booked_visits():
    world = populated(quiet(OPEN | {"team.caseload_per_wte": 3}))
    belongs = member(world, 0)
    live_through(world, 1)
    person = world.people[0]
    person.cp_worker, person.cp_active, person.window_open, world.workers[0].cp_people = 0, 1, 1, 1
    before = int(world.places[belongs].members)
    person.exit_left = 1e-9
    live_through(world, 1)
    assert person.stage == Stage.DISCHARGED
    assert (person.coordinator, person.cp_worker, person.cp_active, person.window_open) == (-1, -1, 0, 0)
    assert (world.workers[0].cp_people, world.workers[0].caseload, world.team[0].caseload) == (0, 2, 2)
    assert set(world.memberships[:MEMBERSHIPS].place) == {-1}
    assert world.places[belongs].members == before - 1
    assert world.weekly[0].discharged == 1
    assert 0 not in world.active[: world.team[0].active]


def test_the_dead_do_not_come_back():
    world = populated(quiet({"parameters.return_share": 0.95}))
    person = world.people[0]
    person.exit_left, person.exit_luck, world.params.death_hazard[:] = 1e-9, 0.0, 0.1
    live_through(world, 1)
    assert person.stage == Stage.DIED
    assert person.return_day > 10**9


def test_a_change_of_stage_changes_weight_and_interval():
    world = populated(quiet())
    live_through(world, 1)
    person, p = world.people[0], world.params[0]
    person.spell_left, person.relapse = 0.0, 0.01
    live_through(world, 1)
    assert person.stage == Stage.CRISIS
    assert (person.weight, world.workers[0].load) == (p.weight_crisis, p.weight_crisis)
    assert person.interval == p.crisis_interval_days


def test_own_initiative_joins_a_place_and_is_written_down():
    """Four attempts a month in a town where nothing stops anybody: up to three places each, and no more."""
    world = populated(quiet(OPEN | {"parameters.own_attempts_per_month": 4, "team.caseload_per_wte": 3}, weeks=20))
    live_through(world, 20 * 7)
    own = world.access[Source.OWN]
    tried = world.people.own_attempts.sum()
    assert set(own.attempts) == {tried}
    assert own[0].succeeded / tried > 0.9
    assert (members(world) == world.places.members).all()
    held = (world.memberships.place.reshape(-1, MEMBERSHIPS) >= 0).sum(axis=1)
    assert (held[:3] == world.people[:3].joined).all()
    assert held.max() == MEMBERSHIPS
    assert set(world.memberships.source[world.memberships.place >= 0]) == {Source.OWN}
    assert (world.people.ties_made[:3] > 0).any()


@pytest.mark.parametrize("funds", [False, True])
def test_taking_part_is_paid_by_the_person_or_by_funds(funds):
    costs = {"parameters.fee": 3, "parameters.free_share": 0, "parameters.extras": 2, "parameters.affordable_share": 2}
    paid = {f"strategy.{name}": funds for name in ("pay_fees", "pay_extras", "pay_fares")}
    always = {"parameters.spare_income": 500, "parameters.attendance": 1}
    world = populated(quiet(OPEN | costs | paid | always, weeks=6))
    world.places.extras[:] = 2
    member(world, 0)
    live_through(world, 6 * 7)
    person = world.people[0]
    times = world.memberships[0].attended
    assert times == 6
    assert (person.own_pocket, person.funded) == ((0, 5 * times) if funds else (5 * times, 0))
    assert world.weekly.cost_implementation.sum() == (5 * times if funds else 0)
    assert world.weekly.cost_own_pocket.sum() == (0 if funds else 5 * times)


def test_no_places_at_all_stop_every_attempt():
    world = populated(quiet({"parameters.groups_per_10k": 0, "parameters.own_attempts_per_month": 4}, weeks=20))
    live_through(world, 20 * 7)
    own = world.access[Source.OWN]
    assert own[0].attempts > 5
    assert own[Gate.NOT_KNOWN].any_failing == own[Gate.NOT_OPEN].any_failing == own[0].attempts
    assert own[0].succeeded == 0
