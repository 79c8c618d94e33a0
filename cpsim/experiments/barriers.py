"""What blocks delivery: what stood in the way (two ledgers), and what taking barriers away brings (a game).

Two questions with two answers, never one chart for both. The ledgers come from plain runs of the scenario; the game
from runs of every coalition of groups of barriers taken away, each to the best that is plausible. "Too unwell" and "not
wanted just now" are shown and never play: they are nobody's to take away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from cpsim.engine.options import check_options
from cpsim.engine.run import run
from cpsim.errors import OptionError, UserError
from cpsim.experiments import attribution, barrier_ledgers, coalitions
from cpsim.experiments.coalitions import Part, Players
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.estimators.shapley import Game
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.outcomes import chosen_outputs
from cpsim.scenario.barriers import Barrier
from cpsim.scenario.load import Scenario, load

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

# In the unit of the ledger first: the share of windows in which CP moved on.
MAIN = "delivered"
OUTPUTS = (MAIN, "five_steps", "reach", "fidelity", "rguk_change", "cost_per_person")
WORLDS = 40  # of a coalition, on average
QUICK_WORLDS = 6
FEWEST_WORLDS = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True, repr=False)
class Barriers:
    """What blocks delivery in a scenario.

    `base`: plain runs of it. `behind`: a row a group, what its gates and the others look like when it alone is gone.
    `games`: one an output. `worlds`: of a coalition, on average; `runs`: how many were made for the games. `gaps`: runs
    that do not know an output; with more than a few it has no game.
    """

    kind: ClassVar[str] = "barriers"
    scenario: Scenario
    base: RunResult
    players: Players[Barrier]
    games: Mapping[str, Game]
    behind: pd.DataFrame
    worlds: int
    runs: int
    gaps: Mapping[str, int]
    common: bool = False
    command: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        return f"What blocks delivery: {self.scenario.title}"

    @property
    def seed(self) -> int:
        """Of the whole."""
        return self.base.seed

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Tidy tables by the name of their file; shares are of 1."""
        found = {
            "ledger_delivery": barrier_ledgers.delivery(self.base.runs),
            "ledger_access": barrier_ledgers.access(self.base.runs),
            "behind": self.behind,
            "coalitions": attribution.values(self.players, self.games),
            "shapley": attribution.shares(self.players, self.games),
            "interactions": attribution.interactions(self.players, self.games),
            "blocks": attribution.blocks(self.players, self.games),
        }
        worlds = attribution.in_each_world(self.players, self.games)
        return found if worlds.empty else {**found, "shapley_worlds": worlds}

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        groups = {"groups": list(self.players.names), "idle": [barrier.name for barrier in self.players.idle]}
        runs = {"worlds": self.worlds, "runs": self.runs, "plain_runs": self.base.replications}
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            **runs,
            "common_worlds": self.common,
            "outputs": list(self.games),
            "gaps": dict(self.gaps),
            **groups,
        }

    def shares(self, output: str = MAIN) -> pd.DataFrame:
        """The rows of the groups that play, largest Shapley share first."""
        return attribution.largest_first(self.tables["shapley"], self.players, output)

    def row(self, group: str, output: str = MAIN) -> pd.Series:
        """One row of the table of shares: a group, "together" or "dummy"."""
        return attribution.row_of(self.tables["shapley"], group, output)

    def headlines(self) -> list[str]:
        """How the page opens: what is met, what is behind it, what taking away brings."""
        from cpsim.experiments import barrier_words

        said = (barrier_words.in_the_way, barrier_words.behind_it, barrier_words.together)
        return [sentence for sentence in (each(self) for each in said) if sentence]

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.barrier_words import in_words

        return in_words(self)

    def __repr__(self) -> str:
        return f"<Barriers {self.scenario.name}: {len(self.players)} groups, {self.runs:,} runs, seed {self.seed}>"

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, pictures, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)


