"""How much of a spread is settings and how much is luck: one-way random effects, by the method of moments."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

RANGE = (0.1, 0.9)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Components:
    """Three uncertainties of one outcome, never one interval.

    mean: over settings, with `half_width`: its simulation error (95 %). settings_low, settings_high: the middle 8 in 10
    settings, each at its own mean, the luck of few worlds taken out. luck_low, luck_high: the middle 8 in 10 runs of a
    middling setting. between, within: variances of settings and of luck.
    """

    mean: float
    half_width: float
    settings_low: float
    settings_high: float
    luck_low: float
    luck_high: float
    between: float
    within: float
    settings: int
    worlds: int


def components(values: np.ndarray) -> Components:
    """From runs, (settings, worlds); NaN: a run without a value, its setting is left out."""
    values = values[~np.isnan(values).any(axis=1)]
    settings, worlds = values.shape
    means = values.mean(axis=1)
    mean = float(means.mean()) if settings else math.nan
    if settings < 2 or worlds < 2:
        unknown = math.nan
        return Components(mean, unknown, unknown, unknown, unknown, unknown, unknown, unknown, settings, worlds)
    within = float(values.var(axis=1, ddof=1).mean())
    spread = float(means.var(ddof=1))
    between = max(spread - within / worlds, 0.0)
    # Means of few worlds lie wider apart than the settings' own means do: they are drawn together by what luck adds.
    drawn = mean + (means - mean) * math.sqrt(between / spread if spread > 0 else 0.0)
    luck = mean + (values - means[:, None]).ravel() * math.sqrt(worlds / (worlds - 1))
    luck = luck.clip(values.min(), values.max())  # no fewer leavers than none
    half = math.sqrt(within / (settings * worlds)) * stats.norm.ppf((1 + CONFIDENCE) / 2)
    (low, high), (luck_low, luck_high) = (np.quantile(each, RANGE).tolist() for each in (drawn, luck))
    return Components(mean, half, low, high, luck_low, luck_high, between, within, settings, worlds)
