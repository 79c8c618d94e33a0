"""What would the same money do? One sum a year, spent on each single lever in turn, in the same simulated worlds.

Of a post it buys as many hours as it pays for; of any other lever the highest level of the table that costs no more.
What a level costs is what its posts cost in a full year, and for all else what comes out of its runs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.estimators.paired import against_first
from cpsim.experiments.levers import STAFF, Bundle, Level, Lever, levers_of, post_a_year
from cpsim.experiments.outcomes import HEADLINES
from cpsim.experiments.plan import one_team
from cpsim.experiments.targets import parse
from cpsim.experiments.trials import AS_IS, PARTS, Trials
from cpsim.outputs.better import good
from cpsim.scenario.load import Scenario

WORLDS = 100
FEWEST = 2
POSTS = "posts"
ONE_IN_100 = 0.01  # less is not worth the first line
TENTHS = 10  # of a whole-time post: no smaller part is advertised
NOTHING = parse("five_steps>=0")  # trials ask for a target; here there is none


@dataclass(frozen=True)
class SameMoney:
    """What a sum does, lever by lever. `table`: a row a lever; `budget`: GBP a year."""

    kind: ClassVar[str] = "same_money"
    scenario: Scenario
    budget: float
    table: pd.DataFrame
    worlds: int
    runs: int
    seed: int
    command: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        from cpsim.outputs.words import pounds

        return f"What would {pounds(self.budget)} a year do? {self.scenario.title}"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """By the name of its file."""
        return {"same_money": self.table}

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {"seed": self.seed, "worlds": self.worlds, "runs": self.runs, "budget": self.budget}

    @property
    def bought(self) -> pd.DataFrame:
        """The levers of which the sum buys something, the largest gain first."""
        rows = self.table[self.table["bought"]]
        return rows.sort_values(self.main, ascending=False, kind="stable", ignore_index=True)

    @property
    def main(self) -> str:
        """The outcome told first: all five steps, or at least one where no lever brings clearly more than 1 in 100."""
        return "five_steps" if (self.table["five_steps_low"] > ONE_IN_100).any() else "reach"

    def headlines(self) -> list[str]:
        """How the page opens."""
        from cpsim.experiments.same_money_words import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.same_money_words import in_words

        return in_words(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write table, picture, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)


def same_money(
    scenario: Scenario | str | Path,
    budget: float,
    worlds: int = WORLDS,
    *,
    levers: Sequence[str] = (),
    weeks: int | None = None,
    seed: int = 1,
    command: str = "",
    **running: Any,
) -> SameMoney:
    """What `budget` GBP a year does on each single lever.

    worlds: simulated futures of each level. levers: names or families; by default all. weeks: in place of the
    scenario's. running: folder, workers, cluster, progress, as of `run_design`. Raises OptionError or ScenarioError.
    """
    chosen, options = choices(scenario, budget, worlds, levers, weeks)
    every = bundles(options)
    trials = Trials(chosen, every, NOTHING, (), seed, **running)
    rows, met = np.arange(len(every)), range(worlds)
    costs = trials.cost_parts(rows, met)
    picked = picked_of(options, sum(costs.values(), np.zeros((len(rows), worlds))).mean(axis=1), budget)
    table = pd.DataFrame([_row(every[row], row, bought, costs, budget) for row, bought in picked])
    gains = _gains(trials, [row for row, bought in picked if bought], met)
    return SameMoney(chosen, budget, table.merge(gains, on="row", how="left"), worlds, trials.made, seed, command)


def bundles(options: Sequence[Lever]) -> list[Bundle]:
    """Nothing, then each level of each lever by itself."""
    return [Bundle(()), *(Bundle(((lever, level),)) for lever in options for level in lever.levels)]


def choices(
    scenario: Scenario | str | Path, budget: float, worlds: int, levers: Sequence[str], weeks: int | None
) -> tuple[Scenario, list[Lever]]:
    """The scenario and the levers with the levels that are tried. Raises OptionError for what makes no sense."""
    if not budget > 0:
        raise OptionError(f"budget: {budget:g} buys nothing; write pounds a year, such as 50000")
    if worlds < FEWEST:
        raise OptionError(f"worlds: {worlds} gives no interval; write at least {FEWEST}")
    chosen = one_team(scenario)
    chosen = chosen if weeks is None else chosen.with_({}, weeks=weeks)
    found = levers_of(chosen.teams[0].changed, levers)
    options = [_of_posts(lever, budget) if lever.family == POSTS else lever for lever in found]
    options = [lever for lever in options if lever.levels]
    if not options:
        raise OptionError(f"budget: {budget:g} a year buys nothing of these levers")
    return chosen, options


def _of_posts(lever: Lever, budget: float) -> Lever:
    """As many tenths of a post as the sum pays for in a full year, in place of the levels of the table."""
    first = lever.levels[0]
    role, wte = next(iter(first.posts.items()))
    path = f"{STAFF}{role}.in_post"
    more = math.floor(TENTHS * budget / post_a_year(role)) / TENTHS
    if not more:
        return replace(lever, levels=())
    changes = {path: first.changes[path] - wte + more}
    level = Level(
        f"{more:g}",
        f"{more:g} WTE of {lever.label[0].lower()}{lever.label[1:]} more",
        False,
        first.lag_weeks,
        first.lag,
        changes,
        {role: more},
    )
    return replace(lever, levels=(level,))


def picked_of(options: Sequence[Lever], costs: np.ndarray, budget: float) -> list[tuple[int, bool]]:
    """Of each lever the highest level that costs no more; where even the lowest does, that one, not bought."""
    found, start = [], AS_IS + 1
    for lever in options:
        rows = range(start, start + len(lever.levels))
        affordable = [row for row in rows if costs[row] <= budget]
        found.append((affordable[-1], True) if affordable else (start, False))
        start += len(lever.levels)
    return found


def _row(bundle: Bundle, row: int, bought: bool, costs: dict[str, np.ndarray], budget: float) -> dict[str, Any]:
    """What is taken and what it costs; `left`: of the sum, not spent."""
    lever, level = bundle.taken[0]
    parts = {f"cost_{name}": float(costs[name][row].mean()) for name in PARTS}
    cost = sum(parts.values())
    about = {"row": row, "lever": lever.name, "family": lever.family, "level": level.name, "words": level.words}
    beyond = "; ".join(level.beyond)
    return about | {"bought": bought, "cost": cost, **parts, "left": budget - cost, "beyond": beyond}


def _gains(trials: Trials, rows: Sequence[int], worlds: range) -> pd.DataFrame:
    """Differences from the team as it is in the same worlds; intervals hold for all levers of an outcome together."""
    made = pd.DataFrame({"row": list(rows)})
    if not rows:
        names = (f"{outcome}{end}" for outcome in HEADLINES for end in ("", "_low", "_high", "_verdict"))
        return made.assign(**dict.fromkeys(names, np.nan))
    every = np.array([AS_IS, *rows])
    runs = trials.runs(every, worlds)
    for outcome in HEADLINES:
        values = runs[outcome].to_numpy(float).reshape(len(every), len(worlds))
        found = against_first(list(values), good(outcome))
        made[outcome] = [each.difference for each in found]
        made[f"{outcome}_low"] = [each.all_low for each in found]
        made[f"{outcome}_high"] = [each.all_high for each in found]
        made[f"{outcome}_verdict"] = [each.verdict for each in found]
    return made
