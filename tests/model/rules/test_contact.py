import math

import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import Activity, Contact, Mode, Purpose, Stage
from cpsim.model.records import PERSON, PRACTITIONER, TEAM
from cpsim.model.rules import contact
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

ROUTINE, CRISIS, CP_VISIT = int(Activity.ROUTINE), int(Activity.CRISIS), int(Activity.CP_VISIT)


@pytest.mark.parametrize(
    ("stage", "held", "days"),
    [
        (Stage.RECOVERY, 0, 20),
        (Stage.STABILISING, 0, 7),
        (Stage.CRISIS, 0, 2),
        (Stage.CRISIS, 1, 5),
        (Stage.HOSPITAL, 0, 7),
    ],
)
def test_interval_by_stage(stage, held, days):
    """A practitioner who meets people half as often again has them due in two thirds of 30 days."""
    p = numbers(recovery_interval_days=30, stabilising_interval_days=7, crisis_interval_days=2)
    p.crisis_shared_interval_days = 5
    person = row(PERSON, stage=stage, held_by_crisis_team=held)
    assert contact.planned_interval(person, 1.5, p) == days


@pytest.mark.parametrize(
    ("stage", "kind"),
    [(Stage.CRISIS, Activity.CRISIS), (Stage.RECOVERY, Activity.ROUTINE), (Stage.STABILISING, Activity.STABILISING)],
)
def test_what_a_contact_counts_as(stage, kind):
    assert contact.activity(row(PERSON, stage=stage)) == kind


@pytest.mark.parametrize(
    ("anxiety", "relationship", "chance"), [(0, 0, 0.5), (1, 0, 2 / 3), (0, 1, 0.2), (1, 1, 1 / 3)]
)
def test_chance_of_missing(anxiety, relationship, chance):
    """Even odds, doubled by one SD of anxiety, quartered by a full relationship."""
    p = numbers(miss_logit=0.0, miss_anxiety=math.log(2), miss_relationship=math.log(4))
    assert contact.chance_of_missing(
        row(PERSON, social_anxiety=anxiety, relationship=relationship), p
    ) == pytest.approx(chance)


@pytest.mark.parametrize(
    ("kind", "luck", "where"),
    [
        (ROUTINE, 0.19, Mode.PHONE),
        (ROUTINE, 0.21, Mode.BASE),
        (ROUTINE, 0.59, Mode.BASE),
        (ROUTINE, 0.61, Mode.VISIT),
        (CRISIS, 0.1, Mode.BASE),
        (CRISIS, 0.49, Mode.BASE),
        (CRISIS, 0.51, Mode.VISIT),
        (CP_VISIT, 0.1, Mode.VISIT),
    ],
)
def test_where_it_takes_place(kind, luck, where):
    """A fifth by phone, half of the rest at the base; crises never by phone; CP visits always at home."""
    assert contact.mode(row(PERSON), kind, luck, numbers(phone_share=0.2, base_share=0.5)) == where


@pytest.mark.parametrize(
    ("kind", "where", "minutes"),
    [(CRISIS, Mode.BASE, 80), (ROUTINE, Mode.PHONE, 15), (ROUTINE, Mode.BASE, 50), (CP_VISIT, Mode.VISIT, 50)],
)
def test_how_long_it_lasts(kind, where, minutes):
    assert contact.length(kind, int(where), numbers(crisis_minutes=80, phone_minutes=15, contact_minutes=50)) == minutes


# ---------------------------------------------------------------- an attempt

AT_HOME = {"phone_share": 0.0, "base_share": 0.0, "contact_minutes": 50.0, "notes_minutes": 10.0, "rebook_days": 6}
ALWAYS_SEEN, NEVER_SEEN = {"miss_logit": -50.0}, {"miss_logit": 50.0}


def attempt(luck, left=100.0, kind=ROUTINE, protected=0, **worker):
    person = row(PERSON, id=4, travel=30.0, contacts_planned=7, days_since_contact=40, put_off=3, relationship=0.5)
    worker = row(PRACTITIONER, **{"minutes_left": left, "protected_bank": 95.0, **worker})
    spent = np.zeros(len(Activity))
    p = numbers(**AT_HOME, **luck, relationship_gain=0.1, miss_anxiety=0.0, miss_relationship=0.0)
    return contact.attempt(person, worker, kind, protected, spent, 1, p), person, worker, spent


def used(spent):
    return {Activity(code).name: minutes for code, minutes in enumerate(spent) if minutes}


def test_a_contact_that_is_held():
    found, person, worker, spent = attempt(ALWAYS_SEEN)
    agenda = draw.four(1, int(Purpose.CONTACT), 4, 8)[2]
    assert found == (Contact.HELD, Mode.VISIT, 50, agenda)
    assert used(spent) == {"ROUTINE": 50, "TRAVEL": 30, "NOTES": 10}
    assert worker.minutes_left == 10
    assert (person.contacts_planned, person.contacts_held, person.contacts_missed) == (8, 1, 0)
    assert (person.days_since_contact, person.put_off, person.contact_minutes) == (0, 0, 50)
    assert person.relationship == pytest.approx(0.55)


def test_a_person_who_is_not_seen_costs_the_journey_alone():
    found, person, worker, spent = attempt(NEVER_SEEN)
    assert found[:3] == (Contact.NOT_SEEN, Mode.VISIT, 0)
    assert used(spent) == {"TRAVEL": 30}
    assert worker.minutes_left == 70
    assert (person.contacts_planned, person.contacts_held, person.contacts_missed) == (8, 0, 1)
    assert (person.days_since_contact, person.put_off, person.rebook_left, person.relationship) == (40, 0, 6, 0.5)


