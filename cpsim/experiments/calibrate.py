"""Which settings of the uncertain numbers are not ruled out by what was seen: waves, a re-test with real runs, a set.

1. Screening: one plain sample of all factors, in one world, says which move any pattern at all; the others keep their
   usual values.
2. Waves of history matching on those (see `estimators.history`).
3. Settings spread over what is left are run anew, many worlds each: an emulator's word is never the last.
4. Of those that stand, so many as stand for all of them are the set.

The set is not a distribution: its settings are not ruled out, no more. `cpsim.validation.fitting` says which patterns
are fitted to and how they are read; here nothing is known of them but their targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.errors import OptionError, UserError
from cpsim.experiments.estimators.conflict import Conflict, conflict
from cpsim.experiments.estimators.history import History, Runs, Target, Wave, match, survivors
from cpsim.experiments.estimators.region import representative, scattered
from cpsim.experiments.estimators.screening import movers
from cpsim.experiments.evaluations import Evaluations, Progress, Stage
from cpsim.experiments.factors import Factors
from cpsim.scenario.load import Scenario

STAGE_WORLDS = 1_000_000  # stages are so far apart in worlds that none meets the luck of another
LAST_STAGE = 100  # the re-test; more than there are waves
MAY_CHANGE = ("waves", "keep")  # what another call on the same runs may ask differently
FEWEST_MOVERS = 3  # factors that are gone on with even when chance could have put them first
DUMMY = "dummy"  # group of the factor that is wired to nothing


@dataclass(frozen=True)
class Asked:
    """How much work: numbers of waves, of points in each (None: `per_factor` for each active factor), of worlds each.

    screening: points of the first sample, all in one world; 0: all factors given are active. most: active factors at
    most. retest, retest_worlds: settings run anew at the end. keep: settings in the set at most.
    """

    waves: int = 3
    points: int | None = None
    worlds: int = 4
    screening: int = 300
    most: int = 16
    retest: int = 250
    retest_worlds: int = 20
    keep: int = 150
    per_factor: int = 15
    seed: int = 1

    def check(self) -> None:
        """Raises OptionError for numbers that make no sense, all at once."""
        least = {"waves": 1, "points": 10, "worlds": 2, "screening": 0, "retest": 1, "retest_worlds": 2, "keep": 1}
        values = vars(self)
        wrong = [
            f"{name.replace('_', '-')}: {values[name]} is not possible; write a whole number from {low}"
            for name, low in least.items()
            if values[name] is not None and values[name] < low
        ]
        if wrong:
            raise OptionError("\n".join(wrong))
        if find_spec("sklearn") is None:
            raise UserError("calibrate needs scikit-learn: pip install 'cpsim[analysis]'")

    def points_for(self, active: int) -> int:
        """Points of a wave."""
        return self.points or self.per_factor * active

    def evaluations(self, active: int) -> int:
        """Worlds in all: each is one run of every scenario that the patterns need."""
        waves = self.waves * self.points_for(active) * self.worlds
        return self.screening + waves + self.retest * self.retest_worlds


@dataclass(frozen=True)
class Problem:
    """What is fitted: `evaluate(changes, worlds, seed)` gives (worlds, targets). `rows`: a line a target, for pages.

    `digests`: of parameters, patterns and code, by which a set is known to belong to a version. `runs`: of the model,
    that one evaluation of one world takes. `options`: of the command, that chose factors and patterns.
    """

    scenario: Scenario
    factors: Factors
    targets: tuple[Target, ...]
    evaluate: Callable[[Mapping[str, Any], range, int], np.ndarray]
    rows: pd.DataFrame
    digests: Mapping[str, str]
    runs: int = 1
    options: str = ""


@dataclass(frozen=True)
class Fit:
    """Everything that was found. `screened`: None when nothing was screened. `active`: the factors that were fitted.

    `tested`: the real runs of the re-test, None when there was nothing left to test; `stands`: which of its settings
    are not ruled out; `chosen`: rows of the set among them. `conflict`: why nothing is left, None when something is.
    """

    problem: Problem
    asked: Asked
    screened: pd.DataFrame | None
    active: Factors
    history: History
    tested: Stage | None
    stands: np.ndarray
    chosen: np.ndarray
    conflict: Conflict | None
    failed: int

    @property
    def settings(self) -> np.ndarray:
        """The set in the unit cube, (settings, factors)."""
        return self.tested.points[self.chosen] if self.tested else np.empty((0, len(self.active.varied)))


def fit(
    problem: Problem,
    asked: Asked,
    folder: Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] = lambda text: None,
) -> Fit:
    """Screen, match in waves, re-test, thin. folder: runs are kept there, and the same call goes on from them.

    told: is called with a line after each stage. Raises FolderError, Stopped, and CpsimError when every run failed.
    """
    asked.check()
    ran = _Runs(problem, asked, folder, workers, progress)
    screened, active = _screen(ran, told)
    points = asked.points_for(len(active.varied))
    ran.kept.plan(asked.waves * points + asked.retest)
    history = match(
        lambda number, design: ran.wave(active, number, design),
        len(active.varied),
        problem.targets,
        points=points,
        most_waves=asked.waves,
        seed=asked.seed,
        told=lambda wave: told(_said(wave)),
    )
    tested = _retest(ran, active, history, told)
    stands = survivors(runs_of(tested), problem.targets) if tested else np.zeros(0, bool)
    chosen = np.flatnonzero(stands)
    if tested is not None:
        chosen = np.sort(chosen[representative(tested.points[chosen], asked.keep)]) if len(chosen) else chosen
    why = None if len(chosen) else conflict(history.waves, problem.targets, asked.seed)
    return Fit(problem, asked, screened, active, history, tested, stands, chosen, why, ran.failed)


class _Runs:
    """The model at points of the cube of some factors, stage by stage."""

    def __init__(
        self, problem: Problem, asked: Asked, folder: Path | None, workers: int | None, progress: Progress | None
    ) -> None:
        self.problem, self.asked = problem, asked
        self.failed = 0
        self.factors = problem.factors
        same = {name: value for name, value in vars(asked).items() if name not in MAY_CHANGE}
        study = {**problem.digests, "factors": problem.factors.paths, **same}
        self.kept = Evaluations(self._at, len(problem.targets), folder, study, workers, progress)

    def _at(self, point: np.ndarray, worlds: range) -> np.ndarray:
        (changes,) = self.factors.changes(point[None, :])
        return self.problem.evaluate(dict(changes.items()), worlds, self.asked.seed)

    def stage(
        self, number: int, name: str, factors: Factors, points: np.ndarray, worlds: int, shared: bool = False
    ) -> Stage:
        """One stage; stages have worlds of their own."""
        self.factors = factors
        found = self.kept.stage(name, points, worlds, number * STAGE_WORLDS, shared)
        self.failed += sum(bool(reason) for reason in found.failed)
        return found

    def wave(self, factors: Factors, number: int, points: np.ndarray) -> Runs:
        """One wave, as means of worlds."""
        return runs_of(self.stage(number, f"wave-{number}", factors, points, self.asked.worlds))


def runs_of(stage: Stage) -> Runs:
    """Mean over worlds, and the variance of that mean; a world that does not show a target counts for nothing in it."""
    known = np.isfinite(stage.values)
    count = known.sum(axis=1)
    mean = np.where(known, stage.values, 0.0).sum(axis=1) / np.where(count, count, np.nan)
    squares = np.where(known, (stage.values - mean[:, None]) ** 2, 0.0).sum(axis=1)
    return Runs(stage.points, mean, squares / np.maximum(count - 1, 1) / np.maximum(count, 1))


def _screen(ran: _Runs, told: Callable[[str], None]) -> tuple[pd.DataFrame | None, Factors]:
    """The factors to fit: those that move a pattern, the strongest `most`; and how strongly each does."""
    asked, problem = ran.asked, ran.problem
    if not asked.screening:
        wanted = [factor.path for factor in problem.factors.varied if factor.group != DUMMY]
        return None, problem.factors.some(wanted)
    paths = problem.factors.paths
    ran.kept.plan(asked.screening)
    design = scattered(asked.screening, len(paths), asked.seed)
    # In one world, the same for all: with luck of their own, factors that move vacancies and leavers were not found.
    values = ran.stage(0, "screening", problem.factors, design, 1, shared=True).values[:, 0]
    names = [target.name for target in problem.targets]
    table = movers(design, values, paths, names, asked.seed)
    table["about"] = [problem.factors.by_path[path].about for path in table["parameter"]]
    real = table[[problem.factors.by_path[path].group != DUMMY for path in table["parameter"]]]
    moving = real[real["moves"]] if real["moves"].sum() >= FEWEST_MOVERS else real[:FEWEST_MOVERS]
    active = moving["parameter"].tolist()[: asked.most]
    table["active"] = table["parameter"].isin(active)
    told(f"Screening: {int(real['moves'].sum())} of {len(real)} factors move a pattern; {len(active)} are fitted.")
    return table, problem.factors.some([path for path in paths if path in active])


def _retest(ran: _Runs, active: Factors, history: History, told: Callable[[str], None]) -> Stage | None:
    """Settings spread over what the emulators left, run in many worlds."""
    if not len(history.region.points):
        return None
    asked = ran.asked
    design = history.region.points[representative(history.region.points, asked.retest)]
    after = len(history.waves)
    tested = ran.stage(LAST_STAGE, f"retest-after-wave-{after}", active, design, asked.retest_worlds)
    stand = int(survivors(runs_of(tested), ran.problem.targets).sum())
    told(f"Re-test with real runs: {stand} of {len(design)} settings are not ruled out.")
    return tested


def _said(wave: Wave) -> str:
    if not wave.share:
        return f"Wave {wave.number}: nothing is left; every setting is ruled out."
    return f"Wave {wave.number}: {100 * wave.share:.2g} % of the settings are not ruled out."
