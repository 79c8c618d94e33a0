"""A stand-in for a noisy model: what it gives on average, how surely, learnt from runs at a few hundred points.

Gaussian process, Matern 5/2 with a length for each dimension and a term for the noise of runs, which is taken out of
the variance of what it predicts: that is of the mean, not of one more run. Where runs that it has not seen lie farther
off than it says, its variance is inflated so that they do not (leave one out).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import cho_solve
from scipy.stats import norm

COVERAGE = 0.95  # of runs left out that should lie within what the emulator says
LENGTHS = (0.05, 50.0)  # of a cube of side 1; the longest: a dimension without influence
NOISE = (1e-6, 1.0)  # of the variance of all values
FEWEST = 5  # values below which nothing is learnt


@dataclass(frozen=True)
class Emulator:
    """What was learnt of one target.

    q2: share of the variance of runs left out that it foresees. covered: share of them within its 95 %, before it was
    inflated. inflation: factor on its standard deviation. noise: variance of a run at a point, as it sees it.
    process: None where all values are equal or too few are known; then the mean, and how values spread.
    """

    process: Any
    centre: float
    scale: float
    q2: float
    covered: float
    inflation: float
    noise: float

    @classmethod
    def learn(cls, points: np.ndarray, values: np.ndarray, seed: int) -> Emulator:
        """From runs at points (n, dimensions); values (n,), of which NaN are left out."""
        known = np.isfinite(values)
        points, values = points[known], values[known]
        centre, scale = (float(values.mean()), float(values.std())) if len(values) else (0.0, np.inf)
        if len(values) < FEWEST or scale == 0.0:
            return cls(None, centre, scale, np.nan, np.nan, 1.0, 0.0)
        process = _fitted(points, (values - centre) / scale, seed)
        noise = float(process.kernel_.k2.noise_level)
        left_out, z = _left_out(process)
        inflation = max(1.0, float(np.quantile(np.abs(z), COVERAGE)) / norm.ppf((1 + COVERAGE) / 2))
        covered = float((np.abs(z) <= norm.ppf((1 + COVERAGE) / 2)).mean())
        return cls(process, centre, scale, 1.0 - float((left_out**2).mean()), covered, inflation, noise * scale**2)

    def predict(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean over runs at these points, and how far it may be off (variance), each (n,)."""
        if self.process is None:
            return np.full(len(points), self.centre), np.full(len(points), self.scale**2)
        mean, sd = self.process.predict(points, return_std=True)
        variance = np.maximum(sd**2 - self.process.kernel_.k2.noise_level, 0.0)
        return self.centre + self.scale * mean, variance * (self.inflation * self.scale) ** 2


def _fitted(points: np.ndarray, values: np.ndarray, seed: int) -> Any:
    """The process with the lengths and the noise that make these values likeliest."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    shape = ConstantKernel(1.0, (1e-2, 1e2)) * Matern(np.ones(points.shape[1]), LENGTHS, nu=2.5)
    process = GaussianProcessRegressor(shape + WhiteKernel(0.1, NOISE), random_state=seed, n_restarts_optimizer=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a length at its end means: no influence
        return process.fit(points, values)


def _left_out(process: Any) -> tuple[np.ndarray, np.ndarray]:
    """Errors for each run from all others, and the same in standard deviations of a run (Rasmussen & Williams 5.12)."""
    inverse = cho_solve((process.L_, True), np.eye(len(process.L_)))
    error = process.alpha_ / np.diag(inverse)
    return error, error * np.sqrt(np.diag(inverse))
