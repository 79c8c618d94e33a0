"""What makes B deliver more than A? The same people and luck; every part in which they differ, in every combination.

A combination is A with some parts as in B. What all parts bring together is the difference between A and B; each part's
share of it is what it brings on average over all orders in which A could turn into B (Shapley).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from cpsim.engine.options import check_options
from cpsim.errors import OptionError, UserError
from cpsim.experiments import attribution, coalitions
from cpsim.experiments import difference_parts as parts
from cpsim.experiments.coalitions import Players
from cpsim.experiments.difference_parts import Part
from cpsim.experiments.estimators.shapley import Game
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.outcomes import chosen_outputs
from cpsim.scenario.load import Scenario, load

MAIN = "five_steps"
OUTPUTS = (MAIN, "reach", "fidelity", "rguk_change", "cost_per_person", "crises_per_person_year")
WORLDS = 40  # of a combination, on average
QUICK_WORLDS = 4
FEWEST_WORLDS = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True, repr=False)
class Difference:
    """What makes `other` differ from `scenario`.

    `games`: one an output. `worlds`: of a combination, on average; `runs`: of all. `gaps`: runs that do not know an
    output; with more than a few it has no game.
    """

    kind: ClassVar[str] = "difference"
    scenario: Scenario
    other: Scenario
    players: Players[Part]
    games: Mapping[str, Game]
    worlds: int
    runs: int
    seed: int
    gaps: Mapping[str, int]
    command: str = ""

    @property
    def title(self) -> str:
        """Heading of the page."""
        return f"What makes the difference: {self.other.name} against {self.scenario.name}"

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Tidy tables by the name of their file; shares are of 1."""
        return {
            "difference": attribution.shares(self.players, self.games),
            "coalitions": attribution.values(self.players, self.games, members="as_in_b"),
            "interactions": attribution.interactions(self.players, self.games),
            "blocks": attribution.blocks(self.players, self.games),
            "what_differs": parts.what_differs(self.scenario, self.other, self.players),
        }

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            "worlds": self.worlds,
            "runs": self.runs,
            "outputs": list(self.games),
            "gaps": dict(self.gaps),
            "parts": list(self.players.names),
            "against": {"name": self.other.name, "digest": self.other.digest},
        }

    def shares(self, output: str = MAIN) -> pd.DataFrame:
        """The rows of the parts, the largest share first."""
        return attribution.largest_first(self.tables["difference"], self.players, output)

    def row(self, part: str, output: str = MAIN) -> pd.Series:
        """One row of the table: a part, "together" or "dummy"."""
        return attribution.row_of(self.tables["difference"], part, output)

    def ends(self, output: str = MAIN) -> tuple[float, float]:
        """The outcome in A and in B."""
        table = self.tables["coalitions"].sort_values("as_in_b")
        return float(table[output].iloc[0]), float(table[output].iloc[-1])

    def headlines(self) -> list[str]:
        """How the page opens."""
        from cpsim.experiments.difference_words import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer in plain English, at most 80 columns wide."""
        from cpsim.experiments.difference_words import in_words

        return in_words(self)

    def __repr__(self) -> str:
        names = f"{self.other.name} against {self.scenario.name}"
        return f"<Difference {names}: {len(self.players)} parts, {self.runs:,} runs, seed {self.seed}>"

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, pictures, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)


def difference(
    a: Scenario | str | Path,
    b: Scenario | str | Path,
    worlds: int = WORLDS,
    *,
    outputs: Sequence[str] = OUTPUTS,
    weeks: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    command: str = "",
    **running: Any,
) -> Difference:
    """What makes B differ from A, part by part.

    worlds: simulated futures of each combination, on average; runs = worlds x 2^parts. outputs: outcomes whose
    difference is shared out; "five_steps" is always among them. weeks: for both, in place of their own. running:
    folder, part and cluster, as of `run_design`.

    Raises OptionError for what makes no sense, ScenarioError, and UserError when A and B cannot be compared.
    """
    one, other = both(a, b, weeks)
    found, layout = laid_out(one, other, worlds)
    kept = tuple(dict.fromkeys((MAIN, *outputs)))
    planned = coalitions.design(one, parts.points(one, other, found), layout, seed, kept)
    made = complete(run_design(planned, workers=workers, progress=progress, **running))
    games = coalitions.games(len(found), layout, made)
    if games[MAIN] is None:
        raise UserError(f"in some of {len(made):,} runs nobody could take up CP, so there is nothing to share out")
    return Difference(
        scenario=one,
        other=other,
        players=found,
        games={name: each for name, each in games.items() if each is not None},
        worlds=worlds,
        runs=len(made),
        seed=seed,
        gaps=coalitions.gaps(made),
        command=command,
    )


def how_many(
    a: Scenario,
    b: Scenario,
    worlds: int = WORLDS,
    *,
    outputs: Sequence[str] = OUTPUTS,
    seed: int = 1,
    workers: int | None = None,
) -> int:
    """How many runs `difference` makes with these options. Raises OptionError or UserError when they make no sense."""
    check_options(1, seed, workers, None)
    chosen_outputs(tuple(outputs))
    return sum(part.worlds.size for part in laid_out(a, b, worlds)[1])


def both(a: Scenario | str | Path, b: Scenario | str | Path, weeks: int | None) -> tuple[Scenario, Scenario]:
    """The two scenarios, over these weeks where they are given."""
    one, other = (each if isinstance(each, Scenario) else load(each) for each in (a, b))
    return (one, other) if weeks is None else (one.with_(weeks=weeks), other.with_(weeks=weeks))


def laid_out(a: Scenario, b: Scenario, worlds: int) -> tuple[Players[Part], tuple[coalitions.Part, ...]]:
    """Which parts play, and which combination meets which world. Raises OptionError and UserError."""
    if worlds < FEWEST_WORLDS:
        raise OptionError(f"worlds: {worlds} gives no interval; write at least {FEWEST_WORLDS}")
    found = parts.parts_of(a, b)
    return found, coalitions.parts(len(found), worlds, blocks=list(found.owners.values()))
