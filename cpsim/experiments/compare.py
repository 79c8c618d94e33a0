"""Did it help? Plans on the same people with the same luck: what differs from the first, and what it costs others.

Every difference is inside a world (one simulated future, its teams averaged); intervals are over worlds. That is
simulation error and luck: what nobody knows about the parameters is in none of them.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.comparison.payback import WHAT, Payback, payback
from cpsim.engine.run import run
from cpsim.errors import FolderError, OptionError, Unfinished
from cpsim.experiments import compare_tables as made
from cpsim.experiments.code import code_digest
from cpsim.experiments.plans import Plan, plans
from cpsim.experiments.runs import digest_of
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.store import in_words, write_text

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.scenario.load import Scenario

REPLICATIONS = 100
PLANS = ".plans"  # runs of each plan, in a folder each; hidden, as tables are what one looks for
PLANNED = "planned.json"  # beside them: which plans, in how many worlds


def compare(
    scenarios: Sequence[Scenario | str | Path],
    replications: int = REPLICATIONS,
    seed: int = 1,
    *,
    names: Sequence[str] | None = None,
    weeks: int | None = None,
    folder: str | Path | None = None,
    part: tuple[int, int] | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Run two or more scenarios in the same worlds and compare each with the first.

    names: what to call them; else their own names. weeks: for all, in place of their own. folder: keep each plan's runs
    there as soon as they are made; the same call then goes on with the next plan. part: (i, n), make only every n-th
    plan from the i-th on. Raises UserError when they cannot be compared like with like, what `cpsim.run` raises, and
    Unfinished after a part as long as others lack plans.
    """
    chosen = plans(scenarios, names, weeks)
    kept = None if folder is None else Kept.opened(Path(folder), chosen, seed, replications)
    mine = _mine(len(chosen), part, kept)
    results: list[RunResult] = []
    for number, plan in enumerate(chosen):
        found = kept.result(plan) if kept else None
        if found is None and number in mine:
            shown = _shifted(progress, results, chosen)
            found = run(plan.scenario, replications, seed, workers=workers, progress=shown)
            if kept:
                found.save(kept.place(plan), report=False)
        results += [found] if found else []
    if part and len(results) < len(chosen):
        left = len(chosen) - len(results)
        raise Unfinished(f"Part {part[0]}/{part[1]} is done; {left} of {len(chosen)} plans are still to be made.")
    return Comparison(chosen, tuple(results))


def _mine(number: int, part: tuple[int, int] | None, kept: Kept | None) -> range:
    """Which plans are made here. Raises OptionError."""
    if part is None:
        return range(number)
    if kept is None:
        raise OptionError("part: give a folder that all of them see, where the runs are kept")
    if not 0 <= part[0] < part[1]:
        raise OptionError(f"part: {part[0]}/{part[1]} is not possible; parts of {part[1]} are 0 to {part[1] - 1}")
    return range(part[0], number, part[1])


@dataclass(frozen=True)
class Kept:
    """Where the runs of plans are kept: of this code, scenario, seed and number of worlds, and of no other."""

    folder: Path
    seed: int
    replications: int

    @classmethod
    def opened(cls, folder: Path, chosen: Sequence[Plan], seed: int, replications: int) -> Kept:
        """With a note of what is planned, for `cpsim status`. Raises FolderError."""
        kept = cls(folder / PLANS, seed, replications)
        told = {"plans": sorted({kept.place(plan).name for plan in chosen}), "worlds": replications}
        try:
            kept.folder.mkdir(parents=True, exist_ok=True)
            draft = kept.folder / f".{uuid.uuid4().hex[:12]}.part"  # two parts may begin at the same time
            write_text(draft, json.dumps(told) + "\n")
            os.replace(draft, kept.folder / PLANNED)
        except OSError as error:
            raise FolderError(in_words(error, folder)) from error
        return kept

    def place(self, plan: Plan) -> Path:
        """The folder of a plan."""
        return self.folder / digest_of(code_digest(), plan.scenario.digest, self.seed, self.replications)

    def result(self, plan: Plan) -> RunResult | None:
        """The plan's runs when they are there."""
        place = self.place(plan)
        return RunResult.load(place) if place.exists() else None


