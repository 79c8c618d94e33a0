"""The analyses of a trial of teams, the primary one first, each by its name.

LABELS: those of whoever was followed up. NAMED: with multiple imputation of those lost, which needs everybody.
"""

from __future__ import annotations

import math

import numpy as np

from cpsim.experiments.estimators.ancova import ancova, cluster_robust
from cpsim.experiments.estimators.estimate import Difference
from cpsim.experiments.estimators.reml import mixed
from cpsim.experiments.estimators.team_means import paired_means, team_means

PRIMARY = "team means"
LABELS = {
    PRIMARY: "team means, t on teams less 2",
    "paired means": "team means, paired inside trusts",
    "mixed, t": "mixed model (random team), t on teams less 2",
    "mixed, normal": "mixed model (random team), normal",
    "robust, t": "people, errors by team (CR1), t on teams less 2",
    "robust, normal": "people, errors by team (CR1), normal",
    "people": "people as independent (ANCOVA)",
    "people and trust": "people as independent, trusts fixed",
}
IMPUTED = "imputed"
NAMED = {PRIMARY: LABELS[PRIMARY], IMPUTED: "team means, those lost imputed (multiple imputation)", **LABELS}


def analyses(
    y: np.ndarray, baseline: np.ndarray | None, team: np.ndarray, arm: np.ndarray, trust: np.ndarray
) -> dict[str, Difference]:
    """What each analysis makes of the same people; all arrays one entry a person who was followed up."""
    df = float(len(np.unique(team)) - 2)
    intercept = mixed(y, baseline, team, arm, df)
    robust = cluster_robust(y, baseline, team, arm, df)
    return {
        PRIMARY: team_means(y, baseline, team, arm),
        "paired means": paired_means(y, baseline, team, arm, trust),
        "mixed, t": intercept,
        "mixed, normal": Difference(intercept.value, intercept.error, math.inf),
        "robust, t": robust,
        "robust, normal": Difference(robust.value, robust.error, math.inf),
        "people": ancova(y, baseline, arm),
        "people and trust": ancova(y, baseline, arm, trust),
    }
