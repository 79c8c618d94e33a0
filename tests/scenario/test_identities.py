"""Numbers of the parameter file that are tied to each other, checked by arithmetic and not by a run.

The bands are those of the findings they must be able to give (evidence register); nothing is tuned to them.
"""

import math

import pytest

from cpsim.population.staff import draft_staff
from cpsim.scenario.evidence import evidence
from cpsim.scenario.flows import at_rest, caseload_kept, stays
from cpsim.scenario.load import load
from cpsim.scenario.record import values
from cpsim.scenario.schema import coordinating_wte

pytestmark = pytest.mark.unit

YEAR, MONTH = 365.25, 365.25 / 12


@pytest.fixture(scope="module")
def team():
    """The default team as it is."""
    return load("cmht").teams[0].base


def stage_shares(team):
    """Shares of days out of hospital that come out of the hazards, at mean severity and seen on time."""
    p = values(team)
    leaves_stabilising = p["settle_hazard"] + p["relapse_hazard"] * p["stabilising_relapse"]
    crises = leaves_stabilising / p["settle_hazard"]  # for each time in recovery
    days = {
        "recovery": 1 / p["relapse_hazard"],
        "stabilising": crises / leaves_stabilising,
        "crisis": crises * p["crisis_days"],
    }
    return {stage: length / sum(days.values()) for stage, length in days.items()}


def test_leaving_rate_and_time_to_fill_give_the_stated_vacancies(team):
    """share vacant = leaving rate x time to fill / (1 + leaving rate x time to fill), role by role."""
    leaving = team.parameters.leaving_per_year / YEAR
    staff = {post["role"]: post for post in draft_staff(team, team, 0)}
    vacancies = [posts for posts in team.team.staff_wte.values() if posts.vacant > 0]
    assert len(vacancies) >= 3
    for code, posts in enumerate(team.team.staff_wte.values()):
        if posts.vacant > 0:
            days_to_fill = staff[code]["round_before"] / staff[code]["success_before"]
            share = leaving * days_to_fill / (1 + leaving * days_to_fill)
            assert share == pytest.approx(posts.vacant / (posts.vacant + posts.in_post), rel=1e-3)


def test_the_stage_mix_comes_out_of_the_hazards_as_it_is_thought_to_be(team):
    shares = stage_shares(team)
    for stage, row in (("crisis", "crisis_stage_share"), ("stabilising", "crisis_stabilising_share")):
        assert evidence()[row].low <= shares[stage] <= evidence()[row].high


def test_intervals_and_stages_give_the_contacts_of_two_years(team):
    """Direct contacts with all staff in two years: a median of 36.5, half of people between 14 and 68."""
    p, shares = values(team), stage_shares(team)
    mean_interval = (
        p["crisis_team_share"] * p["crisis_shared_interval_days"]
        + (1 - p["crisis_team_share"]) * p["crisis_interval_days"]
    )
    a_month = MONTH * (
        shares["recovery"] / p["recovery_interval_days"]
        + shares["stabilising"] / p["stabilising_interval_days"]
        + shares["crisis"] / mean_interval
    )
    two_years = evidence()["contact_secondary_2y_median"]
    assert two_years.low <= 24 * a_month <= two_years.high


def test_contacts_of_a_worker_are_those_that_are_recorded(team):
    """Planned contacts a month for each co-ordinating WTE in post lie where recordings put them (35 to 60)."""
    p, shares = values(team), stage_shares(team)
    people = team.team.caseload_per_wte * coordinating_wte(team) / coordinating_wte(team, in_post_only=True)
    a_month = MONTH * (
        shares["recovery"] / p["recovery_interval_days"]
        + shares["stabilising"] / p["stabilising_interval_days"]
        + shares["crisis"] / p["crisis_shared_interval_days"]
    )
    recorded = evidence()["contact_per_fte_month"]
    assert recorded.low <= people * a_month <= recorded.high


def test_changes_of_worker_need_more_than_leavers(team):
    """With a new key worker in a year: 0.30 to 0.50 (42 % were found); leavers alone give a third of that."""
    p = team.parameters
    leavers_alone = 1 - math.exp(-p.leaving_per_year)
    with_transfers = 1 - math.exp(-p.leaving_per_year - p.transfers_per_year)
    assert leavers_alone < 0.20
    assert 0.30 <= with_transfers <= 0.50


def test_referrals_keep_the_caseload(team):
    flows = at_rest(team)
    people = team.team.caseload_per_wte * coordinating_wte(team)
    assert caseload_kept(team, flows.new * MONTH) == pytest.approx(people, rel=1e-9)
    brief, long, _ = stays(team)
    leaving = people * ((1 - flows.long_share) / brief + flows.long_share / long)
    assert leaving == pytest.approx(flows.new + flows.returning, rel=1e-9)


def test_assessments_are_within_what_teams_report(team):
    """Referrals assessed a week, new ones and people coming back: 3 to 16 a team."""
    flows, seen = at_rest(team), evidence()["flow_referrals_week"]
    assert seen.low <= 7 * (flows.new / team.parameters.accept_share + flows.returning) <= seen.high
