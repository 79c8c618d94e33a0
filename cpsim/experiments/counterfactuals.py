"""What if this team had been another? A ready-made list of plans beside the team as it is, over several horizons.

`counterfactuals.csv` owns the list: values that differ, or another scenario to be like in everything but the place.
Every plan meets the same worlds at every horizon, so that differences are inside a world.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments import difference_parts as parts
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators.paired import against_first
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.outcomes import HEADLINES
from cpsim.outputs.better import good
from cpsim.scenario.load import Scenario, load

WEEKS = (26, 39, 52, 78)  # 6, 9, 12 and 18 months
WORLDS = 100
FEWEST = 2
LIKE = "extends"  # in place of a path: like this scenario, but in the own place
AS_IS = "as_it_is"
COST = "cost_per_person"


@dataclass(frozen=True)
class Plan:
    """One row of the list with all its values. `like`: another scenario to be like."""

    name: str
    label: str
    values: dict[str, Any]
    like: str = ""

    def of(self, scenario: Scenario) -> Scenario:
        """The team under this plan. Raises ScenarioError, and UserError when it cannot be like the other."""
        if not self.like:
            return scenario.with_(self.values)
        other = load(self.like).with_(weeks=scenario.weeks)
        found = parts.parts_of(scenario, other).playing
        taken = [path for part in found if part.name != parts.PLACE for path in part.paths]
        return parts.mixed(scenario, other, taken)


@dataclass(frozen=True)
class Counterfactuals:
    """What was found. `table`: a row a plan, horizon and outcome; `never`: a row a plan on what it costs in the end."""

    kind: ClassVar[str] = "counterfactuals"
    scenario: Scenario
    weeks: tuple[int, ...]
    table: pd.DataFrame
    never: pd.DataFrame
    worlds: int
    runs: int
    seed: int
    command: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        return f"What if? {self.scenario.title}"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """By the name of its file."""
        return {"counterfactuals": self.table, "break_even": self.never}

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {"seed": self.seed, "worlds": self.worlds, "runs": self.runs, "weeks": list(self.weeks)}

    def rows(self, outcome: str) -> pd.DataFrame:
        """Of one outcome, plan by plan."""
        return self.table[self.table["outcome"] == outcome].reset_index(drop=True)

    def headlines(self) -> list[str]:
        """How the page opens."""
        from cpsim.experiments.counterfactuals_words import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.counterfactuals_words import in_words

        return in_words(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, picture, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)


def counterfactuals(
    scenario: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    weeks: Sequence[int] = WEEKS,
    seed: int = 1,
    command: str = "",
    **running: Any,
) -> Counterfactuals:
    """The ready-made plans beside the team as it is.

    worlds: simulated futures of each plan and horizon. weeks: the horizons. running: folder, workers, part, cluster and
    progress, as of `run_design`. Raises OptionError, ScenarioError, and UserError for a scenario of several teams.
    """
    chosen = (scenario if isinstance(scenario, Scenario) else load(scenario)).with_(weeks=max(horizons(weeks, worlds)))
    points = list(points_of(chosen, horizons(weeks, worlds)))
    planned = Design.crossed(chosen, points, range(worlds), seed, HEADLINES)
    made = complete(run_design(planned, **running))
    values = {name: made[name].to_numpy(float).reshape(len(points), worlds) for name in HEADLINES}
    table = pd.DataFrame(_rows(values, horizons(weeks, worlds)))
    never = _never(values[COST], horizons(weeks, worlds))
    return Counterfactuals(chosen, horizons(weeks, worlds), table, never, worlds, len(made), seed, command)


def horizons(weeks: Sequence[int], worlds: int = FEWEST) -> tuple[int, ...]:
    """The horizons in order, each once. Raises OptionError for what makes no sense."""
    if worlds < FEWEST:
        raise OptionError(f"worlds: {worlds} gives no interval; write at least {FEWEST}")
    if not weeks or min(weeks) < 1:
        raise OptionError("weeks: write one or more numbers of weeks, such as 26,39,52,78")
    return tuple(sorted(set(weeks)))


@cache
def plans() -> tuple[Plan, ...]:
    """The list."""
    with Path(__file__).with_name("counterfactuals.csv").open(encoding="utf-8", newline="") as text:
        groups = [list(rows) for _, rows in groupby(csv.DictReader(text), key=lambda row: row["plan"])]
    return tuple(_plan(rows) for rows in groups)


def _plan(rows: list[dict[str, str]]) -> Plan:
    values = {row["path"]: _value(row["value"]) for row in rows}
    like = str(values.pop(LIKE, ""))
    return Plan(rows[0]["plan"], rows[0]["label"], values, like)


def _value(text: str) -> Any:
    if text == "true":
        return True
    try:
        return float(text)
    except ValueError:
        return text


def points_of(scenario: Scenario, weeks: Sequence[int]) -> Iterator[Point]:
    """Plan by plan, the team as it is first, and horizon by horizon within a plan."""
    for name, team in ((AS_IS, scenario), *((plan.name, plan.of(scenario)) for plan in plans())):
        for each in weeks:
            yield Point(f"{name} {each}", scenario=team.with_(weeks=each))


def _rows(values: dict[str, np.ndarray], weeks: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Differences from the team as it is; intervals hold for all plans of one horizon and outcome together."""
    for outcome, every in values.items():
        by_plan = every.reshape(len(plans()) + 1, len(weeks), -1)
        for place, horizon in enumerate(weeks):
            found = against_first(list(by_plan[:, place]), good(outcome))
            for plan, each in zip(plans(), found, strict=True):
                about = {"plan": plan.name, "label": plan.label, "weeks": horizon, "outcome": outcome}
                ends = {"as_it_is": each.first, "with_it": each.mean, "difference": each.difference}
                span = {"low": each.all_low, "high": each.all_high, "beats": each.beats, "verdict": each.verdict}
                yield about | ends | span


def _never(costs: np.ndarray, weeks: Sequence[int]) -> pd.DataFrame:
    """When a plan stops being dearer, by the horizons: the summed cost a person less that of the team as it is.

    from_week: the first horizon from which on the mean is no dearer, NaN: none. never: share of worlds in which it is
    still dearer at the last horizon; nobody knows what comes later.
    """
    by_plan = costs.reshape(len(plans()) + 1, len(weeks), -1)
    rows = []
    for plan, own in zip(plans(), by_plan[1:], strict=True):
        more = own - by_plan[0]
        dearer = more.mean(axis=1) > 0
        still = int(np.flatnonzero(dearer)[-1]) + 1 if dearer.any() else 0
        from_week = weeks[still] if still < len(weeks) else np.nan
        known = more[-1][~np.isnan(more[-1])]
        row = {"plan": plan.name, "label": plan.label, "from_week": from_week, "never": float((known > 0).mean())}
        rows.append(row | {"worlds": len(known), "horizon": weeks[-1], "a_year": float(known.mean())})
    return pd.DataFrame(rows)
