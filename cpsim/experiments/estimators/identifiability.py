"""What patterns say about parameters: which are pinned, which only together, and which pattern pinned what.

Everything is in the unit cube, where a parameter that nothing is said about spreads evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.history import CUT, History, Target, Wave, badness
from cpsim.experiments.estimators.region import find_region, spread

EVEN = 1.0 / np.sqrt(12.0)  # standard deviation of a parameter that nothing is said about
POINTS = 512  # of a region that is looked at without a pattern
STRIPS = 20  # that each parameter is cut into for its profile
LOOKED_AT = 4_096  # settings of the whole cube that profiles are read from, besides those of the region


def marginals(points: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """A row a parameter: the spread that is left over the spread before (1: nothing learnt), and its ends.

    points: not ruled out, (n, parameters) of the unit cube.
    """
    return pd.DataFrame(
        {
            "parameter": list(names),
            "left": points.std(axis=0, ddof=1) / EVEN,
            "low": np.quantile(points, 0.05, axis=0),
            "middle": np.quantile(points, 0.5, axis=0),
            "high": np.quantile(points, 0.95, axis=0),
        }
    )


def correlations(points: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """A row a pair of parameters, the most correlated first."""
    matrix = np.corrcoef(points, rowvar=False)
    pairs = [(names[one], names[other], float(matrix[one, other])) for one in range(len(names)) for other in range(one)]
    table = pd.DataFrame(pairs, columns=["parameter", "other", "correlation"])
    return table.sort_values("correlation", key=lambda column: -column.abs(), ignore_index=True)


def directions(points: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    """A row a direction and parameter: `left` is the spread along the direction over the spread before.

    Little left: a stiff direction, a combination that the patterns pin. About 1: a sloppy one. `weight`: of the
    parameter in the direction; squares of a direction's weights add up to 1. Stiffest first.
    """
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(points, rowvar=False)))
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(len(values))])
    return pd.DataFrame(
        [
            {"direction": number + 1, "left": np.sqrt(max(value, 0.0)) / EVEN, "parameter": name, "weight": weight}
            for number, (value, vector) in enumerate(zip(values, (vectors * signs).T, strict=True))
            for name, weight in zip(names, vector, strict=True)
        ]
    )


def pinned(waves: Sequence[Wave], targets: Sequence[Target], names: Sequence[str], seed: int) -> pd.DataFrame:
    """Which pattern pinned what: a row a pattern and parameter, with the spread that is left without that pattern.

    `share`: of the cube that is left then; `left`, `left_without`: as in `marginals`, with and without the pattern. A
    pattern pins a parameter when much more is left without it.
    """
    rows = []
    whole = _left(waves, targets, names, (), seed)
    for column, target in enumerate(targets):
        without = _left(waves, targets, names, (column,), seed)
        rows.append(without.assign(pattern=target.name, left_without=without["left"], left=whole["left"]))
    return pd.concat(rows, ignore_index=True)[["pattern", "parameter", "left", "left_without", "share"]]


def profiles(history: History, names: Sequence[str], seed: int) -> pd.DataFrame:
    """A row a parameter and place: the least miss of any setting there, whatever the others (Vernon et al. 2010).

    `place`: middle of a strip of the cube, 0 to 1. `least`: largest miss of the best setting in it, in standard
    deviations, as the emulators see it; above the cut nothing there is left. `settings`: of those looked at, how many
    were in the strip.
    """
    points = np.vstack([spread(LOOKED_AT, len(names), seed), history.region.points])
    misses = CUT * history.badness(points)
    strips = np.minimum((points * STRIPS).astype(int), STRIPS - 1)
    rows = []
    for column, name in enumerate(names):
        for strip in range(STRIPS):
            there = misses[strips[:, column] == strip]
            least = float(there.min()) if len(there) else np.nan
            rows.append({"parameter": name, "place": (strip + 0.5) / STRIPS, "least": least, "settings": len(there)})
    return pd.DataFrame(rows)


def _left(
    waves: Sequence[Wave], targets: Sequence[Target], names: Sequence[str], without: Sequence[int], seed: int
) -> pd.DataFrame:
    rule = partial(badness, waves=waves, targets=targets, without=without)
    region = find_region(rule, len(names), POINTS, seed)
    if len(region.points) < 2:
        return pd.DataFrame({"parameter": list(names), "left": np.nan, "share": region.share})
    return marginals(region.points, names)[["parameter", "left"]].assign(share=region.share)
