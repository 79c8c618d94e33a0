"""Instruments: whole points within their ends, errors as large as declared."""

import numpy as np
import pytest

from cpsim.observation import instruments
from cpsim.observation.design import Design
from tests.observation.panels import lines

pytestmark = pytest.mark.unit

DESIGN = Design()
MANY = 4_000
NOISE = 0.04  # of a standard deviation, over so many people: more than three standard errors of it


@pytest.mark.parametrize(
    "state",
    [{"capital": 0.2, "wellbeing": 15.0, "health": 0.5}, {"capital": 26.8, "recovery": 59.0, "inclusion": 99.0}, {}],
)
def test_answers_are_whole_points_within_the_ends(state):
    found = instruments.answers(1, lines(500, **state), DESIGN)
    assert tuple(found) == instruments.SCORES
    for name, points in found.items():
        low, high = instruments.ENDS[name]
        assert (points == np.rint(points)).all()
        assert low <= points.min() <= points.max() <= high, name


@pytest.mark.parametrize("name", instruments.SCORES)
def test_answered_twice_without_change_it_shows_its_error(name):
    """Two answers a month apart of people who have not changed differ by the declared error (and the grid's)."""
    once, again = (instruments.answers(1, lines(MANY, week), DESIGN)[name] for week in (0, 4))
    of_one = (once - again).std() / np.sqrt(2)
    declared = np.hypot(instruments.errors(DESIGN)[name], np.sqrt(1 / 12))
    assert of_one == pytest.approx(declared, rel=NOISE)
    assert abs((once - again).mean()) < 4 * declared * np.sqrt(2 / MANY)


def test_people_who_have_not_changed_agree_with_themselves_as_declared():
    """When states have the spread that error leaves of the answers' spread, answers have the declared one."""
    spread = np.random.default_rng(1).standard_normal(MANY)
    recovery = 35 + spread * DESIGN.qpr15_sd * np.sqrt(DESIGN.qpr15_retest)
    once, again = (instruments.answers(1, lines(MANY, week, recovery=recovery), DESIGN)["qpr15"] for week in (0, 26))
    assert np.corrcoef(once, again)[0, 1] == pytest.approx(DESIGN.qpr15_retest, abs=0.03)
    assert once.std() == pytest.approx(DESIGN.qpr15_sd, rel=0.05)


def test_without_error_an_answer_is_the_state():
    design = Design(wemwbs_error=0.0, rguk_retest=1.0)
    found = instruments.answers(1, lines(3, capital=[1.2, 12.6, 27.0], wellbeing=[14.0, 40.4, 70.0]), design)
    assert found["rguk"].tolist() == [1, 13, 27]
    assert found["wemwbs"].tolist() == [14, 40, 70]


def test_the_same_interview_gives_the_same_answers():
    one, other = (instruments.answers(5, lines(50, 4), DESIGN) for _ in range(2))
    assert all((one[name] == other[name]).all() for name in one)
