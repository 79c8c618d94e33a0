"""What stops CP: the delivery ledger, over chances for CP (28 days of a person who could take it up)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import ledgers, words
from cpsim.plots import ledger
from cpsim.plots.bars import key
from cpsim.plots.picture import Picture, caption

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult


def picture(result: RunResult) -> Picture:
    """Each barrier: in the way at all, met first, the only thing in the way."""
    barriers = ledgers.delivery(result.runs)
    table = ledger.table(barriers)
    worst = max(barriers, key=lambda barrier: barrier.any.mean if barrier.any.runs else 0)
    imputed = ledgers.imputed_share(result.runs)
    known = worst.any.runs and worst.any.mean > 0
    return Picture(
        name="delivery",
        title=f"Most often in the way of CP: {worst.label}, in {words.in_100(worst.any.mean)} of 100 chances"
        if known
        else "Nothing stood in the way of CP",
        caption=caption(
            result,
            "A chance is 28 days of a person who could take up CP. Barriers come together, so the bars do not add up.",
            "Which one is met first depends on the order shown; in the way at all does not.",
            f"{ledger.NOBODYS} nobody's to remove. In {words.in_100(imputed.mean)} of 100 chances no contact took "
            "place; "
            "there, what only a contact shows was judged without one.",
        ),
        alt=f"Chances of 100 in which each barrier was in the way: {ledger.told(table)}",
        table=table,
        grid=ledger.grid(table),
        draw=draw,
        height=4.6,
    )


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """One ledger."""
    axes = figure.subplots()
    key(figure, ledger.bars(axes, table))
    axes.set(xlim=ledger.widest(table), xlabel="of 100 chances for CP")
