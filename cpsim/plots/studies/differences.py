"""Paired differences, a row an outcome: twenty dots, each one in twenty worlds; better is always to the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cpsim.experiments.compare_words import cells, verdict_of
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import words
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_GREY, QUIET, VERMILION

if TYPE_CHECKING:
    from cpsim.experiments.compare import Comparison

DOTS = 20
ROW, PLAN, HEAD = 0.3, 0.16, 0.3  # inches an outcome, a plan in it, and for the words above
HEADINGS = ("outcome", "plan", "A", "plan's", "difference (95 %)", "verdict", "better in, of 100 worlds")
MEANING = (
    "Each dot: one in twenty simulated worlds, plan less A in that world (luck). Diamond and line: the mean and its "
    "95 % interval (simulation error). Scales differ by row."
)


def picture(
    found: Comparison,
    name: str,
    title: str,
    rows: pd.DataFrame,
    *said: str,
    sides: tuple[str, str] = ("worse", "better"),
) -> Picture:
    """One picture of the rows of a table of paired differences that have a good side."""
    rows = rows[rows["better_is"] != ""]
    table = marks(found, rows)
    plans, outcomes = rows["plan"].nunique(), rows["measure"].nunique()
    wide = "The interval holds for all plans together." if plans > 1 else ""
    return Picture(
        name=name,
        title=title,
        caption=caption(found, *said, MEANING, *filter(None, [wide])),
        alt="; ".join(_told(row) for row in rows.itertuples(index=False)) + ".",
        table=table,
        grid=Grid(HEADINGS, tuple(_cells(row) for row in rows.itertuples(index=False))),
        draw=partial(draw, rows=rows, sides=sides),
        height=HEAD + outcomes * (ROW + PLAN * plans),
    )


def marks(found: Comparison, rows: pd.DataFrame) -> pd.DataFrame:
    """A row a mark: `mark` "dot" (a quantile of the differences over worlds) or "mean" with its interval."""
    made = []
    for row in _rows(rows):
        about = {"measure": row.measure, "plan": row.plan, "unit": row.unit}
        gains = found.gains(row.plan, row.measure) if ": " not in row.measure else np.array([])
        gains = gains[~np.isnan(gains)]
        places = (np.arange(DOTS) + 0.5) / DOTS
        dots = np.quantile(gains, places, method="inverted_cdf") if len(gains) > DOTS else np.sort(gains)
        made += [{**about, "mark": "dot", "value": dot, "low": np.nan, "high": np.nan} for dot in dots]
        made.append({**about, "mark": "mean", "value": row.difference, "low": row.all_low, "high": row.all_high})
    return pd.DataFrame(made)


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _told(row: Any) -> str:
    first, mean, span, verdict, often = cells(row)
    ends = f"{first} in A, {mean} in {row.plan}"
    return f"{short_label(row.measure)}: {ends}, difference {span}, {verdict}, in {often} of 100 worlds"


def _cells(row: Any) -> tuple[str, ...]:
    return (short_label(row.measure), row.plan, *cells(row))


def draw(figure: Figure, table: pd.DataFrame, rows: pd.DataFrame, sides: tuple[str, str]) -> None:
    """A small picture an outcome, one over the other."""
    outcomes = list(dict.fromkeys(rows["measure"]))
    all_axes = figure.subplots(len(outcomes), 1, squeeze=False)[:, 0]
    for outcome, axes in zip(outcomes, all_axes, strict=True):
        of_outcome = _rows(rows[rows["measure"] == outcome])
        _one(axes, table[table["measure"] == outcome], of_outcome)
    first = all_axes[0]
    look: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "size": 8, "color": QUIET}
    first.annotate(f"{sides[0]} than A", (0.0, 1.0), (0, 9), ha="left", va="bottom", **look)
    first.annotate(f"{sides[1]} than A", (1.0, 1.0), (0, 9), ha="right", va="bottom", **look)


def _one(axes: Axes, table: pd.DataFrame, rows: list[Any]) -> None:
    """Dots and mean of every plan for one outcome."""
    unit, less = rows[0].unit, rows[0].better_is == "less"
    times = 100 if unit == "share" else 1
    numbers = times * table[["value", "low", "high"]].to_numpy(float)
    most = float(np.nanmax(np.abs(numbers), initial=0.0)) or 1.0
    axes.axvline(0, color=EDGE, linewidth=0.9, zorder=1)
    for place, row in enumerate(rows):
        _plan(axes, table[table["plan"] == row.plan], place, times, -1 if less else 1)
        first, mean, *_ = (cell.replace("fewer than ", "<") for cell in cells(row))
        label = f"{row.plan}: {first} → {mean}, {verdict_of(row)}"
        axes.annotate(label, (1.01, place), xycoords=("axes fraction", "data"), va="center", size=8, color=INK)
    axes.set(xlim=(-1.08 * most, 1.08 * most), ylim=(len(rows) - 0.4, -0.6), yticks=[(len(rows) - 1) / 2])
    axes.set_yticklabels([short_label(rows[0].measure)])
    if less:
        axes.invert_xaxis()
    axes.xaxis.set_major_locator(MaxNLocator(5, symmetric=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value, unit)))
    axes.tick_params(axis="x", labelsize=7, pad=1)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _plan(axes: Axes, table: pd.DataFrame, place: int, times: int, sign: int) -> None:
    """Dots better in blue, worse in vermilion and hollow; the mean in ink."""
    dots = times * table.loc[table["mark"] == "dot", "value"].to_numpy(float)
    jitter = place + 0.1 * (np.arange(len(dots)) % 3 - 1)
    better, worse = sign * dots > 0, sign * dots < 0
    axes.scatter(dots[better], jitter[better], s=13, color=BLUE, linewidth=0, zorder=2)
    axes.scatter(dots[worse], jitter[worse], s=12, facecolor="white", edgecolor=VERMILION, linewidth=0.9, zorder=2)
    same = ~better & ~worse
    axes.scatter(dots[same], jitter[same], s=12, facecolor=PALE_GREY, edgecolor=EDGE, linewidth=0.5, zorder=2)
    mean = table[table["mark"] == "mean"].iloc[0]
    axes.hlines(place, times * mean["low"], times * mean["high"], color=INK, linewidth=2, zorder=3)
    axes.scatter([times * mean["value"]], [place], marker="D", s=26, color=INK, edgecolor="white", zorder=4)


def _tick(value: float, unit: str) -> str:
    if not round(value, 12):
        return "0"
    sign = "-" if value < 0 else "+"
    return f"{sign}£{abs(value):,.4g}" if unit.startswith("GBP") else f"{sign}{abs(value):.4g}"


def counted(rows: pd.DataFrame) -> str:
    """ "B better in 4 of 6, worse in none; C ..." for a title."""
    parts = []
    for letter, of_plan in rows[rows["better_is"] != ""].groupby("plan", sort=False):
        verdicts = of_plan.loc[~of_plan["hardly"], "verdict"].value_counts()
        better, worse = int(verdicts.get("better", 0)), int(verdicts.get("worse", 0))
        parts.append(f"{letter} is better in {better or 'none'} of {len(of_plan)}, worse in {worse or 'none'}")
    return words.listed(parts) if len(parts) < 2 else "; ".join(parts)
