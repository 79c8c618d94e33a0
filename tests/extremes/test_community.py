"""What must come of a locality with nothing in it, and of one that is free and within everybody's reach (V36, V38)."""

import numpy as np
import pytest

from cpsim.model.codes import Gate, Source
from tests.invariants.worlds import LINK_WORKER, members, run, scenario, staff

pytestmark = [pytest.mark.limit, pytest.mark.rules]

# A team that tries for connections often, wins no places by work with local groups, and whose people belong nowhere yet
# (with a place that one belongs to already nothing stands in the way).
SMALL = {
    "standing.team.staff_wte": staff({LINK_WORKER: 2}),
    "standing.team.caseload_per_wte": 8.0,
    "standing.strategy.community_engagement_hours_per_week": 0.0,
    "strategy.community_engagement_hours_per_week": 0.0,
    "place.population": 20_000.0,
    "parameters.own_attempts_per_month": 4.0,
    "parameters.ordinary_attempts": 1.0,
    "parameters.full_dose_minutes": 60.0,
    "parameters.training_starts_week": 0.0,
    "parameters.clarity_trained": 1.0,
    "parameters.wish_mean": 0.95,
}
STOPS = (Gate.NOT_KNOWN, Gate.NOT_OPEN)


def attempts(w):
    """Attempts at a connection by CP, ordinary support and own initiative."""
    return np.array([w.access[source]["attempts"][0] for source in Source])


@pytest.mark.parametrize(
    "nothing",
    [{"parameters.groups_per_10k": 0.0}, {"parameters.interest_match": 0.0}, {"parameters.places_taken": 1.0}],
    ids=["no groups", "none of interest", "all full"],
)
def test_v36_where_there_is_nothing_nothing_passes_the_gates_of_the_community(nothing):
    w, out = run(scenario("third-sector", SMALL | nothing, weeks=26), seed=1, warm_up_weeks=6)

    assert (attempts(w) > 5).all()
    for source in Source:
        assert w.access[source]["succeeded"].sum() == 0
        assert w.access[source]["any_failing"][Gate.NOT_OPEN] == w.access[source]["attempts"][0]
    assert members(w).sum() == w.people["joined"].sum() == out["joined_share"] == out["still_connected"] == 0
    assert out["step_1"] > 0, "step 1 needs no place"
    assert w.people["minutes_2"].sum() == w.people["minutes_4"].sum() == out["step_2"] == out["step_4"] == 0


def test_v36_where_no_place_is_known_only_looking_together_finds_one():
    w, _ = run(scenario("third-sector", SMALL | {"parameters.known_at_start": 0.0}, weeks=26), seed=1, warm_up_weeks=6)

    assert (attempts(w) > 5).all()
    for source in (Source.ORDINARY, Source.OWN):
        assert w.access[source]["any_failing"][Gate.NOT_KNOWN] == w.access[source]["attempts"][0]
    through_cp = w.people["minutes_2"] > 0
    assert through_cp.any()
    assert (w.people["places_looked_at"][through_cp] > 0).all()


FREE = {"parameters.free_share": 1.0, "parameters.extras": 0.0, "parameters.bus_fare": 0.0}
PAID = {f"standing.strategy.pay_{what}": True for what in ("fees", "extras", "fares")}


@pytest.mark.parametrize("money", [FREE, PAID], ids=["free", "paid from funds"])
def test_v38_free_and_by_bus_everywhere_neither_money_nor_transport_stops_anybody(money):
    easy = money | {"place.bus_reach": 1.0, "place.no_car_share": 1.0, "parameters.spare_income": 0.0}
    w, _ = run(scenario("third-sector", SMALL | easy, weeks=26), seed=1, warm_up_weeks=6)

    assert (attempts(w) > 5).all()
    assert [w.gates["any_failing"][gate] for gate in (Gate.TRANSPORT, Gate.MONEY)] == [0, 0]
    for source in Source:
        assert [w.access[source]["any_failing"][gate] for gate in (Gate.TRANSPORT, Gate.MONEY)] == [0, 0]
    assert w.people["joined"].sum() > 0
    assert w.people["own_pocket"].sum() == 0


@pytest.mark.parametrize(
    ("dear", "gate"),
    [
        ({"parameters.spare_income": 0.0, "parameters.extras": 5.0}, Gate.MONEY),
        ({"place.bus_reach": 0.0, "place.no_car_share": 1.0, "parameters.walk_km": 0.0}, Gate.TRANSPORT),
    ],
)
def test_v38_penniless_or_out_of_reach_everybody_is_stopped(dear, gate):
    w, _ = run(scenario("third-sector", SMALL | dear, weeks=26), seed=1, warm_up_weeks=6)
    for source in Source:
        lines = w.access[source]
        no_place = lines["any_failing"][Gate.NOT_OPEN] if gate == Gate.TRANSPORT else 0
        assert lines["any_failing"][gate] >= lines["attempts"][0] - no_place
        assert lines["succeeded"][0] == 0
