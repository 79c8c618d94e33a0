"""Which way a change must go, in teams that nobody chose: V42 to V45 over random scenarios."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from cpsim.errors import ScenarioError
from cpsim.model.codes import Activity, Gate
from cpsim.scenario.schema import coordinating_wte
from tests.invariants.scenarios import random_starts
from tests.invariants.worlds import NURSE, finish, world
from tests.metamorphic.pairs import MOST

pytestmark = pytest.mark.limit

TEAMS = 120
WORLDS, LEAST = 3, 80  # of each; worlds in all in which there is anything to read
EVERY_TEAM = settings(max_examples=TEAMS, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def over_random_teams(changed, read):
    """`read` of the same worlds before and after, of many random teams: two arrays, a number a world."""
    pairs = []

    @EVERY_TEAM
    @given(random_starts())
    def gather(start):
        changes = changed(start.scenario)
        if changes is None:
            return
        try:
            other = start.scenario.with_(changes)
        except ScenarioError:
            return  # the change does not fit what this team says already
        for more in range(WORLDS):
            both = [world(chosen, start.seed + more, start.warm_up_weeks) for chosen in (start.scenario, other)]
            pairs.append([read(w, finish(w)) for w in both])

    gather()
    found = np.array([pair for pair in pairs if np.isfinite(pair).all()])
    assert len(found) >= LEAST, "too few worlds in which there is anything to read"
    return found.T


def not_higher(before, after):
    """In nearly every world, and lower on average."""
    assert np.mean(after <= before + 1e-12) >= MOST
    assert after.mean() < before.mean()


def share(part, whole):
    return part / whole if whole else np.nan


def test_v42_one_more_nurse_for_the_same_people_and_pressure_is_not_higher():
    def one_more(chosen):
        team, wte = chosen.teams[0].base.team, coordinating_wte(chosen.teams[0].base)
        if team.setting == "third_sector" or wte < 1:
            return None  # a nurse carries no caseload there; or there is nobody whose caseload could be shared
        nurses = team.staff_wte[NURSE]
        more = {NURSE: {"in_post": nurses.in_post + 1.0, "vacant": nurses.vacant}}
        per_wte = team.caseload_per_wte * wte / (wte + 1.0)
        return {"standing.team.staff_wte": more, "standing.team.caseload_per_wte": per_wte}

    def pressure(w, out):  # it stays at nought where nobody ever had minutes for people, and is not known there
        return out["pressure"] if out["caseload"] > 0 and w.team[0]["available"] > 0 else np.nan

    not_higher(*over_random_teams(one_more, pressure))


def test_v43_twice_the_speed_and_a_visit_takes_no_longer():
    def faster(chosen):
        return {"standing.place.speed_km_h": min(100.0, 2 * chosen.teams[0].base.place.speed_km_h)}

    def travel_of_a_note(w, out):  # each contact has its notes; a missed one its journey alone
        return share(w.minutes[:, Activity.TRAVEL].sum(), w.minutes[:, Activity.NOTES].sum())

    not_higher(*over_random_teams(faster, travel_of_a_note))


def stopped_by(gate):
    """Share of attempts at a connection at which this gate fails."""
    return lambda w, out: share(w.access["any_failing"][:, gate].sum(), w.access["attempts"][:, 0].sum())


def test_v44_fees_extras_and_fares_paid_and_cannot_afford_is_not_higher():
    paid = {f"standing.strategy.pay_{what}": True for what in ("fees", "extras", "fares")}
    no_limit = {"standing.strategy.budget_gbp": None, "strategy.budget_gbp": None}
    not_higher(*over_random_teams(lambda chosen: paid | no_limit, stopped_by(Gate.MONEY)))


def test_v45_a_harder_first_meeting_and_anxiety_stops_no_fewer():
    def harder(chosen):
        return {"standing.parameters.first_meeting_share": chosen.teams[0].base.parameters.first_meeting_share / 2}

    easy, hard = over_random_teams(harder, stopped_by(Gate.ANXIETY))
    not_higher(hard, easy)
