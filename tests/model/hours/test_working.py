"""A team's working day: who does what first, what is shared, what is protected, and how CP moves on."""

import numpy as np
import pytest

from cpsim.model.codes import STEPS, Activity, Gate, Source, Stage
from cpsim.model.records import CLOSED, DELIVERED, NEVER
from cpsim.population.places import GENERATION, RESERVE
from tests.tiny import finish, live_through, populated, quiet, staffed

pytestmark = [pytest.mark.unit, pytest.mark.rules]

SOCIAL_WORKER, SUPPORT_WORKER = 1, 3  # rows of roles.csv


def minutes(world, activity):
    return world.minutes[:, activity].sum()


# ---------------------------------------------------------------- assessments, reviews, shared work


def test_an_assessment_is_a_debt_of_minutes_over_days():
    """150 minutes in sittings of at most 60: 60, 60 and 30 on three working days."""
    long = {"parameters.assessment_minutes": 150, "parameters.assessment_sitting_minutes": 60}
    world = populated(quiet(long | {"team.caseload_per_wte": 0, "team.new_people_per_month": 5}))
    first = world.people[0]
    live_through(world, int(first.referral_day))
    left = []
    while first.stage in (Stage.NOT_YET, Stage.WAITING):
        live_through(world, 1)
        left.append(float(first.assess_left))
    working = [value for value, before in zip(left, [150, *left], strict=False) if value != before]
    assert working == [90, 30, 0]


def test_reviews_come_by_their_interval_and_take_their_minutes():
    often = {"policies.reviews": True, "parameters.review_interval_days": 28, "parameters.review_minutes": 90}
    world = populated(quiet(often, weeks=16))
    world.people[0].review_left = 3
    live_through(world, 16 * 7)
    assert world.people[0].reviews_done == 4  # day 2 and, when a working day comes, every 28 days
    assert minutes(world, Activity.REVIEW) == 4 * 90


def test_a_review_is_not_begun_without_the_time_for_all_of_it():
    often = {"policies.reviews": True, "parameters.review_minutes": 90, "parameters.day_minutes": 80}
    world = populated(quiet(often))
    world.people[0].review_left = 0
    live_through(world, 28)
    assert (world.people[0].reviews_done, minutes(world, Activity.REVIEW)) == (0, 0)


def in_crisis(world, *rows):
    """These people have been in a crisis of the team's own for a while, and are to be seen today."""
    for i in rows:
        person = world.people[i]
        person.stage, person.spell_left, person.interval, person.days_since_contact = Stage.CRISIS, 1e9, 1.0, 9


def test_a_crisis_goes_to_somebody_else_when_the_co_ordinator_is_away():
    world = populated(quiet({"team.caseload_per_wte": 2}, staff=staffed(social_worker=2.0)))
    live_through(world, 1)
    in_crisis(world, 0)
    own, other = (world.workers[k] for k in (world.people[0].coordinator, 1 - world.people[0].coordinator))
    own.sick_days = 30
    live_through(world, 1)
    assert world.people[0].contacts_held == 1
    assert (own.present, own.crisis_minutes) == (0, 0)
    assert other.crisis_minutes == world.params[0].crisis_minutes


def test_a_crisis_comes_before_what_was_planned_and_what_cannot_be_done_is_put_off_by_its_cause():
    """A day of 170 minutes holds two crisis contacts of 75: one crisis and the planned contact wait."""
    short = {
        "parameters.day_minutes": 170,
        "parameters.crisis_minutes": 75,
        "parameters.notes_minutes": 10,
        "parameters.contact_minutes": 50,
    }
    world = populated(quiet(short | {"team.caseload_per_wte": 4, "place.radius_km": 0}))
    live_through(world, 1)
    in_crisis(world, 0, 1, 2)
    world.people[3].days_since_contact = 999
    for i in range(4):
        world.people[i].contacts_held = world.people[i].put_off = 0
    live_through(world, 1)
    assert world.people.contacts_held[:3].sum() == 2
    assert minutes(world, Activity.CRISIS) == 150
    waiting = world.people[int(np.flatnonzero(world.people.contacts_held[:3] == 0)[0])]
    assert (waiting.put_off, waiting.put_off_crisis) == (1, 1)
    assert (world.people[3].contacts_held, world.people[3].put_off_crisis) == (0, 1)


