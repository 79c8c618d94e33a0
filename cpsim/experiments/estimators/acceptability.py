"""Cost and effect of one option beside another: quadrants, net benefit, how often each option is the better buy.

Points are parameter vectors (luck averaged out first), so shares are shares of vectors: what is not known, not what
chance does. Costs and effects are differences, the second option less the first; a curve never says whether a point of
an outcome is worth its price, only what follows from a price that a reader names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cpsim.experiments.estimators.two_levels import steadied
from cpsim.outputs.intervals import CONFIDENCE

RESAMPLES = 300
QUADRANTS = ("better and dearer", "better and cheaper", "worse and cheaper", "worse and dearer")
CLEAR = 0.95  # of the points in one quadrant: only then is pounds a point a number with one meaning
DAYS_A_YEAR = 365.25
DAYS_A_WEEK = 7
REFERENCE_RATE, LOWER_RATE = 0.035, 0.015  # a year; Treasury's and NICE's reference and its sensitivity analysis


@dataclass(frozen=True)
class Resampled:
    """95 % intervals under new vectors and new luck. `second`: (2, prices); `quadrants`: ends by name."""

    second: np.ndarray
    quadrants: dict[str, list[float]]


@dataclass(frozen=True)
class Curve:
    """Over willingness to pay (pounds a point of effect): `second`, share of points at which the second option is the
    better buy; `net`, expected net benefit of the second over the first; `best`, the option (0 or 1) with more of it;
    `frontier`, share of points at which that option is the better buy.
    """

    pay: np.ndarray
    second: np.ndarray
    net: np.ndarray
    best: np.ndarray
    frontier: np.ndarray


def quadrants(effect: np.ndarray, cost: np.ndarray) -> dict[str, float]:
    """Share of the points in each quadrant of the plane; a point on a line counts half on each of its sides."""
    better, dearer = _side(effect), _side(cost)
    parts = (better * dearer, better * (1 - dearer), (1 - better) * (1 - dearer), (1 - better) * dearer)
    return {name: float(part.mean()) for name, part in zip(QUADRANTS, parts, strict=True)}


def _side(difference: np.ndarray) -> np.ndarray:
    return np.heaviside(difference, 0.5)


def cost_a_point(effect: np.ndarray, cost: np.ndarray) -> float | None:
    """Pounds for a further point of effect, mean over mean; None where points lie in more than one quadrant, since
    there the same number can mean cheap and good, or dear and bad.
    """
    clear = max(quadrants(effect, cost).values()) >= CLEAR
    return float(cost.mean() / effect.mean()) if clear and effect.mean() else None


def acceptability(effect: np.ndarray, cost: np.ndarray, pay: np.ndarray) -> Curve:
    """Acceptability curve and frontier of two options (Fenwick, Claxton and Sculpher 2001).

    `effect`, `cost`: (points,), second less first; `pay`: (prices,). Equal net benefit counts half for each.
    """
    benefit = pay[:, None] * effect - cost
    second, net = _side(benefit).mean(axis=1), benefit.mean(axis=1)
    best = (net > 0).astype(int)
    return Curve(pay, second, net, best, np.where(best == 1, second, 1 - second))


def resampled(effect_cost: np.ndarray, pay: np.ndarray, seed: int = 1, resamples: int = RESAMPLES) -> Resampled:
    """How far making all runs again could move what the cloud says: vectors drawn anew, with their luck.

    `effect_cost`: (vectors, worlds, 2), differences run by run. Each resample takes luck out as the whole does.
    """
    random = np.random.default_rng(seed)
    curves, shares = [], []
    for _ in range(resamples):
        again = effect_cost[random.integers(len(effect_cost), size=len(effect_cost))]
        effect, cost = cloud_of(again).T
        curves.append(acceptability(effect, cost, pay).second)
        shares.append(list(quadrants(effect, cost).values()))
    ends = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    quarter = np.quantile(shares, ends, axis=0)
    return Resampled(np.quantile(curves, ends, axis=0), dict(zip(QUADRANTS, quarter.T.tolist(), strict=True)))


def cloud_of(effect_cost: np.ndarray) -> np.ndarray:
    """(vectors, worlds, 2) -> (vectors, 2): means by vector, what luck adds to their spread taken out."""
    means = effect_cost.mean(axis=1)
    apart = (effect_cost - means[:, None]).reshape(-1, means.shape[1])
    worlds = effect_cost.shape[1]
    luck = apart.T @ apart / (len(means) * (worlds - 1))
    return steadied(means, luck / worlds)


def discounted_years(weeks: float, rate: float) -> float:
    """Years that an even stream over so many weeks is worth today; the first year counts in full."""
    years = weeks * DAYS_A_WEEK / DAYS_A_YEAR
    starts = np.arange(np.ceil(years))
    return float((np.minimum(years - starts, 1.0) / (1 + rate) ** starts).sum())


def discount_at(weeks: float, rate: float) -> float:
    """What something at the end of so many weeks is worth today; within the first year nothing is taken off."""
    return float((1 + rate) ** -max(np.ceil(weeks * DAYS_A_WEEK / DAYS_A_YEAR) - 1, 0.0))
