"""Levers work from what a team is, make nothing worse, cost what the register says, and build valid scenarios."""

import pytest

from cpsim.errors import OptionError
from cpsim.experiments.levers import Bundle, bundles, levers_of
from cpsim.experiments.settings import changes_of, sample, settings_of
from cpsim.scenario.evidence import evidence
from cpsim.scenario.load import load, shipped_scenarios

pytestmark = pytest.mark.unit
ONE_TEAM = [name for name, *_ in shipped_scenarios() if len(load(name).teams) == 1]


def team(name="cmht"):
    return load(name).teams[0].changed


def level(levers, lever, name):
    found = next(each for each in levers if each.name == lever)
    return found, next(each for each in found.levels if each.name == name)


@pytest.mark.parametrize("name", ONE_TEAM)
def test_every_level_makes_a_valid_scenario_that_differs(name):
    scenario = load(name)
    for lever in levers_of(scenario.teams[0].changed):
        for each in lever.levels:
            assert scenario.with_(each.changes).digest != scenario.digest, f"{lever.name} {each.name}"


def test_nothing_is_made_worse_where_a_team_is_better_off_already():
    """`everything` has a lead, supervision every 4 weeks and 4 protected hours."""
    found = {lever.name: [each.name for each in lever.levels] for lever in levers_of(team("everything"))}
    assert found["supervision"] == ["2 weekly"]
    assert found["protected"] == ["6 h"]
    assert not {"leadership", "company", "funds"} & set(found)


def test_a_post_costs_its_paid_hours():
    _, nurse = level(levers_of(team()), "nurse", "1")
    hours, pounds = (evidence()[row].value for row in ("time_paid_hours_year", "cost_cpn_hour"))
    assert nurse.pounds_a_year == hours * pounds
    assert nurse.changes == {"team.staff_wte.community psychiatric nurse.in_post": 6.0}
    assert nurse.lag_weeks == evidence()["workforce_recruit_new_days"].value / 7


def test_training_brings_the_materials_where_there_are_none():
    scenario = load("cmht").with_({"strategy.materials": False})
    _, training = level(levers_of(scenario.teams[0].changed), "training", "1")
    assert training.changes == {"strategy.training_days_per_person": 1.0, "strategy.materials": True}
    scenario.with_(training.changes)


def test_what_nobody_has_seen_is_flagged():
    found = levers_of(team())
    assert "0 to 4" in level(found, "protected", "6 h")[1].beyond[0]
    assert level(found, "protected", "4 h")[1].beyond == ()
    assert [each.name for lever in levers_of(team(), short=True) for each in lever.levels if each.beyond] == []


def test_levers_by_family_and_the_nearest_name():
    names = {lever.name for lever in levers_of(team(), ["posts", "training"])}
    assert names == {"support_worker", "link_worker", "nurse", "social_worker", "occupational_therapist", "training"}
    with pytest.raises(OptionError, match="did you mean 'training'"):
        levers_of(team(), ["trianing"])


def test_every_bundle_once_and_not_too_many():
    some = levers_of(team(), ["training", "leadership"])
    every = bundles(some)
    assert len(every) == 3 * 3
    assert every[0] == Bundle(())
    assert len({bundle.name for bundle in every}) == len(every)
    assert len(bundles(levers_of(team(), short=True))) <= 2**14
    with pytest.raises(OptionError, match="name fewer"):
        bundles(levers_of(team()))
    with pytest.raises(OptionError, match="none of those"):
        bundles([])


def test_a_bundle_without_a_lever():
    found = levers_of(team())
    whole = Bundle((level(found, "training", "1"), level(found, "nurse", "2")))
    assert whole.wte == 2
    assert whole.without(whole.taken[1][0]).name == "training 1"


def test_settings_vary_levers_and_circumstances_apart():
    scenario = load("cmht").with_(weeks=2)
    found = settings_of(scenario, ["training", "posts"], ["staffing", "team.caseload_per_wte"])
    kinds = {each.name: each.kind for each in found}
    drawn = sample(found, 64, seed=1)

    assert kinds["training"] == "lever"
    assert kinds["team.caseload_per_wte"] == "circumstance"
    assert drawn["training"].isin([0, 1, 2]).all()
    assert drawn["team.caseload_per_wte"].between(12, 40).all()
    assert drawn.equals(sample(found, 64, seed=1))
    changes = changes_of(found, drawn.iloc[3].tolist())
    assert changes["standing.team.caseload_per_wte"] == drawn["team.caseload_per_wte"][3]
    scenario.with_(changes)


def test_only_levers_or_only_circumstances():
    scenario = load("cmht")
    assert {each.kind for each in settings_of(scenario, only=["none"])} == {"lever"}
    assert {each.kind for each in settings_of(scenario, levers=["none"])} == {"circumstance"}
    with pytest.raises(OptionError, match="did you mean"):
        settings_of(scenario, only=["stafing"])
