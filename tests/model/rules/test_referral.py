import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import NEVER, PERSON
from cpsim.model.rules import referral
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(accept_share=0.6, start_crisis_share=0.1, return_crisis_share=0.7, assessment_minutes=180.0)
P.return_share, P.return_mean_days = 0.5, 200.0
PEOPLE = 400


def test_a_referral_is_opened():
    person = row(PERSON, id=2, exits=1, coordinator=5)
    referral.arrive(person, 40, 1, P)
    taken_on, urgent, _, tie = draw.four(1, int(Purpose.REFERRAL_OUTCOME), 2, 1)
    assert (person.stage, person.wait_since, person.assess_left, person.coordinator) == (Stage.WAITING, 40, 180, -1)
    assert (person.accepted, person.urgent, person.tie_break) == (taken_on < 0.6, urgent < 0.1, tie)


@pytest.mark.parametrize(("returning", "accepted", "urgent"), [(0, 0.6, 0.1), (1, 1.0, 0.7)])
def test_people_who_come_back_are_taken_on_and_mostly_in_crisis(returning, accepted, urgent):
    people = [row(PERSON, id=number, returning=returning) for number in range(PEOPLE)]
    for person in people:
        referral.arrive(person, 0, 1, P)
    assert np.mean([person.accepted for person in people]) == pytest.approx(accepted, abs=0.12 * (accepted < 1))
    assert np.mean([person.urgent for person in people]) == pytest.approx(urgent, abs=0.12)


def test_who_relapses_while_waiting_is_urgent_from_that_day():
    person = row(PERSON, spell_left=0.25, relapse=0.1)
    assert [bool(referral.relapse_waiting(person, P)) for _ in range(4)] == [False, False, True, False]
    assert person.urgent == 1


def test_an_assessment_takes_its_minutes():
    person = row(PERSON, assess_left=100.0)
    assert [bool(referral.assess(person, minutes)) for minutes in (60.0, 30.0, 10.0)] == [False, False, True]


def test_who_comes_back_and_when():
    """Half of those who stay long; never on the day of leaving, at the rate of an exponential from the next day on."""
    people = [row(PERSON, id=number, long_stay=1, exits=1) for number in range(PEOPLE)]
    for person in people:
        referral.plan_return(person, 100, 1, P)
    days = np.array([person.return_day for person in people])
    back = days[days < NEVER]
    assert len(back) / PEOPLE == pytest.approx(0.5, abs=0.12)
    assert back.min() > 100
    assert np.mean(back - 100.5) == pytest.approx(200, abs=5 * 200 / np.sqrt(len(back)))


def test_people_helped_briefly_do_not_come_back():
    for number in range(50):
        person = row(PERSON, id=number, long_stay=0, return_day=7)
        referral.plan_return(person, 100, 1, P)
        assert person.return_day == NEVER
