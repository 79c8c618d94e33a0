import itertools
import math

import pytest

from cpsim.model import draw
from cpsim.model.codes import Gate, Purpose, Stage
from cpsim.model.records import CLOSED, DELIVERED, PERSON, PRACTITIONER, SEEN
from cpsim.model.rules import gates
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def bits(*chosen):
    return sum(1 << gate for gate in chosen)


COMMUNITY = bits(Gate.ANXIETY, Gate.NOT_KNOWN, Gate.NOT_OPEN, Gate.TRANSPORT, Gate.MONEY)
P = numbers(spare_most_minutes=20, least_minutes=5, free_agenda=0)


def test_steps_2_and_4_touch_the_community():
    assert [bool(gates.in_community(step)) for step in range(7)] == [False, False, True, False, True, False, True]
    assert gates.community_gates() == COMMUNITY
    assert gates.asked_first() == bits(Gate.NOT_WANTED, Gate.NOT_CLEAR, Gate.NOT_PRIORITY)


@pytest.mark.parametrize(
    ("materials", "opened", "trained", "supervised", "led", "chance"),
    [
        (0, 1, 1, 4, 1.0, 0),
        (1, 0, 0, 4, 1.0, 0),
        (1, 1, 0, 0, 0.0, 0.5),
        (1, 0, 1, 0, 0.0, 0.5),
        (1, 1, 0, 4, 0.0, 2 / 3),
        (1, 1, 0, 0, 1.0, 0.75),
        (1, 1, 0, 0, 0.5, math.sqrt(3) / (1 + math.sqrt(3))),
        (1, 1, 0, 4, 1.0, 6 / 7),
    ],
)
def test_chance_of_priority(materials, opened, trained, supervised, led, chance):
    """Even odds of the role (0.75, threshold log 3), doubled by supervision, tripled by a lead; none while unread."""
    worker = row(PRACTITIONER, orientation=0.75, threshold=math.log(3), opened=opened, trained=trained)
    p = numbers(materials=materials, supervision_every_weeks=supervised, leadership_level=led)
    p.log_supervision_effect, p.log_leadership_effect = math.log(2), math.log(3)
    assert gates.chance_of_priority(worker, p) == pytest.approx(chance)


def test_three_gates_are_drawn_each_with_a_number_of_its_own():
    p = numbers(materials=1, supervision_every_weeks=0, leadership_level=0.0, separate_gates=1)
    worker = row(PRACTITIONER, orientation=0.5, clarity=0.3, opened=1)
    seen = set()
    for number in range(60):
        person = row(PERSON, id=number, wish=0.6, windows_opened=4)
        wish, clear, priority, _ = draw.four(1, int(Purpose.WINDOW_PERSON), number, 5)
        mask = gates.draw_gates(person, worker, 1, p)
        assert person.windows_opened == 5
        failing = [
            gate
            for gate, luck, chance in (
                (Gate.NOT_WANTED, wish, 0.6),
                (Gate.NOT_CLEAR, clear, 0.3),
                (Gate.NOT_PRIORITY, priority, 0.5),
            )
            if luck >= chance
        ]
        assert mask == bits(*failing)
        seen.add(mask)
    assert len(seen) == 8  # every combination came up


def test_gates_that_share_one_luck_fail_together():
    p = numbers(materials=1, supervision_every_weeks=0, leadership_level=0.0, separate_gates=0)
    worker = row(PRACTITIONER, orientation=0.5, clarity=0.3, opened=1)
    people = [row(PERSON, id=number, wish=0.6, windows_opened=4) for number in range(200)]
    seen = [gates.draw_gates(person, worker, 1, p) for person in people]
    unclear, unwilling = bits(Gate.NOT_CLEAR), bits(Gate.NOT_CLEAR, Gate.NOT_PRIORITY)
    assert set(seen) == {0, unclear, unwilling, unwilling | bits(Gate.NOT_WANTED)}
    for gate, chance in ((Gate.NOT_WANTED, 0.4), (Gate.NOT_CLEAR, 0.7), (Gate.NOT_PRIORITY, 0.5)):
        assert sum(mask & bits(gate) != 0 for mask in seen) / 200 == pytest.approx(chance, abs=0.1)


@pytest.mark.parametrize(("stage", "unwell"), [(Stage.CRISIS, 1), (Stage.RECOVERY, 0), (Stage.STABILISING, 0)])
@pytest.mark.parametrize(("mask", "wished"), [(0, 1), (bits(Gate.NOT_WANTED), 0), (bits(Gate.NOT_CLEAR), 1)])
def test_a_window_opens_on_a_fresh_page(stage, unwell, mask, wished):
    used = dict.fromkeys(
        ("window_crisis", "window_carry", "window_well", "window_time", "window_dose", "window_hospital"), 1
    )
    used |= dict.fromkeys(("put_off_crisis", "put_off_absence", "put_off_caseload"), 4)
    person = row(PERSON, stage=stage, window_minutes=9.0, step=0, **used)
    gates.open_window(person, 56, mask, 3)
    assert (person.window_open, person.window_day, person.window_gates, person.window_place, person.window_step) == (
        1,
        56,
        mask,
        3,
        1,
    )
    assert {name: person[name] for name in used} == dict.fromkeys(used, 0)
    assert (person.window_minutes, person.window_unwell, person.wished) == (0, unwell, wished)


