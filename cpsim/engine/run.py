"""Run a scenario many times: every replication is another simulated future, every team its own."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.engine import ctrl_c
from cpsim.engine.options import check_options
from cpsim.engine.panel import written
from cpsim.engine.precision import enough
from cpsim.engine.prepare import with_a_second_process
from cpsim.errors import Stopped
from cpsim.model import draw
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import World, make
from cpsim.model.simulate import simulate
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.runs import TeamRun
from cpsim.population.populate import Plan, plan, populate
from cpsim.scenario.load import Scenario
from cpsim.scenario.load import load as load_scenario

MOST_FOR_PRECISION = 5_000  # replications after which to stop trying
BLOCK = 10  # replications between two looks at the precision
QUEUED = 4  # jobs waiting for each thread, so that memory does not grow with the number of runs
THREADS = "cpsim-team"  # their name
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class TeamPlan:
    """One copy of one team, and its place among all."""

    name: str
    index: int
    plan: Plan


@dataclass(frozen=True)
class Keep:
    """What of single people to keep: their rows at the end, and the panel every so many weeks (0: none)."""

    people: bool = False
    panel_every_weeks: int = 0


def run(
    scenario: Scenario | str | Path,
    replications: int = 100,
    seed: int = 1,
    *,
    workers: int | None = None,
    people: bool = False,
    panel_every_weeks: int | None = None,
    first_replication: int = 0,
    precision: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Simulate a scenario and return its result.

    replications: simulated futures, each with its own people and luck. seed: of the whole; the same seed gives the same
    bits, whatever the number of threads, and two scenarios with one seed meet the same people. workers: threads, by
    default one a core. people: keep a row for every person at the end. panel_every_weeks: keep everybody's state every
    so many weeks, from half a year before day 0. first_replication: number of the first, to go on from earlier runs of
    the seed. precision: half-widths of the 95 % interval of the mean to go on for, such as {"five_steps": 0.02};
    replications is then not used, and 5,000 is the most. progress: called with (team runs done, planned so far).

    Raises OptionError for options that make no sense, ScenarioError for a scenario with mistakes, and Stopped on
    Ctrl-C, whose `result` holds the replications that were finished, the first ones without a gap.
    """
    chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    check_options(replications, seed, workers, precision, panel_every_weeks, first_replication)
    started = time.perf_counter()
    keep = Keep(people, panel_every_weeks or 0)
    with _Runner(chosen, seed, workers, keep, first_replication, progress) as runner, ctrl_c.during(runner.stop):
        asked = _run_all(runner, replications, precision)
        finished = runner.whole_replications()
        timings = {"seconds": time.perf_counter() - started}
        result = RunResult.of(chosen, finished, seed=seed, asked=asked, timings=timings) if finished else None
        stopped = runner.stopped
    if result is None:
        raise Stopped("Stopped before the first simulated future was finished; nothing was saved.")
    if stopped:
        of_all = "" if precision else f" of {asked:,}"
        raise Stopped(f"Stopped after {result.replications:,}{of_all} simulated futures.", result)
    return result


def _run_all(runner: _Runner, replications: int, precision: Mapping[str, float] | None) -> int:
    """All replications asked for, or as many as the precision takes; returns how many were asked for in the end."""
    with with_a_second_process():
        if not precision:
            runner.run(range(runner.first, runner.first + replications))
            return replications
        for more in range(0, MOST_FOR_PRECISION, BLOCK):
            runner.run(range(runner.first + more, runner.first + more + BLOCK))
            if runner.stopped or enough(runner.done, precision):
                break
        return more + BLOCK


