"""Stages and leaving with constant hazards: geometric spells, shares in proportion, the chain's long-run shares."""

import math
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from cpsim.model.codes import Stage
from cpsim.model.records import PERSON, make
from cpsim.model.rule import rule
from cpsim.model.rules import discharge, stage
from tests.limits.theory import SURE, mean_of, ratio_of, split_by_hazard, stationary
from tests.tiny import finish, numbers, populated, quiet

YEAR = 365.25
ALPHA = 1e-6
STAGES = ("share_in_recovery", "share_in_crisis", "share_stabilising", "share_in_hospital")

# Hazards that nothing changes, and large enough for a few thousand spells a run.
CONSTANT = {
    "team.caseload_per_wte": 200,
    "parameters.relapse_per_year": 4,
    "parameters.stabilising_relapse": 2,
    "parameters.crisis_days": 10,
    "parameters.hospital_days": 20,
    "parameters.stabilising_days": 30,
    "parameters.groups_per_10k": 0,
}
RUNS = 40
ROUNDING = 1e-9


def chain(hospital_chance):
    """Chances a day between recovery, crisis, stabilising and hospital, from the numbers of the scenario themselves."""
    relapse = 4 / YEAR
    again = -math.expm1(2 * math.log1p(-relapse))  # twice the hazard
    to_recovery, to_crisis = split_by_hazard([1 / 30, again])
    leave = 1 / 10
    to_hospital = leave * hospital_chance
    moves = np.zeros((4, 4))
    moves[0, 1] = relapse
    moves[1, 3], moves[1, 2] = to_hospital, leave - to_hospital
    moves[2, 0], moves[2, 1] = to_recovery, to_crisis
    moves[3, 2] = 1 / 20
    return moves + np.diag(1 - moves.sum(axis=1))


def lived(hospital_chance):
    """Outcomes and people of some ten-year runs of 200 people with constant hazards."""
    scenario = quiet(CONSTANT | {"parameters.hospital_chance": hospital_chance}, weeks=520)
    for seed in range(RUNS):
        world = populated(scenario, seed, warm_up_weeks=26)
        yield finish(world), world.people


@pytest.mark.limit
@pytest.mark.parametrize("hospital_chance", [0.0, 0.3])
def test_v21_stage_shares_are_those_of_the_chain(hospital_chance):
    """Three stages, then four with hospital. A daily chain has no step error; hardly anybody leaves (60 years)."""
    outcomes = [outcome for outcome, _ in lived(hospital_chance)]
    for name, expected in zip(STAGES, stationary(chain(hospital_chance)), strict=True):
        share, noise = mean_of([float(outcome[name]) for outcome in outcomes])
        assert noise < max(0.03 * expected, ROUNDING), "too few runs for this test to be able to fail"
        assert abs(share - expected) < 0.01 * expected + noise + ROUNDING


@pytest.mark.limit
def test_v21_spells_last_as_long_as_the_numbers_say():
    """Days in a stage over spells begun: 10 in a crisis, 20 in hospital; stabilising 1 / the chance of leaving it."""
    runs = list(lived(0.3))
    crises = [people.crises.sum() for _, people in runs]
    admissions = [people.admissions.sum() for _, people in runs]
    expected = {
        "days_in_crisis": (10.0, crises),
        "days_in_hospital": (20.0, admissions),
        "days_stabilising": (1 / (1 - chain(0.3)[2, 2]), crises),  # every crisis ends in it, by hospital or not
    }
    for name, (days, spells) in expected.items():
        found, noise = ratio_of([people[name].sum() for _, people in runs], spells)
        assert noise < 0.02 * days
        assert found == pytest.approx(days, abs=0.01 * days + noise)


SPELLS = 40_000
SEED = 5


@rule
def count_days(people, days, seed, slow, fast, turn):
    """How many days each person stays in hospital: `slow` parameters on the first `turn` days, then `fast` ones."""
    for i in range(len(people)):
        people[i].id = i
        stage.enter(people[i], Stage.HOSPITAL, seed, slow)
        days[i] = 1
        while stage.live(people[i], seed, slow if days[i] <= turn else fast) == Stage.NOT_YET:
            days[i] += 1


def days_in_hospital(slow, fast, turn):
    days = np.zeros(SPELLS, np.int64)
    chances = [numbers(hospital_hazard=-math.log1p(-chance)) for chance in (slow, fast)]
    count_days(make(SPELLS, PERSON), days, SEED, *chances, turn)
    return days


@pytest.mark.limit
def test_v21_spells_are_geometric():
    """Not only their mean: days in hospital against the geometric law, chi-square over its tenths."""
    days = days_in_hospital(1 / 8, 1 / 8, 0)
    law = stats.geom(1 / 8)
    edges = np.unique(law.ppf(np.arange(0.1, 1, 0.1)))
    chances = np.diff(np.concatenate([[0], law.cdf(edges), [1]]))
    seen = np.bincount(np.searchsorted(edges, days), minlength=len(chances))

    assert days.mean() == pytest.approx(8, abs=SURE * law.std() / math.sqrt(SPELLS))  # 0.11, so a day more is seen
    assert stats.chisquare(seen, chances * SPELLS).pvalue > ALPHA