def test_when_everybody_is_away_contacts_are_put_off_for_absence():
    world = populated(quiet({"team.caseload_per_wte": 3}))
    live_through(world, 1)
    in_crisis(world, 0)
    world.people[1].days_since_contact = 999
    world.people[2].stage, world.people[2].spell_left, world.people[2].days_since_contact = Stage.STABILISING, 1e9, 99
    world.workers[0].sick_days = 30
    before = world.people.put_off_absence.copy()
    live_through(world, 1)
    assert (world.people.put_off_absence - before).tolist() == [1, 1, 1]
    assert minutes(world, Activity.ABSENT) == world.params[0].day_minutes


# ---------------------------------------------------------------- Connecting People

# Nothing in the way: opened and clear, wished for and a priority, a town where every place fits; half an hour's steps.
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
    "strategy.materials": True,
    "strategy.supervision_every_weeks": 1,
    "strategy.leadership": "named lead with time",
    "parameters.lead_hours": 0,
    "parameters.supervision_effect": 20,
    "parameters.leadership_effect": 20,
    "parameters.supervision_minutes": 0,
    "parameters.materials_opened": 1,
    "parameters.clarity_untrained": 1,
    "parameters.threshold_spread": 0,
    "parameters.wish_mean": 0.99,
    "parameters.wish_spread": 0,
    "parameters.contact_minutes": 30,
    "parameters.full_dose_minutes": 150,
    "parameters.step_4_share": 0.2,
    "parameters.step_done_quality": 0,
    "parameters.explain_chance": 1,
    "policies.cp_visit_every_days": 7,
}


def test_five_booked_visits_are_five_steps():
    """A visit of half an hour a week, half an hour a step: five visits, a place joined at step 4, and then no more."""
    world = populated(quiet(OPEN | {"parameters.recap_minutes": 0, "parameters.recovery_interval_days": 365}, weeks=20))
    outcome = finish(world)
    assert (outcome.five_steps, outcome.step_5, outcome.still_connected, outcome.delivered) == (1, 1, 1, 1)
    assert 0 < outcome.fidelity <= 1
    person, worker = world.people[0], world.workers[0]
    assert (person.step, person.steps_done, person.cp_contacts, person.cp_minutes) == (STEPS + 1, STEPS, 5, 150)
    assert [person[f"minutes_{step}"] for step in range(1, 6)] == [30] * 5
    assert (person.explained, person.asked, person.wished, worker.adopted) == (1, 1, 1, 1)
    assert (person.cp_active, worker.cp_people) == (0, 0)
    assert minutes(world, Activity.CP_VISIT) == world.weekly[:-1].cp_minutes.sum() == 150
    assert world.weekly[:-1].contacts_cp.sum() == 5
    joined = world.memberships[:3]
    assert (joined[0].source, joined[0].place) == (Source.CP, person.found_place)
    assert person.joined == 1
    closed = [int(found) for found in world.windows[0] if found & CLOSED]
    assert closed
    assert all(found & DELIVERED and not found & ((1 << len(Gate)) - 1) for found in closed)


def test_a_recap_after_a_gap_comes_out_of_the_minutes():
    """Visits every 14 days, 10 minutes of recap after 28: 5 of each later visit go into it."""
    gap = {"parameters.recap_minutes": 10, "policies.cp_visit_every_days": 14, "parameters.recovery_interval_days": 365}
    world = populated(quiet(OPEN | gap, weeks=10))
    live_through(world, 10 * 7)
    person = world.people[0]
    assert person.cp_contacts >= 4
    assert person.cp_minutes == 30 + 25 * (person.cp_contacts - 1)


def test_a_practitioner_books_visits_for_so_many_people_at_a_time():
    few = {"team.caseload_per_wte": 6, "policies.cp_people_per_wte": 2, "parameters.full_dose_minutes": 3000}
    world = populated(quiet(OPEN | few, weeks=10))
    for _ in range(10 * 7):
        live_through(world, 1)
        assert world.workers[0].cp_people == world.people.cp_active.sum() <= 2
    assert world.people.cp_active.sum() == 2


def test_a_support_worker_does_the_visits_and_is_let_go_when_cp_is_not_wanted():
    staff = staffed(social_worker=1.0, support_worker=1.0)
    slow = {"parameters.recovery_interval_days": 365, "parameters.full_dose_minutes": 3000}
    world = populated(quiet(OPEN | slow, staff=staff, weeks=20))
    live_through(world, 29)  # a window has opened
    person = world.people[0]
    assert (person.coordinator, person.cp_worker, world.workers[1].cp_people) == (0, 1, person.cp_active)
    live_through(world, 28)
    assert world.minutes[SUPPORT_WORKER, Activity.CP_VISIT] > 0
    assert world.minutes[SOCIAL_WORKER, Activity.CP_VISIT] == 0
    person.wish = 0.0
    live_through(world, 28)
    assert (person.cp_worker, person.cp_active, world.workers[1].cp_people) == (0, 0, 0)


