import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import GONE, PERSON, PRACTITIONER, TEAM, make
from cpsim.model.rules import allocation
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(weight_crisis=5.0, weight_stabilising=2.0, relationship_after_change=0.4)


@pytest.mark.parametrize(
    ("stage", "weight"), [(Stage.CRISIS, 5), (Stage.STABILISING, 2), (Stage.RECOVERY, 1), (Stage.HOSPITAL, 1)]
)
def test_weight_by_stage(stage, weight):
    assert allocation.weight(row(PERSON, stage=stage), P) == weight


def team_of(*workers):
    rows = make(len(workers), PRACTITIONER).view(np.recarray)
    for number, (filled, coordinates, load, wte) in enumerate(workers):
        rows[number].filled, rows[number].coordinates, rows[number].load, rows[number].wte = (
            filled,
            coordinates,
            load,
            wte,
        )
    return rows


@pytest.mark.parametrize(
    ("workers", "but", "found"),
    [
        ([(1, 1, 20, 1), (1, 1, 15, 1)], -1, 1),
        ([(1, 1, 20, 1), (1, 1, 15, 0.5)], -1, 0),
        ([(1, 1, 20, 1), (0, 1, 0, 1), (1, 0, 0, 1)], -1, 0),
        ([(1, 1, 20, 1), (1, 1, 15, 1)], 1, 0),
        ([(1, 1, 20, 1), (1, 1, 20, 1)], -1, 0),
        ([(1, 1, 20, 1)], 0, -1),
        ([], -1, -1),
    ],
)
def test_the_lightest_load_for_its_hours(workers, but, found):
    assert allocation.lightest(team_of(*workers), but, 0.0) == found


def test_a_newcomer_takes_fewer_people_and_somebody_away_for_weeks_none():
    """Twelve people on half a usable day weigh as much as 24 on a whole one."""
    workers = team_of((1, 1, 20, 1), (1, 1, 12, 1), (1, 1, 0, 1))
    workers[2].away = 1
    assert allocation.lightest(workers, -1, 0.0) == 1
    workers[1].settling = 0.5
    assert allocation.lightest(workers, -1, 0.0) == 0


@pytest.mark.parametrize(("but", "tie_break", "found"), [(-1, 0.0, 1), (-1, 0.49, 1), (-1, 0.51, 3), (1, 0.99, 3)])
def test_among_equal_loads_the_persons_own_number_chooses(but, tie_break, found):
    """Rows 1 and 3 have ten people for each WTE."""
    workers = team_of((1, 1, 20, 1), (1, 1, 10, 1), (0, 1, 10, 1), (1, 1, 5, 0.5))
    assert allocation.lightest(workers, but, tie_break) == found


@pytest.mark.parametrize(
    ("cap", "caseload", "room"),
    [(0, 999, True), (30, 59, True), (30, 60, False), (30, 61, False), (29.9, 59, True), (29.5, 59, False)],
)
def test_a_cap_is_people_for_each_post_that_is_filled(cap, caseload, room):
    assert (
        bool(allocation.has_room(row(TEAM, caseload=caseload, in_post=2.0), numbers(caseload_cap_per_wte=cap))) is room
    )


def test_given_taken_away_and_given_to_another():
    person = row(PERSON, stage=Stage.CRISIS, coordinator=-1, last_coordinator=-1, relationship=0.5, uncovered_days=9)
    first, second = row(PRACTITIONER, caseload=3, load=4.0), row(PRACTITIONER, caseload=1, load=1.0)
    allocation.give(person, first, 0, P)
    assert (person.coordinator, person.last_coordinator, person.uncovered_days, person.weight) == (0, 0, 0, 5)
    assert (person.relationship, person.worker_changes) == (0.5, 0)  # a first practitioner is no change
    assert (first.caseload, first.load) == (4, 9)

    person.stage = Stage.RECOVERY
    allocation.reweigh(person, first, P)
    assert (person.weight, first.load) == (1, 5)

    allocation.take_away(person, first)
    assert (person.coordinator, first.caseload, first.load) == (-1, 3, 4)
    allocation.give(person, second, 1, P)
    assert (person.coordinator, person.worker_changes, second.caseload, second.load) == (1, 1, 2, 2)
    assert person.relationship == pytest.approx(0.2)


def test_whoever_follows_in_a_post_that_was_left_is_a_change():
    person = row(PERSON, stage=Stage.RECOVERY, coordinator=-1, last_coordinator=GONE, relationship=0.5)
    allocation.give(person, row(PRACTITIONER), 0, P)
    assert (person.worker_changes, person.relationship) == (1, 0.2)


def test_back_to_the_same_practitioner_is_no_change():
    person = row(PERSON, stage=Stage.RECOVERY, coordinator=-1, last_coordinator=2, relationship=0.5)
    allocation.give(person, row(PRACTITIONER), 2, P)
    assert (person.relationship, person.worker_changes) == (0.5, 0)


def test_a_transfer_comes_when_its_hazard_is_used_up_and_the_next_has_luck_of_its_own():
    person, p = row(PERSON, id=6, transfers=3), numbers(transfer_hazard=0.5)
    allocation.begin_transfers(person, 1)
    luck = draw.exponential(1, int(Purpose.TRANSFER), 6, 3)
    assert person.transfer_left == luck
    days = 1
    while not allocation.is_transferred(person, 1, p):
        days += 1
    assert days == int(np.ceil(luck / 0.5))
    assert (person.transfers, person.transfer_left) == (4, draw.exponential(1, int(Purpose.TRANSFER), 6, 4))