def barriers(
    scenario: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    groups: Sequence[str] | None = None,
    outputs: Sequence[str] = OUTPUTS,
    common: bool = False,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    command: str = "",
    **running: Any,
) -> Barriers:
    """What blocks delivery in this scenario, and what taking it away would bring.

    worlds: simulated futures of each coalition, on average; runs = worlds x 2^groups. groups: names of the groups that
    play, all ten if not said. outputs: outcomes whose gain is shared out; "delivered" is always among them. common: let
    every coalition meet the same worlds, for how shares differ between teams; the mean is then known less well.
    command: what was typed for it. running: folder, part and cluster, as of `run_design`.

    Raises OptionError for what makes no sense, ScenarioError, and UserError when an output is not known in every run.
    """
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    found, layout = laid_out(chosen, worlds, groups, common)
    planned = coalitions.design(chosen, coalitions.points(found), layout, seed, tuple(dict.fromkeys((MAIN, *outputs))))
    made = complete(run_design(planned, workers=workers, progress=progress, **running))
    plain_runs = plain(chosen, found, worlds, layout, seed, workers)
    answer = analysed(chosen, found, layout, made, plain_runs, worlds, common)
    asked = {"groups": groups, "outputs": () if tuple(outputs) == OUTPUTS else tuple(outputs)}
    said = asked_in_python("barriers", scenario, **asked, worlds=worlds, common=common, seed=seed)
    return replace(answer, command=command or said)


def how_many(
    scenario: Scenario,
    worlds: int = WORLDS,
    *,
    groups: Sequence[str] | None = None,
    outputs: Sequence[str] = OUTPUTS,
    common: bool = False,
    seed: int = 1,
    workers: int | None = None,
) -> int:
    """How many runs `barriers` makes with these options. Raises OptionError when they make no sense."""
    check_options(1, seed, workers, None)
    chosen_outputs(tuple(outputs))
    found, layout = laid_out(scenario, worlds, groups, common)
    return sum(part.worlds.size for part in layout) + worlds * len(found) + len(layout[0].worlds)


def laid_out(
    scenario: Scenario, worlds: int, groups: Sequence[str] | None, common: bool
) -> tuple[Players[Barrier], tuple[Part, ...]]:
    """Who plays, and who meets which world. Raises OptionError."""
    if worlds < FEWEST_WORLDS:
        raise OptionError(f"worlds: {worlds} gives no interval; write at least {FEWEST_WORLDS}")
    found = coalitions.players(scenario, groups)
    return found, coalitions.parts(len(found), worlds, common, list(found.owners.values()))


@dataclass(frozen=True)
class Plain:
    """Plain runs of the scenario, and what each group leaves behind when it alone is gone."""

    base: RunResult
    behind: pd.DataFrame


def plain(
    scenario: Scenario, found: Players[Barrier], worlds: int, layout: Sequence[Part], seed: int, workers: int | None
) -> Plain:
    """Runs for the ledgers, in the worlds that the scenario itself meets in the game."""
    base = run(scenario, len(layout[0].worlds), seed, workers=workers)
    rows = []
    for barrier in found.playing:
        without = run(scenario.without(barrier.name), worlds, seed, workers=workers)
        rows.append(barrier_ledgers.behind(barrier, base.runs, without.runs))
    return Plain(base, pd.DataFrame(rows))


def analysed(
    scenario: Scenario,
    found: Players[Barrier],
    layout: Sequence[Part],
    made: pd.DataFrame,
    plain_runs: Plain,
    worlds: int,
    common: bool = False,
) -> Barriers:
    """The answer from runs that are there already; `made`: a column an output, in the design's order.

    Raises UserError when not even the share of chances in which CP moved on is known.
    """
    games = coalitions.games(len(found), layout, made)
    if games[MAIN] is None:
        lacking = int(made[MAIN].isna().sum())
        raise UserError(
            f"in {lacking:,} of {len(made):,} runs nobody could take up CP, so nothing could stand in its way"
        )
    return Barriers(
        scenario=scenario,
        base=plain_runs.base,
        players=found,
        games={name: each for name, each in games.items() if each is not None},
        gaps=coalitions.gaps(made),
        behind=plain_runs.behind,
        worlds=worlds,
        runs=sum(part.worlds.size for part in layout),
        common=common,
    )
