"""One number known at several settings, each time with an error of its own: how far do the settings lie apart?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

RANGE = (0.1, 0.9)
CONFIDENCE = 0.95
SMALLEST = 1e-9  # of what is seen; less is rounding


@dataclass(frozen=True)
class Spread:
    """Two uncertainties of one number, never one interval.

    mean: over settings, with `half_width`: its simulation error (95 %). low, high: the middle 8 in 10 settings, what
    simulation error adds to their spread taken out. above, below: shares of settings in which it is more and less than
    nothing, likewise. between: variance of settings. settings: how many know the number.
    """

    mean: float
    half_width: float
    low: float
    high: float
    above: float
    below: float
    between: float
    settings: int


def spread(values: np.ndarray, errors: np.ndarray) -> Spread:
    """values, errors: (settings,) each, `errors` being standard errors of simulation.

    A setting without a value is left out; where no error is known, its share stays in the spread.
    """
    known = ~np.isnan(values)
    values, errors = values[known], errors[known]
    count, unknown = len(values), math.nan
    mean = float(values.mean()) if count else unknown
    noise = np.square(errors[~np.isnan(errors)])
    within = float(noise.mean()) if len(noise) else unknown
    half = math.sqrt(within / count) * stats.norm.ppf((1 + CONFIDENCE) / 2) if len(noise) else unknown
    if count < 2:
        return Spread(mean, half, unknown, unknown, unknown, unknown, unknown, count)
    apart = float(values.var(ddof=1))
    between = apart - (within if len(noise) else 0.0)
    between = between if between > SMALLEST * apart else 0.0
    # What is seen lies wider apart than the settings do: it is drawn together by what simulation error adds.
    drawn = mean + (values - mean) * math.sqrt(between / apart if apart > 0 else 0.0)
    low, high = np.quantile(drawn, RANGE).tolist()
    return Spread(mean, half, low, high, float((drawn > 0).mean()), float((drawn < 0).mean()), between, count)