def _shifted(
    progress: Callable[[int, int], None] | None, before: Sequence[RunResult], chosen: Sequence[Plan]
) -> Callable[[int, int], None] | None:
    """Progress over all plans, when it is asked for."""
    if progress is None:
        return None
    done = len(before)
    return lambda runs, planned: progress(done * planned + runs, len(chosen) * planned)


@dataclass(frozen=True, repr=False)
class Comparison:
    """Plans and their results, in the same order and the same worlds. Tables are made when asked for."""

    plans: tuple[Plan, ...]
    results: tuple[RunResult, ...]
    command: str = ""
    kind: str = field(default="compare", init=False)

    def __repr__(self) -> str:
        return f"<Comparison {', '.join(plan.column for plan in self.plans)}: {self.worlds_run} worlds>"

    @property
    def scenario(self) -> Scenario:
        """The reference."""
        return self.plans[0].scenario

    @property
    def worlds_run(self) -> int:
        """In how many worlds each plan was run."""
        return self.results[0].replications

    @property
    def seed(self) -> int:
        """Of the whole."""
        return self.results[0].seed

    @property
    def title(self) -> str:
        """What was compared."""
        others = [plan.name for plan in self.plans[1:]]
        return f"{made.listed(others)} against {self.plans[0].name}"

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """A row a plan and world: every outcome that is compared, its teams averaged."""
        return made.worlds(self.plans, self.results)

    @cached_property
    def paired(self) -> pd.DataFrame:
        """A row a plan and outcome: both means, the paired difference with its intervals, shares of worlds, verdict.

        `subject` is "people" or "others": what it costs them is told at the same size.
        """
        return made.paired(self.plans, self.worlds)

    @cached_property
    def equity(self) -> pd.DataFrame:
        """The same for thirds of income and of social anxiety and halves by travel, and who of each pair gains more."""
        return made.equity(self.plans, self.worlds)

    @cached_property
    def costs(self) -> pd.DataFrame:
        """The same by payer, people's own pockets among them, in pounds a person on the caseload and year."""
        return made.costs(self.plans, self.worlds)

    @cached_property
    def paybacks(self) -> dict[tuple[str, str], Payback]:
        """The growing difference in cost and in minutes by plan letter and "cost" or "minutes"."""
        first, *others = self.results
        letters = [plan.letter for plan in self.plans[1:]]
        return {
            (letter, what): payback(first.runs, other.runs, what)
            for letter, other in zip(letters, others, strict=True)
            for what in WHAT
        }

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by the name of its file."""
        return {
            "paired": self.paired,
            "equity": self.equity,
            "costs": self.costs,
            "payback": made.payback_by_month(self.paybacks),
            "payback_month": made.payback_month(self.paybacks),
            "worlds": self.worlds,
        }

    @property
    def facts(self) -> dict[str, Any]:
        """What a manifest says beside versions and digests."""
        told = [{"letter": each.letter, "name": each.name, "digest": each.scenario.digest} for each in self.plans]
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            "worlds": self.worlds_run,
            "runs": self.worlds_run * len(self.plans),
            "weeks": self.scenario.weeks,
            "plans": told,
        }

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.compare_words import in_words

        return in_words(self)

    def headlines(self) -> list[str]:
        """The first sentences of the page: for each plan, of 100 people; then what it costs others."""
        from cpsim.experiments.compare_words import for_others, headline, of_plan

        others = self.plans[1:]
        first = [f"{plan.column}. {headline(of_plan(self.paired, plan))}" for plan in others]
        cost = [f"Cost to others, {plan.column}: {for_others(self, plan)}" for plan in others]
        return [*first, *cost]

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Tables, manifest, pictures and the page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)

    def gains(self, letter: str, outcome: str) -> np.ndarray:
        """The difference of one plan from the first in each world, in the outcome's unit."""
        by_plan = self.worlds.set_index("plan")[outcome]
        return by_plan.loc[[letter]].to_numpy(float) - by_plan.loc[["A"]].to_numpy(float)
