"""History matching: which settings of a model cannot be ruled out by what was seen (Craig et al. 1997; Vernon 2010).

A setting is a point of the unit cube. In waves: run points spread over what is left, learn an emulator of each pattern,
rule out where even the emulator's and the observation's uncertainty do not explain the miss, go on inside. What is left
at the end is not a distribution: its points are not ruled out, no more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from cpsim.errors import DeclarationError
from cpsim.experiments.estimators.noisy_emulator import Emulator
from cpsim.experiments.estimators.region import Region, find_region, representative, spread

CUT = 3.0  # standard deviations of a miss beyond which a setting is ruled out (Pukelsheim's three sigma rule)
MANY = 10  # patterns; with more, the first wave lets each setting miss one
SHRINKS = 0.1  # a wave that takes away less than this of what was left is the last
LOOKED_AT = 512  # settings inside, at which emulators are held against the observation
BOTH, AT_LEAST, AT_MOST = SIDES = "both", "at_least", "at_most"


@dataclass(frozen=True)
class Target:
    """What one pattern asks for, in its own unit.

    observation_sd: how far the study may be from the truth. discrepancy_sd: how far the model may be, at its best.
    side: `observed` is a middle (BOTH), or an end that must be reached (AT_LEAST) or kept to (AT_MOST).
    """

    name: str
    observed: float
    observation_sd: float
    discrepancy_sd: float
    side: str = BOTH

    def __post_init__(self) -> None:
        """Raises DeclarationError for a side that is none."""
        if self.side not in SIDES:
            raise DeclarationError(f"{self.name}: side is {self.side!r}; write one of {', '.join(SIDES)}")

    @property
    def variance(self) -> float:
        """Of observation and discrepancy together."""
        return self.observation_sd**2 + self.discrepancy_sd**2


@dataclass(frozen=True)
class Runs:
    """What runs gave at n points of the cube, (n, dimensions): mean of each target, (n, targets), and the variance of
    that mean (simulation)."""

    points: np.ndarray
    mean: np.ndarray
    variance: np.ndarray


@dataclass(frozen=True)
class Wave:
    """One wave: its runs, the emulators learnt from it, and what was left after it.

    forgiven: how many patterns a setting may miss. share: of the cube that is left. emulator_variance: of each
    target, mean over what is left.
    """

    number: int
    runs: Runs
    emulators: tuple[Emulator, ...]
    forgiven: int
    share: float
    emulator_variance: np.ndarray = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True)
class History:
    """All waves, and what is left: `region` is empty when everything is ruled out. `settled`: did the rule end it?"""

    targets: tuple[Target, ...]
    waves: tuple[Wave, ...]
    region: Region
    settled: bool

    def badness(self, points: np.ndarray, without: Sequence[int] = ()) -> np.ndarray:
        """Largest miss over the cut of each point, (n,); below 1: not ruled out. without: targets left out."""
        return badness(points, self.waves, self.targets, without)


Run = Callable[[int, np.ndarray], Runs]


def implausibility(mean: np.ndarray, variance: np.ndarray, targets: Sequence[Target]) -> np.ndarray:
    """Misses in standard deviations, (n, targets).

    variance: of the emulator, where `mean` is emulated; of simulation (over its number of worlds), where it was run.
    """
    miss = mean - np.array([target.observed for target in targets])
    for column, target in enumerate(targets):
        if target.side == AT_LEAST:
            miss[:, column] = np.minimum(miss[:, column], 0.0)
        elif target.side == AT_MOST:
            miss[:, column] = np.maximum(miss[:, column], 0.0)
    return np.abs(miss) / np.sqrt(variance + np.array([target.variance for target in targets]))


def worst(misses: np.ndarray, forgiven: int = 0) -> np.ndarray:
    """Largest miss of each row; with `forgiven` 1 the second largest."""
    if forgiven >= misses.shape[1]:
        return np.zeros(len(misses))
    return np.sort(misses, axis=1)[:, -1 - forgiven]


def badness(
    points: np.ndarray, waves: Sequence[Wave], targets: Sequence[Target], without: Sequence[int] = ()
) -> np.ndarray:
    """See History.badness: every wave may rule a point out."""
    kept = [column for column in range(len(targets)) if column not in without]
    found = np.zeros(len(points))
    for wave in waves:
        misses = implausibility(*emulated(wave, points), targets)[:, kept]
        found = np.maximum(found, worst(misses, wave.forgiven) / CUT)
    return found


def emulated(wave: Wave, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of each target at these points as the wave's emulators see them, each (n, targets)."""
    means, variances = zip(*(emulator.predict(points) for emulator in wave.emulators), strict=True)
    return np.column_stack(means), np.column_stack(variances)


