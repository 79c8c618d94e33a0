"""When does it work? Boxes of levers and circumstances in which a target is reached far more often than elsewhere.

One sample of settings over their declared ranges, each in a world of its own; settings near the target meet more
worlds, since one world says little about them. The box is found on one half of the sample and scored on the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators import prim, tree
from cpsim.experiments.estimators.prim import Box
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.plan import one_team
from cpsim.experiments.settings import Setting, changes_of, sample, settings_of
from cpsim.experiments.targets import Target, parse
from cpsim.scenario.load import Scenario

if TYPE_CHECKING:
    from cpsim.experiments.estimators.tree import Leaf

SAMPLES = 4096
FEWEST = 100  # settings of which anything could be said
PILOT = 64  # settings run twice, for the luck of a world
NEAR = 3.0  # standard errors of the luck within which a setting is near the target
MORE = ((2, 3), (7, 10))  # worlds more for the nearest 1 in so many of the settings that are near
LEFT_OUT = "the tree: scikit-learn is not installed (pip install 'cpsim[analysis]')"
STABLE, RESAMPLES = 0.8, 20
TOO_FEW = 20  # successes among those that a box is found on
OTHER = (0.75, 1.25)  # times the target: thresholds at which it is looked at again
WORLDS = 1 << 20  # worlds of the later rounds begin at multiples of this, so that no setting shares one


@dataclass(frozen=True)
class Boxes:
    """`peeled`: every box on the way; `step`: the one chosen; `found`: it without spurious restrictions; `kept`: found
    again with stable factors only. `stability`: by factor.
    """

    peeled: list[Box]
    step: int
    found: Box
    kept: Box
    stability: pd.Series


@dataclass(frozen=True)
class Sample:
    """`points`: (settings, factors). `mean`: outcomes over each setting's worlds. `worlds`: how many it met. `luck`:
    the spread of the first goal between worlds. `training`: which half each belongs to.
    """

    points: pd.DataFrame
    mean: pd.DataFrame
    worlds: np.ndarray
    luck: float
    training: np.ndarray

    def halves(self, success: np.ndarray) -> tuple[pd.DataFrame, np.ndarray, pd.DataFrame, np.ndarray]:
        """Points and success to find a box on, and to score it on."""
        seen = self.training
        return (
            self.points[seen].reset_index(drop=True),
            success[seen],
            self.points[~seen].reset_index(drop=True),
            success[~seen],
        )


@dataclass(frozen=True)
class Discovery:
    """What `cpsim.discover` found. `boxes`: None where the target is reached too rarely. `leaves`: None without
    scikit-learn, or where there is no box.
    """

    scenario: Scenario
    target: Target
    settings: tuple[Setting, ...]
    sample: Sample
    success: np.ndarray
    boxes: Boxes | None
    leaves: list[Leaf] | None
    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    kind: str = "discover"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"When does it work? {self.scenario.title}"

    @property
    def by_name(self) -> dict[str, Setting]:
        """Settings by the name of their column."""
        return {setting.name: setting for setting in self.settings}

    def headlines(self) -> list[str]:
        """The answer in sentences."""
        from cpsim.experiments.discover_telling import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer for a terminal."""
        from cpsim.experiments.discover_telling import in_words

        return in_words(self)


def discover(
    scenario: Scenario | str | Path,
    target: str,
    *,
    samples: int = SAMPLES,
    levers: Sequence[str] = (),
    only: Sequence[str] = (),
    box: int | None = None,
    seed: int = 1,
    command: str = "",
    **how: Any,
) -> Discovery:
    """Find the levers and circumstances in which a target is reached.

    target: such as "five_steps>=0.3", met by the mean over a setting's worlds. samples: settings tried. levers: names
    or families of levers ("none": only circumstances). only: names or groups of circumstances ("none": only levers).
    box: step of the trajectory to take; by default the widest box in which 8 of 10 settings reach it. how: folder,
    workers, cluster, part, progress, as of `run_design`. Raises OptionError or ScenarioError for what makes no sense.
    """
    chosen = one_team(scenario)
    goal, settings = parse(target), settings_of(chosen, levers, only)
    _check(samples, settings)
    runner = Runner(chosen, goal, settings, samples, seed, how)
    drawn = runner.sample()
    success = goal.met(drawn.mean)
    boxes = boxes_of(drawn, success, box, seed)
    leaves = tree.grow(*drawn.halves(success)) if boxes else None
    options = {"target": goal.written, "samples": samples, "levers": list(levers), "only": list(only)}
    said = command or asked_in_python("discover", scenario, **options, box=box, seed=seed)
    facts = {
        **({"command": said} if said else {}),
        "seed": seed,
        "runs": runner.made,
        "options": options,
        "reached": float(success.mean()),
        "luck": drawn.luck,
        "left_out": LEFT_OUT if leaves is None and boxes else "",
    }
    made = _tables(drawn, success, goal, boxes, leaves, settings)
    return Discovery(chosen, goal, tuple(settings), drawn, success, boxes, leaves, made, facts)


