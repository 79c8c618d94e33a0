"""A study over the settings in one picture: a row a number, its mean, and how far the settings lie apart."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cpsim.experiments.across_words import clear, error, headed, mean, panels, span
from cpsim.outputs import words
from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, INK, PALE_GREY

if TYPE_CHECKING:
    from cpsim.experiments.across import Across, Answer

ROW, PANEL, LINE, EDGES = 0.25, 0.5, 0.14, 0.3  # inches: a row, around a panel, a line of its words, the key
MOST = 24  # rows of a panel; more nobody can read
BAR, ERROR = 4.4, 0.5  # points; of a row
LEAST = 2.0  # people of 100 that an axis shows at least, so that hardly anything does not fill it
LETTERS, HEADING = 38, 68  # of a label, of a line of a heading


def pictures(found: Across) -> list[Picture]:
    """One."""
    return [settings(found)]


def settings(found: Across) -> Picture:
    """A panel a heading: dot, bar and simulation error of each row."""
    shown = panels(found)
    table = pd.DataFrame([_mark(heading, each) for heading, rows in shown for each in _drawn(rows)])
    rows = tuple(
        (heading, each.row, mean(each), error(each), span(each), words.unit_name(each.unit))
        for heading, answers in shown
        for each in answers
    )
    cut = any(len(answers) > MOST for _, answers in shown)
    more = [f"Of more than {MOST} rows the first are drawn; the table has all."] if cut else []
    return Picture(
        name="settings",
        title=_title(found),
        caption=caption(
            found,
            f"Dot: mean over {len(found.settings)} settings. Bar: the middle 8 in 10 settings that we could not rule "
            "out: what is not known; no bar: too little to be told. Grey: simulation error of the mean (95 %). All "
            "settings count alike.",
            *more,
        ),
        alt=" ".join(
            f"{heading}: {row}: {mean_}; not known {not_known}." for heading, row, mean_, _, not_known, _ in rows
        ),
        table=table,
        grid=Grid(("asked", "of", "mean", "± simulation error", "not known, 8 in 10 settings", "unit"), rows),
        draw=draw,
        height=EDGES + sum(_space(str(heading), rows) for heading, rows in table.groupby("heading", sort=False)),
    )


def _drawn(rows: list[Answer]) -> list[Answer]:
    """Those with a number, as many as anybody can read; of none, the first."""
    return [each for each in rows if each.spread.settings][:MOST] or rows[:1]


def _space(heading: str, rows: pd.DataFrame) -> float:
    """Inches that a panel takes."""
    return PANEL + LINE * (heading.count("\n") + 1) + ROW * len(rows)


def _mark(heading: str, each: Answer) -> dict[str, Any]:
    size = 100.0 if each.unit == "share" else 1.0
    one = each.spread
    return {
        "heading": textwrap.fill(headed(heading, each.unit).replace("(in ", "(in\u00a0"), HEADING),
        "row": each.row,
        "mean": size * one.mean,
        "low": size * one.low,
        "high": size * one.high,
        "half_width": size * one.half_width,
        "signed": each.signed,
        "unit": each.unit,
    }


def _title(found: Across) -> str:
    rows = [each for _, answers in panels(found) for each in answers if each.signed and each.spread.settings > 1]
    if not rows:
        return "What is known of it, and what is not"
    same = sum(clear(each) and max(each.spread.above, each.spread.below) == 1.0 for each in rows)
    return f"{same or 'None'} of {len(rows)} differences point the same way at every setting"


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """A panel a heading, each with an axis of its own."""
    groups = list(table.groupby("heading", sort=False))
    heights = [_space(str(heading), rows) for heading, rows in groups]
    panels_ = figure.subplots(len(groups), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (heading, rows) in zip(panels_, groups, strict=True):
        _panel(axes, str(heading), rows)
    key(
        figure,
        {
            "mean": Line2D([], [], color=INK, marker="o", markersize=4.5, linestyle=""),
            "not known": Line2D([], [], color=BLUE, linewidth=BAR),
            "simulation error": Patch(facecolor=PALE_GREY, edgecolor=EDGE, linewidth=0.4),
        },
        below=True,
    )


def _panel(axes: Axes, heading: str, rows: pd.DataFrame) -> None:
    for place, row in enumerate(rows_of(rows)):
        if np.isfinite(row.half_width):
            axes.barh(
                place,
                2 * row.half_width,
                ERROR,
                row.mean - row.half_width,
                facecolor=PALE_GREY,
                edgecolor=EDGE,
                linewidth=0.4,
                zorder=2,
            )
        axes.hlines(place, row.low, row.high, color=BLUE, linewidth=BAR, zorder=3)
        axes.scatter([row.mean], [place], s=22, color=INK, zorder=4)
    if rows["signed"].all():
        axes.axvline(0, color=EDGE, linewidth=0.9, zorder=1)
    labels = [str(label) if len(str(label)) <= LETTERS else f"{str(label)[: LETTERS - 3]}..." for label in rows["row"]]
    axes.use_sticky_edges = False
    axes.margins(x=0.06)
    axes.set(ylim=(len(rows) - 0.4, -0.6), yticks=range(len(rows)))
    low, high = axes.get_xlim()
    if (rows["unit"] == "share").all() and high - low < LEAST:
        axes.set_xlim((low + high - LEAST) / 2, (low + high + LEAST) / 2)
    if rows["mean"].isna().all():
        axes.set(xticks=[])
    axes.set_yticklabels(labels, size=8)
    axes.set_title(heading, weight="normal", size=8.5, pad=3, loc="left")
    axes.tick_params(axis="x", labelsize=8, pad=1)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    plain(axes)
