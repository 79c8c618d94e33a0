"""Those lost to follow-up, over all trials: is the answer another with them imputed, and how odd would they have to be?

A world of trials is that of the teams' own delivery with CP's effect.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from cpsim.experiments.virtual.lost import LOST
from cpsim.experiments.virtual.tables import ALPHA, lines, mean_of, of
from cpsim.experiments.virtual.teams import ON

COLUMNS = (
    *("measure", "lost", "difference", "imputed", "changed", "changed_low", "changed_high"),
    *("nobody_lost", "bias", "bias_low", "bias_high"),
    *("same_conclusion", "tips_at", "tips_p10", "tips_p90", "never_tips", "tips_up", "lost_differ", "trials"),
)


def lost(trials: pd.DataFrame, own: str) -> pd.DataFrame:
    """A row a measure, means over trials unless said.

    difference, imputed: by team means, of whoever was followed and with those lost imputed; changed: second less first.
    nobody_lost: had everybody been seen again; bias: difference less that. same_conclusion: share of trials in which
    imputation says the same. tips_at: median over trials of the size of the shift of those lost of the implementation
    arm that changes the conclusion, with the middle 8 in 10 of trials (infinity: none on the scale does); never_tips:
    share of such trials; tips_up: share of the others in which those lost would have to be better. lost_differ: how far
    from the imputed they are in truth.
    """
    rows = of(trials, delivery=own, effect=ON)
    if not {*LOST, "nobody_lost"} <= set(rows.columns):
        return pd.DataFrame(columns=list(COLUMNS))
    found = [_of_measure(str(name), there) for name, there in rows.groupby("measure", sort=False)]
    return pd.DataFrame([row for row in found if row["trials"]], columns=list(COLUMNS))


def _of_measure(measure: str, rows: pd.DataFrame) -> dict[str, object]:
    known = rows[rows["p_imputed"].notna() & rows["p"].notna()]
    changed = mean_of(known["imputed_difference"] - known["difference"])
    bias = mean_of(known["difference"] - known["nobody_lost"])
    same = (known["p_imputed"] < ALPHA) == (known["p"] < ALPHA)
    return {
        "measure": measure,
        "lost": mean_of(known["lost"])[0],
        "difference": mean_of(known["difference"])[0],
        "imputed": mean_of(known["imputed_difference"])[0],
        **dict(zip(("changed", "changed_low", "changed_high"), changed, strict=True)),
        "nobody_lost": mean_of(known["nobody_lost"])[0],
        **dict(zip(("bias", "bias_low", "bias_high"), bias, strict=True)),
        "same_conclusion": float(same.mean()) if len(known) else math.nan,
        **_tipping(known["tips_at"].dropna().to_numpy(float)),
        "lost_differ": mean_of(known["lost_differ"])[0],
        "trials": len(known),
    }


def _tipping(shifts: np.ndarray) -> dict[str, float]:
    """Sizes are in order of size, so that "none on the scale" is beyond any number."""
    if not len(shifts):
        return dict.fromkeys(("tips_at", "tips_p10", "tips_p90", "never_tips", "tips_up"), math.nan)
    sizes, finite = np.abs(shifts), shifts[np.isfinite(shifts)]
    low, middle, high = np.quantile(sizes, (0.1, 0.5, 0.9), method="inverted_cdf")
    up = float((finite > 0).mean()) if len(finite) else math.nan
    found = {"tips_at": middle, "tips_p10": low, "tips_p90": high, "never_tips": np.isinf(shifts).mean(), "tips_up": up}
    return {name: float(value) for name, value in found.items()}


def row_of(table: pd.DataFrame, measure: str) -> object | None:
    """The row of a measure, its columns as attributes; None where there is none."""
    found = lines(of(table, measure=measure))
    return found[0] if found else None
