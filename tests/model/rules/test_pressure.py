import math

import pytest

from cpsim.model.codes import Stage
from cpsim.model.records import PERSON, TEAM
from cpsim.model.rules import pressure
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


@pytest.mark.parametrize(
    ("stage", "held", "minutes"),
    [
        (Stage.RECOVERY, 0, 2),
        (Stage.STABILISING, 0, 10),
        (Stage.CRISIS, 0, 40),
        (Stage.CRISIS, 1, 15),
        (Stage.HOSPITAL, 0, 0),
    ],
)
def test_minutes_that_a_person_calls_for_a_day(stage, held, minutes):
    p = numbers(recovery_minutes_a_day=2, stabilising_minutes_a_day=10, crisis_minutes_a_day=40)
    p.crisis_shared_minutes_a_day = 15
    assert pressure.called_for(row(PERSON, stage=stage, held_by_crisis_team=held), p) == minutes


def test_a_team_with_nobody_there_keeps_its_pressure():
    team = row(TEAM, called_today=100.0, pressure=0.7)
    pressure.end_day(team, numbers(pressure_kept=0.5))
    assert (team.pressure, team.called_for, team.available) == (0.7, 50, 0)


def test_averages_begin_at_nothing_and_know_how_much_of_them_has_been_lived():
    team = row(TEAM)
    for _ in range(3):
        team.available_today = 60.0
        pressure.end_day(team, numbers(pressure_kept=0.5))
    assert (team.available, team.averaged) == (60 * 7 / 8, 7 / 8)


@pytest.mark.parametrize(("found", "felt"), [(0.2, -1), (0.7, -1), (0.9, -0.5), (1.1, 0), (1.3, 0.5), (1.5, 1), (9, 1)])
def test_strain_is_bounded_around_the_reference(found, felt):
    assert pressure.strain(found, numbers(pressure_reference=1.1, pressure_span=0.4)) == pytest.approx(felt)


def pressed(now, **changes):
    """A team at this pressure; usual is 1, high 1.5, low 0.5."""
    p = numbers(pressure_reference=1.0, pressure_span=0.5, half_log_quit_hr=math.log(3) / 2, **changes)
    p.half_log_sick_hr, p.log_discharge_hr = math.log(2) / 2, math.log(1.5)
    team = row(TEAM, pressure=now, quit_ratio=1.0, sick_ratio=1.0, discharge_ratio=1.0)
    pressure.respond(team, p)
    return team


def test_high_over_low_pressure_is_the_ratio_of_its_row():
    low, usual, high = pressed(0.5), pressed(1.0), pressed(1.5)
    assert high.quit_ratio / low.quit_ratio == pytest.approx(3)
    assert high.sick_ratio / low.sick_ratio == pytest.approx(2)
    assert (usual.quit_ratio, usual.sick_ratio, usual.discharge_ratio) == (1, 1, 1)
    assert (low.discharge_ratio, high.discharge_ratio) == pytest.approx((1, 1.5))


def test_each_response_has_its_switch():
    team = pressed(1.5, workforce_spiral=0)
    assert (team.quit_ratio, team.sick_ratio, team.discharge_ratio) == pytest.approx((1, 1, 1.5))
    team = pressed(1.5, discharge_pressure=0)
    assert team.discharge_ratio == 1
    assert team.quit_ratio > 1


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"stage": Stage.RECOVERY, "days_since_contact": 28}, 0),
        ({"stage": Stage.RECOVERY, "days_since_contact": 29}, 70),
        ({"stage": Stage.RECOVERY, "review_left": -1}, 120),
        ({"stage": Stage.CRISIS, "days_since_contact": 29}, 90),
        ({"stage": Stage.HOSPITAL, "days_since_contact": 29}, 0),
        ({"stage": Stage.WAITING, "assess_left": 45.0}, 45),
    ],
)
def test_work_that_is_overdue_with_a_person(fields, minutes):
    p = numbers(standard_minutes=70.0, standard_crisis_minutes=90.0, review_minutes=120.0, reviews=1)
    assert pressure.overdue(row(PERSON, **{"interval": 28.0, "review_left": 5, **fields}), p) == minutes
    p.reviews = 0
    assert pressure.overdue(row(PERSON, stage=Stage.RECOVERY, interval=28.0, review_left=-1), p) == 0
