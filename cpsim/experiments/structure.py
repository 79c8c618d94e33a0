"""Which conclusions survive when the model is built otherwise? The same questions asked of other structures of it.

`structures.csv` owns the structures and `conclusions.csv` the conclusions (see `structure_lists`). Every structure
meets the same worlds, so that what a conclusion hangs on is seen inside a world. Intervals are simulation error: what
nobody knows about the numbers is in none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments import structure_lists as lists
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators.verdicts import Tried, tried
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.structure_lists import ORDINARY, Conclusion, Structure
from cpsim.model.codes import Gate
from cpsim.outputs.labels import short_names
from cpsim.outputs.measures import measures
from cpsim.population.law import saved_law
from cpsim.scenario.barriers import barriers
from cpsim.scenario.load import Scenario, load

REPLICATIONS = 80
FEWEST = 2
OUTPUTS = ("five_steps", "reach", "delivered", "rguk_change")
Of = Callable[[str, str], np.ndarray]  # (a scenario, perhaps "cmht without transport"; a column) -> a number a world


@dataclass(frozen=True)
class Structural:
    """What was found. `table`: a row a conclusion and structure; `made_of`: a row a structure; `means`: of all runs."""

    kind: ClassVar[str] = "structure"
    scenario: Scenario
    table: pd.DataFrame
    made_of: pd.DataFrame
    means: pd.DataFrame
    replications: int
    runs: int
    seed: int
    command: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        return "Which conclusions survive when the model is built otherwise?"

    @property
    def question(self) -> str:
        """Below the heading."""
        return "Other rules in place of some of the model's, the same worlds: does what is said of a team still hold?"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """By the name of its file."""
        return {"survival": self.table, "structures": self.made_of, "means": self.means}

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            "replications": self.replications,
            "runs": self.runs,
            "weeks": self.scenario.weeks,
            "scenarios": list(lists.scenarios()),
        }

    def rows(self, conclusion: str) -> pd.DataFrame:
        """Of one conclusion, structure by structure, the model as it is first."""
        return self.table[self.table["conclusion"] == conclusion].reset_index(drop=True)

    def headlines(self) -> list[str]:
        """How the page opens."""
        from cpsim.experiments.structure_words import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.structure_words import in_words

        return in_words(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, picture, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)


def structure(
    replications: int = REPLICATIONS, *, weeks: int | None = None, seed: int = 1, command: str = "", **running: Any
) -> Structural:
    """Ask the declared conclusions of every declared structure of the model.

    replications: simulated worlds of each scenario in each structure. weeks: for all scenarios, in place of their own.
    running: folder, workers, part, cluster and progress, as of `run_design`. Raises OptionError.
    """
    check(replications)
    teams = {name: _team(name, weeks) for name in lists.scenarios()}
    points = list(_points(teams))
    planned = Design.crossed(teams[ORDINARY], points, range(replications), seed, OUTPUTS, gates=True)
    made = complete(run_design(planned, **running))
    found = _Found(planned.names, made, replications)
    table = pd.DataFrame(row for each in lists.conclusions() for row in _asked(each, found))
    made_of = pd.DataFrame(_made_of(each, teams) for each in lists.structures())
    return Structural(teams[ORDINARY], table, made_of, found.means(), replications, len(made), seed, command)


def check(replications: int) -> None:
    """Raise OptionError for a number that gives no interval."""
    if replications < FEWEST:
        raise OptionError(f"replications: {replications} gives no interval; write at least {FEWEST}")


def how_many(replications: int) -> int:
    """Runs that the study makes."""
    return replications * len(lists.structures()) * (len(lists.scenarios()) + len(barriers()))


def _team(name: str, weeks: int | None) -> Scenario:
    return load(name).with_(weeks=weeks) if weeks else load(name)


def _points(teams: dict[str, Scenario]) -> Iterator[Point]:
    """Structure by structure: every scenario, then the ordinary team without each group of barriers."""
    for each in lists.structures():
        for name, team in teams.items():
            yield Point(f"{each.name} {name}", each.changes(team), scenario=team)
        for barrier in barriers():
            team = teams[ORDINARY]
            yield Point(f"{each.name} {_without(barrier)}", each.changes(team), (barrier,), scenario=team)


def _without(barrier: str) -> str:
    return f"{ORDINARY} without {barrier}"


class _Found:
    """The runs by point."""

    def __init__(self, names: Sequence[str], made: pd.DataFrame, worlds: int) -> None:
        self.rows = dict(zip(names, range(len(names)), strict=True))
        self.made, self.shape = made, (len(names), worlds)

    def of(self, structure: str) -> Of:
        """Columns of the runs of one structure."""
        return lambda plan, column: self.column(column)[self.rows[f"{structure} {plan}"]]

    def column(self, name: str) -> np.ndarray:
        """(points, worlds)."""
        return self.made[name].to_numpy(float).reshape(self.shape)

    def means(self) -> pd.DataFrame:
        """A row a point."""
        told = [name.split(" ", 1) for name in self.rows]
        table = pd.DataFrame(told, columns=["structure", "scenario"])
        return table.assign(**{name: pd.DataFrame(self.column(name)).mean(axis=1) for name in OUTPUTS})


def _asked(asked: Conclusion, found: _Found) -> Iterator[dict[str, Any]]:
    """One conclusion in every structure."""
    names = [each.name for each in lists.structures()]
    sides = [_sides(asked, found.of(name)) for name in names]
    leader = _leader(sides[0])
    verdicts = tried([_margins(asked, each, leader) for each in sides])
    for built, mine, verdict in zip(lists.structures(), sides, verdicts, strict=True):
        about = {"conclusion": asked.name, "sentence": asked.sentence, "structure": built.name, "label": built.label}
        yield about | _told(asked, built, mine, verdict, leader) | _beside(verdict, verdicts[0])


def _sides(asked: Conclusion, of: Of) -> dict[str, np.ndarray]:
    """What is weighed, by name: outcomes of teams, their gains, or what barriers bring or are met."""
    if asked.form == lists.FIRST:
        return {name: _met_first(of, each.gates) for name, each in barriers().items()}
    ordinary = of(ORDINARY, asked.outcome)
    if asked.form == lists.TOP:
        return {name: of(_without(name), asked.outcome) - ordinary for name in barriers()}
    every = {name: of(name, asked.outcome) for name in (*asked.plans, asked.against) if name}
    gains = asked.form == lists.SHARE_OF
    return {name: values - ordinary for name, values in every.items()} if gains else every


def _met_first(of: Of, gates: Sequence[Gate]) -> np.ndarray:
    """Share of the ordinary team's chances for CP in which one of these gates is met first."""
    names = short_names(Gate)
    tally = np.sum([of(ORDINARY, f"delivery.first.{names[gate]}") for gate in gates], axis=0)
    windows = of(ORDINARY, "delivery.windows")
    return np.divide(tally, windows, out=np.full(len(windows), np.nan), where=windows > 0)


