"""A mixed model with a random intercept for each team, by restricted maximum likelihood.

With one random intercept the likelihood depends on a single number, ratio = variance of teams over variance of people;
all else follows by generalised least squares. So it is looked for on a grid and then closer, and never fails to
converge (general packages do with ten teams, where the best ratio is often 0).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from cpsim.experiments.estimators.estimate import Difference

GRID = np.concatenate([[0.0], np.geomspace(1e-4, 20.0, 24)])  # ratios looked at first


@dataclass(frozen=True)
class Mixed:
    """Coefficients, their covariance, and the variances of people and of teams."""

    coefficients: np.ndarray
    covariance: np.ndarray
    person: float
    team: float


@dataclass(frozen=True)
class Sums:
    """What of the data the likelihood needs: X'X, X'y, y'y, and by team the sums and the number of people."""

    xx: np.ndarray
    xy: np.ndarray
    yy: float
    team_x: np.ndarray
    team_y: np.ndarray
    sizes: np.ndarray


def random_intercept(design: np.ndarray, y: np.ndarray, team: np.ndarray) -> Mixed:
    """Fit y = design x coefficients + team + person. design: (people, columns); team: any labels."""
    found = sums(design, y, team)
    scores = np.array([criterion(ratio, found) for ratio in GRID])
    best = int(scores.argmin())
    if best == 0 and scores[0] <= criterion(GRID[1] / 10, found):
        return at(0.0, found)
    low, high = GRID[max(best - 1, 0)], GRID[min(best + 1, len(GRID) - 1)]
    closer = minimize_scalar(criterion, bounds=(low, high), args=(found,), method="bounded", options={"xatol": 1e-6})
    return at(float(closer.x), found)


def sums(design: np.ndarray, y: np.ndarray, team: np.ndarray) -> Sums:
    """Everything that the fit reads, once."""
    _, place = np.unique(team, return_inverse=True)
    team_x = np.column_stack([np.bincount(place, column) for column in design.T])
    return Sums(design.T @ design, design.T @ y, float(y @ y), team_x, np.bincount(place, y), np.bincount(place))


def criterion(ratio: float, data: Sums) -> float:
    """Minus twice the restricted log-likelihood at this ratio, but for a constant."""
    xx, xy, yy = weighted(ratio, data)
    left = len(data.xy)
    free = int(data.sizes.sum()) - left
    person = (yy - xy @ np.linalg.solve(xx, xy)) / free
    spread = np.log1p(data.sizes * ratio).sum() + np.linalg.slogdet(xx)[1]
    return float(free * math.log(max(float(person), 1e-300)) + spread)


def weighted(ratio: float, data: Sums) -> tuple[np.ndarray, np.ndarray, float]:
    """X'V^-1X, X'V^-1y and y'V^-1y, where V is 1 on the diagonal and `ratio` between people of a team, besides."""
    weight = ratio / (1.0 + data.sizes * ratio)
    xx = data.xx - (data.team_x * weight[:, None]).T @ data.team_x
    xy = data.xy - data.team_x.T @ (weight * data.team_y)
    return xx, xy, float(data.yy - (weight * data.team_y**2).sum())


def at(ratio: float, data: Sums) -> Mixed:
    """The fit at this ratio."""
    xx, xy, yy = weighted(ratio, data)
    coefficients = np.linalg.solve(xx, xy)
    person = float((yy - xy @ coefficients) / (data.sizes.sum() - len(xy)))
    return Mixed(coefficients, person * np.linalg.inv(xx), person, ratio * person)


def mixed(y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray, df: float) -> Difference:
    """The arms' difference in that model, adjusted for baseline; `df`: of the t distribution (teams less 2).

    A baseline that is the same for all says nothing and is left out.
    """
    columns = [np.ones(len(y)), arm.astype(float)] + ([] if baseline is None or not np.ptp(baseline) else [baseline])
    found = random_intercept(np.column_stack(columns), y, team)
    return Difference(float(found.coefficients[1]), float(np.sqrt(found.covariance[1, 1])), df)
