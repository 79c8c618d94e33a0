"""Two scenarios with one seed meet the same people, and share their warm-up to the bit."""

import numpy as np
import pytest

from cpsim.model.records import PERSON
from cpsim.population.law import saved_law
from cpsim.population.people import REFERRED, RETURNING
from cpsim.population.populate import plan, populate
from cpsim.scenario.load import load
from tests.randomness.same import bits, by_place, by_post, places_of_the_town
from tests.tiny import live_through, populated

SEED = 11
A_POST_IS_VACANT = 15  # a seed in which a nurse's post is vacant on day 0, so that it can be filled sooner
WEEKS = {"weeks": 8}
WARM_UP = 26


def drawn(changes):
    """The people of the ordinary team with these changes, before the first day."""
    scenario = load("cmht").with_(changes, **WEEKS)
    return populate(plan(scenario, scenario.teams[0], WARM_UP), SEED).people


def split(people):
    """People of the first caseload, of new referrals, and of those who come back from before the run."""
    number = people["id"]
    new = (number >= REFERRED) & (number < RETURNING)
    return people[number < REFERRED], people[new], people[number >= RETURNING]


@pytest.mark.identity
def test_a_larger_team_has_the_same_first_people_and_more():
    """Traits, home, start and luck: every bit of the row but that of belonging, where places can run out."""
    small, large = (drawn({"standing.team.caseload_per_wte": size}) for size in (10, 20))
    before, after = split(small)[0], split(large)[0]
    assert len(after) == 2 * len(before)
    alike = [name for name in PERSON.names if name != "joined"]
    share = {name: np.mean(before[name] == after[: len(before)][name]) for name in alike}
    assert {name: found for name, found in share.items() if found < 1} == {}


@pytest.mark.identity
def test_more_posts_keep_the_same_people_and_more():
    nurses = {"community psychiatric nurse": {"in_post": 8.0, "vacant": 1.0}}
    before, after = split(drawn({}))[0], split(drawn({"standing.team.staff_wte": nurses}))[0]
    assert len(after) > len(before)
    assert bits(before["severity"]) == bits(after["severity"][: len(before)])
    assert bits(before["home_x"]) == bits(after["home_x"][: len(before)])


@pytest.mark.identity
@pytest.mark.parametrize("rates", [(3, 4), (10, 40), (30, 31), (5, 400)])
def test_a_higher_rate_has_the_same_referrals_and_more(rates):
    """New people and people who come back, each with the same day and the same traits."""
    few, many = (drawn({"standing.team.new_people_per_month": rate}) for rate in rates)
    for fewer, more in zip(split(few)[1:], split(many)[1:], strict=True):
        assert len(fewer) < len(more)
        kept = more[np.isin(more["id"], fewer["id"])]
        by_number = [rows[np.argsort(rows["id"], kind="stable")] for rows in (fewer, kept)]
        assert bits(by_number[0]) == bits(by_number[1])


@pytest.mark.identity
def test_the_expected_number_is_referred():
    """The two tests above would pass if a higher rate had twice the people: 40 a month in 34 weeks are 313."""
    found = [len(split(drawn_with(seed))[1]) for seed in range(40)]
    weeks = WARM_UP + WEEKS["weeks"]
    expected = 40 * 12 / 365.25 * 7 * weeks / load("cmht").teams[0].base.parameters.accept_share
    assert abs(np.mean(found) - expected) < 4.9 * np.sqrt(expected / len(found))  # alpha 1e-6, a Poisson number


def drawn_with(seed):
    scenario = load("cmht").with_({"standing.team.new_people_per_month": 40}, **WEEKS)
    return populate(plan(scenario, scenario.teams[0], WARM_UP), seed).people


