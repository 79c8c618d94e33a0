"""Reach when one gate alone is in the way: each window is another chance, so reach is 1 - (1 - p)^windows."""

import numpy as np
import pytest

from cpsim.model.codes import Stage
from tests.limits.theory import mean_of
from tests.tiny import finish, populated, quiet, staffed

PEOPLE = 20

# Twenty people of two practitioners, seen for ten minutes on every working day, all of it theirs; steps of a few
# minutes, so that one delivered window is a step done. Nobody is unwell; nothing beyond step 1 is looked at.
OPEN = {
    "team.caseload_per_wte": PEOPLE / 2,
    "policies.free_agenda": True,
    "parameters.recovery_interval_days": 1,
    "parameters.contact_minutes": 10,
    "parameters.notes_minutes": 0,
    "parameters.recap_minutes": 0,
    "parameters.least_minutes": 0.5,
    "parameters.rebook_days": 1,
    "parameters.full_dose_minutes": 30,
    "parameters.step_done_quality": 0,
    "parameters.skill_gain": 0,  # clarity is not learnt by doing
    "parameters.materials_opened": 1,
    "parameters.threshold_spread": 0,
    "parameters.wish_spread": 0,
    "parameters.supervision_minutes": 0,
    "parameters.groups_per_10k": 0,
}
WISHED = {"parameters.wish_mean": 0.99}  # the most that is accepted
CLEAR = {"parameters.clarity_untrained": 1}
# Odds 400 times those of the role: priority in 999 windows of 1,000.
A_PRIORITY = {"parameters.supervision_effect": 20, "parameters.leadership_effect": 20}
LED = {"strategy.supervision_every_weeks": 1, "strategy.leadership": "named lead with time"}
MARGIN = 0.01  # of all people; a chance 10 % too high moves reach by 2 to 4 in 100


def runs(changes, role, weeks, count, strategy=LED):
    """Outcomes and worlds; the team has the materials from day 0, so nothing is delivered before."""
    scenario = quiet(OPEN | changes, staff=staffed(**{role: 2.0}), weeks=weeks).with_(
        {"strategy.materials": True, **strategy}
    )
    for seed in range(count):
        world = populated(scenario, seed, warm_up_weeks=4)
        yield finish(world), world


def stayed(world):
    """People who are still there: one in 60 leaves in a year, the longest stay that is accepted."""
    return world.people[world.people.stage == Stage.RECOVERY]


def expected(chance, weeks):
    """1 - (1 - p)^windows: a window is open to a contact unless it begins on the run's last Saturday or Sunday."""
    seen = range(weeks * 7 - 2)
    windows = [sum((day + number % 28) % 28 == 0 for day in seen) for number in range(PEOPLE)]
    return np.mean([1 - (1 - chance) ** count for count in windows])


def assert_reach(found, chance, weeks):
    reach, noise = mean_of(found)
    assert noise < 1.6 * MARGIN, "too few runs for this test to be able to fail"
    assert abs(reach - expected(chance, weeks)) < MARGIN + noise


@pytest.mark.limit
@pytest.mark.parametrize("wish", [0.03, 0.1])
def test_v26_the_wish_alone(wish):
    """Who wants more connection in a window is reached in it: of all on the caseload 1 - (1 - p)^13 in a year."""
    reached = []
    for _, world in runs(CLEAR | A_PRIORITY | {"parameters.wish_mean": wish}, "occupational_therapist", 52, 600):
        reached.append(stayed(world).cp_contacts.astype(bool).mean())
    assert_reach(reached, wish, 52)


@pytest.mark.limit
@pytest.mark.parametrize("clarity", [0.03, 0.1])
def test_v26_clarity_alone(clarity):
    """The headline itself: reach among those who could take it up."""
    changes = WISHED | A_PRIORITY | {"parameters.clarity_untrained": clarity}
    reached = [float(outcome.reach) for outcome, _ in runs(changes, "occupational_therapist", 52, 600)]
    assert_reach(reached, 0.99 * clarity, 52)


@pytest.mark.limit
@pytest.mark.parametrize(("role", "orientation"), [("community_psychiatric_nurse", 0.4), ("social_worker", 0.75)])
def test_v26_priority_alone(role, orientation):
    """A priority in as many windows as the role's orientation says; eight weeks are two windows."""
    reached = [float(outcome.reach) for outcome, _ in runs(WISHED | CLEAR, role, 8, 600, strategy={})]
    assert_reach(reached, 0.99 * orientation, 8)


@pytest.mark.limit
def test_v26_nothing_in_the_way():
    """All gates open: everybody is reached, and every window of step 1 is delivered."""
    for outcome, world in runs(WISHED | CLEAR | A_PRIORITY, "social_worker", 26, 10):
        assert outcome.reach == 1
        assert (stayed(world).cp_contacts > 0).all()
