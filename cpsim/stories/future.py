"""One simulated future of one team, on the eve of the first day reported; and who is who in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.engine.options import check_options
from cpsim.engine.run import team_plans
from cpsim.errors import OptionError
from cpsim.model import draw
from cpsim.model.day import run_day
from cpsim.model.records import World
from cpsim.population.populate import populate
from cpsim.scenario.load import Scenario, load
from cpsim.scenario.tables import kinds, roles


@dataclass(frozen=True)
class Future:
    """The team `number` of a scenario in its `replication`-th future: what `cpsim.run` with this seed also lives."""

    scenario: Scenario
    seed: int
    replication: int
    number: int
    team: str
    world: World

    @classmethod
    def of(cls, scenario: Scenario | str | Path, seed: int = 1, replication: int = 0, team: int = 0) -> Future:
        """Populate it. Raises ScenarioError for mistakes in the scenario, OptionError for numbers that do not exist."""
        chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
        check_options(1, seed, None, None)
        teams = list(team_plans(chosen))
        within("replication", replication, None)
        within("team", team, len(teams))
        plan = teams[team]
        world = populate(plan.plan, draw.world_seed(seed, replication, team))
        return cls(chosen, seed, replication, team, plan.name, world)

    # ------------------------------------------------------------------ time

    @property
    def day(self) -> int:
        """Today; 0 is the first day reported."""
        return int(self.world.team[0]["day"])

    @property
    def last_day(self) -> int:
        """The last day reported."""
        return int(self.world.team[0]["last_day"]) - 1

    def live_until(self, day: int) -> None:
        """Let days pass, unwatched, to the end of this one."""
        while self.day < day:
            run_day(self.world)

    def date(self, day: int) -> datetime.date:
        """The date of a day of the run."""
        return self.scenario.start + datetime.timedelta(days=day)

    @property
    def numbers(self) -> Any:
        """The row of parameters in force today."""
        return self.world.params[self.world.team[0]["phase"]]

    # ------------------------------------------------------------------ who is who

    def check_person(self, person: int) -> None:
        """Raises OptionError naming the range when there is nobody of this number."""
        within("person", person, len(self.world.people), "the people whom this team ever meets are")

    def check_practitioner(self, practitioner: int) -> None:
        """Raises OptionError naming the range when there is no such post."""
        within("practitioner", practitioner, len(self.world.workers), "the posts of this team are")

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """What each post is called: the role, and its number within the role where there are several."""
        names = [roles()[role].name for role in self.world.workers["role"]]
        many = {name for name in names if names.count(name) > 1}
        return tuple(f"{name} {names[: k + 1].count(name)}" if name in many else name for k, name in enumerate(names))

    def post(self, k: int) -> str:
        """The practitioner of a row: "social worker 2"."""
        return self.posts[k]

    def kind_of(self, place: int) -> str:
        """The kind of a place in plain words."""
        return kinds()[int(self.world.places["kind"][place])]


def within(option: str, number: Any, count: int | None, those: str = "they are numbered") -> None:
    """Raise OptionError unless it is a whole number from 0 to below the count (None: without end)."""
    if isinstance(number, int | np.integer) and number >= 0 and (count is None or number < count):
        return
    rest = "the first is 0" if count is None else f"{those} 0 to {count - 1}"
    raise OptionError(f"{option}: {number} is not possible; {rest}")
