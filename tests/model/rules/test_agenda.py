import numpy as np
import pytest

from cpsim.model.codes import Activity, Due, Stage
from cpsim.model.records import PERSON, PRACTITIONER, TASK, TEAM, make
from cpsim.model.rules import agenda
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def test_the_day_is_taken_in_this_order_and_protected_time_first():
    kinds = [
        Activity.CRISIS,
        Activity.ASSESSMENT,
        Activity.STABILISING,
        Activity.ROUTINE,
        Activity.REVIEW,
        Activity.CP_VISIT,
    ]
    ranks = [agenda.rank(int(kind), 0) for kind in kinds]
    assert ranks == sorted(set(ranks))
    assert agenda.rank(int(Activity.CP_VISIT), 1) < ranks[0]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ((4, 1, 0.9), (5, 9, 0.1), True),
        ((5, 9, 0.9), (5, 1, 0.1), True),
        ((5, 1, 0.1), (5, 1, 0.9), True),
        ((5, 1, 0.9), (5, 1, 0.1), False),
        ((5, 1, 0.5), (4, 1, 0.5), False),
        ((5, 1, 0.1), (5, 2, 0.9), False),
    ],
)
def test_rank_then_urgency_then_the_persons_own_tie_break(one, other, before):
    tasks = [row(TASK, rank=rank, urgency=float(urgency), tie_break=tie) for rank, urgency, tie in (one, other)]
    assert bool(agenda.comes_before(*tasks)) is before


def person(**fields):
    return row(
        PERSON, **{"stage": Stage.RECOVERY, "interval": 28.0, "days_since_contact": 28, "review_left": 5, **fields}
    )


WAITING, HOSPITAL, CRISIS, STABILISING = (
    {"stage": stage} for stage in (Stage.WAITING, Stage.HOSPITAL, Stage.CRISIS, Stage.STABILISING)
)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, Due.CONTACT),
        ({"days_since_contact": 27}, 0),
        ({"rebook_left": 1}, 0),
        ({"rebook_left": 0}, Due.CONTACT),
        ({"review_left": 0}, Due.CONTACT | Due.REVIEW),
        ({"cp_active": 1, "days_since_cp": 21}, Due.CONTACT | Due.CP_VISIT),
        ({"cp_active": 1, "days_since_cp": 20}, Due.CONTACT),
        ({"cp_active": 0, "days_since_cp": 99}, Due.CONTACT),
        ({"cp_active": 1, "days_since_cp": 21, "rebook_left": 1}, 0),
        (STABILISING | {"review_left": -3}, Due.CONTACT | Due.REVIEW),
        (CRISIS | {"review_left": -3, "cp_active": 1, "days_since_cp": 99}, Due.CONTACT),
        (CRISIS | {"rebook_left": 3}, Due.CONTACT),
        (STABILISING | {"rebook_left": 3}, 0),
        (HOSPITAL, 0),
        (WAITING | {"assess_left": 1.0}, Due.ASSESSMENT),
        (WAITING | {"assess_left": 0.0}, 0),
    ],
)
def test_what_is_due(fields, due):
    assert agenda.is_due(person(**fields), numbers(cp_visit_every_days=21.0, reviews=1)) == due


def test_a_team_without_reviews_has_none_due():
    assert agenda.is_due(person(review_left=-9), numbers(reviews=0)) == Due.CONTACT


def test_tasks_are_listed_in_order_whatever_the_order_they_come_in():
    tasks, team = make(20, TASK).view(np.recarray), row(TEAM)
    coming = [
        (Activity.ROUTINE, 3.0, 0.5, 0),
        (Activity.CRISIS, 0.0, 0.9, 0),
        (Activity.CP_VISIT, 0.0, 0.1, 1),
        (Activity.ROUTINE, 8.0, 0.7, 0),
    ]
    coming += [(Activity.CRISIS, 0.0, 0.2, 0), (Activity.CP_VISIT, 9.0, 0.1, 0), (Activity.REVIEW, 1.0, 0.3, 0)]
    first = -1
    for number, (kind, urgency, tie, protected) in enumerate(coming):
        made = agenda.add(tasks, team, int(kind), 100 + number, urgency, tie, protected)
        assert made == number
        first = agenda.insert(tasks, made, first)
    assert team.tasks == len(coming)
    assert (tasks[0].person, tasks[0].worker, tasks[2].protected) == (100, -1, 1)
    listed = []
    while first >= 0:
        listed.append(int(first))
        first = tasks[first].next
    assert listed == [2, 4, 1, 3, 0, 6, 5]


