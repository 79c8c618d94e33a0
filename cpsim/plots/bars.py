"""Bars with whiskers and their number beside them: the mark most pictures are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.style import BLUE, EDGE, INK

ROOM = 1.18  # of the longest bar and whisker: space for its number
SHARE = "share"
KEY_COLUMNS = 4
KEY_ROW, KEY_GAP = 0.19, 0.1  # inches


def in_unit(values: pd.Series | np.ndarray, unit: str) -> np.ndarray:
    """Values as an axis shows them: shares in people of 100."""
    return np.nan_to_num(np.asarray(values, float)) * (100 if unit == SHARE else 1)


def bars(
    axes: Axes,
    table: pd.DataFrame,
    colours: Sequence[str] = (BLUE,),
    hatches: Sequence[str] = ("",),
    least: float = 0.0,
) -> None:
    """One horizontal bar a row: mean, whisker of the middle 8 in 10, and the mean as a number.

    least: how far the axis goes at least, so that what is hardly anything does not fill it.
    """
    unit = table["unit"].iloc[0]
    places = np.arange(len(table))
    mean, low, high = (in_unit(table[name], unit) for name in ("mean", "p10", "p90"))
    sns.barplot(x=mean, y=table["label"].tolist(), ax=axes, color=colours[0], edgecolor=EDGE, saturation=1, width=0.72)
    for row, bar in enumerate(axes.patches):
        bar.set(facecolor=colours[row % len(colours)], hatch=hatches[row % len(hatches)], linewidth=0.8)
    whiskers(axes, places, low, high)
    longest = max(least, float(np.max(high, initial=0)), float(np.max(mean, initial=0))) or 1.0
    for place, end, value in zip(places, np.maximum(mean, high), table["mean"], strict=True):
        number(axes, end, place, words.amount(value, unit))
    axes.set_xlim(min(0.0, float(np.min(low, initial=0))), ROOM * longest)
    plain(axes)


def number(axes: Axes, end: float, place: Any, text: str, gap: float = 5) -> None:
    """A number just behind the end of its bar or whisker; `gap` in points."""
    axes.annotate(text, (end, place), (gap, 0), textcoords="offset points", va="center", color=INK)


def key(figure: Figure, entries: dict[str, Artist], below: bool = False, columns: int = KEY_COLUMNS) -> None:
    """A legend over the whole width, above or below the drawing, which makes room for it."""
    engine: Any = figure.get_layout_engine()
    x, y, width, height = engine.get()["rect"]
    rows = -(-len(entries) // columns)
    taken = (KEY_ROW * rows + KEY_GAP) / figure.get_figheight()
    engine.set(rect=(x, y + taken if below else y, width, height - taken))
    place = (0.01, y if below else y + height)
    figure.legend(
        list(entries.values()),
        list(entries),
        loc="lower left" if below else "upper left",
        bbox_to_anchor=place,
        ncols=columns,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.4,
    )


def whiskers(axes: Axes, places: np.ndarray, low: np.ndarray, high: np.ndarray, end: float = 0.14) -> None:
    """A line from low to high with small ends, in ink so that it shows on every fill."""
    seen = high > low
    axes.hlines(places[seen], low[seen], high[seen], color=INK, linewidth=1.2)
    for ends in (low, high):
        axes.vlines(ends[seen], places[seen] - end, places[seen] + end, color=INK, linewidth=1.2)


def plain(axes: Axes) -> None:
    """Categories need no grid and no ticks; numbers do."""
    axes.grid(visible=False, axis="y")
    axes.set_axisbelow(True)
    axes.set_ylabel("")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(True)