def test_when_the_support_worker_leaves_the_visits_end():
    staff = staffed(social_worker=1.0, support_worker=1.0)
    slow = {"parameters.recovery_interval_days": 365, "parameters.full_dose_minutes": 3000}
    world = populated(quiet(OPEN | slow, staff=staff, weeks=20))
    live_through(world, 29)
    assert world.workers[1].cp_people == 1
    world.workers[1].closes = 29
    live_through(world, 1)
    assert (world.workers[1].filled, world.workers[1].cp_people, world.people[0].cp_active) == (0, 0, 0)
    live_through(world, 28)
    assert world.people[0].cp_worker == 0  # the care co-ordinator, from the next window on


def test_cp_in_what_a_routine_contact_leaves():
    """No booked visits (the practitioner takes on nobody), contact every week with a free agenda: all of it counts."""
    routine = {"policies.cp_people_per_wte": 0, "policies.free_agenda": True, "parameters.recovery_interval_days": 7}
    world = populated(quiet(OPEN | routine | {"parameters.recap_minutes": 0}, weeks=16))
    live_through(world, 16 * 7)
    assert world.people[0].steps_done == STEPS
    assert minutes(world, Activity.CP_VISIT) == 0
    assert world.weekly.cp_minutes.sum() == 150


def test_by_phone_steps_that_touch_the_community_do_not_move():
    phone = {
        "parameters.phone_share": 1,
        "parameters.phone_minutes": 30,
        "policies.cp_people_per_wte": 0,
        "policies.free_agenda": True,
    }
    world = populated(
        quiet(OPEN | phone | {"parameters.recovery_interval_days": 7, "parameters.recap_minutes": 0}, weeks=16)
    )
    live_through(world, 16 * 7)
    assert (world.people[0].step, world.people[0].minutes_1, world.people[0].minutes_2) == (2, 30, 0)


def test_what_stops_a_step_in_the_community_is_looked_into_and_written_down():
    """Nothing suits: step 1 is worked through; at step 2 every visit looks for a way and finds none."""
    world = populated(
        quiet(OPEN | {"parameters.interest_match": 0, "parameters.recovery_interval_days": 365}, weeks=24)
    )
    live_through(world, 24 * 7)
    tried, person = world.access[Source.CP], world.people[0]
    assert (person.step, person.minutes_2, person.joined) == (2, 0, 0)
    assert tried[Gate.NOT_OPEN].only_failing == tried[0].attempts >= 3
    assert tried[0].succeeded == 0
    assert person.places_looked_at >= 3
    assert person.cp_minutes > person.minutes_1 + 3 * world.params[0].search_minutes
    stopped = [int(found) for found in world.windows[0] if found & CLOSED and found & 1 << Gate.NOT_OPEN]
    assert len(stopped) >= 3
    assert not any(found & DELIVERED for found in stopped)


def test_a_way_that_is_found_opens_the_window_and_all_the_looking_counts_at_the_step():
    """No place is known; looked at together, the first one suits: nothing failed, and the minutes are step 2's."""
    unknown = {"parameters.known_at_start": 0, "parameters.recap_minutes": 0, "parameters.recovery_interval_days": 365}
    world = populated(quiet(OPEN | unknown | {"parameters.search_minutes": 45}, weeks=24))
    outcome = finish(world)
    person = world.people[0]
    assert (person.steps_done, person.joined, outcome.delivered) == (STEPS, 1, 1)
    assert person.minutes_2 == 60  # two visits of half an hour until three quarters of an hour were looked for
    assert person.places_looked_at == 1
    closed = [int(found) for found in world.windows[0] if found & CLOSED]
    assert all(found & DELIVERED and not found & ((1 << len(Gate)) - 1) for found in closed)
    assert world.access[Source.CP][0].succeeded >= 1


def test_a_member_needs_no_other_place():
    """Somebody who belongs to the place already: nothing stands between them and it, whatever the lists say."""
    slow = {"parameters.recovery_interval_days": 365, "policies.cp_visit_every_days": 28, "parameters.recap_minutes": 0}
    world = populated(quiet(OPEN | slow | {"parameters.known_at_start": 0}, weeks=24))
    person = world.people[0]
    slots = world.memberships[:3]
    for slot, row in zip(slots, range(3), strict=True):
        slot.place = row
        world.places[row].members += 1
    person.interest_a = person.interest_b = int(world.places[0].kind)
    world.kinds[:] = 0
    world.kinds[world.places[0].kind] = 0, 3, 3  # the only places there are
    live_through(world, 24 * 7)
    assert person.step > 2
    assert world.access[Source.CP][0].succeeded == world.access[Source.CP][0].attempts > 0


