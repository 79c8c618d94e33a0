"""Who gains: the change in access to social capital by income, anxiety and distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.bars import bars
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, told
from cpsim.plots.style import PALE_BLUE, PALE_ORANGE
from cpsim.plots.who import PAIRS

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

UNIT = "points of 0-27"


def picture(result: RunResult) -> Picture:
    """Three pairs of groups side by side."""
    names = [(name.replace("five_steps", "rguk_change"), label) for name, label in PAIRS]
    table = estimates([(label, UNIT, result.estimate(name)) for name, label in names])
    poor, rich = (words.amount(mean, UNIT) for mean in table["mean"][:2])
    return Picture(
        name="gains",
        title=f"Social capital: {poor} points more for those with least to spend, {rich} for those with most",
        caption=caption(
            result,
            "RG-UK (0-27), people on the caseload at the end, against day 0 or joining; with what would have changed "
            "anyway. Sex, age and ethnicity are not modelled.",
            range_words(result),
        ),
        alt=f"Change in points of 27 in each group: {told(table)}",
        table=table,
        grid=grid(table, "change in RG-UK, points"),
        draw=draw,
        height=2.6,
    )


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Three pairs of bars."""
    axes = figure.subplots()
    bars(axes, table, colours=(PALE_ORANGE, PALE_BLUE), hatches=("///", ""), least=1.0)  # a point
    axes.set_xlabel("points of change (RG-UK, 0-27)")
