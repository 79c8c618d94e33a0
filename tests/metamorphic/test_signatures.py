"""Feedbacks leave their signatures while they are on, and none while they are off (V46)."""

import numpy as np
import pytest

import cpsim

pytestmark = pytest.mark.limit

AWAY = {"policies.away_wte": 3.0, "policies.away_from_week": 4, "policies.away_for_weeks": 12}
GONE, BACK = 4, 16  # weeks
TRAP, NO_TRAP = {}, {"switches.capacity_trap": False}
MANY = 600  # worlds: in 150 the difference of what is overdue has a standard error of 2.5 %
MANY_VACANT = 0.39  # four posts of ten


def weekly(changes, weeks, worlds, names, first=0):
    """Arrays (world, week) of some columns, from week `first` on."""
    table = cpsim.run(cpsim.load("cmht").with_(changes, weeks=weeks), replications=worlds).weekly
    table = table[table.week >= first]
    return {name: table.pivot(index="replication", columns="week", values=name).to_numpy() for name in names}


def excess(changes, worlds=150, weeks=60):
    """What an absence of three care co-ordinators adds, in pairs of worlds: (world, week)."""
    names = ("crises", "late", "in_crisis", "stabilising")
    without, away = (weekly({**changes, **more}, weeks, worlds, names) for more in ({}, AWAY))
    return {name: away[name] - without[name] for name in names}


def mean_and_error(values, first, last):
    """Mean over worlds of the mean over these weeks, and its standard error."""
    found = values[:, first:last].mean(axis=1)
    return found.mean(), found.std(ddof=1) / np.sqrt(len(found))


def test_v46_the_capacity_trap_outlasts_the_absence_that_set_it():
    """Three of eight care co-ordinators are away for twelve weeks.

    Crises begin while people go unseen; those unwell because of it, in crisis or stabilising, are most after the
    practitioners are back, and fade over some 20 weeks. With the switch off as much is overdue, and nobody is more
    unwell.
    """
    on, off = excess(TRAP), excess(NO_TRAP)

    crises, error = mean_and_error(on["crises"], GONE + 4, BACK + 4)
    assert crises > 5 * error
    unwell = on["in_crisis"] + on["stabilising"]
    during, after = mean_and_error(unwell, GONE, BACK), mean_and_error(unwell, BACK, BACK + 8)
    assert after[0] - during[0] > 3 * np.hypot(during[1], after[1])
    assert BACK <= np.argmax(np.convolve(unwell.mean(axis=0), np.ones(4) / 4, "same")) <= BACK + 12
    fading, gone = mean_and_error(unwell, BACK + 8, BACK + 16), mean_and_error(unwell, BACK + 28, BACK + 40)
    assert 3 * fading[1] < fading[0] < after[0]
    assert gone[0] < 0.25 * after[0] + 3 * gone[1]

    overdue = [mean_and_error(excess(switch, MANY, BACK)["late"], GONE, BACK)[0] for switch in (TRAP, NO_TRAP)]
    assert overdue[1] == pytest.approx(overdue[0], rel=0.03)
    nobody, error = mean_and_error(off["in_crisis"] + off["stabilising"], GONE, BACK + 24)
    assert abs(nobody) < 0.15 * after[0] + 3 * error
    assert abs(mean_and_error(off["crises"], GONE, BACK + 24)[0]) < 0.25 * crises


WITHOUT = {"switches.workforce_spiral": False}
SETTLES = 104  # weeks of warm-up of a team unlike that of the saved start
STRONG = {"parameters.pressure_quit_hr": 3.0, "parameters.pressure_sick_hr": 2.0}  # the upper ends of their evidence


def vacancies(changes, worlds=300, weeks=260, first=0):
    """Share of posts vacant, (world, week), over five years."""
    found = weekly(changes, weeks, worlds, ("in_post", "established"), first)
    return 1 - found["in_post"] / found["established"]


@pytest.mark.slow
def test_v46_the_workforce_spiral_moves_the_tail_and_hardly_the_mean():
    """At the upper end of its evidence: teams with four of ten posts empty become half as many again; within half a
    year nothing is to be seen, and the mean hardly moves.
    """
    on, off = vacancies(STRONG), vacancies(STRONG | WITHOUT)
    late = slice(104, 260)
    tail_on, tail_off = np.mean(on[:, late] >= MANY_VACANT), np.mean(off[:, late] >= MANY_VACANT)
    assert tail_on > 1.5 * tail_off > 0
    assert abs(on[:, late].mean() - off[:, late].mean()) < 0.02
    # A switch has always been so, and acts from the first week of warm-up on: half a year is counted from there.
    begun = [vacancies(STRONG | switch, weeks=1, first=-SETTLES)[:, :26] for switch in ({}, WITHOUT)]
    assert abs(np.mean(begun[0] >= MANY_VACANT) - np.mean(begun[1] >= MANY_VACANT)) < 0.015


def test_v46_without_its_switch_the_spiral_is_gone():
    """However strong it would be: the same vacancies to the last bit as where pressure does nothing."""
    none = {"parameters.pressure_quit_hr": 1.0, "parameters.pressure_sick_hr": 1.0}
    off = vacancies(STRONG | WITHOUT, worlds=5)
    assert (off == vacancies(none, worlds=5)).all()
    assert (off != vacancies(STRONG, worlds=5)).any()


def test_v46_discharge_under_pressure_shrinks_a_caseload_that_is_too_large():
    """A team at 60 people per WTE in post sheds some of them; with its switch off it keeps them all."""
    full = {"standing.team.caseload_per_wte": 50.0, "switches.workforce_spiral": False}
    on = weekly(full, 52, 20, ("caseload",))["caseload"]
    off = weekly({**full, "switches.discharge_pressure": False}, 52, 20, ("caseload",))["caseload"]
    change = (on - off)[:, -1]
    assert change.mean() < -4 * change.std(ddof=1) / np.sqrt(len(change))
