import pytest

from cpsim.model.codes import Win
from cpsim.model.records import PLACE, PRACTITIONER, TEAM
from cpsim.model.rules import engagement
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def test_hours_are_owed_by_the_day_and_lapse_after_a_month():
    team, p = row(TEAM), numbers(engagement_minutes_a_day=12.0, working_days_a_month=20.0)
    owed = []
    for _ in range(25):
        engagement.owe(team, p)
        owed.append(float(team.engagement_bank))
    assert owed[:3] == [12, 24, 36]
    assert owed[19:] == [240] * 6


@pytest.mark.parametrize(("bank", "left", "given"), [(60, 100, 60), (60, 40, 40), (0, 40, 0)])
def test_what_is_left_of_the_day_is_given_as_far_as_it_is_owed(bank, left, given):
    team, worker = row(TEAM, engagement_bank=float(bank)), row(PRACTITIONER, minutes_left=float(left))
    assert engagement.take(team, worker) == given
    assert (team.engagement_bank, worker.minutes_left) == (bank - given, left - given)


def test_knowledge_nears_one():
    place, p = row(PLACE, known=0.2), numbers(knowledge_gain=0.1)
    engagement.learn(place, 2.0, p)
    assert place.known == pytest.approx(0.2 + 0.1 * 2 * 0.8)
    for _ in range(500):
        engagement.learn(place, 2.0, p)
    assert 0.999 < place.known <= 1


def test_every_so_many_hours_something_is_won():
    team, p = row(TEAM, engagement_hours=25.0), numbers(engagement_hours_per_win=10.0)
    assert [bool(engagement.has_won(team, p)) for _ in range(3)] == [True, True, False]
    assert (team.engagement_spent, team.engagement_wins) == (20, 2)


def test_a_waiver_or_more_places():
    place, p = row(PLACE, places=12, fee=4.0), numbers(places_won=5.0)
    engagement.win(place, int(Win.PLACES), p)
    assert (place.places, place.waived) == (17, 0)
    engagement.win(place, int(Win.WAIVER), p)
    assert (place.places, place.waived, place.fee) == (17, 1, 4)


@pytest.mark.parametrize(
    ("fee", "waived", "what", "could"),
    [
        (4.0, 0, Win.WAIVER, True),
        (4.0, 1, Win.WAIVER, False),
        (0.0, 0, Win.WAIVER, False),
        (0.0, 0, Win.PLACES, True),
    ],
)
def test_a_waiver_is_won_only_where_a_fee_is_asked(fee, waived, what, could):
    assert bool(engagement.could_win(row(PLACE, fee=fee, waived=waived), int(what))) is could


@pytest.mark.parametrize(("now", "counts"), [(30.0, 1.5), (10.0, 0.0), (5.0, 0.0), (20.0, 1.0)])
def test_only_hours_beyond_those_always_given_win_anything(now, counts):
    """Ten minutes a day were always given; of twenty, half are beyond that."""
    before, p = numbers(engagement_minutes_a_day=10.0), numbers(engagement_minutes_a_day=now)
    hours = 2.25 if now == 30.0 else 2.0
    assert engagement.beyond(hours, before, p) == pytest.approx(counts)
