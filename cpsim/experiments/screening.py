"""The steps of a sensitivity study: each a sample, its runs and the tables of one estimator, for all outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.errors import CpsimError
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators import convergence, morris, pawn, rbd_fast, regional, second_order, sobol_cross
from cpsim.experiments.estimators.problem import LARGEST, is_dummy, varies
from cpsim.experiments.execute import complete
from cpsim.experiments.sampling import filling

if TYPE_CHECKING:
    from cpsim.experiments.factors import Factors
    from cpsim.scenario.load import Scenario

Run = Callable[[Design, str], pd.DataFrame]  # a design and the name of its step -> a row a run
Tables = dict[str, list[pd.DataFrame]]
OTHERS = "others"  # all factors that are not looked at singly, moved together
SKEWED = 1.0  # skewness from which a root is taken


@dataclass(frozen=True)
class Result:
    """Of one output, such as runs with "five_steps >= 0.3"; text as it was written."""

    output: str
    sign: str
    value: float

    def met(self, y: np.ndarray) -> np.ndarray:
        """Which runs have it."""
        return y >= self.value if self.sign == ">=" else y <= self.value

    def __str__(self) -> str:
        return f"{self.output}{self.sign}{self.value:g}"


@dataclass
class Study:
    """One study while it is made: what is asked, and what has been found so far.

    `roots`: outputs whose square root is analysed, as they are skewed. `left_out`: sentences about what could not be
    done. `runs`: by step.
    """

    scenario: Scenario
    factors: Factors
    outputs: tuple[str, ...]
    seed: int
    run: Run
    found: Tables = field(default_factory=dict)
    roots: dict[str, bool] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    runs: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, output: str, rows: pd.DataFrame) -> None:
        """Rows of a table, with the output that they are of."""
        self.found.setdefault(table, []).append(rows.assign(output=output)[["output", *rows.columns]])

    def settle(self, method: str, output: str, steps: pd.DataFrame) -> None:
        """Keep how values came about, and what is to be thought of them."""
        self.add("convergence", output, steps.assign(method=method)[["method", *steps.columns]])
        found = convergence.verdict(steps)
        row = {"method": method, "settled": found.settled, "verdict": found.in_words()}
        self.add("verdicts", output, pd.DataFrame([row]))

    def tables(self) -> dict[str, pd.DataFrame]:
        """Everything found, and the factors."""
        joined = {name: pd.concat(parts, ignore_index=True) for name, parts in self.found.items()}
        return {**joined, "factors": self.factors.table()}

    def answers(
        self,
        step: str,
        x: np.ndarray,
        world: np.ndarray,
        *,
        point: np.ndarray | None = None,
        factors: Factors | None = None,
        whole: bool = True,
    ) -> pd.DataFrame:
        """A row a run: point by point of x, or those numbered in `point`. whole: refuse a design with failed runs."""
        changes = (factors or self.factors).changes(x)
        points = [Point(f"{step}-{number:06d}", each) for number, each in enumerate(changes)]
        chosen = np.arange(len(points)) if point is None else point
        design = Design.listed(self.scenario, points, chosen, world, self.seed, self.outputs)
        runs = self.run(design, step)
        self.runs[step] = len(design)
        return complete(runs) if whole else runs

    def measured(self, output: str, runs: pd.DataFrame) -> np.ndarray | None:
        """The output of each run, its root where it is skewed; None where there is nothing to analyse, said so once."""
        y = runs[output].to_numpy(float)
        if np.isnan(y).any():
            self._without(output, f"has no value in {int(np.isnan(y).sum()):,} of {len(y):,} runs")
            return None
        if not varies(y):
            self._without(output, f"is {y[0]:.3g} in all runs")
            return None
        self.roots.setdefault(output, bool(y.min() >= 0 and skewness(y) > SKEWED))
        return np.sqrt(y) if self.roots[output] else y

    def _without(self, output: str, why: str) -> None:
        sentence = f"{output} {why}, so nothing can be said of it."
        if sentence not in self.left_out:
            self.left_out.append(sentence)


def skewness(y: np.ndarray) -> float:
    """Third moment over the cube of the standard deviation."""
    apart = y - y.mean()
    return float(np.mean(apart**3) / np.mean(apart**2) ** 1.5)


@dataclass(frozen=True)
class Sample:
    """A plain sample: points of the unit cube, and the runs there, those that failed left out."""

    x: np.ndarray
    runs: pd.DataFrame


def plain(study: Study, n: int) -> Sample:
    """Step A: n points that fill the space, one run each, every run in a world of its own."""
    x = filling(len(study.factors.paths), n, study.seed)
    runs = study.answers("plain", x, np.arange(n), whole=False)
    fine = (runs["failed"] == "").to_numpy()
    if not fine.all():
        reason = runs.loc[~fine, "failed"].iloc[0]
        study.left_out.append(f"{int((~fine).sum()):,} of {n:,} runs of the plain sample failed ({reason}).")
    if not fine.any():
        raise CpsimError(f"all {n:,} runs failed: {runs['failed'].iloc[0]}")
    return Sample(x[fine], runs[fine].reset_index(drop=True))


def by_pawn(study: Study, sample: Sample) -> None:
    """PAWN, with the floor below which it says nothing."""
    names = study.factors.paths
    for output in study.outputs:
        y = study.measured(output, sample.runs)
        if y is None:
            continue
        table = pawn.analyse(names, sample.x, y, study.seed)
        study.add("pawn", output, table)
        earlier = _first_rows(
            sample, y, lambda x, part: pawn.analyse(names, x, part, study.seed, shuffles=1), table, value="index"
        )
        above = earlier["value"] > table["floor"].iloc[0]  # what lies below says nothing, in whatever order
        study.settle("pawn", output, earlier.assign(value=earlier["value"].where(above)))


def by_rbd_fast(study: Study, sample: Sample) -> None:
    """First-order indices of single runs."""
    names = study.factors.paths
    for output in study.outputs:
        y = study.measured(output, sample.runs)
        if y is None:
            continue
        table = rbd_fast.analyse(names, sample.x, y, study.seed)
        study.add("rbd_fast", output, table)
        earlier = _first_rows(
            sample,
            y,
            lambda x, part: rbd_fast.analyse(names, x, part, study.seed, shown=LARGEST),
            table,
            value="s1",
        )
        study.settle("rbd-fast", output, earlier)


def _first_rows(
    sample: Sample,
    y: np.ndarray,
    estimate: Callable[[np.ndarray, np.ndarray], pd.DataFrame],
    last: pd.DataFrame,
    value: str,
) -> pd.DataFrame:
    """Convergence of what a plain sample gives; the table of all rows is there already."""

    def first(n: int) -> pd.DataFrame:
        if not varies(y[:n]):
            return last.assign(**dict.fromkeys((value, "low", "high"), np.nan))
        table = last if n == len(y) else estimate(sample.x[:n], y[:n])
        return table.assign(**{end: table.get(f"{value}_{end}", np.nan) for end in ("low", "high")})

    return convergence.steps(len(y), first, value, "low", "high")


def by_region(study: Study, sample: Sample, target: Result | None) -> None:
    """What runs with the target, or the highest fifth of each output, have in common."""
    for output in (target.output,) if target else study.outputs:
        y = sample.runs[output].to_numpy(float)
        there = ~np.isnan(y)
        edge = np.quantile(y[there], 0.8) if there.any() else np.nan
        chosen = target.met(y[there]) if target else y[there] > edge
        asked = str(target) if target else f"{output}>{edge:.3g}"
        try:
            table = regional.analyse(study.factors.paths, sample.x[there], chosen)
        except regional.TooFew as few:
            study.left_out.append(f"What has {asked} in common was not looked at: {few}.")
            continue
        study.add("regional", output, table.assign(asked=asked, runs_inside=int(chosen.sum())))


def by_groups(study: Study, n: int) -> None:
    """Step B: cross-replicate Sobol by group of factors."""
    of = study.factors.groups
    _cross(study, "groups", "group", list(dict.fromkeys(of)), of, n)


def by_sobol(study: Study, kept: Sequence[str], n: int) -> None:
    """Step D: cross-replicate Sobol of these factors and the dummy, all others together as one."""
    singly = {*kept, *(path for path in study.factors.paths if is_dummy(path))}
    of = [path if path in singly else OTHERS for path in study.factors.paths]
    _cross(study, "indices", "factor", list(dict.fromkeys(of)), of, n)


def _cross(study: Study, table: str, column: str, names: list[str], of: list[str], n: int) -> None:
    k = len(names)
    x = sobol_cross.plan(study.factors.paths, n, study.seed, of)
    world = sobol_cross.worlds(n, k)
    runs = study.answers(table, x, world.ravel(), point=np.tile(np.arange(len(x)), len(world)))
    for output in study.outputs:
        y = study.measured(output, runs)
        if y is None:
            continue
        answers = sobol_cross.split(y.reshape(world.shape), k)

        def first(size: int, answers: sobol_cross.Answers = answers) -> pd.DataFrame:
            return sobol_cross.analyse(names, answers.rows(slice(size)), study.seed)

        study.add(table, output, first(n).rename(columns={"factor": column}))
        study.settle(
            "groups" if table == "groups" else "sobol", output, convergence.steps(n, first, "st", "st_low", "st_high")
        )


def by_morris(study: Study, trajectories: int) -> None:
    """Step C: elementary effects of all factors."""
    names = study.factors.paths
    k = len(names)
    x = morris.plan(names, trajectories, study.seed)
    runs = study.answers("morris", x, morris.worlds(trajectories, k))
    for output in study.outputs:
        y = study.measured(output, runs)
        if y is None:
            continue

        def first(size: int, y: np.ndarray = y) -> pd.DataFrame:
            rows = size * (k + 1)
            return morris.analyse(names, x[:rows], y[:rows], study.seed)

        study.add("morris", output, first(trajectories))
        study.settle("morris", output, convergence.steps(trajectories, first, "share", "share_low", "share_high"))


def left(study: Study, most: int) -> list[str]:
    """The factors that Morris could not call negligible for every output, at most so many, in the declarations' order.

    The largest of any output come first, by the lower end of their interval: an output that is mostly luck has large
    effects, of whatever factor, that are not known.
    """
    table = pd.concat(study.found.get("morris", []) or [pd.DataFrame(columns=["factor", "share_low", "negligible"])])
    table = table[~table["factor"].map(is_dummy).astype(bool)]
    fixed = table.groupby("factor")["negligible"].all()
    largest = table.groupby("factor")["share_low"].max()
    chosen = largest[~fixed.reindex(largest.index).astype(bool)].sort_values(ascending=False, kind="stable")
    kept = set(chosen.index[:most])
    return [path for path in study.factors.paths if path in kept]


def by_pairs(study: Study, kept: Sequence[str], n: int) -> None:
    """Second order of a few factors; the others stay at the scenario's values."""
    few = study.factors.some(kept)
    x = second_order.plan(few.paths, n, study.seed)
    world = second_order.worlds(n, len(kept))
    point = np.tile(np.arange(len(x)), len(world))
    runs = study.answers("pairs", x, world.ravel(), point=point, factors=few)
    for output in study.outputs:
        y = study.measured(output, runs)
        if y is not None:
            study.add("second_order", output, second_order.analyse(few.paths, y.reshape(world.shape), study.seed))


def largest(table: pd.DataFrame, value: str, most: int) -> list[str]:
    """The factors with the largest value of any output, without the dummy and those taken together."""
    alone = table[~table["factor"].isin([OTHERS, sobol_cross.CHANCE]) & ~table["factor"].map(is_dummy).astype(bool)]
    return list(alone.groupby("factor")[value].max().sort_values(ascending=False, kind="stable").index[:most])


def facts_of(study: Study) -> Mapping[str, Any]:
    """What of a study belongs into its manifest."""
    return {
        "seed": study.seed,
        "outputs": list(study.outputs),
        "square_roots": sorted(name for name, root in study.roots.items() if root),
        "runs": sum(study.runs.values()),
        "runs_by_step": dict(study.runs),
        "left_out": list(study.left_out),
    }
