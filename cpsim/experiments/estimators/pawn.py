"""Which factors move the whole distribution, not only its variance: PAWN (Pianosi & Wagener 2018) from any sample.

The index of a factor without effect is not zero: it is the distance between a slice of the runs and all of them that
chance gives. The floor is what the *largest* index reaches in 95 of 100 shuffles of the answers; below it an index
says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import problem

SLICES = 10
SHUFFLES = 50
FLOOR = 95  # per cent


def analyse(
    names: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int, slices: int = SLICES, shuffles: int = SHUFFLES
) -> pd.DataFrame:
    """A row a factor: `index` (median over slices, SALib's), the `floor` that all share, and is it `above`."""
    from SALib.analyze import pawn

    found = pawn.analyze(problem(names), x, y, S=slices)
    table = pd.DataFrame({"factor": list(names), "index": np.asarray(found["median"], float)})
    table["floor"] = floor(y, len(names), seed, slices, shuffles)
    return table.assign(above=table["index"] > table["floor"])


def floor(y: np.ndarray, k: int, seed: int, slices: int = SLICES, shuffles: int = SHUFFLES) -> float:
    """What the largest of k indices reaches in 95 of 100 shuffles, if no factor has any effect.

    A shuffled answer falls into any slice alike, whatever the factor; so slices are drawn instead of sorted out.
    """
    rng, ordered = np.random.default_rng(seed), np.sort(y)
    last = np.r_[ordered[1:] != ordered[:-1], True]  # of equal answers only the last is a step of the distribution
    members = np.arange(len(y)) * slices // len(y)
    largest = [max(_median_distance(rng.permutation(members), last, slices) for _ in range(k)) for _ in range(shuffles)]
    return float(np.percentile(largest, FLOOR))


def _median_distance(slice_of: np.ndarray, last: np.ndarray, slices: int) -> float:
    """Median over slices of the largest distance between a slice's distribution and that of all, answers in order."""
    inside = np.cumsum(slice_of[None, :] == np.arange(slices)[:, None], axis=1)
    everywhere = np.arange(1, len(slice_of) + 1) / len(slice_of)
    apart = np.abs(inside / inside[:, -1:] - everywhere)
    return float(np.median(apart[:, last].max(axis=1)))
