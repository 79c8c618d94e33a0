"""Those lost to follow-up in one trial: imputed, shifted until the conclusion changes, and what they were in truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.experiments.estimators.estimate import Difference
from cpsim.experiments.estimators.imputation import ALPHA, imputed, multiple, team_means_imputed
from cpsim.experiments.estimators.team_means import team_means
from cpsim.model import draw
from cpsim.observation.instruments import ENDS, SCORES

if TYPE_CHECKING:
    from cpsim.experiments.virtual.read import People

IMPUTED_LUCK = 10_000  # addresses of imputations begin here: no team and no trust has one
MEASURES = (*SCORES, "cost")  # of what was asked at both interviews
LOST = ("lost", "imputed_difference", "imputed_error", "imputed_df", "p_imputed", "tips_at", "lost_differ")
NOTHING = dict.fromkeys((*LOST, "nobody_lost"), math.nan)
Row = dict[str, Any]


def of_those_lost(people: People, measure: str, primary: Difference, seed: int, trial: int) -> Row:
    """Columns of a trial's row.

    lost: people interviewed once. imputed_...: the primary analysis by multiple imputation. tips_at: points by which
    those lost of the implementation arm would have to differ from where they were imputed for the conclusion of the
    primary analysis to change; infinity: no such shift on the scale. lost_differ: by how many they do, in truth.
    nobody_lost: the difference had everybody been seen again, those lost without error of measurement.
    """
    if measure not in MEASURES:
        return NOTHING
    after, before, seen = people.outcome(measure)
    assert before is not None
    asked = people["interviewed"].astype(bool) & ~np.isnan(before)
    y, base = np.where(seen, after, np.nan)[asked], before[asked]
    team, arm = people.team[asked], people.arm[asked]
    luck = draw.world_seed(seed, trial, IMPUTED_LUCK + MEASURES.index(measure))
    truth = people[f"true_{measure}"][asked] if measure in SCORES else None
    found = _imputed(y, base, team, arm, np.random.default_rng(luck), primary, measure, truth)
    everybody = math.nan if truth is None else team_means(np.where(np.isnan(y), truth, y), base, team, arm).value
    return {**NOTHING, "lost": int(np.isnan(y).sum()), **found, "nobody_lost": everybody}


def _imputed(
    y: np.ndarray,
    base: np.ndarray,
    team: np.ndarray,
    arm: np.ndarray,
    luck: np.random.Generator,
    primary: Difference,
    measure: str,
    truth: np.ndarray | None,
) -> Row:
    lost = np.isnan(y)
    if not lost.any():
        return told(multiple(y, base, team, arm, luck))
    filled = imputed(y, base, team, arm, luck)
    shifted = None if filled is None else team_means_imputed(filled, lost, base, team, arm)
    if filled is None or shifted is None:
        return {}
    row = told(shifted.unmoved)
    if truth is None or math.isnan(primary.p):
        return row
    ours = lost & (arm == 1)
    low, high = ENDS[measure]
    differ = float((truth[ours] - filled[ours].mean(axis=1)).mean()) if ours.any() else math.nan
    return {**row, "tips_at": shifted.tips_at(primary.p < ALPHA, high - low), "lost_differ": differ}


def told(found: Difference) -> Row:
    """The analysis by multiple imputation as columns."""
    numbers = {"imputed_difference": found.value, "imputed_error": found.error, "imputed_df": found.df}
    return {**numbers, "p_imputed": found.p}
