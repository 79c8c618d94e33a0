"""The funnel: from everyone on the caseload to those still connected at the end, in people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.bars import bars
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, told
from cpsim.plots.style import BLUE, PALE_BLUE, PALE_GREY

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

STAGES = (
    ("on_caseload", "on the caseload", PALE_GREY),
    ("could_take_up", "could take up CP", PALE_GREY),
    ("asked", "asked about CP", PALE_BLUE),
    ("step_1", "1 connections they have", PALE_BLUE),
    ("step_2", "2 new opportunities", PALE_BLUE),
    ("step_3", "3 an action plan", PALE_BLUE),
    ("step_4", "4 barriers addressed", PALE_BLUE),
    ("step_5", "5 progress reviewed", BLUE),
    ("still_connected", "still connected at the end", BLUE),
)


def picture(result: RunResult) -> Picture:
    """How many people get how far."""
    table = estimates([(label, "people", result.estimate(name)) for name, label, _ in STAGES])
    on, could, asked, *_, five, _ = (words.amount(mean, "people") for mean in table["mean"])
    return Picture(
        name="funnel",
        title=f"Of {on} people on the caseload {could} could take up CP, {asked} are asked, {five} get all five steps",
        caption=caption(
            result,
            "People of one team, each step counted by itself. Still connected: had some CP and belong "
            "to a local place.",
            range_words(result),
        ),
        alt=f"People of one team: {told(table)}",
        table=table,
        grid=grid(table, "people"),
        draw=draw,
        height=3.2,
    )


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """One bar a stage."""
    axes = figure.subplots()
    bars(axes, table, colours=[colour for *_, colour in STAGES])
    axes.set_xlabel("people")
