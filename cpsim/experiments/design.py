"""A design: which variants of a scenario are run in which worlds. Nothing is run here.

A world is one simulated future of a seed: the same number means the same people with the same luck in every variant
(common random numbers), so a design that wants independent runs gives every run a world of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from cpsim.engine.options import check_options
from cpsim.errors import OptionError, UserError
from cpsim.experiments.outcomes import HEADLINES, chosen_outputs
from cpsim.scenario.load import Scenario, load

MOST_WORLD = 2**32 - 1


@dataclass(frozen=True)
class Point:
    """One variant of the base scenario.

    `name`: unique in its design. `changes`: dotted paths, as of `Scenario.with_`. `without`: groups of barriers, as of
    `Scenario.without`. `scenario`: another shipped scenario, a file or a Scenario in place of the base.
    """

    name: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    scenario: str | Scenario | None = None

    def of(self, base: Scenario) -> Scenario:
        """The scenario of this point. Raises ScenarioError or OptionError with its mistakes."""
        chosen = base if self.scenario is None else _loaded(self.scenario)
        if self.changes:
            chosen = chosen.with_(self.changes)
        return chosen.without(*self.without) if self.without else chosen

    @property
    def digest(self) -> int:
        """63 bits that differ when anything of the point but its name does. Raises ScenarioError."""
        of_scenario = "" if self.scenario is None else _loaded(self.scenario).digest
        told = [of_scenario, self.changes, self.without]
        text = json.dumps(told, sort_keys=True, default=_plain)
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def _loaded(scenario: str | Scenario) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load(scenario)


def _with_scenario(point: Point, found: Mapping[str, Scenario]) -> Point:
    return (
        replace(point, scenario=found.get(point.scenario, point.scenario)) if isinstance(point.scenario, str) else point
    )


def _plain(value: Any) -> Any:
    """NumPy numbers and mappings as JSON has them."""
    return dict(value) if isinstance(value, Mapping) else value.item() if hasattr(value, "item") else str(value)


@dataclass(frozen=True)
class Design:
    """Runs to be made: one entry of `point` (index into `points`) and `world` a run.

    `seed`: of the whole. `outputs`: names of outcomes to keep. `gates`: keep the counts of both ledgers too.
    """

    base: Scenario
    points: tuple[Point, ...]
    point: np.ndarray
    world: np.ndarray
    seed: int = 1
    outputs: tuple[str, ...] = HEADLINES
    gates: bool = False

    def __post_init__(self) -> None:
        """Whole numbers in their places. Raises OptionError when the design makes no sense."""
        put = object.__setattr__  # frozen
        put(self, "points", tuple(self.points))
        put(self, "point", np.asarray(self.point, np.int64))
        put(self, "world", np.asarray(self.world, np.int64))
        put(self, "outputs", chosen_outputs(self.outputs))
        check_options(1, self.seed, None, None)
        _check(self)

    @classmethod
    def crossed(
        cls,
        base: Scenario,
        points: Sequence[Point],
        worlds: range | Sequence[int],
        seed: int = 1,
        outputs: str | Sequence[str] = HEADLINES,
        gates: bool = False,
    ) -> Design:
        """Every point in every world, world by world within a point: `values.reshape(points, worlds)` fits."""
        numbers = np.asarray(worlds, np.int64)
        point = np.repeat(np.arange(len(points)), len(numbers))
        return cls(base, tuple(points), point, np.tile(numbers, len(points)), seed, chosen_outputs(outputs), gates)

    @classmethod
    def listed(
        cls,
        base: Scenario,
        points: Sequence[Point],
        point: np.ndarray | Sequence[int],
        world: np.ndarray | Sequence[int],
        seed: int = 1,
        outputs: str | Sequence[str] = HEADLINES,
        gates: bool = False,
    ) -> Design:
        """These points in these worlds, run by run."""
        indices, worlds = np.asarray(point, np.int64), np.asarray(world, np.int64)
        return cls(base, tuple(points), indices, worlds, seed, chosen_outputs(outputs), gates)

    def __len__(self) -> int:
        return len(self.point)

    def loaded(self) -> Design:
        """The same design with scenarios in place of their names, each read once; a name that is none stays."""
        names = {point.scenario for point in self.points if isinstance(point.scenario, str)}
        found: dict[str, Scenario] = {}
        for name in names:
            with suppress(UserError):  # told with its point when the points are checked
                found[name] = load(name)
        if not found:
            return self
        return replace(self, points=tuple(_with_scenario(point, found) for point in self.points))

    @property
    def names(self) -> list[str]:
        """Names of the points."""
        return [point.name for point in self.points]

    def with_gates(self) -> Design:
        """The same design, keeping the ledgers."""
        return replace(self, gates=True)


def _check(design: Design) -> None:
    mistakes = []
    names = design.names
    if len(set(names)) < len(names):
        twice = [name for name, times in Counter(names).most_common(5) if times > 1]
        mistakes.append(f"points: {', '.join(twice)}: a name is given once")
    if design.point.shape != design.world.shape or design.point.ndim != 1 or not len(design):
        mistakes.append("design: give one point and one world a run, and at least one run")
    elif design.point.min() < 0 or design.point.max() >= len(names):
        mistakes.append(f"design: there is no point number {int(design.point.max())} among {len(names):,}")
    elif design.world.min() < 0 or design.world.max() > MOST_WORLD:
        mistakes.append(f"design: worlds are numbered from 0 to {MOST_WORLD:,}")
    if mistakes:
        raise OptionError("\n".join(mistakes))