def match(
    run: Run,
    dimensions: int,
    targets: Sequence[Target],
    *,
    points: int,
    most_waves: int,
    seed: int,
    told: Callable[[Wave], None] = lambda wave: None,
) -> History:
    """Match in waves of so many points, until the set settles or the waves are used up.

    run: (number of the wave, from 1; points (n, dimensions) of the unit cube) -> Runs, of other points when the wave
    was begun before. told: is called after each wave.
    """
    waves: list[Wave] = []
    region, settled = Region(spread(points, dimensions, seed), 1.0), False
    while len(waves) < most_waves and len(region.points) and not settled:
        number = len(waves) + 1
        design = region.points[representative(region.points, points)]
        learnt = learn(number, run(number, design), waves, targets, seed)
        region = find_region(
            partial(badness, waves=[*waves, learnt], targets=targets),
            dimensions,
            max(2 * points, LOOKED_AT),
            seed + number,
        )
        waves.append(_judged(learnt, region, targets))
        settled = _is_settled(waves, targets)
        told(waves[-1])
    return History(tuple(targets), tuple(waves), region, settled)


def learn(number: int, runs: Runs, waves: Sequence[Wave], targets: Sequence[Target], seed: int) -> Wave:
    """Emulators from this wave's runs and from those of earlier waves that are not ruled out."""
    kept = [badness(wave.runs.points, waves, targets) < 1.0 for wave in waves]
    points = np.vstack([*(wave.runs.points[rows] for wave, rows in zip(waves, kept, strict=True)), runs.points])
    values = np.vstack([*(wave.runs.mean[rows] for wave, rows in zip(waves, kept, strict=True)), runs.mean])
    emulators = tuple(Emulator.learn(points, column, seed) for column in values.T)
    forgiven = 1 if number == 1 and len(targets) > MANY else 0
    return Wave(number, runs, emulators, forgiven, math.nan)


def _judged(wave: Wave, region: Region, targets: Sequence[Target]) -> Wave:
    """The wave with what it left, and the mean variance of its emulators there."""
    inside = region.points[:LOOKED_AT]
    variance = emulated(wave, inside)[1].mean(axis=0) if len(inside) else np.full(len(targets), math.nan)
    return replace(wave, share=region.share, emulator_variance=variance)


def _is_settled(waves: Sequence[Wave], targets: Sequence[Target]) -> bool:
    """The last wave took little away, and emulators are no longer what keeps settings in."""
    before = waves[-2].share if len(waves) > 1 else 1.0
    small = waves[-1].share > (1.0 - SHRINKS) * before
    sharp = waves[-1].emulator_variance < np.array([target.variance for target in targets])
    return bool(small and sharp.all() and not waves[-1].forgiven)


def survivors(runs: Runs, targets: Sequence[Target]) -> np.ndarray:
    """Which points real runs do not rule out, (n,) bool. A target that a run does not show counts against it."""
    misses = implausibility(runs.mean, runs.variance, targets)
    return worst(np.where(np.isnan(misses), np.inf, misses)) < CUT
