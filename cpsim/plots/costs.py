"""Who pays: cost per person on the caseload and year, by payer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.bars import bars
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, rows_of, told

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

PAYERS = ("cost_trust", "cost_local_authority", "cost_voluntary", "cost_implementation", "cost_own_pocket")
PARTS = (
    "cost_training",
    "cost_supervision",
    "cost_leadership",
    "cost_engagement",
    "cost_funds",
)  # of putting CP into practice
PARTS_AFTER = PAYERS.index("cost_implementation") + 1
UNIT = "GBP/person/year"


def picture(result: RunResult) -> Picture:
    """Pounds a person and year."""
    labels = measures("outcomes")
    table = estimates([(_lower(labels[name].label), UNIT, result.estimate(name)) for name in PAYERS])
    whole = result.estimate("cost_per_person")
    most = max(rows_of(table), key=lambda row: np.nan_to_num(row.mean))
    share = most.mean / whole.mean if whole.mean else float("nan")
    parts = [
        (f"- {labels[name].label.removeprefix('of CP in practice: ')}", UNIT, result.estimate(name)) for name in PARTS
    ]
    ends = [table[:PARTS_AFTER], estimates(parts), table[PARTS_AFTER:], estimates([("all payers", UNIT, whole)])]
    read = pd.concat(ends, ignore_index=True)
    return Picture(
        name="costs",
        title=f"{words.pounds(whole.mean)} a person and year, "
        f"{words.in_100(share)} in 100 of it paid by the {most.label}",
        caption=caption(
            result,
            "Putting CP into practice: training with the trainer, supervision, leading, work with groups, funds spent.",
            "Primary care, general hospitals, benefits and families' own costs are not modelled.",
            range_words(result),
        ),
        alt=f"Pounds a person on the caseload and year: {told(read)}",
        table=table,
        grid=grid(read, "pounds a person and year, by payer"),
        draw=draw,
        height=2.2,
    )


def _lower(label: str) -> str:
    """For within a sentence; "CP" stays as it is."""
    return label[0].lower() + label[1:]


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """One bar a payer."""
    axes = figure.subplots()
    bars(axes, table)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda pounds, _: f"£{pounds:,.0f}"))
    axes.set_xlabel("pounds a person on the caseload and year")
