"""Parameter vectors: drawn from what is not known, or read from a set that calibration has not ruled out.

Drawn ones cover the ranges of the evidence evenly (scrambled Sobol' points, each number by the shape it is declared
with). Read ones come as a Parquet file, a row a vector, a column a dotted path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError
from cpsim.experiments.factors import factors
from cpsim.scenario.declare import declarations
from cpsim.scenario.wording import nearest

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario

SHIPPED = "shipped"
SHIPPED_SET = Path(__file__).with_name("ensemble.parquet")
DUMMY = "dummy"
STANDING = "standing."


@dataclass(frozen=True)
class Vectors:
    """`paths`: what varies; `values`: (vectors, paths); `changes`: each vector as a scenario takes it. `drawn`: from
    the ranges of the evidence; else from a set that was not ruled out. `source`: where from, in words.
    """

    paths: tuple[str, ...]
    values: np.ndarray
    changes: Sequence[Mapping[str, Any]]
    drawn: bool
    source: str

    def __len__(self) -> int:
        return len(self.values)


def drawn(scenarios: Sequence[Scenario], count: int, seed: int) -> Vectors:
    """So many vectors of the numbers that are uncertain in all of these scenarios, and the same in each.

    A number that one of them sets otherwise than another is part of what is compared, and keeps each one's value.
    """
    from scipy.stats import qmc

    each = [factors(scenario) for scenario in scenarios]
    usual = [{factor.path: factor.usual for factor in found.varied if factor.group != DUMMY} for found in each]
    common = [path for path, value in usual[0].items() if all(other.get(path) == value for other in usual[1:])]
    chosen = each[0].some(common)
    points = qmc.Sobol(len(common), scramble=True, seed=seed).random_base2(max(1, (count - 1).bit_length()))[:count]
    values = np.column_stack([factor.value(points[:, place]) for place, factor in enumerate(chosen.varied)])
    return Vectors(tuple(common), values, chosen.changes(points), True, "drawn from the ranges of the evidence")


def read(ensemble: str | Path, count: int | None = None) -> Vectors:
    """The vectors of a file, or the set that comes with cpsim ("shipped"); the first `count` of them.

    Raises OptionError when there is none, it cannot be read, or a column is no measured number.
    """
    import pandas as pd

    path = SHIPPED_SET if str(ensemble) == SHIPPED else Path(ensemble)
    if not path.is_file():
        hint = "no set comes with this version" if path == SHIPPED_SET else "no such file"
        raise OptionError(f"ensemble: {ensemble}: {hint}")
    try:
        table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise OptionError(f"ensemble: {ensemble}: cannot be read as a Parquet table: {error}") from None
    paths = [column for column in table.columns if "." in str(column)]
    _check(paths, ensemble)
    values = table[paths].to_numpy(float)[:count]
    if len(values) < 2 or not np.isfinite(values).all():
        raise OptionError(f"ensemble: {ensemble}: give at least two vectors, each with all its numbers")
    changes = [dict(zip([f"{STANDING}{path}" for path in paths], row, strict=True)) for row in values.tolist()]
    return Vectors(tuple(paths), values, changes, False, f"of {path.name}, a set that was not ruled out")


def _check(paths: Sequence[str], ensemble: str | Path) -> None:
    known = {path for path, found in declarations().items() if found.kind == "measured"}
    wrong = [path for path in paths if path not in known]
    if wrong or not paths:
        near = nearest(wrong[0], known) if wrong else None
        hint = f"; did you mean {near!r}?" if near else ""
        what = f"{wrong[0]!r} is no measured number{hint}" if wrong else "no column is the dotted path of a number"
        raise OptionError(f"ensemble: {ensemble}: {what}")
