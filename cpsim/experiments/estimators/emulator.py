"""A fast stand-in for the model: a Gaussian process (Matern 5/2, one length a factor), and its Sobol indices.

What it does not explain is missing from its indices, interactions first of all, and no bootstrap of the stand-in shows
that. So indices are multiplied by the share it does explain (Q2) and are to be read as "at least". It needs
scikit-learn (pip install cpsim[analysis]).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import problem

MOST_ROWS = 1_000  # the work grows as their cube
MOST_FACTORS = 25
GOOD = 0.8  # Q2 from which its answers are worth showing
SAMPLE = 2_048  # base sample for the indices of the stand-in


def available() -> bool:
    """Is scikit-learn installed?"""
    return find_spec("sklearn") is not None


@dataclass(frozen=True)
class Emulator:
    """Fitted; `predict` takes points of the unit cube (rows, factors)."""

    model: Any
    centre: float
    scale: float

    def predict(self, x: np.ndarray) -> np.ndarray:
        """The mean output at these points."""
        return self.centre + self.scale * self.model.predict(x)


def fit(x: np.ndarray, y: np.ndarray, seed: int) -> Emulator:
    """The stand-in for y (rows,) at x (rows, factors); luck, and factors that are not in x, become noise."""
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    k = x.shape[1]
    smooth = ConstantKernel(1.0, (1e-3, 1e3)) * Matern([2.0] * k, [(0.1, 100.0)] * k, nu=2.5)
    kernel = smooth + WhiteKernel(0.3, (1e-6, 10.0))
    centre, scale = float(y.mean()), float(y.std()) or 1.0
    model = GaussianProcessRegressor(kernel, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a length at the end of its range: a factor without effect
        model.fit(x[:MOST_ROWS], (y[:MOST_ROWS] - centre) / scale)
    return Emulator(model, centre, scale)


def q2(emulator: Emulator, x: np.ndarray, y: np.ndarray, noise: float = 0.0) -> float:
    """Share of the variance of y at points it has never seen that it explains; never above 1.

    noise: variance of the means y about the truth; it is no fault of the stand-in, so it counts on neither side.
    """
    missed, spread = float(np.mean((y - emulator.predict(x)) ** 2)) - noise, float(np.var(y)) - noise
    return min(1.0, 1.0 - missed / spread) if spread > 0 else float("nan")


def analyse(names: Sequence[str], emulator: Emulator, explained: float, seed: int, n: int = SAMPLE) -> pd.DataFrame:
    """A row a factor: `s1_at_least`, `st_at_least`: of the variance of the mean output. explained: Q2."""
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampling

    asked = problem(names)
    x = sampling.sample(asked, n, calc_second_order=False, seed=seed)
    found = sobol.analyze(asked, emulator.predict(x), calc_second_order=False, num_resamples=2, seed=seed)
    known = max(explained, 0.0)
    indices = {f"{name.lower()}_at_least": known * np.asarray(found[name], float) for name in ("S1", "ST")}
    return pd.DataFrame({"factor": list(names), **indices})