def _leader(sides: dict[str, np.ndarray]) -> str:
    return max(sides, key=lambda name: float(np.nanmean(sides[name])))


def _margins(asked: Conclusion, sides: dict[str, np.ndarray], leader: str) -> np.ndarray:
    """By how much the conclusion holds, a row a part and a column a world."""
    if asked.form in lists.OF_BARRIERS:
        return np.array([sides[leader] - values for name, values in sides.items() if name != leader])
    plans = np.array([sides[name] for name in asked.plans])
    if asked.form == lists.UNDER:
        return np.asarray(asked.bound - plans)
    if asked.form == lists.SHARE_OF:
        return np.asarray(asked.bound * sides[asked.against] - plans)
    return np.asarray(plans - sides[asked.against])


def _told(
    asked: Conclusion, built: Structure, sides: dict[str, np.ndarray], verdict: Tried, leader: str
) -> dict[str, Any]:
    """The figure that a reader compares: `size` in `unit`, of `whose`; the interval is that of the margin."""
    means = {name: float(np.nanmean(values)) for name, values in sides.items()}
    unit = measures("outcomes")[asked.outcome].unit if asked.outcome else "share"
    if asked.form in lists.OF_BARRIERS:
        whose = max(means, key=lambda name: means[name])
        size = means[whose]
    elif asked.form == lists.SHARE_OF:
        whose = max(asked.plans, key=lambda name: means[name])
        size = means[whose] / means[asked.against] if means[asked.against] else float("nan")
    else:
        whose = asked.plans[0]
        size = means[whose] - means.get(asked.against, 0.0)
    return {"form": asked.form, "verdict": verdict.verdict, "size": size, "unit": unit, "whose": whose}


def _beside(verdict: Tried, first: Tried) -> dict[str, float]:
    times = verdict.margin / first.margin if first.margin else float("nan")
    return {"margin": verdict.margin, "low": verdict.low, "high": verdict.high, "times": times}


def _made_of(built: Structure, teams: dict[str, Scenario]) -> dict[str, Any]:
    """What a structure changes, and how its teams start."""
    law = saved_law()
    fits = {name: law.fits(team.with_(built.changes(team)).teams[0].base) for name, team in teams.items()}
    about = {"structure": built.name, "short": built.short, "label": built.label, "why": built.why}
    changed = "; ".join(f"{path}: {text}" for path, text in built.values.items())
    start = lists.SAVED if fits[ORDINARY] else lists.FORMULA
    return about | {"changes": changed, "start": start, "as_saved": sum(fits.values()), "scenarios": len(fits)}
