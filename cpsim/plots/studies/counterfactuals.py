"""Plans beside the team as it is: what each brings, horizon by horizon."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cpsim.experiments.counterfactuals_words import cell, in_time
from cpsim.plots.bars import key
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.style import BLUE, EDGE, GREEN, INK, VERMILION

if TYPE_CHECKING:
    from cpsim.experiments.counterfactuals import Counterfactuals

SHOWN = ("reach", "five_steps")
LOOKS = ((BLUE, "o"), (VERMILION, "s"), (GREEN, "D"), (INK, "^"))
HEADINGS = {"reach": "at least one step", "five_steps": "all five steps"}


def pictures(found: Counterfactuals) -> list[Picture]:
    """One."""
    return [picture(found)]


def picture(found: Counterfactuals) -> Picture:
    """Differences from the team as it is against time, a panel an outcome."""
    table = found.table[found.table["outcome"].isin(SHOWN)].reset_index(drop=True)
    last = table[(table["weeks"] == found.weeks[-1]) & (table["outcome"] == SHOWN[0])]
    best = last.sort_values("difference", ascending=False).iloc[0]
    cells = tuple((label, *(cell(row) for row in rows.itertuples(index=False))) for label, rows in _reach(table))
    return Picture(
        name="by_horizon",
        title=f"After {in_time(found.weeks[-1])}, {best['label']} brings {100 * best['difference']:+.0f} of 100 people "
        "with at least one step, the most of these plans",
        caption=caption(
            found,
            "More of 100 people who could take up CP than in the team as it is, same people, same luck. Whiskers: 95 % "
            "interval of the mean for all plans of a horizon together, simulation error only.",
        ),
        alt="At least one step, more of 100, by horizon: "
        + "; ".join(f"{row[0]} {', '.join(row[1:])}" for row in cells)
        + ".",
        table=table,
        grid=Grid(("at least one step, more of 100", *(in_time(each) for each in found.weeks)), cells),
        draw=partial(_draw, weeks=found.weeks),
        height=3.0,
    )


def _reach(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    mine = table[table["outcome"] == SHOWN[0]]
    return [(str(label), rows) for label, rows in mine.groupby("label", sort=False)]


def _draw(figure: Figure, table: pd.DataFrame, weeks: tuple[int, ...]) -> None:
    drawn = {}
    for axes, outcome in zip(figure.subplots(1, len(SHOWN)), SHOWN, strict=True):
        mine = table[table["outcome"] == outcome]
        for (colour, marker), (label, rows) in zip(LOOKS, mine.groupby("label", sort=False), strict=False):
            mean, low, high = (100 * rows[name].to_numpy(float) for name in ("difference", "low", "high"))
            error = np.nan_to_num(np.array([mean - low, high - mean]))
            drawn[str(label)] = axes.errorbar(
                weeks, mean, error, color=colour, marker=marker, markersize=5, linewidth=1.4
            )
        axes.axhline(0, color=EDGE, linewidth=0.8)
        axes.set_title(HEADINGS[outcome])
        axes.set_xticks(weeks)
        axes.set(xlabel="weeks", ylabel="more of 100 people")
    key(figure, drawn, columns=2)
