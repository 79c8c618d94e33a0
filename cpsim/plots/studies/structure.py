"""Conclusions against structures: a cell each, with a sign, a word and the figure; fills that differ in grey too."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cpsim.experiments import structure_lists as lists
from cpsim.experiments.estimators.verdicts import FALLS, STANDS, UNSETTLED, WEAKER
from cpsim.experiments.structure_words import MEANS, SIGNS, figure, headlines, short_figure
from cpsim.experiments.structure_words import names as told_names
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.style import EDGE, INK, PALE_BLUE, PALE_GREY, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.structure import Structural

FILLS = {STANDS: PALE_BLUE, WEAKER: PALE_GREY, UNSETTLED: WHITE, FALLS: VERMILION}
ROW = 0.52  # inches a structure
HEAD = 0.85  # inches of the headings
SIGNS_A_LINE, SIGNS_A_ROW = 12, 19
SMALL, USUAL, SIGN = 6.5, 8, 9  # points


def pictures(found: Structural) -> list[Picture]:
    """One."""
    return [picture(found)]


def picture(found: Structural) -> Picture:
    """A row a structure, a column a conclusion."""
    table = found.table
    names = told_names(found)
    asked = lists.conclusions()
    cells = tuple((name, *_cells(found, place)) for place, name in enumerate(names))
    signs = ", ".join(f"{SIGNS[verdict]} {verdict}" for verdict in MEANS)
    return Picture(
        name="survival",
        title=headlines(found)[0].rstrip("."),
        caption=caption(
            found,
            f"{signs}; beyond doubt by the 95 % interval of the mean over the same worlds, for all structures of a "
            "conclusion together, simulation error only. Below: five steps; chances in which the barrier is first, or "
            "that it brings, of 100; the most that a single thing brings, % of what everything brings; differences.",
        ),
        alt="; ".join(f"{row.sentence}, {row.label}: {row.verdict}, {figure(row)}" for row in _rows(table)) + ".",
        table=table,
        grid=Grid(("structure", *(each.short for each in asked)), cells),
        draw=partial(_draw, names=names),
        height=HEAD + ROW * len(names),
    )


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def _cells(found: Structural, place: int) -> list[str]:
    rows = [_rows(found.rows(each.name))[place] for each in lists.conclusions()]
    return [f"{SIGNS[row.verdict]} {row.verdict}, {short_figure(row)}" for row in rows]


def _draw(figure: Figure, table: pd.DataFrame, names: list[str]) -> None:
    axes = figure.subplots()
    asked = lists.conclusions()
    for column, each in enumerate(asked):
        for row, cell in enumerate(_rows(table[table["conclusion"] == each.name])):
            _cell(axes, column, row, cell)
    axes.set(xlim=(-0.5, len(asked) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.set_yticks(range(len(names)), [textwrap.fill(name, SIGNS_A_ROW) for name in names], size=USUAL)
    axes.set_xticks(range(len(asked)), [textwrap.fill(each.short, SIGNS_A_LINE) for each in asked], size=SMALL)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)


def _cell(axes: Axes, column: int, row: int, cell: Any) -> None:
    fill = FILLS[cell.verdict]
    axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill, edgecolor=EDGE, linewidth=0.6))
    ink = WHITE if cell.verdict == FALLS else INK
    axes.text(column, row - 0.24, SIGNS[cell.verdict], ha="center", va="center", size=SIGN, color=ink)
    text = f"{cell.verdict}\n{short_figure(cell)}"
    axes.text(column, row + 0.18, text, ha="center", va="center", size=SMALL, color=ink, linespacing=1.3)
