"""Hours: what CP needs, what is free after work that cannot wait, what CP was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.bars import bars
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, told
from cpsim.plots.style import BLUE, PALE_BLUE, PALE_ORANGE

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

PARTS = (("cp_hours_needed", "CP needs"), ("cp_hours_free", "free for CP"), ("cp_hours_delivered", "given to CP"))


def picture(result: RunResult) -> Picture:
    """Hours a week of the whole team."""
    table = estimates([(label, "hours/week", result.estimate(name)) for name, label in PARTS])
    needed, free, given = (words.two_figures(mean) for mean in table["mean"])
    if table["mean"][1] < table["mean"][0]:
        title = f"CP needs {needed} hours a week; {free} are free"
    else:
        title = f"The {needed} hours a week that CP needs are free; {given} go to it"
    return Picture(
        name="hours",
        title=title if result.estimate("cp_hours_needed").runs else "Hours for CP are not known",
        caption=caption(
            result, "Hours a week of the whole team. Free: left after work that cannot wait.", range_words(result)
        ),
        alt=f"Hours a week of the whole team: {told(table)}",
        table=table,
        grid=grid(table, "hours a week"),
        draw=draw,
        height=1.75,
    )


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Three bars."""
    axes = figure.subplots()
    bars(axes, table, colours=(PALE_ORANGE, PALE_BLUE, BLUE), hatches=("///", "", ""))
    axes.set_xlabel("hours a week of the whole team")
