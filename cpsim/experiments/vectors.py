"""Parameter vectors: drawn from what is not known, or read from a set that calibration has not ruled out.

Drawn ones cover the ranges of the evidence evenly (scrambled Sobol' points, each number by the shape it is declared
with). Read ones are the set that a calibration left (see `ensemble`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError
from cpsim.experiments.ensemble import load_set
from cpsim.experiments.factors import factors
from cpsim.experiments.sampling import filling

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario

DUMMY = "dummy"
STANDING = "standing."


@dataclass(frozen=True)
class Vectors:
    """`paths`: what varies; `values`: (vectors, paths); `changes`: each vector as a scenario takes it. `drawn`: from
    the ranges of the evidence; else from a set that is not ruled out. `source`: where from, in words. `doubts`: why
    a set may not belong to this version of the model.
    """

    paths: tuple[str, ...]
    values: np.ndarray
    changes: Sequence[Mapping[str, Any]]
    drawn: bool
    source: str
    doubts: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)


def drawn(scenarios: Sequence[Scenario], count: int, seed: int) -> Vectors:
    """So many vectors of the numbers that are uncertain in all of these scenarios, and the same in each.

    A number that one of them sets otherwise than another is part of what is compared, and keeps each one's value.
    """
    each = [factors(scenario) for scenario in scenarios]
    usual = [{factor.path: factor.usual for factor in found.varied if factor.group != DUMMY} for found in each]
    common = [path for path, value in usual[0].items() if all(other.get(path) == value for other in usual[1:])]
    chosen = each[0].some(common)
    points = filling(len(common), count, seed)
    values = np.column_stack([factor.value(points[:, place]) for place, factor in enumerate(chosen.varied)])
    return Vectors(tuple(common), values, chosen.changes(points), True, "drawn from the ranges of the evidence")


def read(ensemble: str | Path, scenarios: Sequence[Scenario], count: int | None = None) -> Vectors:
    """The settings of a calibration's set, the one that comes with cpsim for "shipped"; the first `count` of them.

    What one of the scenarios says of itself stays as it says. Raises UserError when there is no such set, and
    OptionError when it holds fewer than two settings or nothing that varies here.
    """
    found = load_set(ensemble)
    held = {path for scenario in scenarios for path in found.held_by(scenario)}
    table = found.settings.drop(columns=sorted(held)).iloc[:count]
    if len(table) < 2 or table.empty:
        raise OptionError(f"ensemble: {ensemble}: give a set of at least two settings of numbers that vary here")
    paths = tuple(map(str, table))
    changes = [{f"{STANDING}{path}": float(value) for path, value in row.items()} for row in table.to_dict("records")]
    source = f"of a set that is not ruled out ({found.asked_as})"
    return Vectors(paths, table.to_numpy(float), changes, False, source, tuple(found.doubts()))
