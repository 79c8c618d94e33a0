import math

import pytest

from cpsim.model.codes import HEALTH_TOP, INCLUSION_TOP, QPR_TOP, RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP, Stage
from cpsim.model.records import PERSON
from cpsim.model.rules import outcome
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(tie_kept_a_week=0.9, capital_gain_cap=4.0, capital_per_tie=1.0, wellbeing_per_capital=0.5)
P.wellbeing_stage_gap, P.stabilising_gap_share, P.wellbeing_moves_a_week = 8.0, 0.25, 0.1
P.wellbeing_mean, P.recovery_mean, P.recovery_per_wellbeing = 41.0, 40.0, 0.5
P.health_mean, P.health_per_wellbeing, P.inclusion_belonging, P.ties_usual = 65.0, 2.0, 0.4, 10.0
P.goal_hazard_a_week = 0.25


@pytest.mark.parametrize(("meets", "new"), [(1.0, 2.0), (0.0, 1.8), (0.5, 1.9)])
def test_old_ties_return_to_their_level_and_new_ones_fade_unless_people_meet(meets, new):
    person = row(PERSON, ties_usual=10.0, ties=6.0, ties_new=2.0)
    outcome.ties_week(person, meets, P)
    assert (person.ties, person.ties_new) == (pytest.approx(6.4), pytest.approx(new))


@pytest.mark.parametrize(
    ("ties", "new", "gain"),
    [
        (5, 0, 0),
        (5, 1, 4 * (1 - math.exp(-0.25))),
        (7, 2, 4 * (1 - math.exp(-1))),
        (5, 99, 4),
        (3, 0, 4 * (1 - math.exp(0.5))),
    ],
)
def test_the_first_tie_adds_most_and_lost_ones_take_away(ties, new, gain):
    person = row(PERSON, ties_start=5.0, ties=float(ties), ties_new=float(new), capital_own=12.0)
    assert outcome.capital(person, P) == pytest.approx(12 + gain)


def test_the_first_tie_is_worth_about_its_points():
    gains = [outcome.capital(row(PERSON, ties_new=ties), P) for ties in (0.001, 1.0, 2.0)]
    assert gains[0] == pytest.approx(0.001, rel=0.001)
    assert gains[1] > gains[2] - gains[1] > 0


@pytest.mark.parametrize(("own", "ties", "found"), [(26.0, 99.0, RGUK_TOP), (0.5, -9.0, 0.0)])
def test_capital_stays_on_its_scale(own, ties, found):
    assert outcome.capital(row(PERSON, capital_own=own, ties=ties), P) == found


@pytest.mark.parametrize(
    ("stage", "target"), [(Stage.RECOVERY, 43), (Stage.STABILISING, 41), (Stage.CRISIS, 35), (Stage.HOSPITAL, 35)]
)
def test_wellbeing_follows_capital_and_stage(stage, target):
    """42 of one's own, half a point for each of two points of capital gained; 8 less in a crisis, 2 less after it."""
    person = row(PERSON, stage=stage, wellbeing_own=42.0, capital=14.0, capital_own=12.0)
    assert outcome.wellbeing_target(person, P) == target


@pytest.mark.parametrize(
    ("own", "stage", "found"), [(16.0, Stage.CRISIS, WEMWBS_BOTTOM), (72.0, Stage.RECOVERY, WEMWBS_TOP)]
)
def test_wellbeing_stays_on_its_scale(own, stage, found):
    assert outcome.wellbeing_target(row(PERSON, stage=stage, wellbeing_own=own), P) == found


def test_a_week_of_scores():
    person = row(PERSON, stage=Stage.RECOVERY, ties_start=5.0, ties_usual=5.0, ties=5.0, ties_new=1.0, capital_own=12.0)
    person.wellbeing_own, person.wellbeing = 40.0, 30.0
    outcome.week(person, 1.0, 0.5, P)
    gain = 4 * (1 - math.exp(-0.25))
    assert person.capital == pytest.approx(12 + gain)
    assert person.wellbeing == pytest.approx(30 + 0.1 * (40 + 0.5 * gain - 30))


@pytest.mark.parametrize(
    ("wellbeing", "recovery", "health"), [(41.0, 43.0, 60.0), (51.0, 48.0, 80.0), (31.0, 38.0, 40.0)]
)
def test_recovery_and_health_are_read_from_wellbeing_at_the_person_s_own_distance(wellbeing, recovery, health):
    person = row(PERSON, wellbeing=wellbeing, recovery_own=3.0, health_own=-5.0)
    assert (outcome.recovery(person, P), outcome.health(person, P)) == (recovery, health)


@pytest.mark.parametrize(("own", "recovery", "health"), [(99.0, QPR_TOP, HEALTH_TOP), (-99.0, 0.0, 0.0)])
def test_recovery_and_health_stay_on_their_scales(own, recovery, health):
    person = row(PERSON, wellbeing=41.0, recovery_own=own, health_own=own)
    assert (outcome.recovery(person, P), outcome.health(person, P)) == (recovery, health)


@pytest.mark.parametrize(
    ("ties", "at_ease", "found"),
    [(0.0, 0.0, 0.0), (10.0, 0.0, 30.0), (10.0, 1.0, 70.0), (30.0, 0.5, 65.0), (-3.0, 1.0, 40.0)],
)
def test_feeling_included_is_being_at_ease_and_having_ties(ties, at_ease, found):
    """The usual ten ties are half of what ties can bring, thirty three quarters; being at ease counts for 40."""
    person = row(PERSON, ties=ties - 1.0, ties_new=1.0)
    assert outcome.inclusion(person, at_ease, P) == pytest.approx(found)


def test_nobody_feels_more_than_included():
    assert outcome.inclusion(row(PERSON, ties=1e12), 1.0, P) == pytest.approx(INCLUSION_TOP)


def test_what_is_noted_is_what_later_scores_are_compared_with():
    person = row(PERSON, stage=Stage.CRISIS, wellbeing_own=40.0, capital=12.0, capital_own=12.0, ties=10.0)
    outcome.arrive(person, P)
    assert (person.wellbeing, person.wellbeing_before) == (32.0, 32.0)
    assert (person.recovery, person.recovery_before) == (35.5, 35.5)
    assert (person.health, person.health_before) == (47.0, 47.0)
    assert (person.inclusion, person.inclusion_before) == (30.0, 30.0)
    assert person.capital_before == 12.0


@pytest.mark.parametrize(
    ("stage", "weeks"), [(Stage.RECOVERY, 4), (Stage.STABILISING, 4), (Stage.CRISIS, None), (Stage.HOSPITAL, None)]
)
def test_a_goal_is_reached_in_ordinary_life_out_of_crisis(stage, weeks):
    person = row(PERSON, stage=stage, goal_left=0.9)
    reached = []
    for _ in range(10):
        outcome.goal_week(person, P)
        reached.append(int(person.goal_reached))
    assert reached.index(1) + 1 == weeks if weeks else sum(reached) == 0
