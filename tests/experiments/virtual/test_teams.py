"""A trial's teams: drawn anew, alike in all deliveries; barriers fall where they may."""

import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments.virtual import teams
from cpsim.scenario.evidence import evidence

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def study():
    return cpsim.load("study-2021")


@pytest.fixture(scope="module")
def drawn(study):
    return teams.drawn(study, 1, 0)


def test_the_same_trial_is_drawn_the_same_and_another_differs(study, drawn):
    assert teams.drawn(study, 1, 0).digest == drawn.digest
    assert len({teams.drawn(study, *which).digest for which in ((1, 0), (1, 1), (2, 0))}) == 3


def test_what_is_drawn_lies_within_the_registers_ranges(study):
    rows = evidence()
    for number in range(10):
        for team in teams.drawn(study, 1, number).teams:
            caseload = team.base.team.caseload_per_wte
            assert rows["teams_caseload"].low <= caseload <= rows["teams_caseload"].high
            posts = [team.base.team.staff_wte[role] for role in ("community psychiatric nurse", "social worker")]
            vacant = sum(each.vacant for each in posts) / sum(each.in_post + each.vacant for each in posts)
            assert vacant < 0.2  # around one in ten, as the scenario has it


def test_what_teams_did_is_not_drawn(study, drawn):
    assert [team.changed.strategy for team in drawn.teams] == [team.changed.strategy for team in study.teams]
    assert drawn.arms == study.arms


def test_teams_of_a_trust_are_in_one_kind_of_place(drawn):
    by_trust = {}
    for team in drawn.teams:
        by_trust.setdefault(team.group, set()).add((team.base.place.kind, team.base.policies.crisis_team_share))
    assert all(len(found) == 1 for found in by_trust.values())
    assert len(set.union(*by_trust.values())) > 1


def test_full_delivery_leaves_the_comparison_arm_untrained_but_as_well_staffed(drawn):
    full = {team.name: team for team in teams.delivered(drawn, teams.FULL).teams}
    ours, other = full["trust 4 implementation"], full["trust 4 comparison"]
    assert ours.changed.strategy.training_days_per_person >= 1
    assert other.changed.strategy.training_days_per_person == 0
    assert not other.changed.strategy.materials
    for team in (ours, other):
        assert team.base.team.caseload_per_wte <= 20
        assert team.base.policies.crisis_team_share == 1.0


def test_a_barrier_of_the_teams_own_falls_in_one_arm_only(drawn):
    found = teams.delivered(drawn, "contact")
    changed = {one.name for one, other in zip(found.teams, drawn.teams, strict=True) if one != other}
    assert changed == {team.name for team in drawn.teams if team.arm == "implementation"}


def test_alike_arms_do_the_same(drawn):
    alike = teams.delivered(drawn, teams.ALIKE)
    assert all(not team.changed.strategy.materials for team in alike.teams)
    assert [team.base for team in alike.teams] == [team.base for team in drawn.teams]


def test_the_offer_goes_to_implementation_teams(drawn):
    found = teams.delivered(drawn, teams.OFFERED)
    assert {(team.arm, team.changed.strategy.budget_gbp) for team in found.teams} == {
        ("implementation", 1000.0),
        ("comparison", drawn.teams[1].changed.strategy.budget_gbp),
    }


def test_the_effect_can_be_switched_off(drawn):
    off = teams.without_effect(drawn)
    assert {team.changed.switches.cp_effect for team in off.teams} == {0.0}


def test_more_teams_are_the_studys_trusts_again(study):
    found = teams.with_teams(study, 14)
    assert len(found.teams) == 14 == len(found.arms)
    assert found.teams[10].changed.strategy == study.teams[0].changed.strategy
    assert len({team.group for team in found.teams}) == 7
    assert len(teams.drawn(found, 1, 0).teams) == 14


@pytest.mark.parametrize("number", [2, 5])
def test_a_number_of_teams_that_makes_no_trusts_is_refused(study, number):
    with pytest.raises(OptionError, match="a multiple of 2 from 4 on"):
        teams.with_teams(study, number)


def test_deliveries_are_known_or_refused():
    assert teams.check_deliveries(["observed,full", "clarity+priority", "full"]) == [
        *("observed", "full", "clarity+priority")
    ]
    with pytest.raises(OptionError, match="did you mean 'clarity'"):
        teams.check_deliveries(["observed,clairty"])
    with pytest.raises(OptionError, match="nothing was given"):
        teams.check_deliveries([","])


def test_a_scenario_without_arms_is_no_trial():
    with pytest.raises(UserError, match="two arms"):
        teams.check_arms(cpsim.load("cmht"))
