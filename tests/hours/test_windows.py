"""Who does CP with a person, and what is booked."""

import numpy as np
import pytest

from cpsim.model.codes import Gate
from cpsim.model.hours.windows import book, choose_cp_worker
from cpsim.model.ledgers import ACCESS_TALLY
from cpsim.model.records import PERSON, PRACTITIONER, make
from tests.tiny import numbers

pytestmark = [pytest.mark.unit, pytest.mark.rules]

CO_ORDINATOR, FIRST, SECOND = 0, 1, 2


@pytest.fixture
def person():
    row = make(1, PERSON)[0]
    row["coordinator"], row["cp_worker"] = CO_ORDINATOR, -1
    return row


@pytest.fixture
def workers():
    """A care co-ordinator and two support workers with room for two and three people, who know of CP."""
    rows = make(3, PRACTITIONER)
    rows["filled"], rows["opened"] = 1, 1
    rows["coordinates"] = [1, 0, 0]
    rows["helps"] = [0, 2, 3]
    return rows


def chosen(person, workers):
    choose_cp_worker(person, workers)
    return person["cp_worker"]


def test_whoever_has_most_room_helps(person, workers):
    assert chosen(person, workers) == SECOND


def test_a_helper_who_does_not_know_of_cp_is_passed_over(person, workers):
    workers["opened"][SECOND] = 0
    assert chosen(person, workers) == FIRST


def test_without_helpers_the_co_ordinator_does_it(person, workers):
    workers["filled"][1:] = 0
    assert chosen(person, workers) == CO_ORDINATOR


def test_full_helpers_take_nobody_more(person, workers):
    workers["cp_people"] = np.array([0, 2, 3])
    assert chosen(person, workers) == CO_ORDINATOR


def test_a_helper_stays(person, workers):
    person["cp_worker"] = FIRST
    assert chosen(person, workers) == FIRST


@pytest.mark.parametrize(("unwell", "asked"), [(0, 1), (1, 0)])
def test_cp_is_not_raised_with_somebody_in_crisis(person, workers, unwell, asked):
    person["cp_worker"], person["window_step"], person["window_unwell"] = FIRST, 1, unwell
    book(person, workers[FIRST], make(len(Gate), ACCESS_TALLY), 0, numbers())
    assert (person["asked"], person["cp_active"], workers["cp_people"][FIRST]) == (asked, asked, asked)
