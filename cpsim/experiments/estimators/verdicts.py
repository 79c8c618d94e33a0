"""Does a conclusion survive when the model is built otherwise? From paired margins, one number a world.

A margin says by how much a conclusion holds: above nothing it does, below it does not. A conclusion of several parts
(such as "more than each of the others") holds when all its parts do; its size is that of the part that holds least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cpsim.experiments.estimators.paired import critical_value, standard_error

STANDS, WEAKER, UNSETTLED, FALLS = "stands", "weaker", "not settled", "falls"
VERDICTS = (STANDS, WEAKER, UNSETTLED, FALLS)
HALF = 0.5


@dataclass(frozen=True)
class Tried:
    """A conclusion in one structure. `margin`: of the part that holds least.

    `low` to `high`: where that smallest margin lies, from 95 % intervals of means over worlds that hold for all parts
    and structures together.
    """

    margin: float
    low: float
    high: float
    verdict: str


def tried(margins: Sequence[np.ndarray]) -> list[Tried]:
    """The verdict in each structure, the model as it is first.

    margins: (parts, worlds) each, of the same worlds. Stands: every part holds beyond doubt. Weaker: it stands, but
    beyond doubt by less than half of what it holds by in the model as it is. Falls: some part is the other way round
    beyond doubt. Not settled: none of these.
    """
    tables = [np.atleast_2d(np.asarray(each, float)) for each in margins]
    if len({table.shape for table in tables}) > 1:
        raise ValueError("margins must have the same parts and worlds in every structure")
    wide = critical_value([row for table in tables for row in table])
    least = [min(table, key=_mean) for table in tables]
    beyond_half = [row - HALF * least[0] for row in least]
    halved = critical_value(beyond_half)
    return [
        _tried(table, wide, _interval(more, halved)[1] < 0) for table, more in zip(tables, beyond_half, strict=True)
    ]


def _tried(table: np.ndarray, wide: float, weak: bool) -> Tried:
    spans = [_interval(row, wide) for row in table]
    low, high = min(low for low, _ in spans), min(high for _, high in spans)
    holds = WEAKER if weak else STANDS
    verdict = FALLS if high < 0 else holds if low > 0 else UNSETTLED
    return Tried(min(map(_mean, table)), low, high, verdict)


def _interval(row: np.ndarray, wide: float) -> tuple[float, float]:
    known = row[~np.isnan(row)]
    error = wide * standard_error(known)
    return _mean(row) - error, _mean(row) + error


def _mean(row: np.ndarray) -> float:
    known = row[~np.isnan(row)]
    return float(known.mean()) if len(known) else float("nan")
