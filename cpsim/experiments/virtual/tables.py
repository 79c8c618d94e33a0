"""Trials become tables: what designs can see, where the effect goes, what fidelity seems to do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.analyses import IMPUTED, NAMED, PRIMARY
from cpsim.experiments.estimators.estimate import critical
from cpsim.experiments.estimators.power import minimal_detectable, share_of
from cpsim.experiments.virtual.read import Row, p_name
from cpsim.experiments.virtual.teams import ALIKE, FULL, OBSERVED, OFF, ON
from cpsim.observation.instruments import SCORES

ALPHA = 0.05
LESS_IS_BETTER = ("cost",)


def of(table: pd.DataFrame, **keys: Any) -> pd.DataFrame:
    """The rows that have these values."""
    for name, value in keys.items():
        table = table[table[name] == value]
    return table


def lines(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def mean_of(values: Any) -> tuple[float, float, float]:
    """Mean over trials and the ends of its 95 % interval: simulation error, which more trials shrink."""
    known = np.asarray(values, float)
    known = known[~np.isnan(known)]
    if not len(known):
        return math.nan, math.nan, math.nan
    mean = float(known.mean())
    half = float(critical(len(known) - 1) * known.std(ddof=1) / math.sqrt(len(known))) if len(known) > 1 else math.nan
    return mean, mean - half, mean + half


def ratio_of(over: Any, under: Any) -> tuple[float, float, float]:
    """Ratio of two means over the same trials, with the interval of the linearised ratio."""
    over, under = np.asarray(over, float), np.asarray(under, float)
    if not len(under) or not abs(under.mean()) > 0:
        return math.nan, math.nan, math.nan
    ratio = float(over.mean() / under.mean())
    _, low, high = mean_of((over - ratio * under) / under.mean())
    return ratio, ratio + low, ratio + high


# ---------------------------------------------------------------- operating characteristics


def operating(trials: pd.DataFrame) -> pd.DataFrame:
    """How often each analysis finds a difference, in each world; and the smallest one that 8 of 10 trials find.

    rejected: share of trials with p below .05, with its simulation error (low, high). difference, spread: of the
    estimates over trials. detectable: from trials without CP's effect. These three: by team means, with those
    lost imputed or not.
    """
    return pd.DataFrame(list(_operating(trials)))


def _operating(trials: pd.DataFrame) -> Iterator[Row]:
    for (delivery, effect, measure), rows in trials.groupby(["delivery", "effect", "measure"], sort=False):
        for analysis in NAMED:
            p = rows[p_name(analysis)].to_numpy(float)
            found = share_of(np.where(np.isnan(p), np.nan, p < ALPHA))
            label = {"delivery": delivery, "effect": effect, "measure": measure, "analysis": analysis}
            rejects = {"rejected": found.value, "low": found.low, "high": found.high, "trials": found.trials}
            yield {**label, **rejects, **_of_estimates(rows, analysis, str(measure), str(effect), str(delivery))}


def _of_estimates(rows: pd.DataFrame, analysis: str, measure: str, effect: str, delivery: str) -> Row:
    if analysis not in (PRIMARY, IMPUTED):
        return dict.fromkeys(("difference", "spread", "detectable"), math.nan)
    noise = noise_of(rows, "" if analysis == PRIMARY else "imputed_")
    values = noise[0]
    known = values[~np.isnan(values)]
    nothing = effect == OFF or delivery == ALIKE
    sign = -1 if measure in LESS_IS_BETTER else 1
    detectable = minimal_detectable(*noise, sign=sign) if nothing else math.nan
    spread = float(known.std(ddof=1)) if len(known) > 1 else math.nan
    return {"difference": mean_of(known)[0], "spread": spread, "detectable": detectable}


def noise_of(rows: pd.DataFrame, prefix: str = "") -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimates, errors and df of the primary analysis, a trial each; prefix: "imputed_" for multiple imputation."""
    difference, error, df = (rows[prefix + name].to_numpy(float) for name in ("difference", "error", "df"))
    return difference, error, df


# ---------------------------------------------------------------- where the effect goes


