"""Which pairs of factors work together: second-order Sobol indices across two replicates, for a few factors.

As `sobol_cross`, with BA_i (B with column i of A) beside AB_i, in the world of B. The shares of pairs are small and
noisy, hence ten factors at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from cpsim.experiments.estimators import sobol_cross
from cpsim.experiments.estimators.problem import problem
from cpsim.experiments.estimators.sobol_cross import BAND, REPLICATES, RESAMPLES, Answers

MOST = 10


def plan(names: Sequence[str], n: int, seed: int) -> np.ndarray:
    """Points of the unit cube (n (2 k + 2), k) in SALib's order: A, AB_i, BA_i, B of a row. Raises ValueError."""
    from SALib.sample import sobol

    if len(names) > MOST:
        raise ValueError(f"pairs of {len(names)} factors; {MOST} at most")
    return sobol.sample(problem(names), n, calc_second_order=True, scramble=True, seed=seed)


def worlds(n: int, k: int) -> np.ndarray:
    """The world of each point (2, n (2 k + 2)): BA_i shares the world of B."""
    block = np.array([[2 * replicate] * (k + 1) + [2 * replicate + 1] * (k + 1) for replicate in range(REPLICATES)])
    return (sobol_cross.WORLDS_A_ROW * np.arange(n)[None, :, None] + block[:, None, :]).reshape(REPLICATES, -1)


def split(y: np.ndarray, k: int) -> tuple[Answers, np.ndarray]:
    """Answers (2, n (2 k + 2)) taken apart, and those of BA (2, n, k)."""
    blocks = y.reshape(REPLICATES, -1, 2 * k + 2)
    return Answers(blocks[:, :, 0], blocks[:, :, -1], blocks[:, :, 1 : k + 1]), blocks[:, :, k + 1 : -1]


def pairs(answers: Answers, ba: np.ndarray) -> np.ndarray:
    """Second-order indices (k, k), symmetric, NaN on the diagonal. A and AB never share a world with B and BA."""
    both = np.concatenate([answers.a, answers.b], axis=1)
    apart = both - both.mean(axis=1, keepdims=True)
    of_mean = float(np.mean(apart[0] * apart[1]))
    centre = np.concatenate([both, answers.ab.reshape(REPLICATES, -1), ba.reshape(REPLICATES, -1)], axis=1).mean()
    a, b, ab, ba = (each.mean(axis=0) - centre for each in (answers.a, answers.b, answers.ab, ba))
    alone = np.mean(b[:, None] * (ab - a[:, None]), axis=0)
    closed = ba.T @ ab / len(a) - np.mean(a * b)
    found = (closed - alone[:, None] - alone[None, :]) / (of_mean if of_mean > 0 else np.nan)
    upper = np.triu(found, 1)  # SALib's convention: BA of the first of a pair, AB of the second
    return np.where(np.eye(len(alone), dtype=bool), np.nan, upper + upper.T)


def analyse(names: Sequence[str], y: np.ndarray, seed: int, resamples: int = RESAMPLES) -> pd.DataFrame:
    """A row a pair: `factor`, `other`, `s2` with its 95 % bootstrap interval."""
    answers, ba = split(y, len(names))
    rng, n = np.random.default_rng(seed), answers.a.shape[1]
    draws: list[np.ndarray] = [rng.integers(0, n, size=(n,)) for _ in range(resamples)]
    drawn = np.array([pairs(answers.rows(rows), ba[:, rows]) for rows in draws])
    low, high = np.percentile(drawn, BAND, axis=0)
    found = pairs(answers, ba)
    return pd.DataFrame(
        [
            {"factor": names[i], "other": names[j], "s2": found[i, j], "s2_low": low[i, j], "s2_high": high[i, j]}
            for i, j in combinations(range(len(names)), 2)
        ]
    )
