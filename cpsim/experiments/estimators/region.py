"""Points of the unit cube that a rule leaves: found, spread out, and how much of the cube they are.

The rule gives each point a badness; below 1 it is inside. A small region is found by stages, each of which keeps the
better part of the last (subset simulation, Au and Beck 2001), with slice sampling between.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

LOOKS = 4_096  # points with which the whole cube is looked through
KEPT = 0.25  # share of the points that a stage goes on from
MOVES = 12  # of each point between two stages
SHRINKS = 12  # tries along a line before a point stays where it is
NUDGE = 0.02  # of the cube: what is added to a direction, so that points do not stay in a plane
STUCK, TIRED = 0.02, 2  # a level that falls by less than this, so many stages running, does not reach the inside

Badness = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Region:
    """Points inside, (n, dimensions), and the share of the cube that is inside."""

    points: np.ndarray
    share: float


def spread(count: int, dimensions: int, seed: int) -> np.ndarray:
    """Points spread evenly over the unit cube (scrambled Sobol'), (count, dimensions)."""
    power = max(count - 1, 1).bit_length()
    return qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random_base2(power)[:count]


def scattered(count: int, dimensions: int, seed: int) -> np.ndarray:
    """Points of a Latin hypercube, each dimension shuffled by itself, (count, dimensions).

    For many dimensions and few points: of 256 Sobol' points in 40 dimensions some pairs of columns follow each other.
    """
    return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(count)


def find_region(badness: Badness, dimensions: int, count: int, seed: int) -> Region:
    """At least `count` points inside, evenly from all of it; none when nothing seems to be inside."""
    rng = np.random.default_rng(seed)
    points = spread(LOOKS, dimensions, seed)
    values = badness(points)
    share, level, stuck = 1.0, np.inf, 0
    while (values < 1.0).sum() < KEPT * min(count, len(points)) and stuck < TIRED:
        lower = max(float(np.quantile(values, KEPT)), 1.0)
        stuck = stuck + 1 if lower > (1.0 - STUCK) * level else 0
        level, kept = lower, values < lower
        if not kept.any():
            break
        share *= kept.mean()
        points, values = _moved(badness, points[kept], values[kept], level, count, rng)
    inside = values < 1.0
    if not inside.any():
        return Region(points[:0], 0.0)
    return _filled(badness, points[inside], share * float(inside.mean()), count, rng)


def _filled(badness: Badness, points: np.ndarray, share: float, count: int, rng: np.random.Generator) -> Region:
    """As many points as were asked for."""
    if len(points) >= count:
        return Region(points, share)
    values = np.zeros(len(points))
    more, _ = _moved(badness, points, values, 1.0, count, rng)
    return Region(more, share)


def _moved(
    badness: Badness, points: np.ndarray, values: np.ndarray, level: float, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """`count` points drawn from these, each moved about many times below the level."""
    rows = np.resize(rng.permutation(len(points)), count)
    points, values = points[rows], values[rows]
    for _ in range(MOVES):
        points, values = _slice(badness, points, values, level, rng)
    return points, values


def _slice(
    badness: Badness, points: np.ndarray, values: np.ndarray, level: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Each point to some other on a line through it that is below the level; lines follow the differences of others."""
    one, other = (points[rng.integers(len(points), size=len(points))] for _ in range(2))
    lines = one - other + NUDGE * rng.standard_normal(points.shape)
    low, high = _ends(points, lines)
    todo = np.arange(len(points))
    points, values = points.copy(), values.copy()
    for _ in range(SHRINKS):
        step = rng.uniform(low[todo], high[todo])
        tried = np.clip(points[todo] + step[:, None] * lines[todo], 0.0, 1.0)
        found = badness(tried)
        well = found < level
        points[todo[well]], values[todo[well]] = tried[well], found[well]
        back, ahead = todo[~well & (step < 0)], todo[~well & (step >= 0)]
        low[back], high[ahead] = step[~well & (step < 0)], step[~well & (step >= 0)]
        todo = todo[~well]
        if not len(todo):
            break
    return points, values


def _ends(points: np.ndarray, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each line stays within the cube, backwards and forwards."""
    safe = np.where(lines == 0.0, np.finfo(float).tiny, lines)
    to_bottom, to_top = -points / safe, (1.0 - points) / safe
    return np.minimum(to_bottom, to_top).max(axis=1), np.maximum(to_bottom, to_top).min(axis=1)


def representative(points: np.ndarray, count: int) -> np.ndarray:
    """Rows of so many of the points that stand for all of them, in order of choice; all when there are no more.

    Each is the one that is nearest to all points and farthest from those chosen before (herding towards support points,
    Mak and Joseph 2018). The farthest points alone (maximin) would be those at the edges: of a cube in which nothing is
    ruled out 20 of 90 had 1.3 to 1.5 times its spread.
    """
    if len(points) <= count:
        return np.arange(len(points))
    centred = np.array([np.linalg.norm(points - point, axis=1).mean() for point in points])
    chosen: list[int] = []
    away = np.zeros(len(points))
    for number in range(1, count + 1):
        score = centred - away / number
        score[chosen] = np.inf
        chosen.append(int(score.argmin()))
        away += np.linalg.norm(points - points[chosen[-1]], axis=1)
    return np.array(chosen)