def _tables(
    drawn: Sample,
    success: np.ndarray,
    target: Target,
    boxes: Boxes | None,
    leaves: list[Leaf] | None,
    settings: list[Setting],
) -> dict[str, pd.DataFrame]:
    from cpsim.experiments.discover_tables import tables  # it needs this module

    return tables(drawn, success, target, boxes, leaves, {each.name: each for each in settings})


def _check(samples: int, settings: Sequence[Setting]) -> None:
    if samples < FEWEST:
        raise OptionError(f"samples: {samples} settings are too few to find a box among; {FEWEST} at least")
    if len(settings) < 2:
        raise OptionError("levers and only: nothing is left that could vary; leave one of them out")


def boxes_of(drawn: Sample, success: np.ndarray, step: int | None, seed: int) -> Boxes | None:
    """The boxes found on the training half; None where it has too few successes."""
    points, hits, *_ = drawn.halves(success)
    if hits.sum() < TOO_FEW or hits.all():
        return None
    peeled = prim.trajectory(points, hits)
    if step is not None and not 0 <= step < len(peeled):
        raise OptionError(f"box: there are boxes 0 to {len(peeled) - 1}, see trajectory.csv")
    taken = prim.chosen(peeled, points, hits) if step is None else step
    found = prim.without_spurious(peeled[taken], points, hits)
    stability = prim.stability(points, hits, prim.found_box, RESAMPLES, seed)
    stable = [name for name in points.columns if stability[name] >= STABLE]
    kept = prim.found_box(points[stable], hits) if stable else Box()
    return Boxes(peeled, taken, found, kept, stability)


class Runner:
    """Settings in worlds: one each, then more for those near the target."""

    def __init__(
        self,
        scenario: Scenario,
        target: Target,
        settings: list[Setting],
        samples: int,
        seed: int,
        how: Mapping[str, Any],
    ) -> None:
        self.scenario, self.target, self.settings, self.seed = scenario, target, settings, seed
        self.points = sample(settings, samples, seed)
        self.how, self.made = dict(how), 0
        rows = self.points.to_numpy().tolist()
        self.variants = [Point(f"s{place:05d}", changes_of(settings, row)) for place, row in enumerate(rows)]
        self.total = np.zeros((samples, len(target.outcomes)))
        self.known = np.zeros(self.total.shape)
        self.worlds = np.zeros(samples, int)

    def sample(self) -> Sample:
        """Run all that is to be run."""
        count = len(self.points)
        self._run(np.arange(count), 1, 0)
        self.how.pop("part", None)  # what comes after hangs on all of it
        luck = self._luck()
        for place, (more, one_in) in enumerate(MORE, 2):
            self._run(self._near(luck, count // one_in), more, place)
        training = np.random.default_rng((self.seed, 1)).permutation(count) < count // 2
        means = pd.DataFrame(self._mean(), columns=list(self.target.outcomes))
        return Sample(self.points, means, self.worlds, luck, training)

    def _mean(self) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            return self.total / self.known

    def _luck(self) -> float:
        """Standard deviation of the first goal between worlds, from settings run twice."""
        rows = np.arange(min(PILOT, len(self.points)))
        first = self._mean()[rows, 0]
        again = self._run(rows, 1, 1)[:, 0]
        apart = (first - again)[np.isfinite(first - again)]
        return float(np.sqrt(np.mean(apart**2) / 2)) if len(apart) else 0.0

    def _near(self, luck: float, most: int) -> np.ndarray:
        """Settings within three standard errors of the first goal, the nearest ones."""
        errors = luck / np.sqrt(self.worlds)
        apart = np.abs(self._mean()[:, 0] - self.target.first.value) / np.maximum(errors, 1e-12)
        order = np.argsort(apart, kind="stable")[:most]
        return np.sort(order[apart[order] < NEAR])

    def _run(self, rows: np.ndarray, worlds: int, round_: int) -> np.ndarray:
        """So many more worlds for these settings, each of its own. Returns the outcomes, a row a run."""
        if not len(rows):
            return np.empty((0, len(self.target.outcomes)))
        point = np.repeat(np.arange(len(rows)), worlds)
        world = WORLDS * round_ + np.repeat(rows, worlds) * worlds + np.tile(np.arange(worlds), len(rows))
        variants = [self.variants[row] for row in rows.tolist()]
        design = Design.listed(self.scenario, variants, point, world, self.seed, self.target.outcomes)
        runs = complete(run_design(design, **self.how))
        found = runs[list(self.target.outcomes)].to_numpy(float)
        np.add.at(self.total, rows[point], np.nan_to_num(found))
        np.add.at(self.known, rows[point], ~np.isnan(found))
        self.worlds[rows] += worlds
        self.made += len(found)
        return found
