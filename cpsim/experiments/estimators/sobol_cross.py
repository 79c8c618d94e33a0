"""Sobol indices of a noisy model: how much of the variance is due to each factor, alone and with others.

Plain estimators take the luck of a run for an effect, of every factor, so that even a dummy shows a large total index.
Here each row of the design is run in two worlds (replicates) that know nothing of each other, and only products of one
with the other are averaged: luck has a mean of zero in them. Within a replicate a row and all its variants share one
world, so that most of the luck falls out of their differences as well.

Notation of Saltelli et al. (2010), Comput. Phys. Commun. 181: A and B are two samples, AB_i is A with column i of B.
A_j and all AB_i,j of a replicate share a world; B_j has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import problem, varies

REPLICATES = 2
WORLDS_A_ROW = 2 * REPLICATES  # one for A and its variants, one for B, in each replicate
CHANCE = "chance"
RESAMPLES = 200
BAND = (2.5, 97.5)  # per cent


@dataclass(frozen=True)
class Answers:
    """What the model said: `a`, `b` (2, n) and `ab` (2, n, k); the first axis is the replicate."""

    a: np.ndarray
    b: np.ndarray
    ab: np.ndarray

    def rows(self, chosen: np.ndarray | slice) -> Answers:
        """These rows, all that belongs to them together."""
        return Answers(self.a[:, chosen], self.b[:, chosen], self.ab[:, chosen])


@dataclass(frozen=True)
class Shares:
    """Of one output. `s1`, `st` (k,): of the variance of the mean over futures; `own_...`: of single runs.

    `noise`: share of the variance of single runs that is luck.
    """

    s1: np.ndarray
    st: np.ndarray
    own_s1: np.ndarray
    own_st: np.ndarray
    noise: float


def plan(names: Sequence[str], n: int, seed: int, groups: Sequence[str] | None = None) -> np.ndarray:
    """Points of the unit cube (n (k + 2), factors) in SALib's order: A, AB_1 ... AB_k, B of a row, then the next row.

    n: a power of two. k: factors, or groups in the order in which they first occur.
    """
    from SALib.sample import sobol

    return sobol.sample(problem(names, groups), n, calc_second_order=False, scramble=True, seed=seed)


def worlds(n: int, k: int) -> np.ndarray:
    """The world of each point (2, n (k + 2)), one row a replicate; more rows leave the first ones as they are."""
    block = np.array([[2 * replicate] * (k + 1) + [2 * replicate + 1] for replicate in range(REPLICATES)])
    return (WORLDS_A_ROW * np.arange(n)[None, :, None] + block[:, None, :]).reshape(REPLICATES, -1)


def split(y: np.ndarray, k: int) -> Answers:
    """Answers (2, n (k + 2)) in the order of `plan` taken apart."""
    blocks = y.reshape(REPLICATES, -1, k + 2)
    return Answers(a=blocks[:, :, 0], b=blocks[:, :, -1], ab=blocks[:, :, 1:-1])


def shares(answers: Answers) -> Shares:
    """Indices of the mean output, and of single runs; NaN where the mean output does not vary.

    V_i is the mean of (B - mu)(AB_i - A), both averaged over the replicates, as their worlds differ anyway; V_Ti half
    the mean of (A - AB_i of one replicate) times (A - AB_i of the other). Unbiased but for the ratio.
    """
    a, b, ab = answers.a, answers.b, answers.ab
    both = np.concatenate([a, b], axis=1)
    apart = both - both.mean(axis=1, keepdims=True)
    of_mean, of_runs = float(np.mean(apart[0] * apart[1])), float(np.mean(apart**2))
    centre = np.concatenate([both.ravel(), ab.ravel()]).mean()
    moved = ab - a[:, :, None]
    alone = np.mean((b.mean(axis=0) - centre)[:, None] * moved.mean(axis=0), axis=0)
    total = np.mean(moved[0] * moved[1], axis=0) / 2
    total_own = np.mean(moved**2, axis=(0, 1)) / 2
    whole, single = (value if value > 0 else np.nan for value in (of_mean, of_runs))
    noise = 1 - max(of_mean, 0.0) / single
    return Shares(alone / whole, total / whole, alone / single, total_own / single, float(np.clip(noise, 0, 1)))


def analyse(names: Sequence[str], answers: Answers, seed: int, resamples: int = RESAMPLES) -> pd.DataFrame:
    """A row a factor: `s1`, `st`, `own_s1`, `own_st`, with 95 % intervals (`_low`, `_high`); last comes chance.

    `own_...` are shares of what single runs differ by; chance has these only. The bootstrap draws whole rows. Where the
    variance of the mean cannot be told from none, there is nothing to take shares of: `s1` and `st` are NaN.
    """
    found, drawn = shares(answers), _bootstrap(answers, seed, resamples)
    drowned = np.isnan([each.st[0] for each in drawn]).mean() > (100 - BAND[1]) / 100
    table = pd.DataFrame({"factor": list(names)})
    for name in ("s1", "st", "own_s1", "own_st"):
        values = np.array([getattr(each, name) for each in drawn])
        nothing = np.isnan(values).all(axis=0) | (drowned and not name.startswith("own"))
        table[name] = np.where(nothing, np.nan, getattr(found, name))
        low, high = np.nanpercentile(np.where(nothing, 0.0, values), BAND, axis=0)
        table[f"{name}_low"], table[f"{name}_high"] = np.where(nothing, np.nan, [low, high])
    low, high = np.nanpercentile([each.noise for each in drawn], BAND) if varies(answers.a) else (np.nan, np.nan)
    chance = {"factor": CHANCE, "own_st": found.noise, "own_st_low": low, "own_st_high": high}
    return pd.concat([table, pd.DataFrame([chance])], ignore_index=True)


def _bootstrap(answers: Answers, seed: int, resamples: int) -> list[Shares]:
    rng, n = np.random.default_rng(seed), answers.a.shape[1]
    return [shares(answers.rows(rng.integers(0, n, size=(n,)))) for _ in range(resamples)]
