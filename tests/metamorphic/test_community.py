"""Which way the community's barriers must go, in pairs of worlds or between thirds of the same people (V45)."""

import numpy as np
import pytest

from cpsim.model.codes import Gate, Source
from cpsim.model.records import CLOSED
from cpsim.scenario.barriers import BARRIERS
from tests.invariants.worlds import days, run, scenario, world
from tests.metamorphic.pairs import ALPHA_1E6, WORLDS, never_higher

pytestmark = pytest.mark.limit

FEW = 40  # worlds, where what is looked for is large


def failing(w, gates):
    """Share of the windows of each person's run in which any of these gates failed, and who had windows."""
    bits = sum(1 << gate for gate in gates)
    closed = (w.windows & CLOSED) > 0
    return ((w.windows & bits) > 0) & closed, closed


def share(w, *gates):
    """Of all windows."""
    failed, closed = failing(w, gates)
    return failed.sum() / closed.sum()


def at_any_attempt(w, gate):
    """Share of all attempts at a connection in which the gate failed."""
    return w.access["any_failing"][:, gate].sum() / w.access["attempts"][:, 0].sum()


def meetings(w):
    """Run to the end. Returns the meetings that members went to, without those from before the run."""
    went, before = 0, w.memberships["attended"].copy()
    for _ in days(w):
        now = w.memberships["attended"]
        went += np.where(now < before, now, now - before).sum()  # whoever joins elsewhere begins at none
        before[:] = now
    return went


def test_v45_more_anxiety_and_attendance_is_not_higher():
    """Everybody is two SD more anxious; all meetings that members went to in the run."""

    def attended(more):
        found = []
        for seed in range(WORLDS):
            w = world(scenario("cmht"), seed)
            w.people["social_anxiety"] += more
            found.append(meetings(w))
        return np.array(found)

    never_higher(attended(0.0), attended(2.0))


def test_transport_stops_more_where_buses_are_fewer_and_a_car_makes_up_for_most_of_it():
    worlds = {
        reach: [run(scenario("cmht-rural", {"place.bus_reach": reach}), seed)[0] for seed in range(FEW)]
        for reach in (0.9, 0.49, 0.3)
    }
    shares = {reach: np.array([at_any_attempt(w, Gate.TRANSPORT) for w in found]) for reach, found in worlds.items()}
    never_higher(shares[0.3], shares[0.49])
    never_higher(shares[0.49], shares[0.9])
    assert shares[0.49].mean() > 2 * shares[0.9].mean()
    cars = scenario("cmht-rural", {"place.no_car_share": 0.0})
    assert {at_any_attempt(run(cars, seed)[0], Gate.TRANSPORT) for seed in range(5)} == {0.0}


def by_third(worlds, trait, gate):
    """Share of windows in which the gate failed, by third of a trait, over people with windows in all worlds."""
    failed, closed, values = [], [], []
    for w in worlds:
        one, all_of_them = failing(w, [gate])
        failed.append(one.sum(axis=1))
        closed.append(all_of_them.sum(axis=1))
        values.append(w.people[trait])
    failed, closed, values = (np.concatenate(each) for each in (failed, closed, values))
    cuts = np.quantile(values[closed > 0], [1 / 3, 2 / 3])
    third = np.digitize(values, cuts)
    return [failed[third == k].sum() / closed[third == k].sum() for k in range(3)]


def test_money_stops_the_poorest_third_most_and_a_coffee_is_enough_to_stop_some():
    worlds = [run(scenario("third-sector"), seed)[0] for seed in range(FEW)]
    poorest, middle, richest = by_third(worlds, "spare_income", Gate.MONEY)
    assert poorest > middle > richest
    assert poorest > 3 * richest
    free = scenario("third-sector", {"parameters.free_share": 1.0, "parameters.extras": 3.0})
    assert all(share(run(free, seed)[0], Gate.MONEY) > 0 for seed in range(5))


def test_anxiety_stops_the_most_anxious_third_most_and_company_narrows_the_gap():
    def gap(visits):
        chosen = scenario("third-sector", {"standing.policies.accompanied_visits": visits})
        thirds = by_third([run(chosen, seed)[0] for seed in range(FEW)], "social_anxiety", Gate.ANXIETY)
        assert thirds[0] < thirds[1] < thirds[2]
        return thirds[2] - thirds[0]

    assert gap(3.0) < 0.75 * gap(0.0)


