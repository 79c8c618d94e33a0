"""Who gets it: all five steps by income, anxiety and distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.bars import bars
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, told
from cpsim.plots.style import PALE_BLUE, PALE_ORANGE

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

PAIRS = (
    ("five_steps_low_income", "least spare income (third)"),
    ("five_steps_high_income", "most spare income (third)"),
    ("five_steps_low_anxiety", "least social anxiety (third)"),
    ("five_steps_high_anxiety", "most social anxiety (third)"),
    ("five_steps_near", "nearer the team (half)"),
    ("five_steps_far", "farther away (half)"),
)


def picture(result: RunResult) -> Picture:
    """Three pairs of groups side by side."""
    table = estimates([(label, "share", result.estimate(name)) for name, label in PAIRS])
    poor, rich = (words.in_100(mean) for mean in table["mean"][:2])
    title = f"All five steps: {poor} in 100 of those with least to spend, {rich} in 100 of those with most"
    return Picture(
        name="who",
        title="Nobody in any group gets all five steps" if not table["mean"].any() else title,
        caption=caption(
            result,
            "Few people are in each group, so single futures differ much. Sex, age and ethnicity are not modelled.",
            range_words(result),
        ),
        alt=f"People of 100 in each group who get all five steps: {told(table)}",
        table=table,
        grid=grid(table, "people of 100 get all five steps"),
        draw=draw,
        height=2.6,
    )


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Three pairs of bars."""
    axes = figure.subplots()
    bars(axes, table, colours=(PALE_ORANGE, PALE_BLUE), hatches=("///", ""), least=1.0)  # a person of 100
    axes.set_xlabel("people of 100 who could take up CP")