DELIVERED_FULLY = "what CP does to a person when delivered fully"
SHARE = "share of that which the teams' own delivery gives"
AS_DELIVERED = "what CP does to a person as delivered"
ARMS = "what the comparison of the arms finds"
WITHOUT = "what it finds when CP does nothing"
BECAUSE_OF_CP = "of that because of CP: with less without, the same trials"
SEEN = "chance that a trial sees a difference"
SEEN_FULL = "the same if CP were delivered fully"
SEEN_NOTHING = "the same if CP did nothing"
DETECTABLE = "the smallest difference that 8 of 10 trials see"
STEPS = (
    DELIVERED_FULLY,
    SHARE,
    AS_DELIVERED,
    ARMS,
    WITHOUT,
    BECAUSE_OF_CP,
    SEEN,
    SEEN_FULL,
    SEEN_NOTHING,
    DETECTABLE,
)


def decomposition(trials: pd.DataFrame, delivered: pd.DataFrame, deliveries: Sequence[str]) -> pd.DataFrame:
    """From what CP does when delivered to the chance that a trial sees it, a row a measure and step.

    low, high: 95 % interval of what more trials would give (simulation error). A step that needs a delivery which was
    not asked for has no row. The first delivery that is not the full one counts as the teams' own.
    """
    own = next((name for name in deliveries if name != FULL), FULL)
    rows = [
        {"measure": measure, "step": step, "value": value, "low": low, "high": high}
        for measure in SCORES
        for step, (value, low, high) in _steps(trials, delivered, deliveries, own, measure).items()
    ]
    return pd.DataFrame(rows, columns=["measure", "step", "value", "low", "high"])


def _steps(
    trials: pd.DataFrame, delivered: pd.DataFrame, deliveries: Sequence[str], own: str, measure: str
) -> dict[str, tuple[float, float, float]]:
    def truth(delivery: str) -> np.ndarray:
        return of(delivered, delivery=delivery, effect=ON)[f"true_{measure}"].to_numpy(float)

    def found(delivery: str, effect: str) -> pd.DataFrame:
        return of(trials, delivery=delivery, effect=effect, measure=measure)

    on, off = found(own, ON), found(own, OFF)
    gap = on["difference"].to_numpy(float) - off["difference"].to_numpy(float)
    steps = {
        AS_DELIVERED: mean_of(truth(own)),
        ARMS: mean_of(on["difference"]),
        WITHOUT: mean_of(off["difference"]),
        BECAUSE_OF_CP: mean_of(gap),
        SEEN: _seen(on),
        SEEN_NOTHING: _seen(off),
        DETECTABLE: (minimal_detectable(*noise_of(off)), math.nan, math.nan),
    }
    if FULL in deliveries and own != FULL:
        steps[DELIVERED_FULLY] = mean_of(truth(FULL))
        steps[SHARE] = ratio_of(truth(own), truth(FULL))
        steps[SEEN_FULL] = _seen(found(FULL, ON))
    return {step: steps[step] for step in STEPS if step in steps}


def _seen(rows: pd.DataFrame) -> tuple[float, float, float]:
    p = rows["p"].to_numpy(float)
    found = share_of(np.where(np.isnan(p), np.nan, p < ALPHA))
    return found.value, found.low, found.high


# ---------------------------------------------------------------- by fidelity


def fidelity_contrast(contrasts: pd.DataFrame) -> pd.DataFrame:
    """High fidelity against low, with CP's effect and without it in the same trials; `excess`: first less second.

    found, found_off: mean differences. seen, seen_off: share of trials in which it has p below .05.
    """
    keys = ["delivery", "contrast", "measure"]
    rows = []
    for label, there in contrasts.groupby(keys, sort=False):
        on, off = of(there, effect=ON), of(there, effect=OFF)
        if not len(off):
            continue
        excess = mean_of(on["difference"].to_numpy(float) - off["difference"].to_numpy(float))
        row: Row = dict(zip(keys, label, strict=True))
        for name, table in (("", on), ("_off", off)):
            mean, low, high = mean_of(table["difference"])
            seen = _seen(table)
            row |= {f"found{name}": mean, f"found{name}_low": low, f"found{name}_high": high}
            row |= {f"seen{name}": seen[0], f"seen{name}_low": seen[1], f"seen{name}_high": seen[2]}
        row |= dict(zip(("excess", "excess_low", "excess_high"), excess, strict=True))
        rows.append({**row, "trials": int(on["difference"].notna().sum())})
    return pd.DataFrame(rows)


def variances(trials: pd.DataFrame, measure: str, own: str = OBSERVED) -> tuple[float, float, float]:
    """Variance between teams and between people that the baseline leaves, and people followed in a team; means."""
    rows = of(trials, delivery=own, effect=OFF, measure=measure)
    people = float((rows["people"] / (rows["df"] + 2)).mean())
    return float(rows["between"].mean()), float(rows["within"].mean()), people
