"""With `cp_effect` at 0 CP is delivered as ever and is worth nothing: the null world of a trial."""

import pytest

from tests.invariants.worlds import LINK_WORKER, days, run, scenario, staff, world
from tests.metamorphic.pairs import same_bits

pytestmark = pytest.mark.identity

NULL, FULL = {"switches.cp_effect": 0.0}, {"switches.cp_effect": 1.0}
TEAM = {
    "standing.team.staff_wte": staff({LINK_WORKER: 3}),
    "parameters.full_dose_minutes": 150.0,
    "parameters.known_at_start": 0.9,
    "parameters.ties_per_month": 2.0,
}
ONLY_CP_JOINS = {  # and nobody who has joined stops, since a place one belongs to is one that nothing stands before
    "parameters.own_attempts_per_month": 0.0,
    "parameters.ordinary_attempts": 0.0,
    "parameters.lapse_3m": 0.0,
}
MONEY = ("own_pocket", "funded", "cost_implementation", "cost_funds", "cost_own_pocket")
KINDS_OF_TIES = ("ties_family", "ties_friends", "ties_neighbours", "ties_groups")
TIES = ("ties", "ties_usual", "ties_fallen", "ties_new", "ties_made", *KINDS_OF_TIES, "ties_renewed")
SCORES = ("capital", "wellbeing", "recovery", "health", "inclusion")
WORTH = (*TIES, *SCORES, *(f"{name}_before" for name in SCORES), "relapse", "goal_reached")


def test_delivery_is_the_same_with_and_without_an_effect():
    """Isolation is the one road from scores back to the day's work; with it closed delivery is the same to the bit."""
    closed = TEAM | {"switches.isolation": False}
    w, _ = run(scenario("third-sector", closed | NULL), seed=5)
    other, _ = run(scenario("third-sector", closed | FULL), seed=5)

    assert w.people["cp_minutes"].sum() > 1_000
    same_bits(w, other, but=WORTH)
    assert other.people["ties_made"].sum() > w.people["ties_made"].sum()
    assert other.people["capital"].sum() > w.people["capital"].sum()


def test_ties_and_scores_are_those_of_a_world_in_which_cp_joins_nothing():
    """Nobody goes to the places joined and no old tie is renewed, at full effect: but for money the same world."""
    nothing_comes_of_it = {
        "parameters.attendance": 0.0,
        "parameters.ties_renewed": 0.0,
        "parameters.goal_reached_cp": 0.0,
        "parameters.comfort_start": 0.0,
    }
    w, out = run(scenario("third-sector", TEAM | ONLY_CP_JOINS | NULL), seed=5)
    other, _ = run(scenario("third-sector", TEAM | ONLY_CP_JOINS | FULL | nothing_comes_of_it), seed=5)

    assert w.people["joined"].sum() > 10
    assert out["five_steps"] > 0.05
    same_bits(w, other, but=(*MONEY, "attended", "comfort", "accompanied"))
    assert w.people["ties_made"].sum() == 0


def test_a_place_found_through_cp_keeps_no_old_tie_alive():
    """Ties made elsewhere fade as they would without CP: meeting people there is an effect of CP too."""
    nobody_goes = {"parameters.attendance": 0.0, "parameters.ties_renewed": 0.0}
    worlds = []
    for changes in (NULL, FULL | nobody_goes):
        w = world(scenario("third-sector", TEAM | ONLY_CP_JOINS | changes | {"switches.isolation": False}), seed=5)
        w.people["ties_new"] = 2.0
        for _ in days(w):
            pass
        worlds.append(w)
    assert worlds[0].people["joined"].sum() > 10
    assert (worlds[0].people["ties_new"] == worlds[1].people["ties_new"]).all()


def test_nobody_feels_included_or_reaches_a_goal_through_cp():
    """Belonging that came of CP makes nobody feel included, and no goal agreed in CP is reached: what is left is what
    ties say and what ordinary life brings (here nothing).
    """
    ordinary = TEAM | ONLY_CP_JOINS | {"parameters.goal_attained_share": 0.0}
    w, out = run(scenario("third-sector", ordinary | NULL), seed=5)
    other, more = run(scenario("third-sector", ordinary | FULL), seed=5)

    p, people = w.params[1], w.people
    ties = people["ties"] + people["ties_new"]
    assert people["goal_set"].sum() > 5
    assert people["inclusion"] == pytest.approx(100 * (1 - p["inclusion_belonging"]) * ties / (ties + p["ties_usual"]))
    assert (out["goal_reached"], more["goal_reached"] > 0) == (0, True)
    for name in SCORES:
        assert other.people[name].sum() > people[name].sum(), name
