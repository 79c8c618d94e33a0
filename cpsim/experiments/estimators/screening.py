"""Which parameters move any outcome at all: one plain sample, ranks, and a line that chance seldom crosses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import rankdata

SHUFFLES = 200  # of the outcomes against the parameters, to see what chance alone gives
CHANCE = 0.95  # share of them in which no parameter crosses the line


def movers(
    points: np.ndarray, values: np.ndarray, names: Sequence[str], outcomes: Sequence[str], seed: int
) -> pd.DataFrame:
    """A row a parameter, the strongest first: `strength`, of which outcome, and whether it is above the `line`.

    points: (n, parameters) of the unit cube; values: (n, outcomes), rows with NaN left out. strength: the largest rank
    correlation, in size, of any outcome with the parameter or with its distance from the middle (a valley or a hill).
    line: what the largest strength of all stays below in 95 % of shuffles.
    """
    known = np.isfinite(values).all(axis=1)
    shapes = _standard(np.hstack([points[known], np.abs(points[known] - 0.5)]))
    ranks = _standard(np.nan_to_num(values[known]))
    found = _strengths(shapes, ranks)
    rng = np.random.default_rng(seed)
    chance = [_strengths(shapes, ranks[rng.permutation(len(ranks))]).max() for _ in range(SHUFFLES)]
    line = float(np.quantile(chance, CHANCE))
    table = pd.DataFrame(
        {
            "parameter": list(names),
            "strength": found.max(axis=1),
            "outcome": [outcomes[column] for column in found.argmax(axis=1)],
            "line": line,
        }
    )
    table["moves"] = table["strength"] > line
    return table.sort_values("strength", ascending=False, ignore_index=True)


def _standard(columns: np.ndarray) -> np.ndarray:
    """Ranks of each column with mean 0 and length 1; a column of equal values is 0 throughout."""
    ranks = rankdata(columns, axis=0)
    ranks = ranks - ranks.mean(axis=0)
    length = np.linalg.norm(ranks, axis=0)
    return np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0)


def _strengths(shapes: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """The larger of a parameter's two shapes, (parameters, outcomes)."""
    both = np.abs(shapes.T @ ranks)
    straight, bent = np.split(both, 2)
    return np.maximum(straight, bent)
