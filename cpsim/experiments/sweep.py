"""Where does it tip? One or two values varied over a grid, every cell in the same worlds, and where a target is passed.

Bands say one thing each: simulation error (of our mean), and differences between simulated teams (luck). What nobody
knows about the parameters is in neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError
from cpsim.experiments import sweep_tables as made
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import Progress, run_design
from cpsim.experiments.outcomes import HEADLINES
from cpsim.experiments.vary import Factor, Target, check_factors, factor, target
from cpsim.scenario.load import Scenario, load
from cpsim.scenario.wording import plain

if TYPE_CHECKING:
    import pandas as pd

REPLICATIONS = 50
MOST_CELLS = 2_500
BASE = "base"


def sweep(
    scenario: Scenario | str | Path,
    vary: str | Factor | Sequence[str | Factor],
    targets: str | Target | Sequence[str | Target] = (),
    replications: int = REPLICATIONS,
    seed: int = 1,
    *,
    folder: str | Path | None = None,
    outputs: Sequence[str] = HEADLINES,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Run a scenario at every value of one factor, or every pair of values of two, each in the same worlds.

    vary: "team.caseload_per_wte=15:45:5", or a list of words or numbers; one or two. targets: "five_steps>=0.3".
    folder: keep the runs there and go on from them. Raises OptionError and ScenarioError for mistakes in any of them,
    and what `run_design` raises.
    """
    base, factors, wanted = asked(scenario, vary, targets)
    design = design_of(base, factors, wanted, replications, seed, outputs)
    place = Path(folder) if folder is not None else None
    runs = run_design(design, place, workers=workers, part=part, cluster=cluster, progress=progress)
    return Sweep(base, factors, wanted, design.outputs, runs, replications, seed)


def asked(
    scenario: Scenario | str | Path, vary: Any, targets: Any
) -> tuple[Scenario, tuple[Factor, ...], tuple[Target, ...]]:
    """Scenario, factors and targets from what was typed, all checked."""
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    factors = tuple(each if isinstance(each, Factor) else factor(each) for each in _listed(vary, Factor))
    wanted = tuple(each if isinstance(each, Target) else target(each) for each in _listed(targets, Target))
    check_factors(base, factors)
    return base, factors, wanted


def _listed(given: Any, kind: type) -> Sequence[Any]:
    return [given] if isinstance(given, str | kind) else given


def design_of(
    base: Scenario,
    factors: Sequence[Factor],
    targets: Sequence[Target],
    replications: int,
    seed: int,
    outputs: Sequence[str] = HEADLINES,
) -> Design:
    """The scenario as it is, then every cell, the last factor fastest. Raises OptionError when there are too many."""
    if replications < 2:
        raise OptionError("replications: give at least 2, so that the error of a mean can be said")
    cells = list(itertools.product(*(each.values for each in factors)))
    if len(cells) > MOST_CELLS:
        grid = " x ".join(f"{len(each.values)}" for each in factors)
        runs = len(cells) * replications
        raise OptionError(
            f"--vary: {grid} = {len(cells):,} cells, {runs:,} runs of {replications} worlds each, about "
            f"{made.minutes(base, runs)}; {MOST_CELLS:,} cells is the most, so take larger steps"
        )
    points = [Point(BASE)]
    for cell in cells:
        changes = {each.path: value for each, value in zip(factors, cell, strict=True)}
        points.append(Point(", ".join(f"{path}={plain(value)}" for path, value in changes.items()), changes))
    wanted = (*outputs, *(each.outcome for each in targets))
    return Design.crossed(base, points, range(replications), seed, tuple(dict.fromkeys(wanted)))


@dataclass(frozen=True, repr=False)
class Sweep:
    """Every cell of the grid in the same worlds. `runs`: a row a run. Tables are made when asked for."""

    scenario: Scenario
    factors: tuple[Factor, ...]
    targets: tuple[Target, ...]
    outputs: tuple[str, ...]
    runs: pd.DataFrame
    replications: int
    seed: int
    command: str = ""
    kind: str = field(default="sweep", init=False)

    def __repr__(self) -> str:
        return f"<Sweep of {' and '.join(each.path for each in self.factors)}: {len(self.runs):,} runs>"

    @property
    def shape(self) -> tuple[int, ...]:
        """Values of each factor."""
        return tuple(len(each.values) for each in self.factors)

    @property
    def title(self) -> str:
        """What was swept."""
        return f"{self.scenario.title}: {' and '.join(each.name for each in self.factors)}"

    def values(self, output: str) -> np.ndarray:
        """(*shape, worlds): one output in every cell and world; NaN where a run failed or cannot say."""
        return self.runs[output].to_numpy(float)[self.replications :].reshape(*self.shape, self.replications)

    def own(self, output: str) -> np.ndarray:
        """(worlds,): the scenario as it is."""
        return self.runs[output].to_numpy(float)[: self.replications]

    @property
    def at_home(self) -> tuple[Any, ...]:
        """The scenario's own value of each factor; None where it has no single one."""
        return tuple(each.at(self.scenario) for each in self.factors)

    @cached_property
    def surface(self) -> pd.DataFrame:
        """A row a cell and output: mean with simulation error, middle 8 in 10 worlds, and runs."""
        return made.surface(self)

    @cached_property
    def reached(self) -> pd.DataFrame:
        """A row a cell and target: share of worlds that reach it, with its interval, and runs."""
        return made.reached_table(self)

    @cached_property
    def thresholds(self) -> pd.DataFrame:
        """A row a place where a target is passed along a factor, seen from below and from above, with intervals."""
        return made.thresholds(self)

    @cached_property
    def steepest(self) -> pd.DataFrame:
        """A row an output: the stretch on which its mean changes most, and how often worlds drawn anew agree."""
        return made.steepest_table(self)

    @property
    def failed(self) -> int:
        """Runs that failed; they are rows with a reason, and their cells have fewer."""
        return int((self.runs["failed"] != "").sum())

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by the name of its file."""
        own = {"surface": self.surface, "steepest": self.steepest, "worlds": self.runs}
        return own | ({"thresholds": self.thresholds, "reached": self.reached} if self.targets else {})

    @property
    def facts(self) -> dict[str, Any]:
        """What a manifest says beside versions and digests."""
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            "worlds": self.replications,
            "runs": len(self.runs),
            "failed": self.failed,
            "weeks": self.scenario.weeks,
            "vary": {each.path: list(each.values) for each in self.factors},
            "targets": [each.text for each in self.targets],
        }

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.sweep_words import in_words

        return in_words(self)

    def headlines(self) -> list[str]:
        """The first sentences of the page: where targets are passed, else what the first outcome does."""
        from cpsim.experiments.sweep_words import best, passing, steepest_told, without_effect

        several = len(self.factors) > 1
        lines = [line for each in self.targets for line in (best(self, each) if several else passing(self, each))]
        lines = [f"{line[0].upper()}{line[1:]}" for line in lines]
        first = [] if several else [f"{steepest_told(self, name)}." for name in ("five_steps", "reach")]
        return [*(lines or first or [f"{self.title}."]), *without_effect(self)]

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Tables, manifest, pictures and the page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)
