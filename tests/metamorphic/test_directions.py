"""Which way a change must go, in pairs of worlds with the same people and luck (V42 to V44)."""

import numpy as np
import pytest

from cpsim.model.codes import Gate
from tests.invariants.worlds import NURSE, run, scenario
from tests.metamorphic.pairs import WORLDS, never_higher, outcomes

pytestmark = pytest.mark.limit


def test_v42_more_staff_and_pressure_is_not_higher():
    """Three more nurses are advertised on day 0; the people are those that the team had."""
    more = {"team.staff_wte": {NURSE: {"in_post": 8.0, "vacant": 1.0}}}
    now, then = outcomes(scenario("cmht")), outcomes(scenario("cmht", more))
    never_higher(now["pressure"], then["pressure"])
    never_higher(now["caseload_per_in_post"], then["caseload_per_in_post"])


def test_v43_shorter_travel_and_contacts_are_not_fewer():
    """A rural team, whose days are full: what roads no longer take goes to contacts."""
    now, then = outcomes(scenario("cmht-rural")), outcomes(scenario("cmht-rural", {"place.speed_km_h": 90.0}))
    never_higher(then["contacts_per_person_month"], now["contacts_per_person_month"])
    never_higher(now["travel_share"], then["travel_share"])


def cannot_afford(chosen):
    """Share of attempts at a connection at which money stands in the way, a world each."""
    tables = [run(chosen, seed)[0].access for seed in range(WORLDS)]
    return np.array([t["any_failing"][:, Gate.MONEY].sum() / t["attempts"][:, 0].sum() for t in tables])


def test_v44_fees_paid_and_cannot_afford_is_not_higher():
    now = cannot_afford(scenario("third-sector"))
    assert now.mean() > 0.05, "nothing to lower"
    never_higher(now, cannot_afford(scenario("third-sector", {"strategy.pay_fees": True})))
