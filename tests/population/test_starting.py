"""The first day: people start as somebody like them in the law, whole or in their ties and places."""

import numpy as np
import pytest

from cpsim.model.codes import Source, Stage
from cpsim.model.records import MEMBERSHIPS, PERSON
from cpsim.population.law import saved_law
from cpsim.population.populate import plan, populate
from cpsim.population.starting import most_like, row_at
from cpsim.scenario.load import load
from tests.tiny import member, numbers, populated, quiet, row, staffed

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def first_caseload(world):
    return world.people[: world.team[0]["active"]]


@pytest.fixture(scope="module")
def usual():
    """The first caseloads of some ordinary teams."""
    chosen = load("cmht").with_(weeks=1)
    shared = plan(chosen, chosen.teams[0], 1)
    return [populate(shared, seed) for seed in range(12)]


def test_people_start_where_somebody_of_the_law_stood(usual):
    """Stage, contact, relationship and ties of each are together those of one saved person."""
    law = saved_law().people
    known = {(each["stage"], each["days_since_contact"], each["relationship"], each["ties_new"]) for each in law}
    for person in first_caseload(usual[0]):
        assert (person["stage"], person["days_since_contact"], person["relationship"], person["ties_new"]) in known


def test_people_have_been_there_as_long_as_the_saved_ones(usual):
    """Saved of an evening; the world is made on the evening before its first day."""
    world, law = usual[0], saved_law().people
    known = {(each["stage"], each["relationship"], each["days_here"]) for each in law}
    assert world.team[0]["day"] == world.team[0]["first_day"] - 1
    for person in first_caseload(world):
        assert (person["stage"], person["relationship"], world.team[0]["day"] - person["joined_day"]) in known


def test_the_first_caseload_is_like_the_law(usual):
    """Means over 12 teams within 5 standard errors: of shares in each stage, of contact, ties and places."""
    people, law = np.concatenate([first_caseload(world) for world in usual]), saved_law().people
    for stage in (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY):
        near(people["stage"] == stage, law["stage"] == stage)
    for name in ("days_since_contact", "relationship", "ties_new", "long_stay"):
        near(people[name], law[name])
    belong = [world.memberships["place"].reshape(-1, MEMBERSHIPS)[: len(first_caseload(world))] for world in usual]
    near((np.concatenate(belong) >= 0).any(axis=1), law["belongs"] > 0)


def near(found, wanted):
    found, wanted = np.asarray(found, float), np.asarray(wanted, float)
    error = np.sqrt(found.var() / len(found) + wanted.var() / len(wanted))
    assert abs(found.mean() - wanted.mean()) < 5 * error


