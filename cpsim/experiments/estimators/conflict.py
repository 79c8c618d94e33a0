"""Nothing is left: which patterns no setting meets, alone or two together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cpsim.experiments.estimators.history import CUT, Target, Wave, emulated, implausibility
from cpsim.experiments.estimators.region import find_region, spread

POOL = 4_096  # points at which patterns are first held against each other
SEARCHED = 6  # pairs that look farthest apart there, each of which is then searched for a setting that meets both
WANTED = 64  # settings that a search asks for


@dataclass(frozen=True)
class Conflict:
    """One target that no setting reaches, or two that none reaches together; no name when it takes more than two.

    misses: the least largest miss, in standard deviations, that a setting was found to have with these targets.
    """

    names: tuple[str, ...]
    misses: float


def conflict(waves: Sequence[Wave], targets: Sequence[Target], seed: int) -> Conflict:
    """What stands in the way, as the emulators of all waves see it."""
    dimensions = waves[0].runs.points.shape[1]
    points = np.vstack([spread(POOL, dimensions, seed), *(wave.runs.points for wave in waves)])
    misses = largest(points, waves, targets)
    singles = [(column,) for column in range(len(targets))]
    for groups in (singles, list(combinations(range(len(targets)), 2))):
        least = {group: float(misses[:, group].max(axis=1).min()) for group in groups}
        suspects = sorted((group for group in groups if least[group] >= CUT), key=least.__getitem__)
        for group in reversed(suspects[-SEARCHED:]):
            if not _met(group, waves, targets, dimensions, seed):
                return Conflict(tuple(targets[column].name for column in group), least[group])
    return Conflict((), float(misses.max(axis=1).min()))


def largest(points: np.ndarray, waves: Sequence[Wave], targets: Sequence[Target]) -> np.ndarray:
    """The largest miss that any wave's emulators see, (n, targets)."""
    found = [implausibility(*emulated(wave, points), targets) for wave in waves]
    return np.max(found, axis=0)


def _met(group: Sequence[int], waves: Sequence[Wave], targets: Sequence[Target], dimensions: int, seed: int) -> bool:
    """Does any setting meet these targets?"""

    def badness(points: np.ndarray) -> np.ndarray:
        return largest(points, waves, targets)[:, list(group)].max(axis=1) / CUT

    return bool(len(find_region(badness, dimensions, WANTED, seed).points))
