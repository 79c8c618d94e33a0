"""Analyses on people: as if they were independent, and with standard errors that know of teams (CR1).

The first two are shown for what they would have said; with a team ICC of .05 they find a difference that is not there
in 13 of 100 trials.
"""

from __future__ import annotations

import math

import numpy as np

from cpsim.experiments.estimators.estimate import Difference, least_squares


def design_of(
    y: np.ndarray, baseline: np.ndarray | None, arm: np.ndarray, trust: np.ndarray | None = None
) -> np.ndarray:
    """Columns: one, arm, baseline, and an indicator for every trust but the first."""
    columns = [np.ones(len(y)), arm.astype(float)] + ([] if baseline is None else [baseline])
    if trust is not None:
        columns += [(trust == each).astype(float) for each in np.unique(trust)[1:]]
    return np.column_stack(columns)


def ancova(y: np.ndarray, baseline: np.ndarray | None, arm: np.ndarray, trust: np.ndarray | None = None) -> Difference:
    """Adjusted difference with people as independent; with `trust` as fixed effects when given."""
    design = design_of(y, baseline, arm, trust)
    coefficients, left, bread = least_squares(design, y)
    df = len(y) - np.linalg.matrix_rank(design)
    variance = (left @ left) / df * bread[1, 1]
    return Difference(float(coefficients[1]), float(math.sqrt(variance)), float(df))


def cluster_robust(
    y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray, df: float = math.inf
) -> Difference:
    """The same difference with CR1 standard errors: teams as clusters, G/(G-1) x (N-1)/(N-p)."""
    design = design_of(y, baseline, arm)
    coefficients, left, bread = least_squares(design, y)
    teams, place = np.unique(team, return_inverse=True)
    scores = np.column_stack([np.bincount(place, column * left) for column in design.T])
    count, people = len(teams), len(y)
    small = count / (count - 1) * (people - 1) / (people - design.shape[1])
    covariance = small * bread @ (scores.T @ scores) @ bread
    return Difference(float(coefficients[1]), float(math.sqrt(covariance[1, 1])), df)


def partial_eta_squared(y: np.ndarray, baseline: np.ndarray, group: np.ndarray) -> tuple[float, float]:
    """Share of the variance left by the baseline that goes with two groups, with the group's sign; and its p."""
    found = ancova(y, baseline, group)
    square = (found.value / found.error) ** 2 if found.error else 0.0
    return math.copysign(square / (square + found.df), found.value), found.p
