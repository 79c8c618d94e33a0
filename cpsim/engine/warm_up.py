"""One warm-up for many variants: before the changes act, what is to come makes no difference.

Variants of a team that differ only in what changes on a day live the same days until then. These are simulated once,
and every variant goes on from a copy: the same bits as if each had lived them. Only some fields of the changed team
reach back before the day: they are part of the key, or are put right in the copy.
"""

from __future__ import annotations

import numpy as np

from cpsim.engine.run import TeamPlan
from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import World, make
from cpsim.model.simulate import simulate
from cpsim.population.populate import Plan, populate

# Of the changed team, yet read before the changes act: referrals of the whole run are drawn at once.
READ_BEFORE = ("return_mean_days", "training_starts_week")
# Of a post, yet not read before the changes act.
READ_AFTER = ("closes", "round_after", "success_after")


def shared_key(plan: Plan) -> bytes:
    """Equal for two plans when they live the same days until their changes act."""
    staff = plan.staff.copy()
    for name in READ_AFTER:
        staff[name] = 0
    numbers = (plan.starters, plan.new, plan.returning, plan.long_share, plan.places, plan.reserve, plan.weeks)
    days = (plan.first_day, plan.change_day, plan.first_weekday)
    start = (plan.start.as_saved, plan.start.more_belong, plan.start.more_ties, id(plan.start.people))
    ahead = [float(plan.params[1][name]) for name in READ_BEFORE]
    return plan.params[0].tobytes() + staff.tobytes() + repr((numbers, days, start, ahead)).encode()


def warmed_up(team: TeamPlan, replication: int, seed: int, stop: np.ndarray) -> World | None:
    """A world on the evening of the last Monday before its changes act; None when it was stopped on the way.

    The stop flag is heeded on Mondays, so a flag that is always up lets a week pass at a time, without an account.
    """
    world = populate(team.plan, draw.world_seed(seed, replication, team.index))
    outcome, weekly = make(1, OUTCOME), np.ones(1, np.int64)
    while world.team[0]["day"] + DAYS_A_WEEK < team.plan.change_day:
        simulate(world, outcome[0], weekly)
        if stop[0]:
            return None
    return world


def gone_on(world: World, plan: Plan, stop: np.ndarray) -> tuple[World, np.ndarray] | None:
    """A copy of the world as the variant with this plan has it at its end, and its OUTCOME row; None when stopped."""
    own = World(world.seed, *(rows.copy() for rows in world[1:]))._replace(params=plan.params)
    for name in READ_AFTER:
        own.workers[name] = plan.staff[name]
    outcome = make(1, OUTCOME)
    return None if simulate(own, outcome[0], stop) < 0 else (own, outcome)
