"""V54: with nothing done the ordinary team is at rest from day 0 on."""

import dataclasses

import pytest

import cpsim
from cpsim.outputs import drift

DEFAULT_RUNS = 120
HALF_A_YEAR = 26  # weeks
MANY_RUNS = 8_000  # so that an error is a sixth of the margin


def nothing_done(replications):
    """The ordinary team for half a year from day 0, as it was before."""
    scenario = cpsim.load("cmht").with_(weeks=HALF_A_YEAR)
    teams = tuple(dataclasses.replace(team, changed=team.base) for team in scenario.teams)
    return cpsim.run(dataclasses.replace(scenario, teams=teams), replications=replications, seed=54)


def moves(found):
    """Does it vary at all? What is always nought cannot drift."""
    return found.size == found.size  # not NaN


@pytest.fixture(scope="module")
def few():
    return nothing_done(DEFAULT_RUNS)


@pytest.mark.limit
def test_v54_nothing_drifts_clearly_in_half_a_year(few):
    found = [each for each in drift.between(few.runs, few.scenario.teams[0].base, 0, HALF_A_YEAR) if moves(each)]
    assert len(found) > 30
    assert [each.in_words for each in found if each.clear] == []


@pytest.mark.limit
def test_v54_the_caseload_stays_within_3_in_100(few):
    caseload = next(
        each
        for each in drift.between(few.runs, few.scenario.teams[0].base, 0, HALF_A_YEAR)
        if each.measure == drift.CASELOAD
    )
    assert abs(caseload.size) + 3 * caseload.error < drift.CASELOAD_MARGIN


@pytest.mark.limit
@pytest.mark.slow
def test_v54_nothing_drifts_by_more_than_a_tenth_of_an_sd():
    """Equivalence, not "no difference seen": each drift with its 95 % interval lies within the margin."""
    result = nothing_done(MANY_RUNS)
    found = [each for each in drift.between(result.runs, result.scenario.teams[0].base, 0) if moves(each)]
    outside = [each for each in found if abs(each.size) + 1.96 * each.error > each.margin]
    assert [each.in_words for each in outside] == []