def test_who_belongs_can_afford_it_and_get_there(usual):
    """And places are not overfull; a membership is older than the run."""
    for world in usual:
        p = world.params[0]
        for slot in np.flatnonzero(world.memberships["place"] >= 0):
            own, person = world.memberships[slot], world.people[slot // MEMBERSHIPS]
            place = world.places[own["place"]]
            price = place["fee"] * (1 - place["waived"]) + place["extras"]
            assert price <= p["affordable_share"] * person["spare_income"]
            assert own["since"] <= world.team[0]["first_day"]
            assert p["comfort_start"] <= own["comfort"] <= 1
            assert own["source"] == Source.OWN
        assert (world.places["members"] + world.places["others"] <= world.places["places"]).all()


def test_ties_made_raise_the_capital_that_people_start_with(usual):
    people = first_caseload(usual[0])
    with_ties = people["ties_new"] > 1
    assert (people["capital"] >= people["capital_own"])[people["capital_own"] < 27].all()
    assert (people["capital"] > people["capital_own"])[with_ties & (people["capital_own"] < 27)].all()
    assert (people["capital_before"] == people["capital"]).all()


def test_without_a_law_people_start_by_formula_and_belong_nowhere():
    world = populated(quiet({"team.caseload_per_wte": 40, "parameters.relapse_per_year": 2}))
    people = first_caseload(world)
    assert (world.memberships.place == -1).all()
    assert (people.ties_new == 0).all()
    assert (people.capital == people.capital_own).all()
    assert {Stage.RECOVERY, Stage.STABILISING} <= set(people.stage)
    assert (people.days_since_contact < people.interval).all()
    assert (people.days_since_contact[people.stage == Stage.STABILISING] < 14).all()
    assert ((people.relationship > 0) & (people.relationship < 1)).all()


def test_a_team_unlike_the_law_has_only_ties_and_places_of_it():
    tries = {"team.caseload_per_wte": 60, "parameters.own_attempts_per_month": 0.1, "parameters.fee": 0}
    world = populated(quiet(tries | {"parameters.recovery_interval_days": 3}), law=saved_law())
    people = first_caseload(world)
    assert people.days_since_contact.max() <= 3
    assert people.ties_new.max() > 0
    assert (world.memberships.place >= 0).any()


def test_who_is_drawn_from_the_law_is_like_the_person():
    start, p = usual_start(), numbers()
    rich = [like(start, p, number, spare_income=80.0, car=1, near_bus=1) for number in range(60)]
    poor = [like(start, p, number, spare_income=0.5, car=0, near_bus=0) for number in range(60)]
    assert np.mean([each["income_rank"] for each in rich]) > 0.8
    assert np.mean([each["income_rank"] for each in poor]) < 0.2
    assert np.mean([each["belongs"] > 0 for each in rich]) > 2 * np.mean([each["belongs"] > 0 for each in poor])


def like(start, p, number, staffing=0.8, **traits):
    return start.people[most_like(row(PERSON, id=number, long_stay=1, **traits), start, staffing, 5, p)]


@pytest.mark.parametrize(("more", "share"), [(1, 0.2), (2, 0.4), (0.5, 0.1), (0, 0), (9, 1)])
def test_so_many_times_as_many_belong(more, share):
    """Ten rows, the first two of people who belong somewhere; every row of a kind is as likely."""
    rows = [row_at((each + 0.5) / 1000, 0, 2, 10, more) for each in range(1000)]
    assert np.mean(np.array(rows) < 2) == pytest.approx(share, abs=0.002)
    counts = np.bincount(rows, minlength=10)
    assert counts[:2].max() - counts[:2].min() <= 1
    assert counts[2:].max() - counts[2:].min() <= 1


def test_a_class_in_which_all_belong_or_nobody():
    assert {row_at(luck, 3, 5, 5, 0.5) for luck in (0.1, 0.4, 0.6, 0.9)} == {3, 4}
    assert {row_at(luck, 3, 3, 5, 2.0) for luck in (0.1, 0.4, 0.6, 0.9)} == {3, 4}


def test_half_a_vacant_post_is_a_whole_one_in_half_of_the_teams():
    """1.5 WTE in post and 0.5 vacant are two posts: one is filled for sure, the other in half of the worlds."""
    posts = staffed(social_worker=1.5)
    posts["social worker"]["vacant"] = 0.5
    chosen = quiet({"team.vacancies": "just now"}, staff=posts)
    filled = np.array([populated(chosen, seed).workers.filled.sum() for seed in range(400)])
    assert set(filled) == {1, 2}
    assert abs(filled.mean() - 1.5) < 4.9 * 0.5 / 20  # alpha 1e-6


def test_usual_vacancies_are_now_in_one_post_and_now_in_another():
    """3 WTE in post of 4: each of four posts is filled in three quarters of the worlds, by itself."""
    posts = staffed(social_worker=3.0)
    posts["social worker"]["vacant"] = 1.0
    chosen = quiet({}, staff=posts)
    filled = np.array([populated(chosen, seed).workers.filled for seed in range(400)])
    assert abs(filled.mean(axis=0) - 0.75).max() < 4.9 * np.sqrt(0.75 * 0.25 / 400)
    assert {1, 2, 3, 4} <= set(filled.sum(axis=1))


def test_a_team_with_few_posts_filled_starts_like_one_that_has_had_few():
    start, p = usual_start(), numbers()
    few, all_there = ([like(start, p, number, staffing)["staffing"] for number in range(80)] for staffing in (0.5, 1.0))
    assert np.mean(few) < 0.75 < 0.9 < np.mean(all_there)


def usual_start():
    return saved_law().start(load("cmht").teams[0].base)


def test_member_in_tests_is_a_member():
    world = populated(quiet({}))
    place = member(world, 0)
    assert world.places[place].members == 1
