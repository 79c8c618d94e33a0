"""A difference between two arms with its standard error and degrees of freedom; interval and p value follow."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Difference:
    """Implementation less comparison. `df`: of the t distribution; infinity: normal. NaN: it could not be told."""

    value: float
    error: float
    df: float

    @property
    def p(self) -> float:
        """Two-sided p value."""
        return float(p_values(np.array(self.value), np.array(self.error), self.df))

    @property
    def half_width(self) -> float:
        """Half of the 95 % interval."""
        return float(critical(self.df) * self.error)

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - self.half_width

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + self.half_width


UNKNOWN = Difference(math.nan, math.nan, math.nan)


def p_values(values: np.ndarray, errors: np.ndarray, df: float | np.ndarray) -> np.ndarray:
    """Two-sided p values; without any spread a difference is certain and no difference is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.abs(values) / errors
    ratio = np.where((errors == 0) & (values == 0), 0.0, ratio)
    return 2.0 * stdtr(np.minimum(df, 1e9), -ratio)


def critical(df: float | np.ndarray, level: float = CONFIDENCE) -> np.ndarray:
    """How many standard errors the interval reaches to either side."""
    return np.asarray(stdtrit(np.minimum(df, 1e9), (1.0 + level) / 2.0))


def least_squares(design: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients, residuals, and the inverse of X'X (the pseudo-inverse where columns depend on each other)."""
    bread = np.linalg.pinv(design.T @ design)
    coefficients = bread @ design.T @ y
    return coefficients, y - design @ coefficients, bread
