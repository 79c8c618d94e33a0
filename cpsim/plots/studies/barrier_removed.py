"""Each group of barriers three ways: met first, the only thing in the way, and what comes of taking it away alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.experiments.attribution import ALL
from cpsim.experiments.barrier_words import groups_met, plain_horizon, signed, tight
from cpsim.outputs import words
from cpsim.plots.bars import key, number, plain, whiskers
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.style import BLUE, EDGE, GREEN, INK, PALE_BLUE, PALE_ORANGE

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers

OUTLINE: Any = {"edgecolor": EDGE, "linewidth": 0.8}
BEYOND = "together, beyond these"
OVERLAP = "less where they overlap"
LOOKS = ((-0.19, PALE_ORANGE), (0.19, BLUE))  # of first and only: place beside the middle, colour
CEILING = "ceiling: all taken away"
COUNTS = ("first", "only")


def picture(found: Barriers) -> Picture:
    """Two panels, two questions: what stood in the way, and the gain if removed, in the same futures."""
    table = rows(found)
    all_ = found.row(ALL)
    best = table[table["gain"].notna() & ~table["beyond"]].sort_values("gain", ascending=False).iloc[0]
    return Picture(
        name="taken_away",
        title=f"Taken away alone, {best['label']} brings most, {signed(best['gain'], 'share')} of 100 chances; all "
        f"together {signed(all_['shapley'], 'share')}",
        caption="Left: the ledger of the scenario as it is; met first depends on the order shown. Right: more chances "
        "in which CP moves on when one group alone is taken away, same people, same luck. The last bar is what no "
        "single one gives (or, below 0, what they give twice). Bars do not add up. Whiskers: 95 % interval "
        f"of the mean, simulation error only; {plain_horizon(found)}.",
        alt="Of 100 chances: " + "; ".join(_told(row) for row in rows_of(table)) + ".",
        table=table,
        grid=Grid(
            ("group of barriers", "met first", "the only thing in the way", "gain if taken away alone"),
            tuple((row.label, *_cells(row)) for row in rows_of(table)),
        ),
        draw=draw,
        height=0.36 * len(table) + 1.1,
    )


def rows(found: Barriers) -> pd.DataFrame:
    """A row a group in display order, and one for what only all together bring."""
    met, shares, all_ = groups_met(found), found.shares().set_index("group"), found.row(ALL)
    table = met[["label", "exact", *(f"{name}{end}" for name in COUNTS for end in ("", "_low", "_high"))]].copy()
    for name in ("alone", "alone_low", "alone_high"):
        table[name.replace("alone", "gain")] = shares[name]
    table["beyond"] = False
    rest = float(all_["shapley"] - shares["alone"].sum())
    last = {"label": BEYOND if rest >= 0 else OVERLAP, "exact": True, "gain": rest}
    table = pd.concat([table.reset_index(drop=True), pd.DataFrame([{**last, "beyond": True}])], ignore_index=True)
    table["ceiling"] = float(all_["shapley"])
    return table.astype({"beyond": bool, "exact": bool})


def _cells(row: Any) -> tuple[str, str, str]:
    if row.beyond:
        return "", "", signed(row.gain, "share")
    half = words.half_width((row.gain_high - row.gain_low) / 2, "share")
    only = words.in_100(row.only)
    return words.in_100(row.first), only if row.exact else f"at least {only}", f"{signed(row.gain, 'share')} ±{half}"


def _told(row: Any) -> str:
    first, only, gain = _cells(row)
    return f"{row.label} {gain}" if row.beyond else f"{row.label} first in {first}, only thing in {only}, gain {gain}"


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Ledger left, gains right, on axes of their own."""
    left, right = figure.subplots(1, 2, sharey=True)
    places = np.arange(len(table))
    first, only = (_draw_counts(left, table, name, *look) for name, look in zip(COUNTS, LOOKS, strict=True))
    left.set_yticks(places, table["label"].tolist())
    longest = max(100 * table[[f"{name}_high" for name in COUNTS]].fillna(0).to_numpy().max(), 1.0)
    left.set(xlim=(0, 1.25 * longest), ylim=(len(table) - 0.4, -0.6), xlabel="of 100 chances, as it is")
    plain(left)
    entries = {"met first": first, "only thing in the way": only, **_draw_gains(right, table, places)}
    key(figure, entries)


def _draw_counts(axes: Axes, table: pd.DataFrame, name: str, shift: float, colour: str) -> Any:
    """Bars of one count of the ledger; the row of what all bring has none."""
    mine = table[~table["beyond"]]
    places = np.flatnonzero(~table["beyond"]) + shift
    share, low, high = (100 * mine[f"{name}{end}"].fillna(0).to_numpy() for end in ("", "_low", "_high"))
    bars = axes.barh(places, share, color=colour, height=0.36, **OUTLINE)
    whiskers(axes, places, low, high, end=0.09)
    for place, end, value in zip(places, np.maximum(share, high), mine[name], strict=True):
        number(axes, end, place, tight(value))
    return bars[0]


def _draw_gains(axes: Axes, table: pd.DataFrame, places: np.ndarray) -> dict[str, Any]:
    gain = 100 * table["gain"].to_numpy()
    low, high = (100 * table[f"gain_{end}"].fillna(table["gain"]).to_numpy() for end in ("low", "high"))
    colours = [PALE_BLUE if beyond else GREEN for beyond in table["beyond"]]
    hatches = ["//" if beyond else "" for beyond in table["beyond"]]
    bars = axes.barh(places, gain, color=colours, hatch=hatches, height=0.6, **OUTLINE)
    whiskers(axes, places, low, high)
    for place, (end, value) in enumerate(zip(np.maximum(np.maximum(gain, high), 0), table["gain"], strict=True)):
        number(axes, end, place, signed(value, "share"))
    ceiling = 100 * float(table["ceiling"].iloc[0])
    line = axes.axvline(ceiling, color=INK, linestyle="--", linewidth=1.2)
    axes.axvline(0, color=EDGE, linewidth=0.8)
    lowest = min(0.0, float(np.min(low)), float(np.min(gain)), ceiling)
    highest = max(1.0, float(np.max(high)), float(np.max(gain)), ceiling)
    room = highest - lowest
    axes.set(xlim=(lowest - 0.04 * room, highest + 0.22 * room), xlabel="more of 100 chances, if taken away")
    plain(axes)
    return {"gain, taken away alone": bars[0], "only together": bars[-1], CEILING: line}
