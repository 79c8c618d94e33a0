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
