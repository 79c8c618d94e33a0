import math

import pytest

from cpsim.model.codes import RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP, Stage
from cpsim.model.records import PERSON
from cpsim.model.rules import outcome
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(tie_kept_a_week=0.9, capital_gain_cap=4.0, capital_per_tie=1.0, wellbeing_per_capital=0.5)
P.wellbeing_stage_gap, P.stabilising_gap_share, P.wellbeing_moves_a_week = 8.0, 0.25, 0.1


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
