"""What a change of scale or of names must not change (V47 to V49)."""

import numpy as np
import pytest

from cpsim.model.codes import Activity
from cpsim.model.records import MEMBERSHIPS
from cpsim.population.populate import plan, populate
from tests.invariants.worlds import NURSE, ROLES, finish, run, scenario, staff, world
from tests.metamorphic.pairs import ALPHA_1E6, no_difference, no_paired_difference, outcomes, same_bits

# In their own units: far less than a planner would act on, more than pooling in a larger team was seen to give.
MARGINS = {
    "contacts_per_person_month": 0.04,
    "pressure": 0.04,
    "late_share": 0.03,
    "share_in_crisis": 0.005,
    "reach": 0.06,
    "cp_minutes_per_person": 6.0,
    "rguk_change": 0.03,
    "wemwbs_end": 0.4,
    "joined_share": 0.03,
}
CP = {
    "strategy.training_days_per_person": 1.0,
    "strategy.supervision_every_weeks": 4.0,
    "strategy.leadership": "named lead with time",
    "strategy.community_engagement_hours_per_week": 0.0,
}


def sized(times):
    """The same team and town, once or twice as large; whole posts, since a post cannot be halved."""
    posts = {role: count * times for role, count in {NURSE: 4, "social worker": 4, "support worker": 1}.items()}
    return scenario("cmht", CP | {"standing.team.staff_wte": staff(posts), "place.population": 45_000.0 * times})


@pytest.mark.limit
def test_v47_twice_the_team_and_caseload_leave_each_person_s_lot_as_it_is():
    """Per-person means within simulation error and what pooling gives; teams differ less, by about a root of 2."""
    one, two = outcomes(sized(1), worlds=400), outcomes(sized(2), worlds=400)

    assert two["caseload"].mean() == pytest.approx(2 * one["caseload"].mean(), rel=0.02)
    for name, margin in MARGINS.items():
        no_difference(one[name], two[name], margin)
    spread = one["contacts_per_person_month"].std() / two["contacts_per_person_month"].std()
    error = np.exp(ALPHA_1E6 / np.sqrt(len(one)))  # of a ratio of two standard deviations, each known to 1 / sqrt(2 n)
    assert np.sqrt(2) / error < spread < np.sqrt(2) * error


ORDER_MARGINS = {  # in pairs of worlds
    "contacts_per_person_month": 0.01,
    "pressure": 0.005,
    "late_share": 0.01,
    "share_in_crisis": 0.0005,
    "reach": 0.04,
    "cp_minutes_per_person": 3.0,
    "rguk_change": 0.015,
    "wemwbs_end": 0.03,
    "joined_share": 0.015,
}
SHARED = [Activity.CRISIS, Activity.ASSESSMENT]  # work that goes to whoever has time


def reordered(w, rows):
    """The first caseload in another order; everybody keeps their own address, and so their luck."""
    w.people[: len(rows)] = w.people[rows]
    w.memberships[: len(rows) * MEMBERSHIPS] = w.memberships.reshape(-1, MEMBERSHIPS)[rows].ravel()
    return w


@pytest.mark.limit
@pytest.mark.parametrize("trait", ["severity", "travel"])
def test_v48_the_order_in_which_people_are_written_down_is_no_advantage(trait):
    """The most severely ill, or the remotest, written first or last: totals have the same distribution."""
    chosen, first, last = scenario("cmht", CP), [], []
    for seed in range(160):
        for found, backwards in ((first, 1), (last, -1)):
            w = world(chosen, seed)
            rows = np.argsort(w.people[trait][: w.team[0]["active"]], kind="stable")[::backwards]
            found.append(finish(reordered(w, rows)))
    for name, margin in ORDER_MARGINS.items():
        no_paired_difference([out[name] for out in first], [out[name] for out in last], margin)


@pytest.mark.limit
def test_v48_the_order_in_which_practitioners_are_written_down_is_no_advantage():
    """Roles listed backwards: the same team sees people as often, and shares its work out over roles as before."""
    chosen, first, last, shares = scenario("cmht", CP), [], [], []
    for seed in range(160):
        for found, backwards in ((first, 1), (last, -1)):
            w = world(chosen, seed)
            w.workers[:] = w.workers[::backwards].copy()
            found.append(finish(w))
            shared = np.asarray(w.minutes)[:, SHARED].sum(axis=1)
            shares.append(shared[ROLES.index(NURSE)] / shared.sum())
    no_paired_difference(shares[::2], shares[1::2], 0.05)
    for name, margin in ORDER_MARGINS.items():
        no_paired_difference([out[name] for out in first], [out[name] for out in last], margin)


@pytest.mark.limit
def test_v48_other_addresses_are_other_luck_of_the_same_kind():
    """The same posts under other addresses: another draw of staff, and totals of the same distribution."""
    chosen, first, other = sized(1), [], []
    shared = plan(chosen, chosen.teams[0])
    for found in (first, other):
        found.extend(finish(populate(shared, seed)) for seed in range(120))
        shared.staff["id"] += 500
    for name, margin in MARGINS.items():
        no_difference([out[name] for out in first], [out[name] for out in other], 2 * margin)


@pytest.mark.identity
@pytest.mark.parametrize("name", ["cmht", "cmht-rural", "third-sector"])
def test_v49_kilometres_and_speed_rescaled_together_change_nothing(name):
    """Twice as far at twice the speed, walking twice as far: the same minutes and bits (2 is exact in binary)."""
    chosen = scenario(name, {"standing.team.caseload_per_wte": 26.0})  # no team of the saved start, near or far
    place, walk = chosen.teams[0].base.place, chosen.teams[0].base.parameters.walk_km
    twice = {
        "place.radius_km": 2 * place.radius_km,
        "place.speed_km_h": 2 * place.speed_km_h,
        "parameters.walk_km": 2 * walk,
    }
    here, (there, out) = run(chosen, seed=7), run(chosen.with_(twice), seed=7)
    same_bits(here[0], there, but=("home_x", "home_y", "x", "y"))
    assert here[1].tobytes() == out.tobytes()
    assert (there.people["home_x"] == 2 * here[0].people["home_x"]).all()
