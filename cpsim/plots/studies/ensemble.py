"""A scenario over the set, in one picture: what is not known, and luck beside it, never as one range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, INK, PALE_BLUE

if TYPE_CHECKING:
    from cpsim.experiments.over_set import OverSet

ROW, EDGES = 0.62, 0.5  # inches
LEAST = 2.0  # people of 100 that an axis shows at least, so that hardly anything does not fill it
DARK, PALE = 3.2, 9.0  # points: widths of the two ranges


def pictures(found: OverSet) -> list[Picture]:
    """One."""
    return [ranges(found)]


def ranges(found: OverSet) -> Picture:
    """Each outcome on an axis of its own: its mean, the range of settings, and the paler range of luck."""
    table = found.tables["summary"]
    rows = tuple(
        (
            str(row.label),
            f"{words.amount(row.mean, row.unit)} ± {words.half_width(row.half_width, row.unit) or 'not known'}",
            words.between(row.settings_low, row.settings_high, row.unit) if np.isfinite(row.settings_low) else "",
            words.between(row.luck_low, row.luck_high, row.unit) if np.isfinite(row.luck_low) else "",
            words.unit_name(row.unit),
        )
        for row in rows_of(table)
    )
    return Picture(
        name="ranges",
        title=_title(found),
        caption=caption(
            found,
            f"Dark: the middle 8 in 10 of {len(found.settings)} settings that we could not rule out, each at its own "
            "mean: what is not known. Pale: the middle 8 in 10 simulated futures of one middling setting: luck. Line: "
            "the mean over settings. All settings count alike.",
        ),
        alt="Each outcome: mean, not known, luck, unit. " + " ".join(f"{'; '.join(row)}." for row in rows),
        table=table,
        grid=Grid(("outcome", "mean ± simulation error", "not known, 8 in 10", "luck, 8 in 10", "unit"), rows),
        draw=draw,
        height=EDGES + ROW * len(table),
    )


def _title(found: OverSet) -> str:
    name = found.outputs[0]
    each, unit = found.found[name], measures("outcomes")[name].unit
    if not np.isfinite(each.settings_low):
        return f"{measures('outcomes')[name].label}: {words.amount(each.mean, unit)}"
    larger = "What is not known" if each.between > each.within else "Luck"
    return f"{larger} makes more difference to this: {measures('outcomes')[name].label.lower()}"


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """A strip an outcome; each has its own unit, so its own axis."""
    panels = figure.subplots(len(table), 1, squeeze=False)[:, 0]
    for axes, row in zip(panels, rows_of(table), strict=True):
        size = 100.0 if row.unit == "share" else 1.0
        axes.hlines(0, size * row.luck_low, size * row.luck_high, color=PALE_BLUE, linewidth=PALE)
        axes.hlines(0, size * row.settings_low, size * row.settings_high, color=BLUE, linewidth=DARK)
        axes.vlines(size * row.mean, -0.5, 0.5, color=INK, linewidth=1.4)
        axes.set(ylim=(-1, 1), yticks=[])
        low, high = axes.get_xlim()
        if row.unit == "share" and high - low < LEAST:
            axes.set_xlim(max(0.0, size * row.mean - LEAST / 2), max(LEAST, size * row.mean + LEAST / 2))
        label = f"{row.label} ({words.unit_name(row.unit)})".removesuffix(" ()")
        axes.set_title(label, weight="normal", size=8.5, pad=2)
        axes.tick_params(axis="x", labelsize=8, pad=1)
        plain(axes)
        axes.spines["left"].set_visible(False)
    key(
        figure,
        {
            "not known": Line2D([], [], color=BLUE, linewidth=DARK),
            "luck": Line2D([], [], color=PALE_BLUE, linewidth=PALE),
            "mean": Line2D([], [], color=INK, marker="|", markersize=9, linestyle=""),
        },
        below=True,
    )
