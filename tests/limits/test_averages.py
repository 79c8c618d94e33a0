"""Averages that fade, against their closed form: each input, and what was before, faded by its age."""

import math

import numpy as np
import pytest

from cpsim.model.codes import Activity
from cpsim.model.records import PERSON, PRACTITIONER, TEAM
from cpsim.model.rules import absence, contact, learning, outcome, pressure
from tests.tiny import live_through, numbers, populated, quiet, row

HALF_LIFE = 21 * 5 / 7  # working days; of pressure, 21 calendar days below
NEAR = {"rel": 1e-12}


def closed_form(inputs, kept, before=0.0):
    """An exponentially weighted average after these inputs."""
    n = len(inputs)
    return before * kept**n + sum((1 - kept) * kept ** (n - 1 - age) * value for age, value in enumerate(inputs))


@pytest.mark.limit
@pytest.mark.rules
@pytest.mark.parametrize("days", [1, 15, 40])
def test_v24_smoothing_a_constant(days):
    """From nothing towards a constant: 1 - kept^n of it; half of it after a half-life."""
    kept, value = 0.5 ** (1 / 15), 0.0
    for _ in range(days):
        value = pressure.smooth(value, 400.0, kept)
    assert value == pytest.approx(400 * (1 - kept**days), **NEAR)
    assert days != 15 or value == pytest.approx(200, **NEAR)


@pytest.mark.limit
@pytest.mark.rules
def test_v24_pressure_is_a_ratio_of_two_averages():
    """Calls and minutes are smoothed each by itself; their ratio does not fade from nought."""
    p = numbers(pressure_kept=0.5 ** (1 / HALF_LIFE))
    called, available = [300, 0, 720, 90], [400, 400, 0, 400]
    team = row(TEAM)
    for asked, there in zip(called, available, strict=True):
        team.called_today, team.available_today = asked, there
        pressure.end_day(team, p)
        assert (team.called_today, team.available_today) == (0, 0)
    kept = float(p.pressure_kept)
    assert team.called_for == pytest.approx(closed_form(called, kept), **NEAR)
    assert team.available == pytest.approx(closed_form(available, kept), **NEAR)
    assert team.pressure == pytest.approx(closed_form(called, kept) / closed_form(available, kept), **NEAR)


@pytest.mark.limit
def test_v24_a_teams_pressure_is_what_it_is_called_for_over_what_it_has():
    """Ten people in recovery, one social worker: Mondays bring three days' calls, weekends have no minutes."""
    changes = {"team.caseload_per_wte": 10, "parameters.pressure_halflife_days": 21, "parameters.groups_per_10k": 0}
    world = populated(quiet(changes, weeks=12))
    live_through(world, 12 * 7)
    minutes = float(world.params[0]["recovery_minutes_a_day"])
    called = [10 * minutes * (3 if day % 5 == 0 and day else 1) for day in range(12 * 5)]  # the run begins on a Monday
    available = [float(world.params[0]["day_minutes"])] * len(called)

    kept, team = 0.5 ** (1 / HALF_LIFE), world.team[0]
    weekend = 2 * 10 * minutes  # of the last two days; they count on Monday
    assert team.called_today == pytest.approx(weekend, rel=1e-9)
    assert team.called_for == pytest.approx(closed_form(called, kept), rel=1e-9)
    assert team.available == pytest.approx(closed_form(available, kept), rel=1e-9)
    # In the long run: 7 days' calls over 5 days' minutes, give or take what Monday adds.
    assert team.pressure == pytest.approx(10 * minutes * 7 / (5 * available[0]), rel=0.05)


@pytest.mark.limit
@pytest.mark.rules
def test_v24_crisis_work_is_remembered_for_a_week():
    """120 minutes a day for a working week, then none: a half-life of five working days."""
    p = numbers(crisis_memory=0.5 ** (1 / 5))
    worker, spent = row(PRACTITIONER, wte=1.0), np.zeros(len(Activity))
    for day in range(15):
        absence.start_day(worker, spent, False, 0.0, p)
        worker.crisis_minutes += 120 * (day < 5)
    kept = 0.5 ** (1 / 5)
    after_a_week = 120 * (1 - kept**5) / (1 - kept)
    assert worker.crisis_minutes == pytest.approx(after_a_week / 4, **NEAR)  # two half-lives later


@pytest.mark.limit
@pytest.mark.rules
def test_v24_relationship_wellbeing_and_clarity_fade_by_their_half_lives():
    p = numbers(
        relationship_kept=0.5 ** (1 / 100), wellbeing_moves_a_week=1 - 0.5 ** (7 / 35), supervision_every_weeks=0
    )
    p.clarity_kept_a_week, p.materials, p.clarity_untrained = 0.5 ** (1 / 10), 1, 0.2
    person = row(PERSON, relationship=0.8, wellbeing=30.0, wellbeing_own=50.0, stage=4)
    for _ in range(200):
        contact.day_passes(person, p)
    assert person.relationship == pytest.approx(0.2, **NEAR)
    for _ in range(10):
        outcome.week(person, 1.0, 0.0, p)
    assert person.wellbeing == pytest.approx(50 - 20 / 4, **NEAR)  # two half-lives on the way to 50
    trained = row(PRACTITIONER, trained=1, opened=1, clarity=1.0)
    for _ in range(20):
        learning.week(trained, p)
    assert trained.clarity == pytest.approx(0.2 + 0.8 / 4, **NEAR)  # towards what the materials alone give


@pytest.mark.limit
@pytest.mark.rules
def test_v24_relationship_nears_its_level_at_rest():
    """A contact every 30 days: after one, gain / (1 - faded (1 - gain)), where people of the first caseload start."""
    gain, kept = 0.1, 0.5 ** (1 / 120)
    p = numbers(relationship_gain=gain, relationship_kept=kept)
    person = row(PERSON)
    for _ in range(200):
        for _ in range(30):
            contact.day_passes(person, p)
        contact.hold(person, 50.0, p)
    faded = kept**30
    assert person.relationship == pytest.approx(gain / (1 - faded * (1 - gain)), **NEAR)
    assert math.isclose(person.relationship * faded * (1 - gain) + gain, person.relationship, rel_tol=1e-12)
