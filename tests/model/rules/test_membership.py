import numpy as np
import pytest

from cpsim.model import draw
from cpsim.model.codes import Purpose, Source, Stage
from cpsim.model.records import MEMBERSHIP, NEVER, PERSON, PLACE
from cpsim.model.rules import membership
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(
    comfort_start=0.2, comfort_gain=0.5, lapse_a_week=0.1, attendance=0.7, ties_a_session=0.3, accompanied_visits=2
)
CAME, STAYED_AWAY = (0.99, 0.0, 0.99, 0.0), (0.99, 0.99, 0.99, 0.0)  # lapse, attendance, tie


def member(**fields):
    return row(MEMBERSHIP, **{"place": 4, "source": Source.OWN, "comfort": 0.2, **fields})


def place(**fields):
    return row(PLACE, **{"closes": NEVER, "welcome": 0.8, "members": 5, **fields})


@pytest.mark.parametrize(("source", "accompanied"), [(Source.CP, 2), (Source.ORDINARY, 0), (Source.OWN, 0)])
def test_joining(source, accompanied):
    person, joined, group = row(PERSON), member(place=-1, attended=7, comfort=0.9), place()
    membership.join(person, joined, group, 9, int(source), 30, P)
    assert (joined.place, joined.source, joined.since, joined.comfort, joined.attended) == (9, source, 30, 0.2, 0)
    assert (joined.accompanied, group.members, person.joined) == (accompanied, 6, 1)


def test_stopping():
    joined, group = member(), place()
    membership.stop(joined, group)
    assert (joined.place, group.members) == (-1, 4)


@pytest.mark.parametrize("stage", Stage)
def test_nobody_goes_in_a_crisis_or_from_hospital(stage):
    there = membership.week(row(PERSON, stage=stage), member(), place(), 10, CAME, P)
    assert bool(there) is (stage not in (Stage.CRISIS, Stage.HOSPITAL))


def test_a_week_there():
    """Comfort grows by half of what is missing, times the welcome; one visit fewer is accompanied."""
    person, joined = row(PERSON, stage=Stage.RECOVERY), member(accompanied=1)
    assert membership.week(person, joined, place(), 10, CAME, P)
    assert (joined.attended, joined.accompanied, person.ties_new) == (1, 0, 0)
    assert joined.comfort == pytest.approx(0.2 + 0.5 * 0.8 * 0.8)
    assert membership.week(person, joined, place(), 17, CAME, P)
    assert joined.accompanied == 0


def test_a_week_away_changes_nothing():
    person, joined, group = row(PERSON, stage=Stage.RECOVERY), member(), place()
    assert not membership.week(person, joined, group, 10, STAYED_AWAY, P)
    assert (joined.place, joined.comfort, joined.attended, group.members) == (4, 0.2, 0, 5)


@pytest.mark.parametrize(
    ("comfort", "luck", "stays"),
    [(0.2, 0.099, False), (0.2, 0.101, True), (0.6, 0.049, False), (0.6, 0.051, True), (1.0, 0.0001, True)],
)
def test_people_at_ease_stop_less(comfort, luck, stays):
    """The lapse of a week is that of newcomers; it falls in proportion to the comfort that is still missing."""
    joined, group = member(comfort=comfort), place()
    membership.week(row(PERSON, stage=Stage.RECOVERY), joined, group, 10, (luck, 0.0, 0.9, 0.0), P)
    assert bool(joined.place >= 0) is stays
    assert group.members == (5 if stays else 4)


def test_a_place_that_closes_has_no_members():
    joined, group = member(), place(closes=10)
    assert not membership.week(row(PERSON, stage=Stage.RECOVERY), joined, group, 10, CAME, P)
    assert joined.place == -1


@pytest.mark.parametrize(
    ("source", "effect", "luck", "ties"),
    [
        (Source.OWN, 0.0, 0.29, 1),
        (Source.OWN, 1.0, 0.31, 0),
        (Source.CP, 1.0, 0.29, 1),
        (Source.CP, 0.5, 0.16, 0),
        (Source.CP, 0.5, 0.14, 1),
        (Source.CP, 0.0, 0.0001, 0),
    ],
)
def test_ties_are_made_by_meeting_and_the_null_world_takes_only_those_of_cp(source, effect, luck, ties):
    p = P.copy()
    p.cp_effect = effect
    person = row(PERSON, stage=Stage.RECOVERY)
    membership.week(person, member(source=source), place(), 10, (0.99, 0.0, luck, 0.0), p)
    assert (person.ties_new, person.ties_made) == (ties, ties)


@pytest.mark.parametrize(("source", "counts"), [(Source.OWN, 1), (Source.ORDINARY, 1), (Source.CP, 0.25)])
def test_meeting_people_counts_fully_but_for_what_cp_led_to_in_a_null_world(source, counts):
    assert membership.effect(member(source=source), numbers(cp_effect=0.25)) == counts


def test_each_membership_of_each_week_has_luck_of_its_own():
    addresses = {
        (sessions, slot): membership.luck_of_week(row(PERSON, id=3, sessions=sessions), slot, 3, 1)
        for sessions in range(50)
        for slot in range(3)
    }
    assert len(set(addresses.values())) == 150
    assert addresses[7, 2] == draw.four(1, int(Purpose.ATTENDANCE), 3, 7 * 3 + 2)
    assert np.mean(list(addresses.values())) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(("accompanied", "chance"), [(0, 0.7), (1, 1.4 / 1.7), (3, 1.4 / 1.7)])
def test_company_doubles_the_odds_of_going_to_a_meeting(accompanied, chance):
    p = P.copy()
    p.accompany_or = 2.0
    assert membership.chance_of_going(member(accompanied=accompanied), p) == pytest.approx(chance)
