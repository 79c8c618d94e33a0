import math

import pytest

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import PERSON
from cpsim.model.rules import discharge
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(discharge_hazard_long=0.1, discharge_hazard_brief=0.4, dropout_hazard=0.05, death_hazard=0.05)


def test_hazard_by_class_of_stay():
    assert discharge.hazard(row(PERSON, long_stay=1), 1.0, P) == pytest.approx(0.2)
    assert discharge.hazard(row(PERSON, long_stay=0), 1.0, P) == pytest.approx(0.5)


def test_pressure_brings_agreed_discharge_forward_and_nothing_else():
    """Twice 0.1 a day, beside 0.05 lost and 0.05 dead: the share of agreed discharges rises from 1/2 to 2/3."""
    person = row(PERSON, long_stay=1, exit_luck=0.4)
    assert discharge.hazard(person, 2.0, P) == pytest.approx(0.3)
    assert discharge.way_out(person, 1.0, P) == Stage.DROPPED_OUT
    assert discharge.way_out(person, 2.0, P) == Stage.DISCHARGED
    person.stage, person.exit_left = Stage.RECOVERY, 0.29
    assert discharge.leaves(person, 2.0, P)


def test_each_time_on_the_caseload_has_luck_of_its_own():
    person = row(PERSON, id=8, exits=1)
    discharge.begin(person, 1)
    length, way = draw.pair(1, int(Purpose.CASELOAD_EXIT), 8, 2)
    assert (person.exits, person.exit_left, person.exit_luck) == (2, -math.log(length), way)


@pytest.mark.parametrize(
    ("stage", "days"), [(Stage.RECOVERY, 5), (Stage.STABILISING, 5), (Stage.CRISIS, None), (Stage.HOSPITAL, None)]
)
def test_nobody_is_discharged_in_a_crisis_or_from_hospital(stage, days):
    """0.9 of hazard at 0.2 a day last five days."""
    person = row(PERSON, stage=stage, long_stay=1, exit_left=0.9)
    left = [bool(discharge.leaves(person, 1.0, P)) for _ in range(5)]
    assert left == ([False] * 4 + [True] if days else [False] * 5)
    assert days or person.exit_left == 0.9


@pytest.mark.parametrize(
    ("luck", "way"),
    [
        (0.0, Stage.DIED),
        (0.24, Stage.DIED),
        (0.26, Stage.DROPPED_OUT),
        (0.49, Stage.DROPPED_OUT),
        (0.51, Stage.DISCHARGED),
        (0.99, Stage.DISCHARGED),
    ],
)
def test_the_way_out(luck, way):
    """Of 0.2 a day a quarter is death, a quarter loss of contact, the rest agreed."""
    assert discharge.way_out(row(PERSON, long_stay=1, exit_luck=luck), 1.0, P) == way
