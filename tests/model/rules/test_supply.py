import numpy as np
import pytest

from cpsim.model.records import NEVER, PLACE, make
from cpsim.model.rules import supply
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def test_a_group_is_open_from_its_first_day_to_the_day_before_it_closes():
    place = row(PLACE, opens=5, closes=9)
    assert [day for day in range(12) if supply.is_open(place, day)] == [5, 6, 7, 8]


def test_a_term_begins_every_so_many_weeks_and_has_a_number_of_its_own():
    p, place = numbers(term_weeks=4), row(PLACE, id=3)
    begins = [week for week in range(-8, 8) if supply.term_begins(place, week * 7, p)]
    assert begins == [-7, -3, 1, 5]
    assert [supply.term(place, week * 7 + day, p) for week in begins for day in (0, 27)] == [-1, -1, 0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(("share", "mean"), [(0.0, 0.0), (0.7, 11 * 0.7), (1.0, 12.0)])
def test_others_take_their_share_of_the_places(share, mean):
    """Over many terms; the chance of a whole number below loses half a place."""
    p = numbers(places_a_week=12.0, term_weeks=1, places_exponent=1 / max(share, 1e-9) - 1)
    place, taken = row(PLACE, id=4, places=12), []
    for term in range(4000):
        supply.fill(place, term * 7, 1, p)
        taken.append(int(place.others))
    assert np.mean(taken) == pytest.approx(mean, abs=0.35)
    assert 0 <= min(taken) <= max(taken) <= 12


def test_nobody_who_belongs_loses_a_place_and_places_won_are_not_for_others():
    p = numbers(places_a_week=10.0, term_weeks=1, places_exponent=0.0)  # others would take all
    place = row(PLACE, places=10, members=4)
    supply.fill(place, 0, 1, p)
    assert place.others == 6
    place.places += 5
    place.members = 0
    supply.fill(place, 0, 1, p)
    assert place.others == 10


def test_a_group_that_is_won_opens_today_and_so_do_its_followers_in_time():
    places = make(3, PLACE).view(np.recarray)
    places.opens, places.closes = [NEVER, -5, NEVER + 30], [NEVER + 30, 8, NEVER + 70]
    places.next = [2, -1, -1]
    places.known = 0.25
    supply.open_from(places, 0, 100, NEVER)
    assert places.opens.tolist() == [100, -5, 130]
    assert places.closes.tolist() == [130, 8, 170]
    assert places.known.tolist() == [1, 0.25, 0.25]
