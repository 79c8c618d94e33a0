"""Questions: yes with the declared chance where it is so, and with another where it is not."""

import pytest

from cpsim.observation import questions
from cpsim.observation.design import STUDY
from tests.observation.panels import lines

pytestmark = pytest.mark.unit

MANY = 4_000


def yes(question, eve=None, **now):
    then, at_eve = lines(MANY, -2), lines(MANY, 0, **(eve or {}))
    return questions.answers(1, then, lines(MANY, 26, **now), at_eve, STUDY)[question].mean()


@pytest.mark.parametrize(
    ("question", "fields", "chance"),
    [
        ("had_help", {"ordinary_helped": 1}, STUDY.help_recall),
        ("had_help", {"cp_contacts": 2}, STUDY.help_recall),
        ("had_help", {}, STUDY.help_acquiescence),
        ("something_better", {"joined": 1}, STUDY.better_recall),
        ("something_better", {"memberships": 1}, STUDY.better_recall),
        ("something_better", {"wellbeing": 45.0}, STUDY.better_recall),
        ("something_better", {"wellbeing": 42.0}, STUDY.better_acquiescence),
        ("materials_remembered", {"explained": 1}, STUDY.materials_recall),
        ("materials_remembered", {}, 0.0),
        ("goal_met", {"goal_reached": 1}, STUDY.goal_recall),
        ("goal_met", {}, STUDY.goal_acquiescence),
    ],
)
def test_as_often_as_declared(question, fields, chance):
    assert yes(question, **fields) == pytest.approx(chance, abs=0.03)


def test_what_was_so_before_does_not_count():
    assert yes("had_help", eve={"cp_contacts": 2}, cp_contacts=2) == pytest.approx(STUDY.help_acquiescence, abs=0.03)
    better = yes("something_better", eve={"joined": 1}, joined=1)
    assert better == pytest.approx(STUDY.better_acquiescence, abs=0.03)
