"""The saved people from whom runs start: what they were made with, whom they fit, how the file is read and written."""

import dataclasses

import numpy as np
import pytest

from cpsim.model.codes import Stage
from cpsim.model.records import MEMBERSHIPS
from cpsim.population import law
from cpsim.population.law import NO_LAW, saved_law
from cpsim.population.populate import LONG_WARM_UP_WEEKS, WARM_UP_WEEKS, plan
from cpsim.population.settle import people_at_rest, undisturbed
from cpsim.scenario.load import load
from cpsim.scenario.schema import TeamDescription
from tests.tiny import quiet

pytestmark = pytest.mark.unit

REMAKE = "the ordinary team has changed since its people were saved: make them anew with `cpsim settle`"


@pytest.fixture(scope="module")
def usual():
    return load("cmht")


def start_of(scenario):
    return saved_law().start(scenario.teams[0].base)


def test_the_saved_people_are_those_of_the_ordinary_team_as_it_is(usual):
    assert saved_law().fits(usual.teams[0].base), REMAKE


def test_the_file_is_small_and_says_what_it_was_made_with():
    assert law.FILE.stat().st_size < 300_000
    assert {"version", "scenario", "seed", "years", "replications", "base", "no_matter"} <= set(saved_law().made)


def test_a_team_of_the_law_has_half_a_year_of_warm_up_and_any_other_two_years(usual):
    other = usual.with_({"standing.team.caseload_per_wte": 20})
    plans = [plan(each, each.teams[0]) for each in (usual, other)]
    assert [each.first_day for each in plans] == [-7 * WARM_UP_WEEKS, -7 * LONG_WARM_UP_WEEKS]
    assert [each.start.as_saved for each in plans] == [1, 0]
    assert plan(other, other.teams[0], 3).first_day == -21


def test_what_a_scenario_changes_on_day_0_leaves_the_start_as_it_is(usual):
    changed = usual.with_({"strategy.leadership": "named lead with time", "policies.caseload_cap_per_wte": 15})
    assert start_of(changed).as_saved


@pytest.mark.parametrize("path", ["switches.dummy", "switches.cp_effect", "parameters.full_dose_minutes"])
def test_numbers_that_only_cp_reads_leave_the_start_as_it_is(usual, path):
    section, name = path.split(".")
    value = getattr(getattr(usual.teams[0].base, section), name)
    assert start_of(usual.with_({path: value / 2})).as_saved


@pytest.mark.parametrize(
    "changes",
    [{"parameters.relapse_per_year": 0.5}, {"standing.strategy.materials": True}, {"standing.place.radius_km": 7}],
)
def test_a_measured_number_or_a_standing_fact_that_matters_makes_another_start(usual, changes):
    assert not start_of(usual.with_(changes)).as_saved


def test_ties_and_places_are_rescaled_by_how_they_come_about(usual):
    assert (start_of(usual).more_belong, start_of(usual).more_ties) == pytest.approx((1, 1))
    parameters = usual.teams[0].base.parameters
    twice = usual.with_({"parameters.ties_per_month": 2 * parameters.ties_per_month})
    assert start_of(twice).more_ties == pytest.approx(2)
    nobody_tries = {"parameters.own_attempts_per_month": 0, "parameters.ordinary_attempts": 0}
    assert start_of(usual.with_(nobody_tries)).more_belong == 0


def test_every_team_that_can_be_described_has_levels():
    for changes in ({"parameters.lapse_3m": 0}, {"parameters.known_at_start": 0}, {"parameters.ties_per_month": 0}):
        assert all(level >= 0 for level in law.levels(quiet(changes).teams[0].base).values())
    assert law.levels(TeamDescription())["ties"] > 0


def test_a_law_is_read_as_it_was_written():
    again = law.read(law.written(saved_law()))
    assert again.digest == saved_law().digest
    assert again.made == saved_law().made


def test_rows_are_sorted_by_class_and_those_who_belong_come_first():
    start = start_of(load("cmht"))
    for kind, (first, nowhere, end) in enumerate(start.blocks):
        assert set(start.people["long_stay"][first:end]) == {kind}
        assert (start.people["belongs"][first:nowhere] > 0).all()
        assert (start.people["belongs"][nowhere:end] == 0).all()
    places = start.places["days"].reshape(-1, MEMBERSHIPS)
    assert ((places >= 0).sum(axis=1) == start.people["belongs"]).all()


def test_without_a_law_nobody_belongs_anywhere():
    start = NO_LAW.start(TeamDescription())
    assert (start.as_saved, start.more_belong, start.blocks.sum()) == (0, 0, 0)


def test_the_law_is_of_the_base_and_not_of_what_is_done(usual):
    """Training from day 0 is nothing that the people of the law have lived through."""
    done = usual.with_({"strategy.training_days_per_person": 3, "strategy.materials": True})
    assert undisturbed(done).teams[0].changed == usual.teams[0].base


def test_people_at_rest_are_those_on_the_caseload():
    scenario = undisturbed(quiet({"team.caseload_per_wte": 12, "parameters.relapse_per_year": 1}))
    people, places = people_at_rest(scenario, seed=1, weeks=30)
    assert len(people) == 12
    assert len(places) == 12 * MEMBERSHIPS
    assert set(people["stage"]) <= {Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL}
    assert (people["days_here"] == 30 * 7 - 1).all(), "they came on the first of so many days and are saved on the last"
    assert np.isfinite(people["below"]).all()
    assert ((people["income_rank"] >= 0) & (people["income_rank"] <= 1)).all()


def test_a_law_can_be_made_with_another_one_in_its_place(usual):
    """`plan` takes any law, so that the command does not start from the one it is to replace."""
    made = dataclasses.replace(saved_law(), made={**saved_law().made, "base": "another"})
    assert not plan(usual, usual.teams[0], law=made).start.as_saved
