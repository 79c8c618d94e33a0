"""Bundles of levers in worlds: run once each, remembered, and turned into what a race needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators.racing import Seen
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.harms import Harm
from cpsim.experiments.levers import Bundle
from cpsim.experiments.outcomes import HEADLINES
from cpsim.experiments.targets import Target

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario

TIME = ("cost_training", "cost_supervision", "cost_leadership", "cost_engagement")  # of people who are paid already
FUNDS = "cost_funds"
PER_PERSON = "caseload"  # costs are per person on the caseload and year; times this they are the team's
PARTS = ("posts", "time", "funds")
AS_IS = 0  # the bundle in which nothing is done


class Trials:
    """Runs of bundles 0 to n - 1, of which 0 is the team as it is. `made`: how many runs there have been."""

    def __init__(
        self,
        scenario: Scenario,
        bundles: Sequence[Bundle],
        target: Target,
        harms: Sequence[Harm],
        seed: int,
        **how: Any,
    ) -> None:
        """`how`: folder, workers, cluster, progress, as of `run_design`."""
        self.scenario, self.bundles, self.target, self.harms = scenario, bundles, target, tuple(harms)
        self.seed, self.how, self.made = seed, how, 0
        costs = (*TIME, FUNDS, PER_PERSON)
        wanted = (*target.outcomes, *(harm.outcome for harm in harms), *HEADLINES, *costs)
        self.outputs = tuple(dict.fromkeys(wanted))
        self._known: dict[tuple[int, int], np.ndarray] = {}
        self._wte = sum(posts.in_post for posts in scenario.teams[0].changed.team.staff_wte.values())

    def __call__(self, rows: np.ndarray, worlds: range) -> Seen:
        """What the race asks: passed, value, cost, harms."""
        runs = self.runs(rows, worlds)
        base = self.runs(np.array([AS_IS]), worlds)
        shape = len(rows), len(worlds)
        against = pd.concat([base] * len(rows), ignore_index=True)
        harms = [harm.of(runs, against).reshape(shape) for harm in self.harms]
        return Seen(
            passed=self.target.met(runs).reshape(shape),
            value=np.nan_to_num(runs[self.target.first.outcome].to_numpy(float)).reshape(shape),
            cost=sum(self.cost_parts(rows, worlds).values(), np.zeros(shape)),
            harms=np.array(harms).reshape(len(harms), *shape),
        )

    def runs(self, rows: np.ndarray, worlds: range) -> pd.DataFrame:
        """The outputs, a row a run, bundle by bundle."""
        asked = [(int(row), world) for row in rows for world in worlds]
        self._make([pair for pair in asked if pair not in self._known])
        return pd.DataFrame([self._known[pair] for pair in asked], columns=list(self.outputs))

    def cost_parts(self, rows: np.ndarray, worlds: range) -> dict[str, np.ndarray]:
        """GBP a year more than the team as it is costs, (bundles, worlds) each.

        posts: from the lever table, filled all year. time, funds: from the runs, what putting CP into practice costs.
        A new post's own hours are paid with the post, so its share of the time is not counted again.
        """
        shape = len(rows), len(worlds)
        runs = self.runs(rows, worlds)
        base = self.runs(np.array([AS_IS]), worlds)
        kept = np.array([self._wte / (self._wte + self.bundles[row].wte) if self._wte else 1.0 for row in rows])
        posts = np.array([self.bundles[row].posts_cost for row in rows])
        return {
            "posts": np.repeat(posts[:, None], len(worlds), axis=1),
            "time": _of_team(runs, TIME).reshape(shape) * kept[:, None] - _of_team(base, TIME),
            "funds": _of_team(runs, (FUNDS,)).reshape(shape) - _of_team(base, (FUNDS,)),
        }

    def design(self, pairs: Sequence[tuple[int, int]]) -> Design:
        """The runs of these bundles in these worlds, in this order."""
        numbers = sorted({row for row, _ in pairs})
        points = [Point(f"{row:05d} {self.bundles[row].name}", self.bundles[row].changes) for row in numbers]
        places = {row: place for place, row in enumerate(numbers)}
        return Design.listed(
            self.scenario,
            points,
            [places[row] for row, _ in pairs],
            [world for _, world in pairs],
            self.seed,
            self.outputs,
        )

    def learn(self, pairs: Sequence[tuple[int, int]], runs: pd.DataFrame) -> None:
        """Remember the runs of such a design."""
        self._known.update(zip(pairs, runs[list(self.outputs)].to_numpy(float), strict=True))
        self.made += len(pairs)

    def _make(self, pairs: list[tuple[int, int]]) -> None:
        if pairs:
            self.learn(pairs, complete(run_design(self.design(pairs), **self.how)))


def _of_team(runs: pd.DataFrame, names: Iterable[str]) -> np.ndarray:
    """GBP a year of the whole team."""
    return runs[list(names)].sum(axis=1).to_numpy(float) * runs[PER_PERSON].to_numpy(float)


class Some:
    """A race over some of the bundles only: its numbers are places in `rows`."""

    def __init__(self, trials: Callable[[np.ndarray, range], Seen], rows: np.ndarray) -> None:
        self.trials, self.rows = trials, rows

    def __call__(self, places: np.ndarray, worlds: range) -> Seen:
        """What the trials saw of these."""
        return self.trials(self.rows[places], worlds)