@pytest.mark.parametrize(("policy", "visits"), [("protected_time", True), ("crisis_first", False)])
def test_protected_time_is_kept_when_crises_fill_the_day(policy, visits):
    """Five people in a crisis, 90 minutes each, on a day of 300; two hours a day are protected, or give way."""
    full = {
        "policies.when_the_day_is_full": policy,
        "policies.protected_cp_hours_per_week": 10,
        "team.caseload_per_wte": 6,
        "place.radius_km": 0,
        "parameters.day_minutes": 300,
        "parameters.crisis_minutes": 80,
        "parameters.notes_minutes": 10,
        "parameters.crisis_interval_days": 0.5,
        "parameters.full_dose_minutes": 3000,
        "parameters.recovery_interval_days": 365,
    }
    world = populated(quiet(OPEN | full, weeks=12))
    live_through(world, 1)
    in_crisis(world, 1, 2, 3, 4, 5)
    live_through(world, 8 * 7)
    held = minutes(world, Activity.CP_VISIT)
    assert bool(held) is visits
    assert minutes(world, Activity.CRISIS) > 2000
    assert world.workers[0].protected_bank >= 0


def test_booked_visits_are_put_off_when_their_practitioner_is_away():
    slow = {"parameters.recovery_interval_days": 365, "parameters.full_dose_minutes": 3000}
    world = populated(quiet(OPEN | slow, weeks=12))
    live_through(world, 29)
    person = world.people[0]
    assert person.cp_active
    world.workers[0].sick_days = 60
    held, before = int(person.cp_contacts), int(person.put_off_absence)
    live_through(world, 14)
    assert person.cp_contacts == held
    assert person.put_off_absence > before


# ---------------------------------------------------------------- ordinary support, groups, training


def test_ordinary_support_tries_and_joins_in_every_team():
    ordinary = {"strategy.materials": False, "parameters.ordinary_attempts": 1, "parameters.recovery_interval_days": 7}
    world = populated(
        quiet(OPEN | ordinary | {"parameters.spare_minutes": 60, "strategy.supervision_every_weeks": 0}, weeks=20)
    )
    live_through(world, 20 * 7)
    person, tried = world.people[0], world.access[Source.ORDINARY]
    assert (person.ordinary_helped, person.cp_contacts) == (1, 0)
    assert tried[0].attempts == person.ordinary_attempts > 5
    assert world.memberships[0].source == Source.ORDINARY


def test_more_work_with_groups_teaches_places_and_wins_something_in_turn():
    """Two hours a week, something won every four hours: knowledge of all places rises; places, a waiver, a group."""
    groups = {
        "parameters.knowledge_gain": 0.05,
        "parameters.engagement_hours_per_win": 4,
        "parameters.places_won": 5,
        "parameters.known_at_start": 0.2,
    }
    world = populated(quiet(groups, weeks=8).with_({"strategy.community_engagement_hours_per_week": 2}))
    groups_before, places_before = int(world.kinds[:, 1].sum()), int(world.places.places.sum())
    live_through(world, 8 * 7)
    team = world.team[0]
    opened = (world.places.id % GENERATION >= RESERVE) & (world.places.opens < NEVER)
    assert minutes(world, Activity.ENGAGEMENT) == pytest.approx(8 * 120)
    assert (team.engagement_hours, team.engagement_wins) == (pytest.approx(16), 4)
    assert world.places.places.sum() - places_before == 2 * 5  # the first and the fourth time
    assert world.places.waived.sum() == 1
    assert (team.groups_opened, world.kinds[:, 1].sum() - groups_before, opened.sum()) == (1, 1, 1)
    assert world.places.known[opened] == 1
    old = (world.places.opens == -NEVER) & (world.places.closes > team.day)  # what was learnt ends with the group
    assert world.places.known[old] == pytest.approx(1 - 0.8 * (1 - 0.05 * 0.4) ** 40, rel=1e-6)  # 24 minutes on 40 days


def test_what_has_always_been_given_to_groups_keeps_things_as_they_are():
    world = populated(quiet({"strategy.community_engagement_hours_per_week": 2}, weeks=8))
    live_through(world, 8 * 7)
    assert minutes(world, Activity.ENGAGEMENT) == pytest.approx(8 * 120)
    assert (world.team[0].engagement_wins, world.places.waived.sum()) == (0, 0)
    assert set(world.places.known) == {world.params[0].known_at_start}


