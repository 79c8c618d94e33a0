"""What differs because parameters are not known, and what differs by luck alone: one-way random-effects ANOVA.

Rows are runs; a group holds the runs of one parameter vector, each in a world of its own. The spread of the groups'
means holds luck too, 1/m of it with m runs each, and is larger than what parameters do; so luck is taken out:
between = (MS between - MS within) / m (Searle, Casella and McCulloch 1992, chapter 3). More runs shrink the error
of the mean, and neither of the two spreads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri, stdtrit

from cpsim.outputs.intervals import CONFIDENCE, MIDDLE


@dataclass(frozen=True)
class Components:
    """One output's three uncertainties, in its own unit; never one interval. NaN where the runs cannot say.

    `error`: by how much making all runs again, with new vectors and worlds, could move the mean (95 %). `luck_sd`,
    `luck_p10`, `luck_p90`: how teams differ at the same parameters. `parameter_sd`, `parameter_p10`, `parameter_p90`:
    how the mean team differs between parameter vectors. `share`: part of the variance that is parameters, with its 95 %
    interval (exact for equal groups of normal values). `raw`: the variance between before it is cut off at 0.
    """

    mean: float
    error: float
    luck_sd: float
    luck_p10: float
    luck_p90: float
    parameter_sd: float
    parameter_p10: float
    parameter_p90: float
    share: float
    share_low: float
    share_high: float
    raw: float
    groups: int
    runs: int


def components(values: np.ndarray, group: np.ndarray) -> Components:
    """Variance components of one output. `values`, `group`: (runs,); runs without a value are left out.

    Raises ValueError when there are fewer than two groups or no group has two runs: then nothing tells the two apart.
    """
    known = np.isfinite(values)
    values = values[known]
    labels, place, sizes = np.unique(group[known], return_inverse=True, return_counts=True)
    if len(labels) < 2 or sizes.max() < 2:
        raise ValueError("variance components need two parameter vectors and two runs of some of them")
    means = np.bincount(place, values) / sizes
    mean, apart = float(values.mean()), values - means[place]
    k, n, m = len(labels), len(values), _typical_size(sizes)
    between = float(sizes @ (means - mean) ** 2) / (k - 1)
    within = float(apart @ apart) / (n - k)
    raw = (between - within) / m
    ends = values.min(), values.max()  # beyond what was ever seen is no range
    luck = np.clip(mean + _middle(apart * _widening(sizes)[place]), *ends)
    steady = steadied(means[:, None], np.array([[within / m]]))[:, 0]
    spread = np.clip(mean + _middle(steady - steady.mean()), *ends)
    return Components(
        mean=mean,
        error=float(stdtrit(k - 1, (1 + CONFIDENCE) / 2) * np.sqrt(between / n)),
        luck_sd=float(np.sqrt(within)),
        luck_p10=float(luck[0]),
        luck_p90=float(luck[1]),
        parameter_sd=float(np.sqrt(max(raw, 0.0))),
        parameter_p10=float(spread[0]),
        parameter_p90=float(spread[1]),
        **_share(between, within, m, k, n),
        raw=raw,
        groups=k,
        runs=n,
    )


def steadied(means: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Groups' means drawn together until they vary as much as they would without the noise in them.

    `means`: (groups, outputs); `noise`: (outputs, outputs), the covariance that luck adds to a mean. The first two
    moments of the result are those of the true means (their cloud is right, a single point is not surer than before).
    """
    centre, unit = means.mean(axis=0), means.std(axis=0, ddof=1)
    unit[unit == 0] = 1.0
    scaled = (means - centre) / unit  # pounds and points: neither is to swamp the other
    observed = np.atleast_2d(np.cov(scaled, rowvar=False))
    true = _positive(observed - noise / np.outer(unit, unit))
    # A matrix, so that a cloud keeps its tilt.
    return centre + scaled @ (np.linalg.pinv(_root(observed), hermitian=True) @ _root(true)) * unit


def within_covariance(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Covariance of outputs over runs of the same group. `values`: (runs, outputs), all finite."""
    labels, place, sizes = np.unique(group, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(place, column) / sizes for column in values.T], axis=1)
    apart = values - means[place]
    return apart.T @ apart / (len(values) - len(labels))


def group_means(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Means of outputs by group, in the order of the groups' labels. `values`: (runs, outputs) -> (groups, outputs)."""
    _, place, sizes = np.unique(group, return_inverse=True, return_counts=True)
    return np.stack([np.bincount(place, column) / sizes for column in values.T], axis=1)


def half_width(means: np.ndarray) -> np.ndarray:
    """95 % half-width of the mean over groups, (..., groups) -> (...): simulation error, luck and choice of vectors."""
    count = means.shape[-1]
    return np.asarray(stdtrit(count - 1, (1 + CONFIDENCE) / 2) * means.std(axis=-1, ddof=1) / np.sqrt(count))


def _typical_size(sizes: np.ndarray) -> float:
    """Runs a group, as the expected mean squares of unequal groups count them."""
    total = sizes.sum()
    return float((total - (sizes**2).sum() / total) / (len(sizes) - 1))


def _widening(sizes: np.ndarray) -> np.ndarray:
    """By how much runs lie too near their own group's mean, which they have a part in."""
    return np.sqrt(np.divide(sizes, sizes - 1, out=np.zeros(len(sizes)), where=sizes > 1))


def _middle(apart: np.ndarray) -> np.ndarray:
    return np.quantile(apart, MIDDLE)


def _share(between: float, within: float, m: float, k: int, n: int) -> dict[str, float]:
    """The part of the variance between groups, from the F of the two mean squares."""
    if within <= 0:
        return {"share": float(between > 0), "share_low": float("nan"), "share_high": float("nan")}
    ratio, tail = between / within, (1 - CONFIDENCE) / 2
    found = (ratio, ratio / fdtri(k - 1, n - k, 1 - tail), ratio / fdtri(k - 1, n - k, tail))
    names = ("share", "share_low", "share_high")
    return {name: float(max(0.0, (f - 1) / (f - 1 + m))) for name, f in zip(names, found, strict=True)}


def _positive(matrix: np.ndarray) -> np.ndarray:
    """The nearest covariance: what would vary less than not at all does not vary."""
    sizes, axes = np.linalg.eigh(matrix)
    return (axes * np.maximum(sizes, 0.0)) @ axes.T


def _root(matrix: np.ndarray) -> np.ndarray:
    sizes, axes = np.linalg.eigh(matrix)
    return (axes * np.sqrt(np.maximum(sizes, 0.0))) @ axes.T
