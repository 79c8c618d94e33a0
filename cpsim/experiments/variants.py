"""The runs of a design's points: one point in one world -> one line of numbers, the mean over the scenario's teams."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator

import numpy as np

from cpsim.engine.run import TeamPlan, live, team_plans
from cpsim.errors import Problem, ScenarioError, UserError
from cpsim.experiments.design import Design
from cpsim.experiments.outcomes import COUNTED, ledger_columns
from cpsim.model.records import World

KEPT = 4_096  # team plans held at a time, some 10 KB each
MOST_TOLD = 20  # mistakes reported at once
REASON = 200  # signs


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

    def run(self, point: int, world: int, stop: np.ndarray) -> np.ndarray | None:
        """The line of one run; None when it was stopped on the way."""
        lines = np.empty((len(self.teams(point)), len(columns_of(self.design))))
        for line, team in zip(lines, self.teams(point), strict=True):
            lived = live(team, world, self.design.seed, stop=stop)
            if lived is None:
                return None
            line[:] = line_of(self.design, *lived)
        return joined(self.design, lines)


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


def check_points(design: Design) -> None:
    """Put every point's scenario together, before any is run. Raises ScenarioError with the mistakes."""
    problems: list[Problem] = []
    for point in design.points:
        try:
            point.of(design.base)
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


def _place(point: str, problem: Problem) -> str:
    return point if problem.file == "with_" else f"{point}: {problem.file}"


def reason_of(error: Exception) -> str:
    """Why a run failed, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:REASON]
