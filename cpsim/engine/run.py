"""Run a scenario many times: every replication is another simulated future, every team its own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.engine.precision import enough
from cpsim.errors import OptionError, Stopped
from cpsim.model import draw
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.simulate import simulate
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.runs import TeamRun
from cpsim.population.populate import Plan, plan, populate
from cpsim.scenario.load import Scenario
from cpsim.scenario.load import load as load_scenario

MOST_REPLICATIONS = 5_000  # with a precision asked for, where to stop trying
BLOCK = 10  # replications between two looks at the precision
QUEUED = 4  # jobs waiting for each thread, so that memory does not grow with the number of runs
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class TeamPlan:
    """One copy of one team, and its place among all."""

    name: str
    index: int
    plan: Plan


def run(
    scenario: Scenario | str | Path,
    replications: int = 100,
    seed: int = 1,
    *,
    workers: int | None = None,
    people: bool = False,
    precision: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Simulate a scenario and return its result.

    replications: simulated futures, each with its own people and luck. seed: of the whole; the same seed gives the same
    bits, whatever the number of threads, and two scenarios with one seed meet the same people. workers: threads, by
    default
    one a core. people: keep a row for every person at the end. precision: half-widths of the 95 % interval of the
    mean to
    go on for, such as {"five_steps": 0.02}; replications is then not used, and 5,000 is the most. progress: called
    with (team runs done, team runs planned).

    Raises OptionError for options that make no sense, ScenarioError for a scenario with mistakes, and Stopped on
    Ctrl-C,
    whose `result` holds the replications that were finished.
    """
    chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    _check(replications, seed, workers, precision)
    started = time.perf_counter()
    with _Runner(chosen, seed, workers or os.cpu_count() or 1, people, progress) as runner:
        done, asked = _run_all(runner, replications, precision)
        timings = {"seconds": time.perf_counter() - started}
        finished = runner.whole_replications(done)
        if not runner.stopped:
            return RunResult.of(chosen, finished, seed=seed, asked=asked, timings=timings)
        if not finished:
            raise Stopped("Stopped before the first simulated future was finished; there is nothing to save.")
        result = RunResult.of(chosen, finished, seed=seed, asked=asked, timings=timings)
        raise Stopped(f"Stopped after {result.replications} of {asked} simulated futures.", result)


def _check(replications: int, seed: int, workers: int | None, precision: Mapping[str, float] | None) -> None:
    if replications < 1:
        raise OptionError(f"replications: {replications} is not possible; write 1 or more")
    if not 0 <= seed < 2**63:
        raise OptionError(f"seed: {seed} is not possible; write a whole number from 0 to {2**63 - 1}")
    if workers is not None and workers < 1:
        raise OptionError(f"workers: {workers} is not possible; write 1 or more")
    for name, width in (precision or {}).items():
        if name not in OUTCOME.names:
            raise OptionError(f"precision: there is no outcome '{name}'; write one of {', '.join(OUTCOME.names)}")
        if not width > 0:
            raise OptionError(f"precision: {name}={width} is not possible; write a half-width above 0")


def _run_all(runner: _Runner, replications: int, precision: Mapping[str, float] | None) -> tuple[list[TeamRun], int]:
    """All replications asked for, or as many as the precision takes. Returns the runs and how many were asked for."""
    if not precision:
        return runner.run(range(replications)), replications
    done: list[TeamRun] = []
    for first in range(0, MOST_REPLICATIONS, BLOCK):
        done += runner.run(range(first, first + BLOCK))
        if runner.stopped or enough(done, precision):
            break
    return done, first + BLOCK


class _Runner:
    """Threads, the stop flag that they all look at once a simulated week, and the plans that all seeds share."""

    def __init__(self, scenario: Scenario, seed: int, workers: int, people: bool, progress: Progress | None) -> None:
        self.teams = list(team_plans(scenario))
        self.seed, self.workers, self.people, self.progress = seed, workers, people, progress
        self.flag = np.zeros(1, np.int64)
        self.pool = ThreadPoolExecutor(workers, thread_name_prefix="cpsim")
        self.finished = 0

    def __enter__(self) -> _Runner:
        return self

    def __exit__(self, *_: Any) -> None:
        self.flag[0] = 1
        self.pool.shutdown(wait=True, cancel_futures=True)

    @property
    def stopped(self) -> bool:
        """Was Ctrl-C pressed?"""
        return bool(self.flag[0])

    def run(self, replications: range) -> list[TeamRun]:
        """Run every team of these replications; what is finished when Ctrl-C comes is kept."""
        jobs = ((number, team) for number in replications for team in self.teams)
        planned = len(replications) * len(self.teams)
        waiting: set[Future[TeamRun | None]] = set()
        done: list[TeamRun] = []
        try:
            for number, team in jobs:
                waiting.add(self.pool.submit(self._one, number, team))
                if len(waiting) >= QUEUED * self.workers:
                    waiting = self._collect(waiting, done, planned)
            while waiting:
                waiting = self._collect(waiting, done, planned)
        except KeyboardInterrupt:
            self.flag[0] = 1
            done += _results(future for future in waiting if future.done())
        return done

    def _collect(self, waiting: set, done: list[TeamRun], planned: int) -> set:
        ready, still = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
        done += _results(ready)
        self.finished += len(ready)
        if self.progress and ready:
            self.progress(self.finished, planned)
        return set(still)

    def _one(self, replication: int, team: TeamPlan) -> TeamRun | None:
        return run_team(team, replication, self.seed, stop=self.flag, people=self.people)

    def whole_replications(self, done: list[TeamRun]) -> list[TeamRun]:
        """Runs of those replications in which every team was finished."""
        counts: dict[int, int] = {}
        for each in done:
            counts[each.replication] = counts.get(each.replication, 0) + 1
        return [each for each in done if counts[each.replication] == len(self.teams)]


def _results(futures: Iterable[Future[TeamRun | None]]) -> list[TeamRun]:
    """Runs that came to their end."""
    return [found for found in (future.result() for future in futures) if found is not None]


def team_plans(scenario: Scenario) -> Iterator[TeamPlan]:
    """Every copy of every team; copies share their plan and differ by their seed."""
    index = 0
    for team in scenario.teams:
        shared = plan(scenario, team)
        for copy in range(team.copies):
            name = team.name if team.copies == 1 else f"{team.name} {copy + 1}"
            yield TeamPlan(name, index, shared)
            index += 1


def run_team(
    team: TeamPlan, replication: int, seed: int, *, stop: np.ndarray | None = None, people: bool = False
) -> TeamRun | None:
    """One team in one simulated future; None when it was stopped on the way."""
    own_seed = draw.world_seed(seed, replication, team.index)
    world = populate(team.plan, own_seed)
    outcome = make(1, OUTCOME)
    lived = simulate(world, outcome[0], np.zeros(1, np.int64) if stop is None else stop)
    if lived < 0:
        return None
    return TeamRun(
        team=team.name,
        team_index=team.index,
        replication=replication,
        seed=own_seed,
        outcome=outcome,
        weekly=world.weekly[:-1].copy(),  # the last line was scratch
        gates=world.gates,
        access=world.access,
        minutes=world.minutes,
        people=world.people[: world.team[0]["next_referral"]].copy() if people else None,
    )
