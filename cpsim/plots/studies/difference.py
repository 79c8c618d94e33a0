"""What makes the difference: each part alone, on average and last; and its share of the other outcomes."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from cpsim.experiments.attribution import ALL
from cpsim.experiments.difference_words import OF_100, gain, main, unit_of
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import words
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.plots.studies.share_bars import share_bars
from cpsim.plots.style import BLUE, PALE_BLUE, PALE_ORANGE

if TYPE_CHECKING:
    from cpsim.experiments.difference import Difference

WHISKERS = "Whiskers: 95 % interval of the mean, simulation error only."
LOOKS = {"alone": (PALE_BLUE, "\\\\"), "shapley": (BLUE, ""), "last": (PALE_ORANGE, "//")}
SIDE_BY_SIDE = 3
WRAPPED = 18  # signs of a panel's title


def pictures(found: Difference) -> list[Picture]:
    """In the order of the page."""
    rest = [output for output in found.games if output != main(found)]
    rows = [rest[start : start + SIDE_BY_SIDE] for start in range(0, len(rest), SIDE_BY_SIDE)]
    return [due(found), *(others(found, outputs, number) for number, outputs in enumerate(rows, start=1))]


def headings(found: Difference) -> dict[str, str]:
    """What the three panels ask."""
    return {
        "alone": f"alone, in\n{found.scenario.name}",
        "shapley": "share, on average\nover all orders",
        "last": f"last, missing\nfrom {found.other.name}",
    }


def due(found: Difference) -> Picture:
    """Three panels of the main outcome; parts in the order of their shares."""
    output = main(found)
    table, all_, unit = found.shares(output), found.row(ALL, output), unit_of(output)
    top = table.iloc[0]
    heads = headings(found)
    cells = [[gain(row, name, unit) for name in LOOKS] for _, row in table.iterrows()]
    return Picture(
        name="due",
        title=f"Of {words.difference(all_['shapley'], unit)} in 100 people who {OF_100[output]}, the largest share, "
        f"{words.difference(top['shapley'], unit)}, goes with {top['label']}",
        caption=caption(
            found,
            f"Left: {found.scenario.name} with this part alone as in {found.other.name}. Middle: averaged over all "
            "orders of change (Shapley); only these add up to the whole. Right: what is lost where this part alone is "
            f"missing. {WHISKERS}",
        ),
        alt="Alone, on average, last, of 100 people: "
        + "; ".join(f"{label} {', '.join(line)}" for label, line in zip(table["label"], cells, strict=True))
        + ".",
        table=table,
        grid=Grid(
            ("part", *(head.replace("\n", " ") for head in heads.values())),
            tuple((label, *line) for label, line in zip(table["label"], cells, strict=True)),
        ),
        draw=partial(_draw_due, heads=heads),
        height=0.32 * len(table) + 1.0,
    )


def _draw_due(figure: Figure, table: pd.DataFrame, heads: dict[str, str]) -> None:
    panels = figure.subplots(1, len(heads), sharey=True)
    for axes, (name, (colour, hatch)) in zip(panels, LOOKS.items(), strict=True):
        share_bars(axes, table, [colour] * len(table), [hatch] * len(table), name)
        axes.set_title(heads[name])
        axes.set_xlabel("of 100 people")
    ends = np.array([axes.get_xlim() for axes in panels])
    for axes in panels:  # one scale, as they are read side by side
        axes.set_xlim(ends[:, 0].min(), ends[:, 1].max())


def others(found: Difference, outputs: list[str], number: int) -> Picture:
    """Shares of other outcomes, a panel each, parts in the order of the main outcome."""
    order = found.shares(main(found))["group"]
    parts = [found.shares(output).set_index("group").loc[order].reset_index() for output in outputs]
    alls = [words.difference(found.row(ALL, output)["shapley"], unit_of(output)) for output in outputs]
    told = [f"{_bare(output)} {all_}" for output, all_ in zip(outputs, alls, strict=True)]
    cells = [
        (
            label,
            *(gain(part.iloc[place], "shapley", unit_of(output)) for output, part in zip(outputs, parts, strict=True)),
        )
        for place, label in enumerate(parts[0]["label"])
    ]
    return Picture(
        name=f"others_{number}",
        title=f"The same parts, other outcomes: {'; '.join(told)}",
        caption=caption(
            found, f"Share of each part, averaged over all orders (Shapley); each panel has its unit. {WHISKERS}"
        ),
        alt="Shares. " + "; ".join(f"{cell[0]}: {', '.join(cell[1:])}" for cell in cells) + ".",
        table=pd.concat(parts, ignore_index=True),
        grid=Grid(("part", *(short_label(output) for output in outputs)), tuple(cells)),
        draw=_draw_others,
        height=0.32 * len(order) + 1.0,
    )


def _bare(output: str) -> str:
    """Without its unit, which stands below the panel."""
    return short_label(output).split(", ")[0]


def _draw_others(figure: Figure, table: pd.DataFrame) -> None:
    groups = table.groupby("output", sort=False)
    panels = np.atleast_1d(figure.subplots(1, groups.ngroups, sharey=True))
    for axes, (output, part) in zip(panels, groups, strict=True):
        unit = unit_of(str(output))
        rows = part.reset_index(drop=True)
        share_bars(axes, rows, [BLUE] * len(rows), [""] * len(rows), unit=unit)
        axes.set_title(textwrap.fill(_bare(str(output)), WRAPPED))
        axes.set_xlabel("of 100" if unit == "share" else words.unit_name(unit))
