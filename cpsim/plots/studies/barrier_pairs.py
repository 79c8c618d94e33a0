"""Pairs of barriers: worth more together (complements) or less (substitutes), a map for chances and one for people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm
from matplotlib.figure import Figure

from cpsim.experiments.barrier_words import counted, horizon, signed
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.style import BLUE, EDGE, GRID, INK, QUIET, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers

SHOWN = ("delivered", "reach")
TWO_WAYS = LinearSegmentedColormap.from_list("two ways", [VERMILION, "#f6d5b8", WHITE, "#bfdcec", BLUE])
DARK = 0.62  # of the largest: from there on text is white
READS = {"complements": "+", "substitutes": "−", "not clear": ""}
LISTED = 8  # pairs in the table for reading


def pictures(found: Barriers) -> list[Picture]:
    """A map an output; none when fewer than two groups play."""
    if len(found.players) < 2:
        return []
    return [picture(found, output) for output in SHOWN if output in found.games]


def picture(found: Barriers, output: str) -> Picture:
    """Shapley interaction index of each pair."""
    whole = found.tables["interactions"]
    table = whole[whole["output"] == output].reset_index(drop=True)
    labels = {barrier.name: barrier.label for barrier in found.players.playing}
    clear = table[table["reads"] != "not clear"]
    strongest = table.reindex(table["index"].abs().sort_values(ascending=False).index)
    things = counted(output)
    return Picture(
        name=f"pairs_{output}",
        title=_title(output, clear, labels),
        caption=f"{measures('outcomes')[output].label}. How much more each of a pair brings when the other is taken "
        f"away too, averaged over who else is gone, in 100 {things} (Shapley interaction index). Above 0, blue: worth "
        "more together; below 0, orange: one makes the other worth less. Bold: clear of 0 for all pairs at once (95 %, "
        f"simulation error); grey: not clear. {horizon(found)[0].upper()}{horizon(found)[1:]}.",
        alt=f"Pairs in 100 {things}, strongest first: "
        + "; ".join(
            f"{labels[row.first]} and {labels[row.second]} {signed(row.index, 'share')}" for row in _rows(strongest)
        )
        + ".",
        table=table,
        grid=Grid(
            ("pair", "more than apart, in 100", "reads"),
            tuple(
                (f"{labels[row.first]}, {labels[row.second]}", _cell(row), row.reads)
                for row in _rows(strongest.head(LISTED))
            ),
        ),
        draw=partial(_draw, labels=labels),
        height=0.34 * len(labels) + 1.7,
    )


def _rows(table: pd.DataFrame) -> list:
    return rows_of(table)


def _cell(row: object) -> str:
    low, high, index = (getattr(row, name) for name in ("low", "high", "index"))
    return f"{signed(index, 'share')} ±{words.half_width((high - low) / 2, 'share')}"


def _title(output: str, clear: pd.DataFrame, labels: dict[str, str]) -> str:
    if clear.empty:
        return f"In {counted(output)}: no pair of barriers clearly helps or hinders each other at this number of runs"
    row = clear.sort_values("index", key=abs, ascending=False).iloc[0]
    how = "are worth more together" if row["index"] > 0 else "stand in for each other"
    return f"In {counted(output)}, {labels[row['first']]} and {labels[row['second']]} {how} most clearly"


def _draw(figure: Figure, table: pd.DataFrame, labels: dict[str, str]) -> None:
    """The upper triangle, numbers in the squares."""
    axes = figure.subplots()
    names = list(labels)
    size = len(names)
    place = {name: number for number, name in enumerate(names)}
    values = np.full((size, size), np.nan)
    for row in rows_of(table):
        values[place[row.first], place[row.second]] = 100 * row.index
    largest = max(float(np.nanmax(np.abs(values))), 1e-9)
    squares = np.ma.masked_invalid(values[:-1, 1:])  # drawn as shapes: a page takes no images
    edges = np.arange(size) - 0.5
    look: Any = {"cmap": TWO_WAYS, "norm": TwoSlopeNorm(0, -largest, largest), "edgecolors": GRID, "linewidth": 0.6}
    axes.pcolormesh(edges, edges, squares, **look)
    axes.invert_yaxis()
    for row in rows_of(table):
        clear = row.reads != "not clear"
        dark = 100 * abs(row.index) > DARK * largest
        axes.text(
            place[row.second] - 1,
            place[row.first],
            signed(row.index, "share"),
            ha="center",
            va="center",
            size=8.5 if clear else 7.5,
            weight="bold" if clear else "normal",
            color=WHITE if dark else INK if clear else QUIET,
        )
    axes.set_xticks(np.arange(size - 1), [labels[name] for name in names[1:]], rotation=35, ha="right")
    axes.set_yticks(np.arange(size - 1), [labels[name] for name in names[:-1]])
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_color(EDGE)