class _Runner:
    """Threads, the stop flag that they all look at once a simulated week, and the plans that all seeds share."""

    def __init__(
        self, scenario: Scenario, seed: int, workers: int | None, keep: Keep, first: int, progress: Progress | None
    ) -> None:
        self.teams = list(team_plans(scenario))
        self.seed, self.keep, self.first, self.progress = seed, keep, first, progress
        self.workers = workers or os.cpu_count() or 1
        self.flag = np.zeros(1, np.int64)
        self.done: list[TeamRun] = []
        self.pool = ThreadPoolExecutor(self.workers, thread_name_prefix=THREADS)

    def __enter__(self) -> _Runner:
        return self

    def __exit__(self, *_: Any) -> None:
        wait_for_them = not self.stopped  # a thread that is compiling cannot be stopped, and nobody waits for it
        self.stop()
        self.pool.shutdown(wait=wait_for_them, cancel_futures=True)

    def stop(self, *_: Any) -> None:
        """Ctrl-C, however often it is pressed: every thread sees it within a simulated week."""
        self.flag[0] = 1

    @property
    def stopped(self) -> bool:
        """Was Ctrl-C pressed?"""
        return bool(self.flag[0])

    def run(self, replications: range) -> None:
        """Run every team of these replications; what is finished when Ctrl-C comes is kept."""
        planned = (replications.stop - self.first) * len(self.teams)
        jobs = ((number, team) for number in replications for team in self.teams)
        waiting: set[Future[TeamRun | None]] = set()
        for number, team in jobs:
            if self.stopped:
                break
            waiting.add(self.pool.submit(self._one, number, team))
            if len(waiting) >= QUEUED * self.workers:
                waiting = self._collect(waiting, planned)
        while waiting and not self.stopped:
            waiting = self._collect(waiting, planned)
        self._keep(future for future in waiting if future.done())

    def _collect(self, waiting: set, planned: int) -> set:
        ready, still = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
        self._keep(ready)
        if self.progress and ready:
            self.progress(len(self.done), planned)
        return set(still)

    def _keep(self, futures: Iterable[Future[TeamRun | None]]) -> None:
        """Runs that came to their end; those that were stopped on the way are None."""
        self.done += [found for found in (future.result() for future in futures) if found is not None]

    def _one(self, replication: int, team: TeamPlan) -> TeamRun | None:
        return run_team(team, replication, self.seed, stop=self.flag, **vars(self.keep))

    def whole_replications(self) -> list[TeamRun]:
        """Runs of the replications before the first that lacks a team.

        Later ones that happened to be finished are left out: what is kept is what a shorter run gives, to the bit, and
        does not favour futures that are quick to simulate.
        """
        teams = Counter(each.replication for each in self.done)
        whole = next(number for number in count(self.first) if teams[number] < len(self.teams))
        return [each for each in self.done if each.replication < whole]


def team_plans(scenario: Scenario) -> Iterator[TeamPlan]:
    """Every copy of every team; copies share their plan and differ by their seed."""
    index = 0
    for team in scenario.teams:
        shared = plan(scenario, team)
        for name in team.names:
            yield TeamPlan(name, index, shared)
            index += 1


def run_team(
    team: TeamPlan,
    replication: int,
    seed: int,
    *,
    stop: np.ndarray | None = None,
    people: bool = False,
    panel_every_weeks: int = 0,
) -> TeamRun | None:
    """One team in one simulated future; None when it was stopped on the way."""
    lived = live(team, replication, seed, stop=stop, panel_every_weeks=panel_every_weeks)
    if lived is None:
        return None
    world, outcome = lived
    return TeamRun(
        team=team.name,
        team_index=team.index,
        replication=replication,
        seed=world.seed,
        outcome=outcome,
        weekly=world.weekly[:-1].copy(),  # the last line was scratch
        gates=world.gates,
        access=world.access,
        minutes=world.minutes,
        people=world.people[: world.team[0]["next_referral"]].copy() if people else None,
        panel=written(world.panel, len(world.people), panel_every_weeks) if panel_every_weeks else None,
    )


def live(
    team: TeamPlan, replication: int, seed: int, *, stop: np.ndarray | None = None, panel_every_weeks: int = 0
) -> tuple[World, np.ndarray] | None:
    """The whole world of a team at its end, and its OUTCOME row; None when it was stopped on the way."""
    world = populate(team.plan, draw.world_seed(seed, replication, team.index), panel_every_weeks)
    outcome = make(1, OUTCOME)
    lived = simulate(world, outcome[0], np.zeros(1, np.int64) if stop is None else stop)
    return None if lived < 0 else (world, outcome)
