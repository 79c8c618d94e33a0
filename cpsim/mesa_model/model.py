"""One team as a Mesa model: the engine's day, agent by agent, to the same bits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from cpsim.errors import OptionError, UserError
from cpsim.mesa_model.agents import CommunityResource, Practitioner, RowAgent, ServiceUser, Team
from cpsim.model import draw
from cpsim.model.codes import Stage
from cpsim.model.day import run_day
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import World, make
from cpsim.model.tally import run_tally
from cpsim.population.populate import plan, populate
from cpsim.scenario.load import Scenario, TeamWorld, load

# What the data collector keeps of every day: properties of the model.
REPORTERS = {name: name for name in ["day", "caseload", "waiting", "in_crisis", "pressure", "at_work", "cp_minutes"]}


class CMHTModel(mesa.Model):
    """A community mental health team with everybody it ever meets.

    scenario: a `Scenario`, the name of a shipped one, or a file. seed: of the run; None: another one each time, to be
    read from `model.seed`; rng: Mesa's other name for it. replication, team: which of the simulated futures that
    `cpsim.run(scenario, seed=seed)` makes, and which team of the scenario, both counted from 0. practitioner,
    service_user, resource, whole_team: classes of the agents, to try another behaviour. skip_warm_up: start on the eve
    of day 0; what comes before it is then lived by the compiled rules, whatever the classes say. warm_up_weeks: as many
    as in `cpsim.run` unless given: 26, or 104 for a team unlike the one that the saved start was made with.

    `step()` is one day, the first being the first day of warm-up (`day` -182 or -728); `running` turns False after the
    last.
    `datacollector` takes a line at the end of every step. Draws do not come from Mesa's `random`: shuffling agents, or
    drawing from it, changes nothing here.
    """

    running: bool

    def __init__(
        self,
        scenario: Scenario | str | Path = "cmht",
        seed: int | None = 3,
        replication: int = 0,
        team: int = 0,
        practitioner: type[Practitioner] = Practitioner,
        service_user: type[ServiceUser] = ServiceUser,
        resource: type[CommunityResource] = CommunityResource,
        whole_team: type[Team] = Team,
        skip_warm_up: bool = False,
        warm_up_weeks: int | None = None,
        rng: Any = None,
    ) -> None:
        self.seed = _whole_seed(seed, rng)
        super().__init__(seed=self.seed)
        self.scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
        if replication < 0:
            raise OptionError(f"replication: {replication} is not possible; the first is 0")
        drawn_by = draw.world_seed(self.seed, replication, team)
        self.world: World = populate(plan(self.scenario, _team_at(self.scenario, team), warm_up_weeks), drawn_by)
        self.team = whole_team(self, self.world.team, 0)
        self._resources = self._agents_of(resource, self.world.places)
        self._practitioners = self._agents_of(practitioner, self.world.workers)
        self._service_users = self._agents_of(service_user, self.world.people)
        self.datacollector = mesa.DataCollector(REPORTERS)
        self._outcome: np.void | None = None
        while skip_warm_up and self.day < -1:
            run_day(self.world)

    def _agents_of(self, kind: type[Any], rows: np.ndarray) -> list[Any]:
        return [kind(self, rows, index) for index in range(len(rows))]

    # ------------------------------------------------------------------ a day

    def step(self) -> None:
        """One day of the team, in the order of `cpsim.model.day`."""
        if not self.running:
            raise UserError(f"the run is over after its {self.scenario.weeks} weeks; make a new model to go on")
        self.team.open_day()
        for practitioner in self._practitioners:
            practitioner.begin_day()
        self.team.receive()
        self._live()
        self.team.plan()
        for practitioner in self._practitioners:
            practitioner.work()
        self.team.close_day()
        self.running = self.day < self.world.team[0]["last_day"] - 1
        self.datacollector.collect(self)

    def _live(self) -> None:
        """Everybody's day passes; then what it asks of others is seen to, in the same order."""
        users = [self._service_users[row] for row in self._rows_with_service().tolist()]
        events = [user.live() for user in users]
        self.world.events[: len(events)] = events
        for user, asked in zip(users, events, strict=True):
            if asked:
                user.respond(asked)

    def outcome(self) -> np.void:
        """What the run came to, field by field as in a row of `RunResult.outcomes`. Raises UserError before the end."""
        if self.running:
            raise UserError(f"the run has an outcome after its last day; this is day {self.day}: run_model() goes on")
        if self._outcome is None:
            self._outcome = make(1, OUTCOME)[0]
            run_tally(self.world, self._outcome)
        return self._outcome

    # ------------------------------------------------------------------ who is there

    def user_at(self, row: int) -> ServiceUser:
        """The person of a row."""
        return self._service_users[row]

    def practitioner_at(self, row: int) -> Practitioner | None:
        """The practitioner of a row; None for -1, as a row says nobody."""
        return self._practitioners[row] if row >= 0 else None

    def resource_at(self, row: int) -> CommunityResource:
        """The group or place of a row."""
        return self._resources[row]

    def chosen(self, at: Callable[[int], RowAgent | None], rows: Iterable[int]) -> AgentSet:
        """The agents of some rows."""
        return AgentSet([agent for agent in map(at, rows) if agent is not None], random=self.random)

    @property
    def service_users(self) -> AgentSet:
        """Everybody the team ever meets."""
        return AgentSet(self._service_users, random=self.random)

    @property
    def practitioners(self) -> AgentSet:
        """All posts."""
        return AgentSet(self._practitioners, random=self.random)

    @property
    def resources(self) -> AgentSet:
        """All groups and places."""
        return AgentSet(self._resources, random=self.random)

    @property
    def with_service(self) -> AgentSet:
        """People on the caseload or waiting, in the order of their rows."""
        return self.chosen(self.user_at, self._rows_with_service())

    @property
    def on_caseload(self) -> AgentSet:
        """People on the caseload, in the order of their rows."""
        return self.with_service.select(lambda user: user.is_on_caseload)

    def _rows_with_service(self) -> np.ndarray:
        return self.world.active[: self.world.team[0]["active"]]

    def _count(self, stage: Stage) -> int:
        return int((self.world.people["stage"][self._rows_with_service()] == stage).sum())

    # ------------------------------------------------------------------ what the data collector keeps

    @property
    def day(self) -> int:
        """Today; 0 is the first day reported, and before the first step it is the eve of the first."""
        return int(self.world.team[0]["day"])

    @property
    def caseload(self) -> int:
        """People on the caseload."""
        return int(self.world.team[0]["caseload"])

    @property
    def waiting(self) -> int:
        """People waiting for assessment or for a place on the caseload."""
        return self._count(Stage.WAITING)

    @property
    def in_crisis(self) -> int:
        """People in crisis."""
        return self._count(Stage.CRISIS)

    @property
    def pressure(self) -> float:
        """Minutes that the work calls for over minutes available, smoothed."""
        return float(self.world.team[0]["pressure"])

    @property
    def at_work(self) -> int:
        """Practitioners at work today."""
        return int(self.world.workers["present"].sum())

    @property
    def cp_minutes(self) -> float:
        """Minutes of Connecting People with everybody since day 0; before it, since the start."""
        return float(self.world.people["cp_minutes"].sum())


def _whole_seed(seed: int | None, rng: Any) -> int:
    """The seed of the run; `rng`, where Mesa passes one, comes first."""
    given = seed if rng is None else rng
    if given is None:
        return secrets.randbits(31)
    if not isinstance(given, int | np.integer):
        return int(np.random.default_rng(given).integers(2**31))
    if not 0 <= given < 2**63:
        raise OptionError(f"seed: {given} is not possible; write a whole number from 0")
    return int(given)


def _team_at(scenario: Scenario, number: int) -> TeamWorld:
    """The team of this number, copies counted one by one, as the engine does."""
    teams = [team for team in scenario.teams for _ in range(team.copies)]
    if not 0 <= number < len(teams):
        raise OptionError(f"team: {number} is not possible; the scenario has teams 0 to {len(teams) - 1}")
    return teams[number]
