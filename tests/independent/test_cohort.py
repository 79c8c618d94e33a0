"""Stages against an independent cohort (V30), and what the day's step costs the hazards (V53)."""

import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.model.records import PERSON
from cpsim.model.rules import stage
from tests.independent.cohort import CRISIS, HOSPITAL, RECOVERY, STABILISING, YEAR, course
from tests.limits.theory import mean_of
from tests.tiny import live_through, numbers, populated, quiet, row

pytestmark = pytest.mark.limit

SHIPPED = {  # as declared, but for what depends on contact
    "relapse_per_year": 0.35,
    "severity_hr": 1.5,
    "crisis_days": 24.0,
    "hospital_chance": 0.24,
    "hospital_days": 33.0,
    "stabilising_days": 60.0,
    "stabilising_relapse": 2.0,
}
OFTEN = SHIPPED | {"relapse_per_year": 2.0, "severity_hr": 1.0, "crisis_days": 10.0, "stabilising_days": 20.0}
STAGES = {RECOVERY: Stage.RECOVERY, CRISIS: Stage.CRISIS, STABILISING: Stage.STABILISING, HOSPITAL: Stage.HOSPITAL}
LOOKED_AT = (14, 45, 120, 365)  # days
RUNS, PEOPLE = 60, 200


def all_in_recovery(said, seed):
    """200 people in recovery on the first day, whom nobody joins and hardly anybody leaves."""
    given = {f"parameters.{name}": value for name, value in said.items()}
    world = populated(quiet(given | {"team.caseload_per_wte": PEOPLE, "parameters.groups_per_10k": 0}, weeks=104), seed)
    world.people.stage[:PEOPLE] = Stage.RECOVERY
    world.people.crises = 0
    world.people.admissions = 0
    return world


def lived(said):
    """Shares of the stages on the days looked at, and crises and admissions a person-year, a run each."""
    shares, begun = [], []
    for seed in range(RUNS):
        world, day = all_in_recovery(said, seed), 0
        of_run = []
        for looked_at in LOOKED_AT:
            live_through(world, looked_at - day)
            day = looked_at
            there = world.people.stage[np.isin(world.people.stage, list(STAGES.values()))]
            of_run.append([np.mean(there == code) for code in STAGES.values()])
        shares.append(of_run)
        begun.append([world.people[name].sum() / PEOPLE * YEAR / day for name in ("crises", "admissions")])
    return np.array(shares), np.array(begun)


@pytest.mark.parametrize("said", [SHIPPED, OFTEN], ids=["as shipped", "often"])
def test_v30_stages_go_the_way_of_a_markov_cohort(said):
    """Shares day by day to within half a point, crises and admissions to within a twentieth; 1.5 % leave in a year."""
    shares, begun = lived(said)
    expected, crises, admissions = course(said, LOOKED_AT[-1])
    for at, day in enumerate(LOOKED_AT):
        for which in STAGES:
            share, noise = mean_of(shares[:, at, which])
            assert noise < 0.015, "too few people for this test to be able to fail"
            assert abs(share - expected[day - 1, which]) < 0.005 + noise, (day, which)
    for which, found in enumerate((crises, admissions)):
        a_year, noise = mean_of(begun[:, which])
        theory = found.sum() * YEAR / LOOKED_AT[-1]
        assert noise < 0.12 * theory
        assert abs(a_year - theory) < 0.05 * theory + noise


# ---------------------------------------------------------------- V53: what the step of a day costs


@pytest.mark.parametrize("step", [0.5, 2.0])
def test_v53_half_a_day_or_two_days_leave_stages_and_crises_as_they_are(step):
    """Means of spells do not depend on the step; shares differ by under 0.1 points, crises by under 1 %."""
    by_day, crises, admissions = course(SHIPPED, 730)
    shares, other_crises, other_admissions = course(SHIPPED, 730, step)
    assert np.abs(by_day[-1] - shares[-1]).max() < 0.001
    assert other_crises.sum() == pytest.approx(crises.sum(), rel=0.01)
    assert other_admissions.sum() == pytest.approx(admissions.sum(), rel=0.01)


def quantile(share, hazards, step):
    """Days after which this share has had a crisis; the hazard of each step is read as it begins."""
    return float(np.interp(-np.log1p(-share), np.cumsum(hazards) * step, step * np.arange(1, len(hazards) + 1)))


def by_the_engine(days, p):
    """Hazards of a crisis of somebody in recovery whom nobody has seen for so many days, by the engine's rule."""
    person, found = row(PERSON, stage=Stage.RECOVERY, interval=28.0, relapse=0.35 / YEAR), []
    for day in range(days):
        person.days_since_contact = day
        found.append(float(stage.hazard(person, p)))
    return found


def by_the_words(days, step, p):
    """The same read at any moment: from the usual hazard when contact is due up to `gap_hr` of it `gap_days` later."""
    late = np.clip((np.arange(0, days, step) - 28) / p.gap_days, 0, 1)
    return 0.35 / YEAR * (1 + (p.gap_hr - 1) * late)


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5])
def test_v53_a_hazard_that_rises_while_nobody_comes_is_added_up_well_enough(share):
    """People whom nobody sees: the day's sum reaches a share of crises within a day of the exact integral.

    With steps of half a day the gap halves and with two days it doubles, as it must when only the step is to blame.
    """
    p = numbers(gap_hr=2.5, gap_days=30, capacity_trap=1)
    exact = quantile(share, by_the_words(1_000, 0.01, p), 0.01)
    assert abs(quantile(share, by_the_engine(1_000, p), 1.0) - exact) < 1.0
    gaps = [abs(quantile(share, by_the_words(1_000, step, p), step) - exact) for step in (0.5, 1.0, 2.0)]
    assert gaps == sorted(gaps)
    assert gaps[2] < 2.0