def test_funds_that_pay_all_leave_nobody_out_for_money_and_money_spent_never_passes_the_budget():
    paid = {"strategy.pay_fees": True, "strategy.pay_extras": True, "strategy.pay_fares": True}
    for seed in range(FEW):
        w, out = run(scenario("cmht", {**paid, "strategy.budget_gbp": 300.0}), seed)
        assert out["funds_spent"] <= 300 + 1e-9
        parts = out["funds_spent"] + out["funds_unspent_no_time"] + out["funds_unspent_no_use"]
        assert parts == pytest.approx(300)
        own = [w.people["funded"].sum(), out["funds_spent"]]
        assert own[0] == pytest.approx(own[1])


@pytest.mark.parametrize("for_what", ["taking part", "training"])
def test_more_of_a_budget_is_spent_at_half_the_pressure(for_what):
    """The money is the same; what differs is whether anybody has time to arrange it."""
    budget = {
        "strategy.budget_gbp": 1000.0,
        "strategy.budget_for": for_what,
        **{f"strategy.pay_{what}": True for what in ("fees", "extras", "fares")},
    }

    def spent(people):
        chosen = scenario("cmht", {**budget, "standing.team.caseload_per_wte": people}, weeks=26)
        return np.array([run(chosen, seed)[1]["funds_spent"] for seed in range(FEW)])

    more = spent(13.5) - spent(27.0)
    assert more.mean() > ALPHA_1E6 * more.std(ddof=1) / np.sqrt(FEW) > 0


@pytest.mark.parametrize("barrier", BARRIERS, ids=lambda barrier: barrier.name)
def test_taking_the_last_barrier_away_lowers_its_own_gates(barrier):
    """In worlds without all the others, for while three gates fail at once lifting one alone does almost nothing."""
    others = [each.name for each in BARRIERS if each is not barrier]
    chosen = scenario("cmht-rural")
    before, after = chosen.without(*others), chosen.without(*others, barrier.name)
    change = np.array(
        [
            share(run(after, seed)[0], *barrier.gates) - share(run(before, seed)[0], *barrier.gates)
            for seed in range(FEW)
        ]
    )
    assert change.mean() < -3 * change.std(ddof=1) / np.sqrt(FEW) < 0


ENOUGH_ALONE = ("clarity", "priority", "knowledge", "anxiety", "supply", "transport", "money", "crisis")


@pytest.mark.parametrize(
    "barrier", [each for each in BARRIERS if each.name in ENOUGH_ALONE], ids=lambda each: each.name
)
def test_taking_one_barrier_away_alone_lowers_its_own_gates(barrier):
    chosen = scenario("cmht-rural")
    without = chosen.without(barrier.name)
    worlds = 100 if barrier.name == "supply" else FEW  # which seldom stands in the way for long: a way is looked for
    before, after = (
        np.array([share(run(each, seed)[0], *barrier.gates) for seed in range(worlds)]) for each in (chosen, without)
    )
    assert np.mean(after <= before) >= 0.85
    assert after.mean() < before.mean()


def test_engagement_opens_groups_and_raises_what_is_known():
    more = {"strategy.community_engagement_hours_per_week": 6.0}
    pairs = [(run(scenario("cmht"), seed), run(scenario("cmht", more), seed)) for seed in range(20)]
    for (w, out), (engaged, outcome) in pairs:
        assert out["groups_opened"] == 0 < outcome["groups_opened"]
        assert outcome["groups_open"] == out["groups_open"] + outcome["groups_opened"]
        assert out["groups_known"] == pytest.approx(0.25)
        assert outcome["groups_known"] > 0.5
        own = w.access["any_failing"][Source.OWN, Gate.NOT_KNOWN] / w.access["attempts"][Source.OWN, 0]
        theirs = engaged.access["any_failing"][Source.OWN, Gate.NOT_KNOWN] / engaged.access["attempts"][Source.OWN, 0]
        assert theirs < own
