"""Players in every combination: every coalition as a variant, and its runs as a game.

A player is whatever is there or not: a group of barriers that is taken away, something that is as in another scenario.
Coalitions of no, one, all but one and all groups, and of whole blocks, meet the same worlds, and more of them: each is
a contrast of its own ("what if this one were gone?"), and they weigh most. Every other run has a world of its own, so
that what one world does to all coalitions averages out. Measured on the ordinary team, 40 worlds a coalition, standard
error of the Shapley shares of chances in which CP moves on: .0003; with worlds of their own for all .0008, with common
worlds for all .0011 (docs/adr/010-who-meets-which-world.md). `common` is for how shares differ from team to team.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.design import Design, Point
from cpsim.experiments.estimators.shapley import Cells, Game, members, pairs
from cpsim.experiments.outcomes import known_outputs
from cpsim.scenario.barriers import Barrier, barriers, chosen, removed
from cpsim.scenario.load import Scenario

NOBODY = "none"
TOGETHER = "+"
MOST_GAPS = 0.01  # of the runs of a part may lack an output
FEWEST = 2  # worlds of a coalition, or it has no error
OF_THE_ENDS = 1 / 3  # of all runs go to coalitions of no, one, all but one and all groups, and of whole blocks


class Player(Protocol):
    """`name`: in tables; `label`: in words; `whose`: in whose hands it is."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def whose(self) -> str: ...


Kind = TypeVar("Kind", bound=Player)


@dataclass(frozen=True)
class Players(Generic[Kind]):
    """Those that play. `idle`: they change no value of this scenario, so that nothing can be due to them."""

    playing: tuple[Kind, ...]
    idle: tuple[Kind, ...] = ()

    def __len__(self) -> int:
        return len(self.playing)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of those that play."""
        return tuple(player.name for player in self.playing)

    @property
    def owners(self) -> dict[str, list[int]]:
        """In whose hands they are: places of those that play, by owner."""
        found: dict[str, list[int]] = {}
        for place, player in enumerate(self.playing):
            found.setdefault(player.whose, []).append(place)
        return found

    @property
    def coalitions(self) -> list[tuple[str, ...]]:
        """Names of those in each coalition: bit i of its number says that player i is in it."""
        names = np.array(self.names, object)
        return [tuple(names[inside].tolist()) for inside in members(len(self))]


def called(names: Sequence[str]) -> str:
    """The name of a coalition."""
    return TOGETHER.join(names) or NOBODY


def players(scenario: Scenario, groups: Sequence[str] | None = None) -> Players[Barrier]:
    """The groups of these names, or all. Raises OptionError with those that are none, and the nearest."""
    try:
        wanted = chosen(list(groups or barriers()))
    except OptionError as error:
        raise OptionError(str(error).replace("without ", "groups: ")) from None
    asked = [barrier for barrier in barriers().values() if barrier in wanted]  # in their order of display
    now = scenario.document["teams"]
    idle = [barrier.name for barrier in asked if scenario.without(barrier.name).document["teams"] == now]
    if len(idle) == len(asked):
        raise OptionError(f"groups: taking away {', '.join(idle)} changes nothing in this scenario; name another")
    return Players(
        tuple(barrier for barrier in asked if barrier.name not in idle),
        tuple(barrier for barrier in asked if barrier.name in idle),
    )


def in_common(scenario: Scenario, found: Players[Barrier]) -> list[tuple[Barrier, Barrier, list[str]]]:
    """Pairs of groups whose removal changes some of the same values, and the paths of these."""
    paths = [
        {path.removeprefix("standing.") for team in scenario.teams for path in removed(team, barrier)}
        for barrier in found.playing
    ]
    return [
        (found.playing[i], found.playing[j], sorted(paths[i] & paths[j]))
        for i, j in pairs(len(found))
        if paths[i] & paths[j]
    ]


def points(found: Players[Barrier]) -> tuple[Point, ...]:
    """A variant a coalition of groups that are taken away."""
    return tuple(Point(called(gone), without=gone) for gone in found.coalitions)


@dataclass(frozen=True)
class Part:
    """Coalitions and the worlds they meet: (worlds, coalitions) numbers. `common`: is each row one world?"""

    coalitions: np.ndarray
    worlds: np.ndarray
    common: bool


def parts(count: int, worlds: int, common: bool = False, blocks: Sequence[Sequence[int]] = ()) -> tuple[Part, ...]:
    """Who meets which world. `count` groups play, in `blocks`; `worlds`: of a coalition, on average."""
    everybody = np.arange(2**count)
    if common:
        return (Part(everybody, _common(worlds, everybody), common=True),)
    ends = _ends(count, blocks)
    rest = np.setdiff1d(everybody, ends)
    budget = worlds * len(everybody)
    shared = max(worlds, int(budget * OF_THE_ENDS) // len(ends))
    ends_part = Part(ends, _common(shared, ends), common=True)
    if not len(rest):
        return (ends_part,)
    each = max(FEWEST, (budget - shared * len(ends)) // len(rest))
    own = shared + np.arange(each * len(rest)).reshape(each, len(rest))
    return (ends_part, Part(rest, own, common=False))


def _ends(count: int, blocks: Sequence[Sequence[int]]) -> np.ndarray:
    """The coalitions that weigh most: no, one, all but one and all players, and any number of whole blocks."""
    size = members(count).sum(axis=1)
    chosen = (size <= 1) | (size >= count - 1)
    if blocks and 4 * 2 ** len(blocks) <= len(chosen):  # else nearly all would be at the ends
        chosen[members(len(blocks)) @ np.array([sum(1 << player for player in block) for block in blocks])] = True
    return np.flatnonzero(chosen)


def _common(worlds: int, coalitions: np.ndarray) -> np.ndarray:
    return np.repeat(np.arange(worlds)[:, None], len(coalitions), axis=1)


def design(
    scenario: Scenario, variants: Sequence[Point], layout: Sequence[Part], seed: int, outputs: Sequence[str]
) -> Design:
    """The runs of all parts. `variants`: a point a coalition, in the order of their numbers.

    Common worlds: world by world, so that who can share a warm-up are neighbours; else coalition by coalition, so that
    a variant is put together once.
    """
    runs = [_runs(part) for part in layout]
    point = np.concatenate(
        [np.broadcast_to(part.coalitions, part.worlds.shape)[at] for part, at in zip(layout, runs, strict=True)]
    )
    world = np.concatenate([part.worlds[at] for part, at in zip(layout, runs, strict=True)])
    return Design.listed(scenario, variants, point, world, seed, tuple(outputs))


def _runs(part: Part) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a part's runs, in the order in which they are made."""
    rows, columns = np.indices(part.worlds.shape)
    return (rows.ravel(), columns.ravel()) if part.common else (rows.T.ravel(), columns.T.ravel())


