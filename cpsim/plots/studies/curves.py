"""Curves of a sweep along one factor: band and error bars apart, targets, and where the mean passes them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cpsim.experiments.short_labels import short_label
from cpsim.experiments.sweep_tables import MEAN
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.bars import key
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, VERMILION
from cpsim.scenario.wording import plain

if TYPE_CHECKING:
    from cpsim.experiments.sweep import Sweep

TALL, SMALL = 2.6, 1.75  # inches an outcome
NARROW = 12  # signs of a word on the axis
HEADINGS = ("outcome", "at", "mean", "8 in 10 worlds", "mean ±", "runs")
MEANING = (
    "Band: the middle 8 in 10 worlds (luck). Bars: 95 % interval of the mean (simulation error). "
    "Black diamond: the scenario as it is."
)
PASSED = "Dashed: the target; on it where the mean passes it, with its 95 % interval."


def curves(found: Sweep, name: str, title: str, outputs: Sequence[str], columns: int = 1) -> Picture:
    """One curve an outcome."""
    varied = found.factors[0]
    table = found.surface[found.surface["output"].isin(outputs)].rename(columns={varied.path: "at"})
    targets = [each for each in found.targets if each.outcome in outputs]
    cells = tuple(_cells(row) for output in outputs for row in _rows(table[table["output"] == output]))
    lines = -(-len(outputs) // columns)
    runs = f"{found.replications} worlds at each value."
    return Picture(
        name=name,
        title=title,
        caption=caption(found, MEANING, *([PASSED] if targets else []), runs),
        alt="; ".join(f"{row[0]} at {row[1]}: {row[2]} ({row[3]})" for row in cells) + ".",
        table=table,
        grid=Grid(HEADINGS, cells),
        draw=partial(draw, found=found, outputs=outputs, columns=columns),
        height=0.35 + lines * (TALL if columns == 1 else SMALL),
    )


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _cells(row: Any) -> tuple[str, ...]:
    at = f"{plain(row.at)} (as it is)" if row.cell == "base" else plain(row.at)
    ends = words.amount(row.mean, row.unit), words.between(row.p10, row.p90, row.unit)
    return (
        short_label(row.output),
        at,
        *ends,
        words.half_width((row.ci_high - row.ci_low) / 2, row.unit),
        str(row.runs),
    )


def draw(figure: Figure, table: pd.DataFrame, found: Sweep, outputs: Sequence[str], columns: int) -> None:
    """Outcomes one below the other, or two beside each other."""
    lines = -(-len(outputs) // columns)
    every = figure.subplots(lines, columns, squeeze=False, sharex=True).flatten()
    entries: dict[str, Artist] = {}
    for axes, output in zip(every, outputs, strict=False):
        entries |= _curve(axes, table[table["output"] == output], found)
        _targets(axes, found, output)
        if table.loc[table["output"] == output, ["mean", "p10"]].to_numpy(float).min() >= 0:
            axes.set_ylim(bottom=0)
        axes.set_title(short_label(output), loc="left")
        if measures("outcomes")[output].unit.startswith("GBP"):
            axes.yaxis.set_major_formatter(FuncFormatter(lambda pounds, _: f"£{pounds:,.0f}"))
    for axes in every[len(outputs) :]:
        axes.set_axis_off()
    for axes in every[max(0, len(outputs) - columns) : len(outputs)]:
        axes.set_xlabel(found.factors[0].label)
        axes.tick_params(labelbottom=True)
    key(figure, entries)


def _curve(axes: Axes, table: pd.DataFrame, found: Sweep) -> dict[str, Artist]:
    """Band, mean and error of one outcome; dots without a line where values are words."""
    times = 100 if table["unit"].iloc[0] == "share" else 1
    grid, own = table[table["cell"] == "grid"], table[table["cell"] == "base"].iloc[0]
    numeric = found.factors[0].numeric
    at = grid["at"].to_numpy(float) if numeric else np.arange(len(grid))
    low, high, mean = (times * grid[name].to_numpy(float) for name in ("p10", "p90", "mean"))
    error = times * (grid["ci_high"] - grid["ci_low"]).to_numpy(float) / 2
    if numeric:
        band: Artist = axes.fill_between(at, low, high, facecolor=PALE_BLUE, edgecolor=BLUE, linewidth=0.4)
    else:
        band = axes.vlines(at, low, high, color=PALE_BLUE, linewidth=9)
        axes.set_xticks(at, [textwrap.fill(plain(value), NARROW) for value in found.factors[0].values])
        axes.set_xlim(-0.5, len(at) - 0.5)
    line = axes.errorbar(
        at, mean, error, color=BLUE, marker="o", markersize=3.5, capsize=2.5, linewidth=1.4 if numeric else 0
    )
    if not numeric:
        line[2][0].set_linewidth(1.4)
    entries: dict[str, Artist] = {"mean and its error": line[0], "8 in 10 worlds": band}
    here = _place(own["at"], found)
    if here is not None:
        as_it_is = axes.scatter([here], [times * own["mean"]], marker="D", s=34, color=INK, edgecolor="white", zorder=5)
        entries["as it is"] = as_it_is
    return entries


def _place(value: Any, found: Sweep) -> float | None:
    """Where the scenario's own value stands on the axis, if it does."""
    varied = found.factors[0]
    if varied.numeric:
        inside = isinstance(value, int | float) and varied.values[0] <= value <= varied.values[-1]
        return float(value) if inside else None
    return float(varied.values.index(value)) if value in varied.values else None


def _targets(axes: Axes, found: Sweep, output: str) -> None:
    """The target as a dashed line, and where the mean passes it."""
    for wanted in (each for each in found.targets if each.outcome == output):
        level = wanted.number * (100 if axes_in_hundreds(output) else 1)
        axes.axhline(level, color=VERMILION, linestyle="--", linewidth=1.2)
        axes.annotate(f"target {plain(level)}", (1.0, level), (-2, 3), xycoords=("axes fraction", "data"),
                      textcoords="offset points", ha="right", size=8, color=EDGE)  # fmt: skip
        table = found.thresholds
        rows = (
            table[(table["target"] == wanted.text) & (table["of"] == MEAN) & table["value"].notna()]
            if len(table)
            else table
        )
        for row in _rows(rows):
            axes.hlines(level, row.low, row.high, color=VERMILION, linewidth=4, alpha=0.55, zorder=4)
            axes.scatter([row.value], [level], marker="|", s=120, color=INK, linewidth=1.8, zorder=6)


def axes_in_hundreds(output: str) -> bool:
    """Is this outcome drawn in people of 100?"""
    return measures("outcomes")[output].unit == "share"