def team_of(*workers):
    rows = make(len(workers), PRACTITIONER).view(np.recarray)
    for number, (present, clinical, left, planned, promised) in enumerate(workers):
        rows[number].present, rows[number].clinical, rows[number].minutes_left = present, clinical, left
        rows[number].planned, rows[number].protected_promised = planned, promised
    return rows


@pytest.mark.parametrize(
    ("workers", "found"),
    [
        ([(1, 1, 100, 0, 0), (1, 1, 200, 0, 0)], 1),
        ([(1, 1, 100, 0, 0), (1, 1, 200, 150, 0)], 0),
        ([(1, 1, 100, 0, 0), (1, 1, 200, 50, 60)], 0),
        ([(0, 1, 300, 0, 0), (1, 0, 300, 0, 0), (1, 1, 10, 30, 0)], 2),
        ([(1, 1, 100, 0, 0), (1, 1, 100, 0, 0)], 0),
        ([(0, 1, 300, 0, 0)], -1),
        ([], -1),
    ],
)
def test_most_time_is_of_a_clinical_practitioner_at_work(workers, found):
    """present, clinical, minutes left, promised today, kept for protected visits"""
    assert agenda.most_time(team_of(*workers), 0.0) == found


@pytest.mark.parametrize(("tie_break", "found"), [(0.0, 0), (0.33, 0), (0.34, 2), (0.66, 2), (0.67, 4), (0.999, 4)])
def test_among_practitioners_with_equal_time_the_persons_own_number_chooses(tie_break, found):
    """Rows 0, 2 and 4 have 100 minutes each."""
    equal, less, away = (1, 1, 100, 0, 0), (1, 1, 90, 0, 0), (0, 1, 100, 0, 0)
    assert agenda.most_time(team_of(equal, less, equal, away, equal), tie_break) == found


def test_who_has_promised_more_than_there_is_has_no_time():
    assert agenda.could_be_asked(team_of((1, 1, 100, 150, 0))[0]) == 0


@pytest.mark.parametrize(
    ("gives_way", "bank", "left", "promised", "fits"),
    [
        (0, 90, 300, 0, True),
        (1, 90, 300, 0, False),
        (0, 80, 300, 0, False),
        (0, 90, 80, 0, False),
        (0, 90, 300, 10, False),
        (0, 100, 300, 10, True),
    ],
)
def test_protected_time_is_kept_only_where_it_does_not_give_way_and_lasts(gives_way, bank, left, promised, fits):
    worker = row(PRACTITIONER, protected_bank=float(bank), minutes_left=float(left), protected_promised=float(promised))
    assert bool(agenda.fits_protected(worker, 90.0, numbers(protected_gives_way=gives_way))) is fits


@pytest.mark.parametrize("stage", [Stage.DISCHARGED, Stage.DROPPED_OUT, Stage.DIED, Stage.NOT_ACCEPTED])
def test_nothing_is_due_with_somebody_who_left_this_morning(stage):
    gone = row(PERSON, stage=stage, interval=28.0, days_since_contact=90, review_left=-9, cp_active=1, days_since_cp=90)
    assert agenda.is_due(gone, numbers(reviews=1)) == 0


@pytest.mark.parametrize(
    ("stage", "tried"), [(Stage.CRISIS, True), (Stage.STABILISING, False), (Stage.RECOVERY, False)]
)
def test_after_a_missed_contact_only_somebody_in_crisis_is_tried_at_once(stage, tried):
    person = row(PERSON, stage=stage, days_since_contact=9, interval=7.0, rebook_left=6)
    assert bool(agenda.contact_is_due(person)) == tried
