"""The lives of a trial: its teams are run once up to day 0, and from there on in each world that the trial compares.

Recruiting takes practitioners' minutes in its weeks, before day 0 or after: it is booked as meetings, in everybody's
day, at the share of the co-ordinators' time that asking so many people takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from cpsim.engine.panel import written
from cpsim.engine.run import TeamPlan, team_plans
from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, STEPS
from cpsim.model.day import run_day
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import WINDOW_DAYS, World, make
from cpsim.model.simulate import simulate
from cpsim.observation.days import TeamDays
from cpsim.observation.design import PANEL_EVERY_WEEKS, Design
from cpsim.observation.records import Records, records
from cpsim.observation.recruiting import Recruits, recruit
from cpsim.population.populate import Plan, populate
from cpsim.scenario.load import Scenario, TeamWorld

WEEK_MINUTES = 37.5 * 60  # of a whole-time equivalent
SHARED = ("starters", "new", "returning", "long_share", "places", "reserve", "weeks", "first_day", "change_day")
NEVER_STOP = np.zeros(1, np.int64)
Key = tuple[str, str]  # delivery, and whether CP has its effect


@dataclass(frozen=True)
class Lived:
    """One team at the end of one trial, in one world.

    records: one entry a person recruited. fidelity: mean over people with any CP; could, begun: people of the whole
    caseload who could take CP up, and of these with any. asked: people asked to take part. share: of the co-ordinators'
    time that this took.
    """

    team: str
    arm: str
    group: str
    records: Records
    fidelity: float
    could: int
    begun: int
    spent: float
    trained: bool
    supervised: bool
    asked: int
    share: float


def live_trial(worlds: Mapping[Key, Scenario], design: Design, seed: int, trial: int) -> dict[Key, list[Lived]]:
    """Every team in every world of one trial: the same people, the same luck.

    worlds: scenarios with the same teams in the same order.
    """
    found: dict[Key, list[Lived]] = {key: [] for key in worlds}
    described = {key: [team for team in world.teams for _ in team.names] for key, world in worlds.items()}
    plans = {key: list(team_plans(world)) for key, world in worlds.items()}
    for number in range(len(next(iter(plans.values())))):
        here = {key: each[number] for key, each in plans.items()}
        for group in _same_until_day_0(here):
            for key, lived in _branches(here, group, design, seed, trial):
                found[key].append(_lived(lived, here[key], described[key][number], design))
    return found


def _same_until_day_0(plans: Mapping[Key, TeamPlan]) -> list[list[Key]]:
    """Worlds whose team lives the same days before day 0."""
    groups: dict[Any, list[Key]] = {}
    for key, team in plans.items():
        groups.setdefault(_before_day_0(team.plan), []).append(key)
    return list(groups.values())


def _before_day_0(plan: Plan) -> tuple[Any, ...]:
    """Everything of a plan that shows before its changes begin."""
    start = plan.start
    drawn = (plan.params[0].tobytes(), plan.staff.tobytes(), float(plan.params[1]["return_mean_days"]))
    return (*drawn, start.as_saved, start.more_belong, start.more_ties, *(getattr(plan, name) for name in SHARED))


@dataclass(frozen=True)
class _Run:
    """A team's world at its end, what was seen before day 0, and what asking took of the co-ordinators' time."""

    world: World
    outcome: Any
    days: TeamDays
    recruits: Recruits
    share: float


def _branches(
    plans: Mapping[Key, TeamPlan], group: Sequence[Key], design: Design, seed: int, trial: int
) -> Iterator[tuple[Key, _Run]]:
    """Run a team to the eve of day 0, then on in each world of the group."""
    team = plans[group[0]]
    eve = populate(team.plan, draw.world_seed(seed, trial, team.index), PANEL_EVERY_WEEKS)
    share = recruiting_share(eve.workers, design)
    _live(eve, 0, share, design)
    recruits: Recruits | None = None
    for number, key in enumerate(group):
        world = eve if number == len(group) - 1 else _copied(eve)
        world = world._replace(params=plans[key].plan.params)
        _live(world, round(design.recruiting_ends_week) * DAYS_A_WEEK, share, design)
        outcome = make(1, OUTCOME)
        simulate(world, outcome[0], NEVER_STOP)
        days = _days(world, plans[key], trial)
        recruits = _seen_here(recruits, days) if recruits else recruit(days, design)
        yield key, _Run(world, outcome[0], days, recruits, share)


def _live(world: World, until: int, share: float, design: Design) -> None:
    """Live up to the eve of a day, in place; in the weeks of recruiting this share of the time goes to asking."""
    ends = round(design.recruiting_ends_week) * DAYS_A_WEEK
    begins = ends - round(design.recruiting_weeks) * DAYS_A_WEEK
    asking = world.params.copy()
    asking["meetings_share"] += share
    _up_to(world, min(begins, until))
    _up_to(world._replace(params=asking), min(ends, until))
    _up_to(world, until)


def _up_to(world: World, day: int) -> None:
    """Live up to the eve of a day, in place: by weeks, for which `simulate` can be stopped, then by days."""
    outcome, every_week = make(1, OUTCOME), np.ones(1, np.int64)
    while world.team[0]["day"] + DAYS_A_WEEK < day:
        simulate(world, outcome[0], every_week)
    while world.team[0]["day"] + 1 < day:
        run_day(world)


def _seen_here(recruits: Recruits, days: TeamDays) -> Recruits:
    """The same people, as they are in another world when first interviewed."""
    return replace(recruits, lines=days.each_at(recruits.lines["week"], recruits.lines["person"]))


def recruiting_share(workers: np.ndarray, design: Design) -> float:
    """Share of the care co-ordinators' paid time in the weeks of recruiting that asking people takes."""
    there = (workers["coordinates"] > 0) & (workers["filled"] > 0)
    minutes = design.recruiting_minutes * design.people_per_team / design.consent_share
    paid = float(workers["wte"][there].sum()) * WEEK_MINUTES * design.recruiting_weeks
    return min(0.5, minutes / paid) if paid > 0 else 0.0


