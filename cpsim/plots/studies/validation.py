"""A validation in pictures: one a use, a row a measure, all on one axis along which every target has the same place."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, QUIET, VERMILION, WHITE
from cpsim.validation import held_words as told
from cpsim.validation.judge import DIRECTION
from cpsim.validation.words import ANSWERS

if TYPE_CHECKING:
    from cpsim.validation.held import Held

NAMES = {"VALIDATION": "held-back", "CALIBRATION": "fitted", "QUALITATIVE": "direction"}
LEFT, RIGHT = -1.6, 2.6  # of the axis, on which a target goes from 0 to 1; what lies beyond is drawn at its end
SIGNS = 44  # of a label, before it goes on in another line
ROW, LINE, EDGES = 0.26, 0.13, 0.7  # inches: a row, each further line of its label, and beside all rows
MARKS = {True: ("o", BLUE, 6.0), False: ("X", VERMILION, 7.5)}  # sign, colour, points


def pictures(found: Held) -> list[Picture]:
    """One a use."""
    parts = told.by_use(found)
    return [_picture(found, use, parts[use]) for use in NAMES if use in parts]


def _picture(found: Held, use: str, part: pd.DataFrame) -> Picture:
    table = placed(part, found.over)
    many = "90 % of settings" if found.over else "interval"
    rows = tuple(
        (told.named(row), told.target(row), told.shown(row.value, row), _range(row, found.over), ANSWERS[row.met])
        for row in rows_of(table)
    )
    bar = (
        f"Bar: {many}, what is not known and a little luck; mark: their middle; line: the usual values."
        if found.over
        else "Bar: 95 % interval of what more runs would give; mark: what was found at the usual values."
    )
    return Picture(
        name=NAMES[use],
        title=f"{told.USES[use]}: {told.count(found, use)} measures met",
        caption=" ".join([
            f"Every target is drawn from end to end alike; one that has one end only goes on to the edge. {bar} What "
            "lies beyond the edge is drawn at it, a mark with an arrow.",
            f"{found.facts['runs']:,} runs, seed {found.facts['seed']}.",
        ]),
        alt=f"Each measure: target, found, {many}, met or not. " + " ".join(f"{'; '.join(row)}." for row in rows),
        table=table,
        grid=Grid(("measure", "target", "middle" if found.over else "found", many, ""), rows),
        draw=draw,
        height=EDGES + sum(ROW + LINE * label.count("\n") for label in table["label"]),
    )  # fmt: skip


def _range(row: Any, over: bool) -> str:
    if over:
        return told.ninety_of(row)
    return "" if np.isnan(row.value_low) else f"{told.shown(row.value_low, row)} to {told.shown(row.value_high, row)}"


def placed(part: pd.DataFrame, over: bool) -> pd.DataFrame:
    """The measures with everything that is drawn, on the axis of targets."""
    table = part.copy()
    names = ("middle", "settings_low", "settings_high") if over else ("usual", "usual_low", "usual_high")
    for own, name in zip(("value", "value_low", "value_high"), names, strict=True):
        table[own] = table[name]
    lines = []
    for row in rows_of(table):
        numbers = [row.value, row.value_low, row.value_high, row.usual if over else np.nan]
        at, low, high, usual = on_axis(row, np.array(numbers, float))
        label = textwrap.fill(told.named(row), SIGNS)
        lines.append({"label": label, "at": at, "at_low": low, "at_high": high, "at_usual": usual})
    return pd.concat([table, pd.DataFrame(lines)], axis=1)


def on_axis(row: Any, values: np.ndarray) -> np.ndarray:
    """Values where the target's lower end is 0 and its upper end 1.

    A target with one end is measured by the size of that end, so that 0 has the same place in all of them; one that
    ends at 0, by the largest of the values. A yes lies within, a no outside.
    """
    low, high = row.target_low, row.target_high
    if row.how == DIRECTION:
        return values - 0.5
    if not np.isnan(low) and not np.isnan(high):
        return (values - low) / (high - low)
    end = high if np.isnan(low) else low
    finite = np.abs(values[np.isfinite(values)])
    size = abs(end) or float(finite.max(initial=0.0)) or 1.0
    return (values - end) / size + (1.0 if np.isnan(low) else 0.0)


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """A row a measure: the target as a pale field, the bar, the mark, and the usual values as a line."""
    axes = figure.subplots()
    heights = np.array([ROW + LINE * label.count("\n") for label in table["label"]])
    tops = np.concatenate([[0.0], np.cumsum(heights)])
    places = (tops[:-1] + tops[1:]) / 2
    for place, row in zip(places, rows_of(table), strict=True):
        _row(axes, place, row)
    axes.set_yticks(places, table["label"], size=7.6)
    axes.set(xlim=(LEFT, RIGHT), ylim=(tops[-1], 0.0))
    axes.set_xticks([0, 1], ["lower end", "upper end of the target"], size=8)
    axes.get_xticklabels()[0].set_horizontalalignment("center")
    axes.tick_params(axis="x", top=True, labeltop=True, length=0)
    plain(axes)
    _key(figure, bool(table["at_usual"].notna().any()))


def _row(axes: Axes, place: float, row: Any) -> None:
    open_below, open_above = np.isnan(row.target_low) and row.how != DIRECTION, np.isnan(row.target_high)
    begin = LEFT if open_below else 0.0
    end = RIGHT if open_above and row.how != DIRECTION else 1.0
    tall = ROW * 0.8
    axes.add_patch(Rectangle((begin, place - tall / 2), end - begin, tall, facecolor=PALE_BLUE, edgecolor="none"))
    for edge, is_open in ((0.0, open_below), (1.0, end == RIGHT)):
        if not is_open:
            axes.vlines(edge, place - tall / 2, place + tall / 2, color=EDGE, linewidth=0.8)
    if not np.isnan(row.at_low):
        low, high = np.clip([row.at_low, row.at_high], LEFT + 0.04, RIGHT - 0.04)
        axes.hlines(place, low, high, color=INK, linewidth=2.2)
    if np.isfinite(row.at_usual):
        usual = np.clip(row.at_usual, LEFT + 0.02, RIGHT - 0.02)
        axes.vlines(usual, place - tall * 0.45, place + tall * 0.45, color=QUIET, linewidth=1.3, linestyle=(0, (2, 1)))
    _mark(axes, place, row)


def _mark(axes: Axes, place: float, row: Any) -> None:
    """Met, not met, or in words that it is not known; an arrow beside a mark that lies beyond the edge."""
    if row.met is None or np.isnan(row.at):
        axes.text(0.5, place, ANSWERS[None], ha="center", va="center", size=7.6, color=INK)
        return
    sign, colour, size = MARKS[bool(row.met)]
    at = float(np.clip(row.at, LEFT + 0.14, RIGHT - 0.14))
    axes.plot(at, place, sign, color=colour, markersize=size, markeredgecolor=WHITE, markeredgewidth=0.7, zorder=4)
    if at != row.at:
        left = row.at < at
        axes.plot(LEFT + 0.05 if left else RIGHT - 0.05, place, "<" if left else ">", color=colour, markersize=4.5)


def _key(figure: Figure, usual: bool) -> None:
    met, missed = (
        Line2D([], [], marker=sign, color=colour, markersize=size, linestyle="")
        for sign, colour, size in MARKS.values()
    )
    entries: dict[str, Any] = {
        "met": met,
        "NOT MET": missed,
        "90 % of settings" if usual else "interval": Line2D([], [], color=INK, linewidth=2.2),
        "target": Patch(facecolor=PALE_BLUE),
    }
    if usual:
        entries["usual values"] = Line2D([], [], color=QUIET, linewidth=1.3, linestyle=(0, (2, 1)))
    key(figure, entries, below=True, columns=5)
