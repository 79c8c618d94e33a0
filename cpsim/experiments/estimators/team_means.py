"""The primary analysis: one number a team, compared between arms. Right whatever people of a team have in common.

Stage one takes from every answer what its baseline says (one line for both arms together); stage two compares the means
of what is left, a team a number (Hayes and Moulton, Cluster Randomised Trials, 2017, chapter 10).
"""

from __future__ import annotations

import numpy as np

from cpsim.experiments.estimators.estimate import UNKNOWN, Difference, least_squares


def adjusted(y: np.ndarray, baseline: np.ndarray | None) -> np.ndarray:
    """What is left of each answer when its baseline has been heard; without one, the answer less the mean of all."""
    columns = [np.ones(len(y))] if baseline is None else [np.ones(len(y)), baseline]
    return least_squares(np.column_stack(columns), y)[1]


def means_by(values: np.ndarray, team: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The teams in order, and the mean of the values of each."""
    teams, place = np.unique(team, return_inverse=True)
    return teams, np.bincount(place, values) / np.bincount(place)


def team_means(y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray) -> Difference:
    """Difference of the arms' mean team means; t on teams less 2 degrees of freedom, spread pooled.

    y, baseline, team, arm: one entry a person; arm is 1 for the implementation arm and 0 for the other, the same for
    all people of a team. NaN when an arm has no team, or there are fewer than three.
    """
    teams, means = means_by(adjusted(y, baseline), team)
    first = np.array([arm[team == each][0] for each in teams], bool)
    sizes = int(first.sum()), int((~first).sum())
    df = len(teams) - 2
    if min(sizes) == 0 or df < 1:
        return UNKNOWN
    ones, others = means[first], means[~first]
    pooled = (((ones - ones.mean()) ** 2).sum() + ((others - others.mean()) ** 2).sum()) / df
    error = np.sqrt(pooled * (1.0 / sizes[0] + 1.0 / sizes[1]))
    return Difference(float(ones.mean() - others.mean()), float(error), df)


def paired_means(
    y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray, trust: np.ndarray
) -> Difference:
    """The same as differences inside trusts; t on trusts less 1. A trust that lacks an arm does not count."""
    left = adjusted(y, baseline)
    gaps = []
    for each in np.unique(trust):
        there = trust == each
        both = [left[there & (arm == value)] for value in (1, 0)]
        if all(len(part) for part in both):
            teams = [team[there & (arm == value)] for value in (1, 0)]
            one, other = (means_by(part, of)[1].mean() for part, of in zip(both, teams, strict=True))
            gaps.append(one - other)
    if len(gaps) < 2:
        return UNKNOWN
    found = np.array(gaps)
    return Difference(float(found.mean()), float(found.std(ddof=1) / np.sqrt(len(found))), len(found) - 1)