def tables(layout: Sequence[Part], values: np.ndarray) -> list[np.ndarray]:
    """The values of a design's runs, in their order, as a table (worlds, coalitions) a part."""
    found, start = [], 0
    for part in layout:
        table = np.empty(part.worlds.shape)
        table[_runs(part)] = values[start : start + part.worlds.size]
        found.append(table)
        start += part.worlds.size
    return found


def games(count: int, layout: Sequence[Part], made: pd.DataFrame) -> dict[str, Game | None]:
    """The game of each output of a design's runs, in the order of the register (see `game`)."""
    return {name: game(count, layout, made[name].to_numpy(float)) for name in known_outputs() if name in made.columns}


def gaps(made: pd.DataFrame) -> dict[str, int]:
    """How many runs do not know an output, of those that some do not know."""
    return {name: int(made[name].isna().sum()) for name in known_outputs() if name in made and made[name].isna().any()}


def game(count: int, layout: Sequence[Part], values: np.ndarray) -> Game | None:
    """The game of one output. None when more than a few runs do not know it (see `without_gaps`)."""
    cells = []
    for part, table in zip(layout, tables(layout, values), strict=True):
        whole = without_gaps(table, part.common)
        if whole is None:
            return None
        cells.append(Cells(part.coalitions, whole, part.common))
    return Game(count, tuple(cells))


def without_gaps(table: np.ndarray, common: bool) -> np.ndarray | None:
    """Values with few gaps made whole; None where gaps are more than `MOST_GAPS` or leave less than two values.

    An output such as fidelity has no value in a run in which nobody had any CP. A common world with a gap is left out
    as a whole; elsewhere a gap gets the mean of its coalition's other worlds.
    """
    gaps = np.isnan(table)
    if not gaps.any():
        return table
    known = table[~gaps.any(axis=1)] if common else table
    if gaps.mean() > MOST_GAPS or len(known) < FEWEST or (~gaps).sum(axis=0).min() < FEWEST:
        return None
    return known if common else np.where(gaps, np.nanmean(table, axis=0), table)
