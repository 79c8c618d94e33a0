"""Numbers over runs become one number with an interval, and are held against the pattern."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from cpsim.validation.explanations import why_not
from cpsim.validation.register import Pattern

CONFIDENCE = 0.95
MEAN, RATIO, MEDIAN, SHARE, DIRECTION = (
    "mean of runs",
    "ratio of means",
    "median of runs",
    "share of runs",
    "direction of means",
)
SIMULATION_ERROR = "95 % interval of what more runs would give (simulation error; nothing else is in it)"


@dataclass(frozen=True)
class Judged:
    """A pattern's measure, what was found (NaN: nothing was), its interval, and whether it is met (None: not known).

    asked: was anything run to find it?
    """

    pattern: Pattern
    found: float
    low: float
    high: float
    runs: int
    met: bool | None
    asked: bool = True

    @property
    def explanation(self) -> str:
        """Why it is not met; nothing where it is, or where that is not known."""
        return why_not(self.pattern.id, self.pattern.measure) if self.met is False else ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data; what is not known is None."""
        row = self.pattern
        known = {name: value if math.isfinite(value) else None for name, value in self._numbers().items()}
        return {
            "id": row.id,
            "measure": row.measure,
            "sentence": row.sentence,
            "use": row.use,
            "level": row.level,
            "how": row.how,
            "unit": row.unit,
            "target": row.target or None,
            "low": row.low,
            "high": row.high,
            **known,
            "interval": SIMULATION_ERROR if known["found_low"] is not None else None,
            "runs": self.runs,
            "met": self.met,
            "explanation": self.explanation or None,
            "needs": row.needs,
            "source": row.source,
        }

    def _numbers(self) -> dict[str, float]:
        return {"found": self.found, "found_low": self.low, "found_high": self.high}


def not_computed(row: Pattern, asked: bool = False) -> Judged:
    """A row that what was run does not show."""
    return Judged(row, math.nan, math.nan, math.nan, 0, None, asked)


def judge(row: Pattern, values: np.ndarray) -> Judged:
    """Sum up numbers over runs as the pattern says; a run that had no value counts for nothing.

    values: one number a run; two columns, of which the first is divided by the second, for a ratio of means.
    """
    values = np.asarray(values, dtype=float)
    known = values[~np.isnan(values.reshape(len(values), -1)).any(axis=1)]
    if not len(known):
        return not_computed(row, asked=True)
    found, low, high = SUMMARIES[row.how](known)
    return Judged(row, found, low, high, len(known), None if math.isnan(found) else row.is_met_by(found))


def _mean(values: np.ndarray) -> tuple[float, float, float]:
    """With a t interval."""
    mean = float(values.mean())
    if len(values) < 2:
        return mean, math.nan, math.nan
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1) * stats.sem(values))
    return mean, mean - half, mean + half


def _ratio(values: np.ndarray) -> tuple[float, float, float]:
    """Of the means of two columns, with the interval of the linearised ratio."""
    over, under = values[:, 0], values[:, 1]
    if under.mean() == 0:
        return (math.inf if over.mean() > 0 else math.nan), math.nan, math.nan
    ratio = float(over.mean() / under.mean())
    _, low, high = _mean((over - ratio * under) / under.mean())
    return ratio, ratio + low, ratio + high


def _median(values: np.ndarray) -> tuple[float, float, float]:
    """With the interval between two of the ordered values (binomial)."""
    ordered, count = np.sort(values), len(values)
    tail = int(stats.binom.ppf((1 - CONFIDENCE) / 2, count, 0.5))
    if tail < 1:
        return float(np.median(values)), math.nan, math.nan
    return float(np.median(values)), float(ordered[tail - 1]), float(ordered[count - tail])


def _share(values: np.ndarray) -> tuple[float, float, float]:
    """With Wilson's interval."""
    found = stats.binomtest(int(values.sum()), len(values)).proportion_ci(CONFIDENCE, method="wilson")
    return float(values.mean()), float(found.low), float(found.high)


def _direction(values: np.ndarray) -> tuple[float, float, float]:
    """1 or 0: it holds of the means or it does not."""
    return float(values[0]), math.nan, math.nan


SUMMARIES = {MEAN: _mean, RATIO: _ratio, MEDIAN: _median, SHARE: _share, DIRECTION: _direction}
SUMMARIES |= {name.replace("runs", "trials"): SUMMARIES[name] for name in (MEAN, MEDIAN, SHARE)}
