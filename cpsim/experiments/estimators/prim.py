"""Patient rule induction (PRIM): a box of settings in which something happens far more often than elsewhere.

Friedman & Fisher (1999), with the trajectory, quasi-p and resampling of Bryant & Lempert (2010). A box is found by
peeling: take 5 % of the points inside off the side whose loss raises the share of successes most for each point lost;
at the end paste sides back while that raises the share. A box found on some points looks better on them than it is
(by about 0.1 in the share, seen), so it is chosen on one part of the sample and scored on the other.

Numbers, ordered levels (as numbers) and categories: a column of text is a category, of which levels are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.stats import binom

Side = Literal["from", "to", "among"]
Restriction = tuple[str, Side]
PEEL = 0.05  # of the points inside, lost at a time
LEAST = 0.03  # of all points, below which a box is not peeled further
FEWEST = 30  # points, likewise
WORKS, WIDE = 0.8, 0.2  # the density that makes a box worth telling of, and the coverage that it needs for that
SPURIOUS = 0.05  # quasi-p above which a restriction is taken for chance


@dataclass(frozen=True)
class Box:
    """What a box asks for: (factor, "from" | "to" | "among") -> an end, which is inside, or the levels kept."""

    limits: Mapping[Restriction, Any] = field(default_factory=dict)

    @property
    def factors(self) -> list[str]:
        """The factors it restricts, in the order in which they were restricted."""
        return list(dict.fromkeys(name for name, _ in self.limits))

    def inside(self, points: pd.DataFrame) -> np.ndarray:
        """(points,) bool: which points meet all that is asked."""
        found = np.ones(len(points), bool)
        for (name, side), limit in self.limits.items():
            found &= _meets(points[name].to_numpy(), side, limit)
        return found

    def without(self, restriction: Restriction) -> Box:
        """The wider box that does not ask for this."""
        return Box({each: limit for each, limit in self.limits.items() if each != restriction})

    def having(self, restriction: Restriction, limit: Any) -> Box:
        """The box that asks for this (instead)."""
        return Box({**self.limits, restriction: limit})


@dataclass(frozen=True)
class Score:
    """coverage: share of all successes that are inside. density: share of successes inside. mass: share of points."""

    coverage: float
    density: float
    mass: float
    points: int

    @property
    def balance(self) -> float:
        """Harmonic mean of coverage and density: high only where both are."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both > 0 else 0.0


def score(box: Box, points: pd.DataFrame, success: np.ndarray) -> Score:
    """How well a box does on some points; NaN where there is nothing to count."""
    inside = box.inside(points)
    hits, count = float(success[inside].sum()), int(inside.sum())
    return Score(
        coverage=hits / success.sum() if success.any() else np.nan,
        density=hits / count if count else np.nan,
        mass=count / len(points) if len(points) else np.nan,
        points=count,
    )


def trajectory(points: pd.DataFrame, success: np.ndarray, peel: float = PEEL, least: float = LEAST) -> list[Box]:
    """Every box on the way, from everything to the last that pasting made; the same points give the same boxes."""
    success = np.asarray(success, float)
    smallest = max(FEWEST, least * len(points))
    boxes = [Box()]
    while (narrower := _peeled(boxes[-1], points, success, peel, smallest)) is not None:
        boxes.append(narrower)
    while (wider := _pasted(boxes[-1], points, success, peel)) is not None:
        boxes.append(wider)
    return boxes


def table(boxes: list[Box], points: pd.DataFrame, success: np.ndarray) -> pd.DataFrame:
    """A row a box: step, coverage, density, mass, points and how many factors it restricts."""
    rows = [
        {"step": step, **vars(score(box, points, success)), "restricted": len(box.factors)}
        for step, box in enumerate(boxes)
    ]
    return pd.DataFrame(rows)


def chosen(boxes: list[Box], points: pd.DataFrame, success: np.ndarray) -> int:
    """The step of the widest box in which 8 of 10 succeed; where none of those covers a fifth of the successes, of the
    box whose coverage and density are best together.
    """
    scores = [score(box, points, success) for box in boxes]
    dense = [step for step, found in enumerate(scores) if found.density >= WORKS and found.coverage >= WIDE]
    return max(dense, key=lambda step: scores[step].coverage) if dense else int(np.argmax([s.balance for s in scores]))


