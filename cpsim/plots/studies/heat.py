"""Heat maps of a sweep over two factors: the chance of reaching a target with its contours, and means."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from cpsim.experiments.short_labels import short_label
from cpsim.experiments.sweep_words import best
from cpsim.experiments.vary import Factor, Target
from cpsim.outputs import words
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, VERMILION, WHITE
from cpsim.scenario.wording import plain

if TYPE_CHECKING:
    from cpsim.experiments.sweep import Sweep

CONTOURS = {0.5: "-", 0.8: "--"}
PALE = LinearSegmentedColormap.from_list("pale", [WHITE, "#cfe3f1", "#6fb0da", BLUE])
DARK = 0.9  # of the scale, from which numbers are white
ROW = 0.3  # inches a row of cells
NARROW, WIDE = 24, 60  # signs of an axis label
MOST_NUMBERS = 120  # cells that can hold one


def chance(found: Sweep, wanted: Target) -> Picture:
    """Worlds of 100 that reach the target, in every cell."""
    table = found.reached[found.reached["target"] == wanted.text].rename(columns={"reached": "value"})
    top = float(table["value"].max())
    contours = [level for level in CONTOURS if table["value"].min() < level < top]
    drawn = " and ".join(
        f"{words.nearest(10 * level)} in 10 ({'solid' if level == 0.5 else 'dashed'})" for level in contours
    )
    lines = f"Contours: {drawn}, between cells by straight lines." if contours and _both(found) else ""
    return _picture(
        found,
        f"chance_{wanted.outcome}" + ("" if wanted.at_least else "_at_most"),
        f"{best(found, wanted)[0][0].upper()}{best(found, wanted)[0][1:-1]}",
        table,
        (f"Number: worlds of 100 that reach the target, {found.replications} worlds a cell (luck).", lines, DOT),
        "share",
        contours if _both(found) else [],
    )


def height(found: Sweep, output: str) -> Picture:
    """The mean of an outcome in every cell."""
    table = found.surface[(found.surface["output"] == output) & (found.surface["cell"] == "grid")]
    table = table.rename(columns={"mean": "value"})
    unit = str(table["unit"].iloc[0])
    ends = words.between(float(table["value"].min()), float(table["value"].max()), unit)
    error = float(((table["ci_high"] - table["ci_low"]) / 2).max())
    off = words.half_width(error, unit)
    about = f"Number: mean of {found.replications} worlds; its 95 % interval (simulation error) is ± {off} at most."
    title = f"{short_label(output)[0].upper()}{short_label(output)[1:]}: {ends} on average"
    return _picture(found, f"mean_{output}", title, table, (about, DOT), unit, [])


DOT = "Diamond: the scenario as it is."


def _both(found: Sweep) -> bool:
    return all(each.numeric for each in found.factors)


def _picture(
    found: Sweep, name: str, title: str, table: pd.DataFrame, said: tuple[str, ...], unit: str, contours: list[float]
) -> Picture:
    first, second = found.factors
    cells = tuple(
        (plain(a), plain(b), words.amount(value, unit))
        for a, b, value in zip(table[first.path], table[second.path], table["value"], strict=True)
    )
    return Picture(
        name=name,
        title=title,
        caption=caption(found, *filter(None, said)),
        alt="; ".join(f"{first.name} {a}, {second.name} {b}: {value}" for a, b, value in cells) + ".",
        table=table,
        grid=Grid((first.label, second.label, "value"), cells),
        draw=partial(draw, found=found, unit=unit, contours=contours),
        height=0.9 + max(1.6, ROW * len(second.values)),
    )


def draw(figure: Figure, table: pd.DataFrame, found: Sweep, unit: str, contours: list[float]) -> None:
    """The first factor along, the second upwards; cells of equal size."""
    axes = figure.subplots()
    values = table["value"].to_numpy(float).reshape(found.shape).T
    low, high = (
        (0.0, 1.0) if unit == "share" and len(contours) else (float(np.nanmin(values)), float(np.nanmax(values)))
    )
    edges = (np.arange(count + 1) - 0.5 for count in reversed(values.shape))
    axes.pcolormesh(*edges, values, cmap=PALE, vmin=min(low, 0.0), vmax=high or 1.0, linewidth=0)  # paths, no bitmap
    if values.size <= MOST_NUMBERS:
        _numbers(axes, values, unit, min(low, 0.0), high or 1.0)
    for level in contours:
        axes.contour(values, [level], colors=[INK], linestyles=[CONTOURS[level]], linewidths=[1.6])
    for axis, varied in ((axes.xaxis, found.factors[0]), (axes.yaxis, found.factors[1])):
        axis.set_ticks(np.arange(len(varied.values)), [plain(value) for value in varied.values])
        axis.set_label_text(textwrap.fill(varied.label, NARROW if axis is axes.yaxis else WIDE))
    x, y = (_place(varied, value) for varied, value in zip(found.factors, found.at_home, strict=True))
    if x is not None and y is not None:
        axes.scatter([x], [y], marker="D", s=60, color=VERMILION, edgecolor=WHITE, linewidth=1.2, zorder=5)
    axes.grid(visible=False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(EDGE)


def _numbers(axes: Axes, values: np.ndarray, unit: str, low: float, high: float) -> None:
    """Below the middle of each cell, where contours and the diamond leave it readable."""
    for (row, column), value in np.ndenumerate(values):
        dark = high > low and (value - low) / (high - low) > DARK
        text = words.amount(float(value), unit).replace("fewer than ", "<").replace("more than ", ">")
        axes.annotate(text, (column, row - 0.14), ha="center", va="top", size=8, color=WHITE if dark else INK)


def _place(varied: Factor, value: Any) -> float | None:
    """Where a value stands on an axis of equal cells; None where it does not."""
    if value in varied.values:
        return float(varied.values.index(value))
    inside = varied.numeric and isinstance(value, int | float) and varied.values[0] <= value <= varied.values[-1]
    return float(np.interp(value, varied.values, np.arange(len(varied.values)))) if inside else None
