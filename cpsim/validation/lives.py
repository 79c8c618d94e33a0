"""The runs that patterns are read from: which scenarios, changed how, for how long; each is run once and shared.

The base case is the study's implementation teams: cmht, which has the materials. One seed gives one replication of
every scenario the same people, so that scenarios can be compared in pairs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cpsim.engine.run import TeamPlan, live, team_plans
from cpsim.model import draw
from cpsim.model.codes import Stage
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import World, make
from cpsim.model.simulate import simulate
from cpsim.population.populate import populate
from cpsim.scenario.load import load
from cpsim.scenario.tables import roles

HALF_YEAR, YEAR, TWO_YEARS, LONG = 26, 52, 104, 260  # weeks
TRAINING = 6  # weeks until the training of a link worker is over
MONTH = 365.25 / 12  # days
NO_CP = {
    "strategy.materials": False,
    "strategy.training_days_per_person": 0,
    "strategy.supervision_every_weeks": 0,
    "strategy.leadership": "nobody",
}
NO_ORDINARY = {"parameters.ordinary_attempts": 0.0}
WITH_TIME = {
    "policies.when_the_day_is_full": "protected_time",
    "policies.protected_cp_hours_per_week": 4,
    "policies.cp_people_per_wte": 8,
}
OFFER = {"strategy.budget_gbp": 1_000.0, "strategy.budget_for": "training"}
CITY = {
    "standing.place.kind": "city",
    "standing.place.radius_km": 4,
    "standing.place.speed_km_h": 22,
    "standing.place.bus_reach": 0.9,
    "standing.place.settlements": 1,
}
PLANNED = {
    "0.5": 51.0,
    "1": 24.5,
    "2": 10.5,
    "4": 4.0,
}  # days, so that people are met so often a month (a plan is late)
# A randomised study delivers by protocol, to people who consented, with practitioners taught beforehand and with time.
PROTOCOL = {
    "standing.team.caseload_per_wte": 10,
    "policies.cp_people_per_wte": 10,
    "standing.parameters.clarity_untrained": 0.95,
    "standing.parameters.skill_untrained": 0.65,
    "standing.parameters.materials_opened": 0.99,
    "standing.parameters.threshold_spread": 0.0,
    "standing.parameters.wish_mean": 0.9,
    "standing.parameters.wish_spread": 0.5,
}
CARS = {"standing.place.no_car_share": 0.0}


@dataclass(frozen=True)
class Spec:
    """A scenario, what is changed in it, and for how many weeks it is run; `watched`: day by day.

    `times`: so many times as many runs as of the others, where one team is too few to tell.
    """

    scenario: str
    weeks: int = HALF_YEAR
    changes: Mapping[str, Any] = field(default_factory=dict)
    watched: bool = False
    times: int = 1


def seen_every(days: float) -> dict[str, Any]:
    """A team with time in hand whose people in recovery are planned to be seen every so many days, for CP only then.

    Trained and supervised, so that CP is begun at all; without booked visits and support workers, so that nothing but
    the contact itself differs.
    """
    posts = load("cmht").teams[0].base.team.staff_wte
    factors = {role.name: role.contacts_a_month or 1.0 for role in roles() if role.coordinates_cmht}
    sizes = {name: posts[name].in_post + posts[name].vacant for name in factors if name in posts}
    usual = sum(factors[name] * size for name, size in sizes.items()) / sum(sizes.values())
    return {
        "standing.team.caseload_per_wte": 8,
        "standing.team.staff_wte": {"support worker": {"in_post": 0.0, "vacant": 0.0}},
        "policies.cp_people_per_wte": 0,
        "parameters.recovery_interval_days": days * usual,
    }


def in_the_years_of_the_study() -> dict[str, Any]:
    """Posts and leaving as in the study's teams, for a team of today."""
    base = load("study-2021").teams[0].base
    staff = {name: posts.model_dump() for name, posts in base.team.staff_wte.items()}
    leaving = base.parameters.leaving_per_year
    return {"standing.team.staff_wte": staff, "standing.parameters.leaving_per_year": leaving}


