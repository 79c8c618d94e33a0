"""The runs of a design's points: one point in one world -> one line of numbers, the mean over the scenario's teams."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np

from cpsim.engine.run import TeamPlan, live, team_plans
from cpsim.engine.warm_up import gone_on, shared_key, warmed_up
from cpsim.errors import Problem, ScenarioError, UserError
from cpsim.experiments.design import Design
from cpsim.experiments.outcomes import COUNTED, ledger_columns
from cpsim.model.records import World
from cpsim.scenario.load import Scenario

KEPT = 4_096  # team plans held at a time, some 10 KB each
MOST_TOLD = 20  # mistakes reported at once
REASON = 200  # signs
WARM = 8  # warmed-up worlds held at a time, about 1 MB each


def columns_of(design: Design) -> tuple[str, ...]:
    """The columns of numbers that a run of this design has."""
    return (*design.outputs, *(ledger_columns() if design.gates else ()))


class Variants:
    """Plans of the points of a design, made when first needed and kept while there is room; used by many threads."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._plans: OrderedDict[int, list[TeamPlan]] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def teams(self, point: int) -> list[TeamPlan]:
        """The plans of a point's teams, copies among them."""
        with self._lock:
            if point in self._plans:
                self._plans.move_to_end(point)
                return self._plans[point]
        made = list(team_plans(self.design.points[point].of(self.design.base)))
        with self._lock:
            self._held += len(made) if point not in self._plans else 0
            self._plans[point] = made
            while self._held > KEPT and len(self._plans) > 1:
                self._held -= len(self._plans.popitem(last=False)[1])
        return made

    def run(self, points: Sequence[int], world: int, stop: np.ndarray) -> list[np.ndarray | str | None]:
        """The line of each of these points in one world; a text where it failed; None where it was stopped.

        Points whose teams differ only in what changes later share the days before.
        """
        plans = [self._teams_or_reason(point) for point in points]
        number_of_teams = {len(teams) for teams in plans if not isinstance(teams, str)}
        if len(points) == 1 or len(number_of_teams) > 1:
            return [self._alone(teams, world, stop) for teams in plans]
        return self._together(plans, max(number_of_teams, default=0), world, stop)

    def _teams_or_reason(self, point: int) -> list[TeamPlan] | str:
        try:
            return self.teams(point)
        except Exception as error:  # whatever it is: a row with a reason
            return reason_of(error)

    def _alone(self, teams: list[TeamPlan] | str, world: int, stop: np.ndarray) -> np.ndarray | str | None:
        return self._together([teams], 0 if isinstance(teams, str) else len(teams), world, stop)[0]

    def _together(
        self, plans: list[list[TeamPlan] | str], teams: int, world: int, stop: np.ndarray
    ) -> list[np.ndarray | str | None]:
        """Team by team, so that no more than a few worlds are held however many teams there are."""
        lines = np.empty((len(plans), teams, len(columns_of(self.design))))
        found: list[np.ndarray | str | None] = [each if isinstance(each, str) else lines[0, 0] for each in plans]
        for team in range(teams):
            going = [number for number, each in enumerate(found) if isinstance(each, np.ndarray)]
            lives = Lives([plans[number][team] for number in going], world, self.design.seed, stop)  # type: ignore[misc]
            for place, number in enumerate(going):
                try:
                    lived = lives.live(place)
                    lines[number, team] = line_of(self.design, *lived) if lived else np.nan
                    found[number] = found[number] if lived else None
                except Exception as error:
                    found[number] = reason_of(error)
        return [
            joined(self.design, line) if isinstance(each, np.ndarray) else each
            for each, line in zip(found, lines, strict=True)
        ]


class Lives:
    """One team of several variants in one world: warm-ups that two or more have in common are lived once."""

    def __init__(self, plans: list[TeamPlan], world: int, seed: int, stop: np.ndarray) -> None:
        self.plans, self.world, self.seed, self.stop = plans, world, seed, stop
        self.keys = [shared_key(team.plan) for team in plans] if len(plans) > 1 else [b""]
        self.sharing = Counter(self.keys)
        self.warm: OrderedDict[bytes, World] = OrderedDict()

    def live(self, number: int) -> tuple[World, np.ndarray] | None:
        """The world of one variant at its end and its OUTCOME row; None when it was stopped."""
        team, key = self.plans[number], self.keys[number]
        if self.sharing[key] < 2:
            return live(team, self.world, self.seed, stop=self.stop)
        if key not in self.warm:
            warm = warmed_up(team, self.world, self.seed, self.stop)
            if warm is None:
                return None
            self.warm[key] = warm
            if len(self.warm) > WARM:
                self.warm.popitem(last=False)
        return gone_on(self.warm[key], team.plan, self.stop)


def line_of(design: Design, world: World, outcome: np.ndarray) -> list[float]:
    """Numbers of one team at its end."""
    found = [outcome[0][name] for name in design.outputs]
    return found + list(counts_of(world.gates, world.access)) if design.gates else found


def counts_of(gates: np.ndarray, access: np.ndarray) -> Iterator[float]:
    """The ledgers of one team, in the order of `ledger_columns`."""
    yield from (gates[0]["windows"], gates[0]["delivered"])
    for count in COUNTED.values():
        yield from gates[count]
    for source in access:
        yield from (source[0]["attempts"], source[0]["succeeded"])
        for count in COUNTED.values():
            yield from source[count]


def joined(design: Design, lines: np.ndarray) -> np.ndarray:
    """Teams to one line: outcomes are means over teams that have the number, counts are sums."""
    if len(lines) == 1:
        return lines[0]
    outcomes = lines[:, : len(design.outputs)]
    there = ~np.isnan(outcomes)
    with np.errstate(invalid="ignore"):
        means = np.where(there, outcomes, 0.0).sum(axis=0) / there.sum(axis=0)
    return np.concatenate([means, lines[:, len(design.outputs) :].sum(axis=0)])


def check_points(design: Design) -> np.ndarray:
    """Put every point's scenario together, before any is run. Raises ScenarioError with the mistakes.

    Returns a number a point that is equal where the teams are the same before anything changes.
    """
    problems: list[Problem] = []
    bases: list[int] = []
    for point in design.points:
        try:
            bases.append(_before(point.of(design.base)))
        except ScenarioError as error:
            problems += [
                Problem(_place(point.name, each), each.line, each.path, each.message) for each in error.problems
            ]
        except UserError as error:
            problems += [Problem(point.name, 0, "", line) for line in str(error).splitlines()]
        if len(problems) >= MOST_TOLD:
            break
    if problems:
        raise ScenarioError(problems[:MOST_TOLD])
    return np.array(bases, np.int64)


def _before(scenario: Scenario) -> int:
    told = [(team.copies, team.base.model_dump_json()) for team in scenario.teams]
    when = (scenario.weeks, scenario.from_week, scenario.start)
    return int.from_bytes(hashlib.sha256(repr((told, when)).encode()).digest()[:8], "big") >> 1


def _place(point: str, problem: Problem) -> str:
    return point if problem.file == "with_" else f"{point}: {problem.file}"


def reason_of(error: Exception) -> str:
    """Why a run failed, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:REASON]
