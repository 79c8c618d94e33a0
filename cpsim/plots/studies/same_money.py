"""What the same money does: a bar a lever, with what it costs in its label."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure

from cpsim.experiments.same_money_words import NO_MONEY, WHAT, gain, price, worse
from cpsim.outputs import words
from cpsim.plots.picture import Grid, Picture, rows_of
from cpsim.plots.studies import caption
from cpsim.plots.studies.share_bars import share_bars
from cpsim.plots.style import BLUE, PALE_GREY

if TYPE_CHECKING:
    from cpsim.experiments.same_money import SameMoney


def pictures(found: SameMoney) -> list[Picture]:
    """One, where anything is bought."""
    return [] if found.bought.empty else [picture(found)]


def picture(found: SameMoney) -> Picture:
    """More of 100 people, lever by lever; pale and hatched where the lever costs no money."""
    table = found.bought
    table = table.assign(label=[_label(row) for row in rows_of(table)])
    best = next(table.itertuples(index=False))
    cells = tuple((row.words, price(row), gain(found, row), worse(row).removeprefix("; ")) for row in rows_of(table))
    return Picture(
        name="same_money",
        title=f"{words.pounds(found.budget)} a year on one lever: the most, {gain(found, best)}, with {best.words}",
        caption=caption(
            found,
            f"More of 100 people who get {WHAT[found.main]} than in the team as it is. Pale, hatched: costs no money "
            "but other work. Whiskers: 95 % interval of the mean for all levers together, simulation error only.",
        ),
        alt="; ".join(f"{cell[0]} ({cell[1]}): {cell[2]}" for cell in cells) + ".",
        table=table,
        grid=Grid(("what it buys", "costs", "more of 100 people", "for others"), cells),
        draw=partial(_draw, main=found.main),
        height=0.3 * len(table) + 0.8,
    )


def _label(row: Any) -> str:
    cost = "" if abs(row.cost) < NO_MONEY else f", {words.pounds(row.cost)}"
    return f"{row.lever.replace('_', ' ')} {row.level}{cost}"


def _draw(figure: Figure, table: pd.DataFrame, main: str) -> None:
    free = table["cost"].abs() < NO_MONEY
    axes = figure.subplots()
    colours, hatches = [PALE_GREY if each else BLUE for each in free], ["//" if each else "" for each in free]
    share_bars(axes, table, colours, hatches, main)
    axes.set_xlabel("more of 100 people")