def _copied(world: World) -> World:
    """The same world again, to be lived apart."""
    return World(*(part.copy() if isinstance(part, np.ndarray) else part for part in world))


def _days(world: World, team: TeamPlan, trial: int) -> TeamDays:
    """What a study could look at."""
    weekly = world.weekly[:-1]  # the last line is scratch
    weekly = weekly[weekly["week"] >= 0]
    spent = weekly["cost_implementation"] / np.maximum(weekly["caseload"], 1.0)
    lines = written(world.panel, len(world.people), PANEL_EVERY_WEEKS)
    return TeamDays(trial, team.name, team.index, int(world.seed), lines, spent)


def _lived(run: _Run, team: TeamPlan, described: TeamWorld, design: Design) -> Lived:
    people = run.world.people[: run.world.team[0]["next_referral"]]
    could = could_take_up(people, team.plan.last_day)
    strategy = described.changed.strategy
    return Lived(
        team=team.name,
        arm=described.arm,
        group=described.group,
        records=records(run.days, run.recruits, design),
        fidelity=float(run.outcome["fidelity"]),
        could=int(could.sum()),
        begun=int((people["cp_contacts"][could] > 0).sum()),
        spent=float(run.world.team[0]["spent"]),
        trained=strategy.training_days_per_person > 0,
        supervised=strategy.supervision_every_weeks > 0,
        asked=run.recruits.asked,
        share=run.share,
    )


def could_take_up(people: np.ndarray, days: int) -> np.ndarray:
    """Who could take CP up, by the definition of the headline (`cpsim.model.counted`), for all people at once."""
    well = people["days_in_recovery"] + people["days_stabilising"]
    there = well + people["days_in_crisis"] + people["days_in_hospital"]
    wishes = (people["wished"] > 0) & (people["steps_done_before"] < STEPS)
    return wishes & (2 * there >= days) & (well >= WINDOW_DAYS)
