"""What it would be worth to know a parameter before choosing: expected value of partial perfect information.

A penalised spline finds the mean net benefit given one parameter; whoever knew the parameter would choose by it
(Strong, Oakley and Brennan 2014). Single noisy runs do, since the spline averages chance away; the value of knowing
everything does not bear them (it would price chance as if study could take it away). Every estimate stands beside that
of a parameter wired to nothing, and beside the largest that shuffled benefits give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

KNOTS = 7
PENALTIES = np.logspace(-3, 5, 17)
SHUFFLES = 200
FLOOR = 0.95  # of the shuffles stay below
DUMMY = "dummy"


@dataclass(frozen=True)
class Worth:
    """What it is worth to know each parameter, in the unit of the net benefit. `names` ends with the dummy.

    `floor`: the largest value among all parameters in 19 of 20 shuffles; at or below it, a value cannot be told from
    none. `explained`: part (0-1) of the variance of the benefit that the parameter's spline follows.
    """

    names: tuple[str, ...]
    value: np.ndarray
    explained: np.ndarray
    floor: float
    expected: float

    @property
    def above(self) -> np.ndarray:
        """Which stand out from what shuffling gives."""
        return self.value > self.floor


def evppi(names: list[str], theta: np.ndarray, benefit: np.ndarray, seed: int = 1, shuffles: int = SHUFFLES) -> Worth:
    """EVPPI of each parameter alone, for a choice between two options.

    `theta`: (points, parameters); `benefit`: (points,), net benefit of the second option over the first, one run or a
    mean of runs. The dummy is drawn here. Raises ImportError without scikit-learn.
    """
    random = np.random.default_rng(seed)
    columns = np.column_stack([theta, random.random(len(theta))])
    shuffled = np.stack([random.permutation(benefit) for _ in range(shuffles)], axis=1)
    targets = np.column_stack([benefit, shuffled])
    fits = [_fitted(column, targets) for column in columns.T]
    worth = np.stack([_worth(fit) for fit in fits])
    explained = np.array([fit[:, 0].var() / benefit.var() if benefit.var() else 0.0 for fit in fits])
    floor = float(np.quantile(worth[:, 1:].max(axis=0), FLOOR)) if shuffles else 0.0
    return Worth((*names, DUMMY), worth[:, 0], explained, floor, float(benefit.mean()))


def perfect(benefit: np.ndarray) -> float:
    """What it would be worth to know all parameters (EVPI); `benefit`: (points,), free of chance."""
    return float(np.maximum(benefit, 0.0).mean() - max(benefit.mean(), 0.0))


def _worth(fit: np.ndarray) -> np.ndarray:
    """(points, targets) of mean benefit given the parameter -> (targets,) worth of choosing by it."""
    return np.maximum(fit, 0.0).mean(axis=0) - np.maximum(fit.mean(axis=0), 0.0)


def _fitted(column: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Penalised spline of each target on one parameter; all targets share the basis, each has a penalty of its own."""
    if np.ptp(column) == 0:
        return np.broadcast_to(targets.mean(axis=0), targets.shape)
    spline, ridge = _learners()
    basis = spline.fit_transform(column[:, None])
    scale = targets.std(axis=0)
    scale[scale == 0] = 1.0
    found = ridge.fit(basis, targets / scale).predict(basis)
    return np.asarray(found).reshape(targets.shape) * scale


def _learners() -> tuple[Any, Any]:
    """Spline basis and ridge, imported here so that nothing else needs scikit-learn."""
    from sklearn.linear_model import RidgeCV
    from sklearn.preprocessing import SplineTransformer

    spline = SplineTransformer(n_knots=KNOTS, knots="quantile", include_bias=False)
    return spline, RidgeCV(alphas=PENALTIES, alpha_per_target=True)