# What a scenario can change from day 0 on, and a child of it that is another world from the start.
CHANGES = {
    "training": {"strategy.training_days_per_person": 2, "strategy.supervision_every_weeks": 2},
    "a lead": {"strategy.leadership": "named lead with time"},
    "a cap": {"policies.caseload_cap_per_wte": 15},
    "protected time": {"policies.protected_cp_hours_per_week": 4, "policies.when_the_day_is_full": "protected_time"},
    "a crisis team for all": {"policies.crisis_team_share": 1},
    "work with groups": {"strategy.community_engagement_hours_per_week": 10},
    "funds": {"strategy.pay_fees": True, "strategy.pay_extras": True, "strategy.pay_fares": True},
    "free agenda": {"policies.free_agenda": True},
    "three more nurses": {"team.staff_wte": {"community psychiatric nurse": {"in_post": 8.0, "vacant": 1.0}}},
    "half a nurse more": {"team.staff_wte": {"community psychiatric nurse": {"in_post": 5.5, "vacant": 1.0}}},
    "vacancies to be filled": {"team.staff_wte": {"community psychiatric nurse": {"in_post": 6.0, "vacant": 0.0}}},
    "two nurses less": {"team.staff_wte": {"community psychiatric nurse": {"in_post": 4.0, "vacant": 0.0}}},
    "half a therapist less": {"team.staff_wte": {"occupational therapist": {"in_post": 0.8, "vacant": 0.0}}},
    "agency cover": {"policies.agency_cover_share": 1.0},
    "somebody away": {"policies.away_wte": 1.0, "policies.away_from_week": 1, "policies.away_for_weeks": 3},
    "link workers": {"team.staff_wte": {"link worker": {"in_post": 2.0, "vacant": 0.0}}},
}


def day_before(scenario):
    """The world at the end of the last day of warm-up."""
    world = populated(scenario, SEED, WARM_UP, saved_law())
    live_through(world, WARM_UP * 7)
    assert world.team[0].day == -1
    return world


@pytest.fixture(scope="module")
def unchanged():
    return day_before(load("cmht").with_(**WEEKS))


@pytest.mark.identity
@pytest.mark.parametrize("name", CHANGES)
def test_changes_share_the_warm_up_to_the_bit(unchanged, name):
    changed = day_before(load("cmht").with_(CHANGES[name], **WEEKS))
    assert bits(by_post(changed)) == bits(by_post(unchanged))
    assert bits(by_place(changed)) == bits(by_place(unchanged))
    assert bits(places_of_the_town(changed)) == bits(places_of_the_town(unchanged))
    assert bits(changed.weekly) == bits(unchanged.weekly)
    there = np.isin(changed.workers["id"], unchanged.workers["id"])
    for field in ("filled", "wte", "spell_left", "load", "clarity", "minutes_left"):
        assert bits(changed.workers[there][field]) == bits(unchanged.workers[field]), field


def seen_of(world):
    """What shows that a change acts: people, minutes, places, posts and which of them are advertised."""
    advertised = world.workers.recruiting * (world.workers.opens <= world.team[0].day)
    posts = f"{world.team[0].established} {advertised.sum()}".encode()
    return bits(by_post(world)) + bits(world.minutes) + bits(places_of_the_town(world)) + posts


@pytest.mark.identity
@pytest.mark.parametrize("name", CHANGES)
def test_changes_act_from_day_0_or_from_their_week(name):
    """The test above would pass if changes did nothing at all."""
    base = load("cmht").with_({"standing.strategy.materials": True}, **WEEKS)  # so that nothing else changes on day 0
    same, now, later = base, base.with_(CHANGES[name]), base.with_(CHANGES[name], from_week=4)
    worlds = [populated(scenario, A_POST_IS_VACANT, 2) for scenario in (same, now, later)]
    for week in range(-2, 8):
        for world in worlds:
            live_through(world, 7)
        states = [seen_of(world) for world in worlds]
        assert week < 7 or states[1] != states[0]
        assert week >= 0 or states[1] == states[0]
        assert week >= 4 or states[2] == states[0]
        assert week < 7 or states[2] != states[0]


@pytest.mark.identity
def test_another_standing_world_has_another_warm_up(unchanged):
    standing = day_before(load("cmht").with_({"standing.policies.caseload_cap_per_wte": 15}, **WEEKS))
    assert bits(by_post(standing)) != bits(by_post(unchanged))