SPECS: dict[str, Spec] = {
    "base": Spec("cmht"),
    "month": Spec("cmht", 4),
    "year": Spec("cmht", YEAR),
    "two years": Spec("cmht", TWO_YEARS),
    "long": Spec("cmht", LONG, times=5),
    "long, 2017-18": Spec("cmht", LONG, in_the_years_of_the_study(), times=5),
    "watched": Spec("cmht", watched=True),
    "seen 0.5": Spec("training-and-supervision", changes=seen_every(PLANNED["0.5"])),
    "seen 1": Spec("training-and-supervision", changes=seen_every(PLANNED["1"])),
    "seen 2": Spec("training-and-supervision", changes=seen_every(PLANNED["2"])),
    "seen 4": Spec("training-and-supervision", changes=seen_every(PLANNED["4"])),
    "time": Spec("cmht", changes=WITH_TIME),
    "time and engagement": Spec("cmht", changes={**WITH_TIME, "strategy.community_engagement_hours_per_week": 8}),
    "offered": Spec("cmht", changes=OFFER),
    "offered, half the pressure": Spec("cmht", changes={**OFFER, "standing.team.caseload_per_wte": 13.5}),
    "trained": Spec("training-only"),
    "supervised": Spec("cmht", changes={"strategy.supervision_every_weeks": 4}),
    "led": Spec("cmht", changes={"strategy.leadership": "named lead with time"}),
    "rural": Spec("cmht-rural"),
    "rural, near": Spec("cmht-rural", changes={"standing.place.radius_km": 10}),
    "rural, buses": Spec("cmht-rural", changes={"standing.place.bus_reach": 0.86}),
    "rural, cars": Spec("cmht-rural", changes=CARS),
    "city": Spec("cmht", changes=CITY),
    "city, cars": Spec("cmht", changes={**CITY, **CARS}),
    "free but coffee": Spec("cmht", changes={"parameters.free_share": 1.0, "parameters.extras": 3.0}),
    "third sector": Spec("third-sector"),
    "full": Spec("everything", YEAR),
    "by protocol": Spec("everything", changes=PROTOCOL),
    "by protocol, no CP": Spec("everything", changes={**PROTOCOL, **NO_CP}),
    "by protocol, no help": Spec("everything", changes={**PROTOCOL, **NO_CP, **NO_ORDINARY}),
    "at the cap": Spec("cmht", YEAR, {"standing.policies.caseload_cap_per_wte": 33}),
    "all trained": Spec("training-and-supervision", YEAR),
    "link worker": Spec(
        "training-and-supervision",
        HALF_YEAR + TRAINING,
        {"standing.team.staff_wte": {"link worker": {"in_post": 1.0, "vacant": 0.0}}},
    ),
}


@dataclass(frozen=True)
class Life:
    """One team at the end of one run: what patterns are read from.

    `outcome`: the OUTCOME row. `spent`: GBP of a budget. `people`: everybody who ever came. `weekly`: without warm-up.
    `longest_gap`: of each person, the most days without a contact over the days planned, while in recovery (watched
    runs only).
    """

    seed: int
    weeks: int
    p: Any
    day: int
    outcome: Any
    spent: float
    people: np.ndarray
    workers: np.ndarray
    places: np.ndarray
    kinds: np.ndarray
    weekly: np.ndarray
    gates: np.ndarray
    access: np.ndarray
    minutes: np.ndarray
    longest_gap: np.ndarray


def run_spec(spec: Spec, replications: int, seed: int, told: Callable[[], None]) -> list[Life]:
    """Run it; `told` is called after each run."""
    team = team_of(spec)

    def one(replication: int) -> Life:
        found = _watched(team, replication, seed) if spec.watched else _lived(team, replication, seed)
        told()
        return found

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(one, range(spec.times * replications)))


def team_of(spec: Spec, changes: Mapping[str, Any] | None = None) -> TeamPlan:
    """The team of a spec, with other numbers where `changes` says so; what the spec itself changes goes first."""
    scenario = load(spec.scenario).with_(dict(changes or {})).with_(dict(spec.changes), weeks=spec.weeks)
    (team,) = team_plans(scenario)
    return team


def live_spec(spec: Spec, worlds: Sequence[int], seed: int, changes: Mapping[str, Any] | None = None) -> list[Life]:
    """Run it in these worlds one after the other, with other numbers where `changes` says so."""
    return lives_of(team_of(spec, changes), worlds, seed, spec.watched)


def lives_of(team: TeamPlan, worlds: Sequence[int], seed: int, watched: bool = False) -> list[Life]:
    """The lives of a team in these worlds."""
    return [_watched(team, world, seed) if watched else _lived(team, world, seed) for world in worlds]


def _lived(team: TeamPlan, replication: int, seed: int) -> Life:
    lived = live(team, replication, seed)
    assert lived is not None  # nobody stops it
    world, outcome = lived
    return _life(team, world, outcome, np.zeros(0))


def _watched(team: TeamPlan, replication: int, seed: int) -> Life:
    """Stop every evening of the weeks reported and look how long people in recovery have not been seen."""
    world = populate(team.plan, draw.world_seed(seed, replication, team.index))
    last_day, never_stop = int(world.team[0]["last_day"]), np.zeros(1, np.int64)
    longest, outcome = np.zeros(len(world.people)), make(1, OUTCOME)
    for day in range(1, last_day + 1):
        world.team[0]["last_day"] = day
        outcome = make(1, OUTCOME)
        simulate(world, outcome[0], never_stop)  # goes on from where it stopped the day before
        well = world.people["stage"] == Stage.RECOVERY
        gap = world.people["days_since_contact"] / np.maximum(world.people["interval"], 1.0)
        longest[well] = np.maximum(longest[well], gap[well])
    return _life(team, world, outcome, longest)


def _life(team: TeamPlan, world: World, outcome: np.ndarray, longest_gap: np.ndarray) -> Life:
    ever = int(world.team[0]["next_referral"])
    return Life(
        seed=world.seed,
        weeks=team.plan.weeks,
        p=world.params[1],
        day=int(world.team[0]["day"]),
        outcome=outcome[0],
        spent=float(world.team[0]["spent"]),
        people=world.people[:ever].copy(),
        workers=world.workers,
        places=world.places,
        kinds=world.kinds,
        weekly=world.weekly[-1 - team.plan.weeks : -1].copy(),  # the last line is scratch
        gates=world.gates,
        access=world.access,
        minutes=world.minutes,
        longest_gap=longest_gap[:ever],
    )