def quasi_p(box: Box, points: pd.DataFrame, success: np.ndarray) -> dict[Restriction, float]:
    """For each restriction: the chance of as many successes if it did nothing, by the binomial of the box without it.

    "Quasi", since the box was chosen among many on the same points: it tells what is surely spurious, no more.
    """
    inside = box.inside(points)
    hits, count = int(success[inside].sum()), int(inside.sum())
    found = {}
    for restriction in box.limits:
        wider = box.without(restriction).inside(points)
        found[restriction] = float(binom.sf(hits - 1, count, success[wider].mean())) if count else 1.0
    return found


def without_spurious(box: Box, points: pd.DataFrame, success: np.ndarray, level: float = SPURIOUS) -> Box:
    """Drop the restriction that looks most like chance, and look again; all at once would cost density (seen)."""
    while box.limits:
        found = quasi_p(box, points, success)
        worst = max(found, key=lambda restriction: found[restriction])
        if found[worst] <= level:
            break
        box = box.without(worst)
    return box


def stability(
    points: pd.DataFrame,
    success: np.ndarray,
    find: Callable[[pd.DataFrame, np.ndarray], Box],
    times: int = 20,
    seed: int = 1,
) -> pd.Series:
    """By factor: the share of bootstrap resamples of the points in which `find` gives a box that restricts it."""
    stream = np.random.default_rng(seed)
    counts = pd.Series(0.0, index=points.columns)
    for _ in range(times):
        drawn = stream.integers(len(points), size=len(points))
        counts[find(points.iloc[drawn].reset_index(drop=True), success[drawn]).factors] += 1
    return counts / times


def found_box(points: pd.DataFrame, success: np.ndarray) -> Box:
    """The chosen box without what is spurious."""
    if not success.any():
        return Box()
    boxes = trajectory(points, success)
    return without_spurious(boxes[chosen(boxes, points, success)], points, success)


def _meets(values: np.ndarray, side: Side, limit: Any) -> np.ndarray:
    if side == "among":
        return np.isin(values, list(limit))
    return values >= limit if side == "from" else values <= limit


def _peeled(box: Box, points: pd.DataFrame, success: np.ndarray, peel: float, smallest: float) -> Box | None:
    """The best box with one slice less; None when none is better, or all would be too small."""
    inside = box.inside(points)
    within, hits = points[inside], success[inside]
    now, best, gain = hits.mean(), None, 0.0
    for restriction, limit in _slices(within, peel):
        kept = _meets(within[restriction[0]].to_numpy(), restriction[1], limit)
        left = int(kept.sum())
        if left < smallest or left == len(kept):
            continue
        rise = (hits[kept].mean() - now) / (len(kept) - left)
        if rise > gain:
            best, gain = box.having(restriction, limit), rise
    return best


def _slices(within: pd.DataFrame, peel: float) -> Iterator[tuple[Restriction, Any]]:
    """What could be asked next: each side of each number moved in by 5 % of the points, each level left out."""
    lost = max(1, int(np.ceil(peel * len(within))))
    for name in within.columns:
        values = within[name].to_numpy()
        if not np.issubdtype(values.dtype, np.number):
            levels = frozenset(values)
            yield from (((name, "among"), levels - {level}) for level in sorted(levels) if len(levels) > 1)
            continue
        ordered = np.sort(values)
        above, below = ordered[ordered > ordered[lost - 1]], ordered[ordered < ordered[-lost]]
        if len(above):
            yield (name, "from"), above[0].item()
        if len(below):
            yield (name, "to"), below[-1].item()


def _pasted(box: Box, points: pd.DataFrame, success: np.ndarray, peel: float) -> Box | None:
    """The best box with one side a slice further out; None when that raises the share of no box."""
    inside = box.inside(points)
    now, best = success[inside].mean(), None
    for restriction in box.limits:
        for wider in _wider(box, restriction, points, max(1, int(np.ceil(peel * inside.sum())))):
            share = success[wider.inside(points)].mean()
            if share > now:
                now, best = share, wider
    return best


def _wider(box: Box, restriction: Restriction, points: pd.DataFrame, more: int) -> Iterator[Box]:
    """The box with this side moved out over so many more points, or with one level more."""
    name, side = restriction
    limit, open_ = box.limits[restriction], box.without(restriction)
    reachable = points[name].to_numpy()[open_.inside(points)]
    if side == "among":
        missing = sorted(set(reachable) - limit)
        yield from (box.having(restriction, limit | {level}) for level in missing)
        return
    outside = np.sort(reachable[~_meets(reachable, side, limit)])
    if side == "from":
        outside = outside[::-1]
    if len(outside) <= more:
        yield open_
    else:
        yield box.having(restriction, outside[more - 1].item())
