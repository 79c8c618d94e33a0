import math

import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import KINDS, Gate, Purpose
from cpsim.model.ledgers import ACCESS_TALLY
from cpsim.model.records import NEVER, PERSON, PLACE, make
from cpsim.model.rules import access
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

PURPOSE = int(Purpose.OWN_PLACES)


def bits(*gates):
    return sum(1 << gate for gate in gates)


@pytest.mark.parametrize(
    ("mask", "count"), [(0, 0), (bits(Gate.MONEY), 1), (bits(Gate.ANXIETY, Gate.MONEY, Gate.CRISIS_WORK), 3)]
)
def test_gates_are_counted(mask, count):
    assert access.count(mask) == count


def test_anxiety_stops_and_company_helps():
    """Even odds for the average person; one SD of anxiety halves them, company doubles them again."""
    p = numbers(
        first_meeting_logit=0.0, log_anxiety_or=math.log(0.5), log_accompany_or=math.log(2), accompany_full_visits=3.0
    )
    average, anxious = row(PERSON), row(PERSON, social_anxiety=1.0)
    for person, company, chance in (
        (average, 0, 0.5),
        (anxious, 0, 1 / 3),
        (anxious, 3, 0.5),
        (anxious, 6, 0.5),  # no more than fully
        (anxious, 1, 0.5 * 2 ** (1 / 3) / (1 + 0.5 * 2 ** (1 / 3))),  # a third of the way, in logits
    ):
        assert access.dares(person, company, chance - 0.001, p)
        assert not access.dares(person, company, chance + 0.001, p)


@pytest.mark.parametrize(
    ("car", "bus_here", "bus_there", "km", "reached", "fare"),
    [
        (1, 0, 0, 9, True, 0),
        (0, 1, 1, 9, True, 3),
        (0, 1, 0, 9, False, 3),
        (0, 0, 1, 9, False, 3),
        (0, 0, 0, 1, True, 0),
        (0, 1, 1, 1, True, 0),
    ],
)
def test_getting_there_by_car_by_bus_or_on_foot(car, bus_here, bus_there, km, reached, fare):
    """The bus has to serve both ends, and is paid by those who have neither a car nor a short way."""
    person, place = (
        row(PERSON, car=car, near_bus=bus_here, home_x=1.0),
        row(PLACE, near_bus=bus_there, x=1.0, y=float(km)),
    )
    p = numbers(walk_km=1.5, bus_fare=3.0)
    assert bool(access.can_get_there(person, place, p)) is reached
    assert access.fare(person, place, p) == fare


@pytest.mark.parametrize(
    ("paid", "waived", "own", "funds"),
    [
        ((0, 0, 0), 0, 9, 0),
        ((1, 0, 0), 0, 5, 4),
        ((0, 1, 0), 0, 7, 2),
        ((0, 0, 1), 0, 6, 3),
        ((1, 1, 1), 0, 0, 9),
        ((0, 0, 0), 1, 5, 0),
        ((1, 0, 0), 1, 5, 0),
    ],
)
def test_who_pays_for_a_visit(paid, waived, own, funds):
    """4 of fee, 2 of coffee, 3 of fare; a fee that is waived costs nobody."""
    person, place = row(PERSON), row(PLACE, fee=4.0, extras=2.0, waived=waived, x=9.0, funded=1)
    p = numbers(pay_fees=paid[0], pay_extras=paid[1], pay_fares=paid[2], bus_fare=3.0, walk_km=1.0)
    assert access.asked_of_person(person, place, p) == own
    assert access.paid_by_funds(person, place, p) == funds
    place.funded = 0  # the funds have run out, or nobody has arranged them yet
    assert (access.asked_of_person(person, place, p), access.paid_by_funds(person, place, p)) == (own + funds, 0)


def near(**fields):
    return row(PLACE, **{"known": 0.5, "opens": -NEVER, "closes": NEVER, "places": 10, "others": 4, **fields})


@pytest.mark.parametrize(
    ("place", "lucks", "stopped"),
    [
        ({}, (0.4, 0.6), ()),
        ({}, (0.5, 0.6), (Gate.NOT_KNOWN,)),
        ({}, (0.4, 0.7), (Gate.NOT_OPEN,)),
        ({"opens": 11}, (0.4, 0.6), (Gate.NOT_OPEN,)),
        ({"opens": 10}, (0.4, 0.6), ()),
        ({"closes": 10}, (0.4, 0.6), (Gate.NOT_OPEN,)),
        ({"members": 5}, (0.4, 0.6), ()),
        ({"members": 6}, (0.4, 0.6), (Gate.NOT_OPEN,)),
        ({"x": 2.0}, (0.4, 0.6), (Gate.TRANSPORT,)),
        ({"fee": 5.0}, (0.4, 0.6), ()),
        ({"fee": 5.1}, (0.4, 0.6), (Gate.MONEY,)),
        (
            {"known": 0.0, "members": 6, "x": 2.0, "fee": 6.0},
            (0.4, 0.6),
            (Gate.NOT_KNOWN, Gate.NOT_OPEN, Gate.TRANSPORT, Gate.MONEY),
        ),
    ],
)
def test_each_gate_at_a_place(place, lucks, stopped):
    """Day 10; half of 10 pounds of spare income may go; 1 km is near."""
    p = numbers(interest_match=0.7, walk_km=1.0, affordable_share=0.5, bus_fare=0.0)
    assert access.failing(row(PERSON, spare_income=10.0), near(**place), 10, *lucks, p) == bits(*stopped)