def test_groups_get_only_what_is_left_of_the_day():
    """A day filled to the minute by assessments leaves nothing; what is owed lapses after a month."""
    full = {
        "strategy.community_engagement_hours_per_week": 2,
        "team.new_people_per_month": 20,
        "parameters.assessment_minutes": 900,
        "parameters.assessment_sitting_minutes": 60,
        "parameters.day_minutes": 60,
    }
    world = populated(quiet(full, weeks=7))
    live_through(world, 7 * 7)
    owed_a_month = float(world.params[0].engagement_minutes_a_day * world.params[0].working_days_a_month)
    assert minutes(world, Activity.ENGAGEMENT) < 120
    assert world.team[0].engagement_bank == pytest.approx(owed_a_month)


def test_training_takes_days_out_costs_and_leaves_people_trained():
    trained = {"strategy.materials": True, "strategy.training_days_per_person": 2}
    free = {"parameters.training_starts_week": 1, "parameters.training_day_cost": 250}
    scenario = quiet(free, staff=staffed(social_worker=2.0), weeks=8).with_(trained)
    world = populated(scenario, warm_up_weeks=2)
    live_through(world, 3 * 7)
    assert (minutes(world, Activity.CP_LEARNING), world.workers.trained.sum()) == (0, 0)  # week 0: not yet
    live_through(world, 3 * 7)
    assert minutes(world, Activity.CP_LEARNING) == 2 * 2 * world.params[0].day_minutes
    assert world.workers.trained.tolist() == [1, 1]
    assert world.weekly.cost_implementation.sum() == 2 * 2 * 250


def test_somebody_who_joins_later_is_trained_too():
    scenario = quiet({"parameters.training_starts_week": 0}, weeks=8).with_(
        {"strategy.materials": True, "strategy.training_days_per_person": 1}
    )
    world = populated(scenario)
    live_through(world, 8)
    assert world.workers[0].trained == 1
    world.workers[0].spell_left = 0.0  # with no vacancies usual, a post is filled the day after
    live_through(world, 2)
    assert (world.workers[0].filled, world.workers[0].trained, world.workers[0].training_left) == (1, 0, 1)
    live_through(world, 7)
    assert world.workers[0].trained == 1


def test_vacant_posts_are_advertised_when_the_change_speeds_it_up():
    staff = staffed(social_worker=1.0)
    staff["social worker"] = {"in_post": 1.0, "vacant": 1.0}
    filled = {"team.staff_wte": staffed(social_worker=2.0)}
    scenario = quiet(
        {
            "parameters.leaving_per_year": 0.1,
            "parameters.recruit_days": 20,
            "parameters.round_success": 1,
            "parameters.recruit_spread": 0,
        },
        staff=staff,
        weeks=12,
    ).with_(filled)
    world = populated(scenario)
    live_through(world, 1)
    assert world.workers.recruiting.tolist() == [0, 1]
    live_through(world, 25)
    assert world.workers.filled.tolist() == [1, 1]


# ---------------------------------------------------------------- what a practitioner would laugh at


def with_a_visit_booked(world):
    """The first person is due for a planned contact and for a visit for CP, by the same practitioner, on day 0."""
    person = world.people[0]
    person.coordinator, person.cp_worker, person.cp_active = 0, 0, 1
    person.days_since_contact, person.days_since_cp, person.rebook_left = 99, 99, 0
    person.stage, person.spell_left, person.interval = Stage.RECOVERY, 1e9, 28.0
    world.workers[0].cp_people = 1
    person.window_offset = 20  # no window opens in these days
    return person


def test_nobody_calls_twice_on_one_day():
    world = populated(quiet())
    person = with_a_visit_booked(world)
    live_through(world, 1)
    assert (person.contacts_held + person.contacts_missed, person.contacts_planned) == (1, 1)
    assert minutes(world, Activity.ROUTINE) == 0


def test_a_visit_that_did_not_get_to_cp_is_not_repeated_the_next_day():
    world = populated(quiet({"parameters.unwell_recovery": 1}))
    person = with_a_visit_booked(world)
    live_through(world, 5)
    assert (person.contacts_held, person.cp_contacts) == (1, 0)


def test_a_day_off_puts_nobody_off():
    world = populated(quiet({"team.caseload_per_wte": 5}, staff=staffed(social_worker=0.4)))
    live_through(world, 1)
    person, worker = world.people[0], world.workers[0]
    person.coordinator = 0
    off = [day for day in range(5) if (day - worker.id) % 5 >= 2]
    for day in range(1, 5):
        person.days_since_contact, person.put_off = 99, 0
        live_through(world, 1)
        assert (worker.present == 0) == (day in off)
        assert person.put_off == 0
