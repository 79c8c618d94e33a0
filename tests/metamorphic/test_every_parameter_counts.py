"""Every parameter that is shipped moves some output of some shipped scenario; the dummy moves none."""

from functools import cache

import numpy as np
import pytest

from cpsim.errors import ScenarioError
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import load
from tests.invariants.worlds import run

pytestmark = pytest.mark.limit

SHORT, LONG = 16, 52  # weeks
TRIES = (  # scenario and weeks, quick ones first; some things take a year to show
    ("everything", SHORT),
    ("cmht", SHORT),
    ("funded-places", SHORT),
    ("third-sector", SHORT),
    ("cmht-rural", SHORT),
    ("agency-cover", 2 * SHORT),
    ("staff-away", 2 * SHORT),
    ("training-only", LONG),
    ("everything", 2 * LONG),
    ("community-engaged", 2 * LONG),
    ("third-sector", 2 * LONG),
)
SEEDS = (1, 2)
DUMMY = "switches.dummy"
NEITHER = {
    "team.setting": "a team's kind goes with its posts; third-sector is one",
    "place.kind": "a word for readers",
}
BUDGET = {"strategy.budget_gbp": 500.0}  # no scenario that is shipped has one
NEEDED = {"strategy.budget_for": BUDGET, "parameters.spend_effort_hours": BUDGET}
OF_THEIR_OWN = {
    "team.staff_wte": [{"social worker": {"in_post": size, "vacant": 0.0}} for size in (1.0, 4.0)],
    "team.new_people_per_month": [5.0, 15.0],
    "policies.caseload_cap_per_wte": [20.0, 40.0],
    "policies.away_from_week": [0, 8],
    "policies.away_for_weeks": [4, 12],
}


@cache
def shipped(name, weeks):
    return load(name).with_(weeks=weeks)


def ends(found):
    """Two values as far apart as the evidence, what is usual, or the words allow."""
    if found.path in OF_THEIR_OWN:
        return OF_THEIR_OWN[found.path]
    if isinstance(found.value, bool):
        return [False, True]
    if found.choices:
        return [found.choices[0], found.choices[-1]]
    if found.low is not None and found.low < found.high:
        like = float if found.value is None else type(found.value)
        return [like(end) for end in (found.low, found.high)]
    return [found.value, (found.value + found.limits[1]) / 2]


def always(path):
    """The path at which a value holds from the start of the warm-up, where it can."""
    return path if path.startswith(("parameters.", "strategy.")) else f"standing.{path}"


@cache
def outputs(name, weeks, path, end):
    """All outcomes of a few worlds, as bytes; None where the scenario's other numbers contradict this one."""
    try:
        value = ends(declarations()[path])[end]
        changed = shipped(name, weeks).with_({**NEEDED.get(path, {}), always(path): value})
    except ScenarioError:
        return None
    return b"".join(np.asarray(run(changed, seed)[1]).tobytes() for seed in SEEDS)


def moves(path):
    """The first scenario in which two values give different outputs; None: in none."""
    for name, weeks in TRIES:
        low, high = (outputs(name, weeks, path, end) for end in (0, 1))
        if low is not None and high is not None and low != high:
            return name
    return None


def paths():
    return [path for path in declarations() if path != DUMMY and path not in NEITHER]


def test_every_parameter_moves_an_output():
    assert [path for path in paths() if moves(path) is None] == []


def test_the_dummy_moves_nothing():
    assert moves(DUMMY) is None
