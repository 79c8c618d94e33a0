"""Two intervals, never merged: how sure the mean is, and how much futures differ.

The first shrinks with more runs (simulation error); the second is the luck of a team and does not. Neither holds what
nobody knows about the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95
MIDDLE = (0.1, 0.9)  # the middle 8 in 10


@dataclass(frozen=True)
class Estimate:
    """A mean over runs with both of its intervals; NaN where the runs cannot say.

    `ci_low` to `ci_high`: 95 % t interval of the mean. `p10` to `p90`: the middle 8 in 10 runs. `runs`: how many had a
    value (a share of nobody has none).
    """

    mean: float
    ci_low: float
    ci_high: float
    p10: float
    p90: float
    runs: int

    @property
    def half_width(self) -> float:
        """By how much running it all again could move the mean."""
        return (self.ci_high - self.ci_low) / 2


def estimate(values: np.ndarray, replication: np.ndarray | None = None) -> Estimate:
    """Summarise one number a run.

    Runs of one replication (several teams) are averaged first where there are several replications, so that the
    interval of the mean does not take the difference between teams for simulation error.
    """
    known = ~np.isnan(values)
    values = values[known]
    if not len(values):
        return Estimate(np.nan, np.nan, np.nan, np.nan, np.nan, 0)
    low, high = np.quantile(values, MIDDLE)
    error = _half_width(_units(values, None if replication is None else replication[known]))
    mean = float(values.mean())
    return Estimate(mean, mean - error, mean + error, float(low), float(high), len(values))


def _units(values: np.ndarray, replication: np.ndarray | None) -> np.ndarray:
    """What the interval counts as independent: replications where there are several, else runs."""
    if replication is None:
        return values
    numbers, place = np.unique(replication, return_inverse=True)
    if len(numbers) in (1, len(values)):
        return values
    return np.bincount(place, values) / np.bincount(place)


def _half_width(units: np.ndarray) -> float:
    count = len(units)
    if count < 2:
        return float("nan")
    return float(stdtrit(count - 1, (1 + CONFIDENCE) / 2) * units.std(ddof=1) / np.sqrt(count))