@pytest.mark.limit
def test_v21_a_hazard_that_changes_half_way_is_counted_day_by_day():
    """One unit exponential a spell: three days at a chance of 1/20, then 1/4 a day; those left are the product."""
    days = days_in_hospital(1 / 20, 1 / 4, 3)
    for day in range(1, 8):
        expected = (19 / 20) ** min(day, 3) * (3 / 4) ** max(0, day - 3)
        noise = SURE * math.sqrt(expected * (1 - expected) / SPELLS)  # at most 0.0075
        assert np.mean(days > day) == pytest.approx(expected, abs=noise)


# ---------------------------------------------------------------- competing hazards

PEOPLE = 40_000
SPLIT_MARGIN = 0.01  # of all; three standard errors of 40,000 are at most 0.0075, so a hazard 5 % off is seen


def assert_split(found, hazards):
    """Do the ends that were reached share in proportion to these hazards?"""
    whole = sum(hazards.values())
    assert SURE * math.sqrt(0.25 / PEOPLE) < SPLIT_MARGIN
    assert set(found) == {end for end, hazard in hazards.items() if hazard > 0}
    for end, hazard in hazards.items():
        assert found[end] / PEOPLE == pytest.approx(hazard / whole, abs=SPLIT_MARGIN)


@rule
def end_spells(people, reached, seed, p):
    """Where each person goes when the spell in hand ends."""
    for i in range(len(people)):
        reached[i] = stage.next_stage(people[i], seed, p)


@rule
def end_stays(people, reached, seed, p):
    """By which way each person leaves the caseload."""
    for i in range(len(people)):
        discharge.begin(people[i], seed)
        reached[i] = discharge.way_out(people[i], 1.0, p)


def reached(end, p, **fields):
    """Counts of where people go who differ by their luck alone."""
    people, found = make(PEOPLE, PERSON), np.zeros(PEOPLE, np.int64)
    people["id"] = range(PEOPLE)
    for name, value in fields.items():
        people[name] = value
    end(people, found, SEED, p)
    return Counter(found.tolist())


@pytest.mark.limit
@pytest.mark.parametrize("crisis_contact_effect", [1.0, 3.0])
@pytest.mark.parametrize("days_since_contact", [0, 30])
def test_v22_a_crisis_ends_in_proportion_to_its_hazards(crisis_contact_effect, days_since_contact):
    """Hospital against calming down; without contact in the week the second is slower by its ratio."""
    p = numbers(resolve_hazard=0.06, admission_hazard=0.02, crisis_contact_effect=crisis_contact_effect)
    found = reached(end_spells, p, stage=Stage.CRISIS, stage_spells=1, days_since_contact=days_since_contact)
    slower = crisis_contact_effect if days_since_contact > 7 else 1
    assert_split(found, {Stage.HOSPITAL: 0.02, Stage.STABILISING: 0.06 / slower})


@pytest.mark.limit
@pytest.mark.parametrize(("days_since_contact", "ratio"), [(14, 1.0), (29, 1.25), (74, 1.5)])
def test_v22_stabilising_ends_in_proportion_to_its_hazards(days_since_contact, ratio):
    """Recovery against another crisis, whose hazard rises to 1.5 times when contact is 30 days overdue."""
    p = numbers(settle_hazard=0.05, stabilising_relapse=2, gap_hr=1.5, gap_days=30, capacity_trap=1)
    found = reached(
        end_spells, p, stage=Stage.STABILISING, relapse=0.01, interval=14, days_since_contact=days_since_contact
    )
    assert_split(found, {Stage.RECOVERY: 0.05, Stage.CRISIS: 0.02 * ratio})


@pytest.mark.limit
@pytest.mark.parametrize("long_stay", [0, 1])
def test_v22_people_leave_in_proportion_to_hazards(long_stay):
    """Agreed discharge against loss of contact against death."""
    p = numbers(discharge_hazard_long=0.001, discharge_hazard_brief=0.01, dropout_hazard=0.002, death_hazard=0.0005)
    found = reached(end_stays, p, stage=Stage.RECOVERY, long_stay=long_stay)
    agreed = 0.001 if long_stay else 0.01
    assert_split(found, {Stage.DISCHARGED: agreed, Stage.DROPPED_OUT: 0.002, Stage.DIED: 0.0005})


@pytest.mark.limit
def test_v22_in_a_whole_run_people_leave_in_proportion_to_the_rates_of_the_scenario():
    """200 people for ten years in each of 60 runs: loss of contact 0.4, death 0.2, discharge 0.5 a year."""
    rates = {Stage.DROPPED_OUT: 0.4, Stage.DIED: 0.2, Stage.DISCHARGED: 0.5}
    scenario = quiet(
        {
            "team.caseload_per_wte": 200,
            "parameters.dropouts_per_year": rates[Stage.DROPPED_OUT],
            "parameters.deaths_per_year": rates[Stage.DIED],
            "parameters.long_stay_years": 1 / rates[Stage.DISCHARGED],
            "parameters.groups_per_10k": 0,
        },
        weeks=520,
    )
    left = Counter()
    for seed in range(60):
        world = populated(scenario, seed)
        finish(world)
        left.update(int(code) for code in world.people.stage)
    whole = sum(left[end] for end in rates)
    assert whole > 0.99 * 60 * 200  # exp(-11) are still there
    for end, rate in rates.items():
        expected = rate / sum(rates.values())
        noise = SURE * math.sqrt(expected * (1 - expected) / whole)
        assert noise < 0.015
        assert left[end] / whole == pytest.approx(expected, abs=0.002 + noise)  # 0.002: daily hazards for yearly rates