def test_a_person_in_crisis_who_is_not_seen_is_not_rebooked_for_another_week():
    _, person, _, _ = attempt(NEVER_SEEN, left=200.0, kind=CRISIS)
    assert (person.contacts_missed, person.rebook_left) == (1, 0)


@pytest.mark.parametrize("luck", [ALWAYS_SEEN, NEVER_SEEN])
@pytest.mark.parametrize(
    ("left", "promised", "held"), [(90, 0, True), (89.9, 0, False), (120, 30, True), (120, 31, False)]
)
def test_no_time_is_asked_before_whether_the_person_was_seen(luck, left, promised, held):
    """A full day is lack of capacity: nothing is spent and the person's luck is kept for the next try."""
    found, person, worker, spent = attempt(luck, left, protected_promised=promised)
    assert (found[0] != Contact.NO_TIME) is held
    if not held:
        assert used(spent) == {}
        assert (worker.minutes_left, person.contacts_planned, person.days_since_contact) == (left, 7, 40)


def test_a_visit_in_protected_time_may_use_what_is_kept_and_takes_it_from_the_bank():
    found, _, worker, _ = attempt(ALWAYS_SEEN, kind=CP_VISIT, protected=1, protected_promised=90.0)
    assert found[0] == Contact.HELD
    assert (worker.minutes_left, worker.protected_bank) == (10, 5)


def test_other_contacts_leave_the_bank_alone():
    _, _, worker, _ = attempt(ALWAYS_SEEN)
    assert worker.protected_bank == 95


def test_the_luck_is_the_persons_and_their_nth_contacts():
    """Of 400 people a third is not seen, and it is the same third with another practitioner on another day."""
    p = numbers(**AT_HOME, miss_logit=math.log(0.5), miss_anxiety=0.0, miss_relationship=0.0)
    missed = []
    for left in (100.0, 450.0):
        people = [row(PERSON, id=number) for number in range(400)]
        for person in people:
            contact.attempt(person, row(PRACTITIONER, minutes_left=left), ROUTINE, 0, np.zeros(len(Activity)), 1, p)
        missed.append([person.contacts_missed for person in people])
    assert missed[0] == missed[1]
    assert np.mean(missed[0]) == pytest.approx(1 / 3, abs=0.12)  # five standard errors


# ---------------------------------------------------------------- spare time, unwell, put off, ageing


@pytest.mark.parametrize(
    ("stage", "kind", "where", "free", "spare"),
    [
        (Stage.RECOVERY, ROUTINE, Mode.BASE, 0, 8),
        (Stage.STABILISING, ROUTINE, Mode.BASE, 0, 4),
        (Stage.RECOVERY, ROUTINE, Mode.PHONE, 0, 2),
        (Stage.RECOVERY, CP_VISIT, Mode.VISIT, 0, 50),
        (Stage.RECOVERY, ROUTINE, Mode.BASE, 1, 50),
    ],
)
def test_what_the_agenda_leaves(stage, kind, where, free, spare):
    """0.4 of 20 minutes at most; half while stabilising; a quarter by phone; all of a CP visit or a free agenda."""
    p = numbers(spare_most_minutes=20, spare_stabilising=0.5, phone_minutes=12.5, contact_minutes=50, free_agenda=free)
    assert contact.spare_minutes(row(PERSON, stage=stage), kind, where, 50.0, 0.4, p) == pytest.approx(spare)


@pytest.mark.parametrize(("stage", "share"), [(Stage.RECOVERY, 0.2), (Stage.STABILISING, 0.6)])
def test_unwell_at_a_contact_by_stage(stage, share):
    p = numbers(unwell_recovery=0.2, unwell_stabilising=0.6)
    unwell = [contact.is_unwell(row(PERSON, id=5, stage=stage, contacts_planned=event), 1, p) for event in range(400)]
    assert np.mean(unwell) == pytest.approx(share, abs=0.12)


@pytest.mark.parametrize(
    ("there", "crisis", "pressure", "in_post", "cause"),
    [
        (False, 999, 1.5, 8, "absence"),
        (True, 60, 1.5, 8, "crisis"),
        (True, 59, 1.5, 8, "caseload"),
        (True, 0, 1.1, 8, "absence"),
        (True, 0, 1.25, 8, "absence"),
        (True, 0, 1.26, 8, "caseload"),
        (True, 0, 1.1, 10, "caseload"),
        (True, 0, 0.9, 8, "caseload"),
    ],
)
def test_why_a_contact_found_no_time(there, crisis, pressure, in_post, cause):
    """Ten posts: a vacancy is the cause if the work (pressure x those filled) would fit ten and not those filled."""
    person = row(PERSON, put_off=2)
    team = row(TEAM, pressure=pressure, in_post=float(in_post), established=10.0)
    contact.put_off(person, there, float(crisis), team, numbers(contact_minutes=50, notes_minutes=10))
    counts = {"crisis": person.put_off_crisis, "absence": person.put_off_absence, "caseload": person.put_off_caseload}
    assert counts == {name: int(name == cause) for name in counts}
    assert person.put_off == 3


def test_a_day_passes():
    person = row(PERSON, days_since_contact=3, days_since_cp=8, rebook_left=2, review_left=1, relationship=0.5)
    contact.day_passes(person, numbers(relationship_kept=0.9))
    found = (
        person.days_since_contact,
        person.days_since_cp,
        person.rebook_left,
        person.review_left,
        person.relationship,
    )
    assert found == (4, 9, 1, 0, 0.45)


def test_a_relationship_nears_one_and_never_passes_it():
    person = row(PERSON, relationship=0.9)
    for _ in range(200):
        contact.hold(person, 50.0, numbers(relationship_gain=0.5))
    assert 0.999 < person.relationship <= 1