def test_who_wished_once_has_wished():
    person = row(PERSON, wished=1, step=3)
    gates.open_window(person, 0, bits(Gate.NOT_WANTED), -1)
    assert (person.wished, person.window_step) == (1, 3)


def test_community_gates_count_only_where_a_step_touches_it():
    person = row(PERSON, window_gates=bits(Gate.NOT_CLEAR, Gate.MONEY))
    assert [gates.drawn(person, step) for step in (1, 2, 3, 4, 5)] == [
        bits(Gate.NOT_CLEAR),
        bits(Gate.NOT_CLEAR, Gate.MONEY),
        bits(Gate.NOT_CLEAR),
        bits(Gate.NOT_CLEAR, Gate.MONEY),
        bits(Gate.NOT_CLEAR),
    ]


@pytest.mark.parametrize(
    ("unwell", "time", "on", "counts"),
    [
        (True, True, True, (1, 0, 0, 0)),
        (False, False, False, (1, 1, 0, 0)),
        (False, True, False, (1, 1, 1, 0)),
        (False, True, True, (1, 1, 1, 1)),
    ],
)
def test_what_a_contact_could_carry_is_noted(unwell, time, on, counts):
    person = row(PERSON)
    gates.note_contact(person, unwell, time, on)
    assert (person.window_carry, person.window_well, person.window_time, person.window_dose) == counts


@pytest.mark.parametrize(
    ("crisis", "absence", "caseload", "carried", "cause"),
    [
        (0, 0, 0, 0, ()),
        (1, 0, 0, 0, (Gate.CRISIS_WORK,)),
        (1, 2, 1, 0, (Gate.ABSENCE,)),
        (1, 2, 3, 0, (Gate.CASELOAD,)),
        (2, 2, 2, 0, (Gate.CRISIS_WORK,)),
        (0, 2, 2, 0, (Gate.ABSENCE,)),
        (5, 5, 5, 1, ()),
    ],
)
def test_capacity_fails_by_its_commonest_cause_if_no_contact_found_time(crisis, absence, caseload, carried, cause):
    person = row(
        PERSON, put_off_crisis=crisis, put_off_absence=absence, put_off_caseload=caseload, window_carry=carried
    )
    assert gates.capacity(person) == bits(*cause)


# Contacts that could carry CP, of these well, with time, getting on; then what else was seen; then the gates that fail.
SETTLED = [
    ({"window_carry": 2, "window_well": 2, "window_time": 1, "window_dose": 1}, ()),
    ({"window_carry": 2, "window_well": 2, "window_time": 1, "window_dose": 0}, (Gate.DOSE,)),
    ({"window_carry": 2, "window_well": 2}, (Gate.NO_TIME_LEFT,)),
    ({"window_carry": 2}, (Gate.TOO_UNWELL,)),
    ({"put_off_caseload": 3}, (Gate.CASELOAD,)),
    ({"window_crisis": 1}, (Gate.TOO_UNWELL,)),
    ({"window_unwell": 1}, (Gate.TOO_UNWELL, Gate.DOSE)),
    ({}, (Gate.DOSE,)),
    ({"window_crisis": 1, "put_off_crisis": 2}, (Gate.TOO_UNWELL, Gate.CRISIS_WORK)),
    ({"window_unwell": 1, "window_carry": 1, "window_well": 1, "window_time": 1, "window_dose": 1}, ()),
]


@pytest.mark.parametrize(("seen", "failing"), SETTLED)
@pytest.mark.parametrize("drawn", [(), (Gate.NOT_CLEAR,)])
@pytest.mark.parametrize("short", [False, True])
def test_a_window_is_settled_by_what_happened(seen, failing, drawn, short):
    """Without a well contact the agenda is judged by a draw of its own: one that leaves time, or one that does not."""
    spare = [20 * draw.uniform(1, int(Purpose.IMPUTED_CONTACT), number, 2) for number in range(40)]
    number = next(k for k, minutes in enumerate(spare) if (minutes < 5) is short)
    person = row(PERSON, id=number, windows_opened=2, window_step=1, window_gates=bits(*drawn, Gate.MONEY), **seen)
    imputed = (Gate.NO_TIME_LEFT,) if short and not seen.get("window_well") else ()
    assert gates.settle(person, 1, P) == bits(*{*failing, *drawn, *imputed})


def test_a_free_agenda_has_time_left():
    p = P.copy()
    p.free_agenda = 1
    for number in range(20):
        assert gates.settle(row(PERSON, id=number, window_step=1), 1, p) == bits(Gate.DOSE)


@pytest.mark.parametrize(("minutes", "carried", "hospital"), list(itertools.product((0.0, 12.0), (0, 1), (0, 1))))
def test_a_window_closes(minutes, carried, hospital):
    well = {"window_well": 1, "window_time": 1, "window_dose": 1} if carried else {}
    person = row(
        PERSON,
        window_open=1,
        window_step=1,
        window_minutes=minutes,
        window_carry=carried,
        window_hospital=hospital,
        **well,
    )
    mask = gates.settle(person, 1, P)
    found = gates.close_window(person, 1, P)
    assert person.window_open == 0
    assert found == (0 if hospital else mask | CLOSED | (DELIVERED if minutes else 0) | (SEEN if carried else 0))


def test_bits_of_a_window_do_not_meet_those_of_gates():
    assert not (DELIVERED | SEEN | CLOSED) & (bits(*Gate) * 2 - 1)
    assert gates.bit(Gate.MONEY) == bits(Gate.MONEY)
