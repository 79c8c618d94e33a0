"""How many replications are enough: go on until every interval asked for is narrow, and stays so for a while.

After Hoad, Robinson and Davies (2010), "Automated selection of the number of replications for a discrete-event
simulation", with absolute half-widths, because a relative one never stops for a rare outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import t

from cpsim.outputs.runs import TeamRun

START = 10  # replications before the first look
LOOK_AHEAD = 5  # further ones over which the interval must stay narrow; grows with the number beyond 100
LEVEL = 0.95
RULE_OF_THREE = 3.0


def half_widths(values: np.ndarray) -> np.ndarray:
    """Half-width of the 95 % t interval of the mean of the first 2, 3, ... values; NaN for the first.

    Where all of n values are the same, 3/n: what was never seen in n runs may still happen in 3 of n (95 %).
    """
    count = np.arange(1, len(values) + 1)
    mean = np.cumsum(values) / count
    squares = np.maximum(np.cumsum(values**2) - count * mean**2, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        wide = t.ppf((1 + LEVEL) / 2, count - 1) * np.sqrt(squares / (count - 1) / count)
    return np.where(squares > 0, wide, np.where(count > 1, RULE_OF_THREE / count, np.nan))


def first_enough(values: np.ndarray, precision: float) -> int | None:
    """Number of replications at which the precision was reached and then kept over the look-ahead; None: not yet."""
    narrow = half_widths(values) <= precision
    for number in range(START, len(values) + 1):
        ahead = round(LOOK_AHEAD * max(1.0, number / 100))
        if number + ahead <= len(values) and narrow[number - 1 : number + ahead].all():
            return number
    return None


def reached(values: np.ndarray, precision: float) -> bool:
    """Was the precision reached and kept, and is it still so? What is reported is the interval of all of them."""
    return first_enough(values, precision) is not None and bool(half_widths(values)[-1] <= precision)


def enough(runs: Sequence[TeamRun], precision: Mapping[str, float]) -> bool:
    """Is every outcome asked for known closely enough? Teams are averaged within a replication."""
    return all(reached(_by_replication(runs, name), width) for name, width in precision.items())


def _by_replication(runs: Sequence[TeamRun], name: str) -> np.ndarray:
    values: dict[int, list[float]] = {}
    for each in runs:
        value = float(each.outcome[name][0])
        if not np.isnan(value):
            values.setdefault(each.replication, []).append(value)
    return np.array([np.mean(values[number]) for number in sorted(values)])