def town(count=3, **fields):
    """So many places of each kind, none of which anything stops; and where each kind stands."""
    places = make(count * KINDS, PLACE).view(np.recarray)
    for name, value in {"known": 1.0, "opens": -NEVER, "closes": NEVER, "places": 10, "next": -1, **fields}.items():
        places[name] = value
    return places, np.array([(kind * count, count, count) for kind in range(KINDS)])


OPEN = {
    "interest_match": 1.0,
    "walk_km": 50.0,
    "affordable_share": 1.0,
    "first_meeting_logit": 50.0,
    "places_considered": 4,
}


def consider(person, places, kinds, p, event=1, company=0, remembered=-1):
    return access.consider(person, places, kinds, 0, PURPOSE, event, company, remembered, 1, p)


def test_the_first_of_equal_places_is_taken():
    places, kinds = town()
    person, p = (
        row(PERSON, id=5, interest_a=2, interest_b=4, spare_income=10.0),
        numbers(first_interest_share=0.6, **OPEN),
    )
    which, where, _, _ = draw.four(1, PURPOSE, 5, 1 * 5 + 1)  # the first of four places of the first attempt
    kind = 2 if which < 0.6 else 4
    assert consider(person, places, kinds, p) == (kinds[kind, 0] + int(where * 3), 0)


def test_the_place_with_fewest_gates_counts():
    """All but one place are full and cost too much: it is the one considered whenever it is thought of."""
    places, kinds = town(members=10, fee=99.0)
    best = 7  # of kind 2
    places[best].members, places[best].fee = 0, 0.0
    p = numbers(first_interest_share=1.0, **OPEN)
    found = {}
    for event in range(1, 40):
        thought_of = [kinds[2, 0] + int(draw.four(1, PURPOSE, 5, event * 5 + 1 + k)[1] * 3) for k in range(4)]
        found[event] = consider(row(PERSON, id=5, interest_a=2, spare_income=10.0), places, kinds, p, event)
        assert found[event] == ((best, 0) if best in thought_of else (thought_of[0], bits(Gate.NOT_OPEN, Gate.MONEY)))
    assert len(set(found.values())) == 3


def test_no_place_of_the_kind_is_neither_known_nor_open():
    places, _ = town()
    nothing = np.zeros((KINDS, 3), np.int64)
    p = numbers(first_interest_share=1.0, **OPEN)
    assert consider(row(PERSON), places, nothing, p) == (-1, bits(Gate.NOT_KNOWN, Gate.NOT_OPEN))


def test_a_place_found_before_is_known_and_suits_but_may_be_full():
    places, kinds = town(known=0.0)
    p = numbers(first_interest_share=1.0, **{**OPEN, "interest_match": 0.0})
    person = row(PERSON, id=5, interest_a=2, spare_income=10.0)
    assert consider(person, places, kinds, p) == (
        consider(person, places, kinds, p)[0],
        bits(Gate.NOT_KNOWN, Gate.NOT_OPEN),
    )
    assert consider(person, places, kinds, p, remembered=11) == (11, 0)
    places[11].members = 10
    assert consider(person, places, kinds, p, remembered=11) == (11, bits(Gate.NOT_OPEN))


def test_nerve_is_asked_once_an_attempt():
    """One draw for all the places of an attempt, at its own address; company changes the chance, not the luck."""
    places, kinds = town()
    even = {**OPEN, "first_meeting_logit": 0.0}
    p = numbers(first_interest_share=1.0, log_accompany_or=math.log(3), accompany_full_visits=1.0, **even)
    for event in range(1, 30):
        luck = draw.uniform(1, PURPOSE, 5, event * 5)
        for company, chance in ((0, 0.5), (1, 0.75)):
            person = row(PERSON, id=5, spare_income=10.0)
            _, mask = consider(person, places, kinds, p, event, company)
            assert mask == (0 if luck < chance else bits(Gate.ANXIETY))


def test_attempts_are_written_by_first_any_and_only():
    tally = make(len(Gate), ACCESS_TALLY).view(np.recarray)
    for mask in (0, bits(Gate.MONEY), bits(Gate.ANXIETY, Gate.MONEY), bits(Gate.NOT_OPEN)):
        access.record(tally, mask)
    assert set(tally.attempts) == {4}
    assert set(tally.succeeded) == {1}
    lines = {gate: (tally[gate].first_failing, tally[gate].any_failing, tally[gate].only_failing) for gate in Gate}
    seen = {gate: line for gate, line in lines.items() if any(line)}
    assert seen == {Gate.ANXIETY: (1, 1, 0), Gate.NOT_OPEN: (1, 1, 1), Gate.MONEY: (1, 2, 1)}
    assert tally.first_failing.sum() + tally.succeeded[0] == 4


def test_a_group_that_has_closed_is_looked_for_where_the_next_one_opened():
    """The second of each kind closed on day 10 and was followed, twice; the third closed and nothing followed."""
    places, kinds = town(4)
    kinds[:, 1] = 3
    places[1].closes, places[1].next = 10, 3
    places[3].opens, places[3].closes, places[3].next = 10, 20, 7
    places[2].closes = 10
    assert [access.row_now(places, 1, day) for day in (9, 10, 19, 20)] == [1, 3, 3, 7]
    assert [access.row_now(places, row, 10) for row in (0, 2)] == [0, 2]
    assert not access.has_room(places[2], 10)
