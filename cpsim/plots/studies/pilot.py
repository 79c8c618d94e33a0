"""The picture of simulated pilots: high fidelity less other, with CP's effect and without, beside what was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cpsim.experiments.virtual.tables import lines, of
from cpsim.experiments.virtual.telling_numbers import number
from cpsim.experiments.virtual.telling_pilot import TOP
from cpsim.outputs import words
from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.style import BLUE, INK, VERMILION, WHITE

if TYPE_CHECKING:
    from cpsim.experiments.pilot import Pilot

PANELS = {
    "rguk": "social capital\n(RG-UK, points of 0-27)",
    "inclusion": "feeling included\n(points of 0-100)",
    "wemwbs": "wellbeing\n(WEMWBS, points of 14-70)",
    "cost": "cost of services\n(GBP, half a year)",
}
WORLDS = {"on": "with CP's effect", "off": "the same pilots, CP does nothing"}


def pictures(found: Pilot) -> list[Picture]:
    """One, when any pilot had people of high fidelity to compare."""
    table = spread(found)
    return [_picture(found, table)] if len(table) else []


def spread(found: Pilot) -> pd.DataFrame:
    """A row a measure and world: mean difference of the people of highest fidelity, and the middle 8 in 10 pilots."""
    rows = []
    for measure in PANELS:
        for effect, name in WORLDS.items():
            values = of(found.frames["pilots"], by=TOP, effect=effect, measure=measure)["difference"].dropna()
            if len(values):
                low, high = values.quantile([0.1, 0.9])
                ends = {"mean": values.mean(), "p10": low, "p90": high, "pilots": len(values)}
                rows.append({"measure": measure, "world": name, **ends})
    return pd.DataFrame(rows)


def _picture(found: Pilot, table: pd.DataFrame) -> Picture:
    first, second = table["mean"].iloc[:2]
    rows = tuple(
        (
            f"{PANELS[row.measure].replace(chr(10), ' ')}, {row.world}",
            number(row.mean),
            f"{number(row.p10)} to {number(row.p90)}",
            str(row.pilots),
        )
        for row in lines(table)
    )
    pilots = words.one_of(found.pilots, "pilot", "pilots")
    return Picture(
        name="bands",
        title=f"The {TOP} by fidelity: {number(first)} points of social capital more; {number(second)} when CP "
        "does nothing",
        caption=f"The {TOP} by fidelity, as many as the pilot had, less the others, adjusted for baseline. Lines: the "
        "middle 8 in 10 pilots, that is chance of people, which does not shrink with more pilots. Diamond: what the "
        f"pilot reported. {pilots}, seed {found.seed}; {found.design.followup_weeks:g} weeks of follow-up.",
        alt=" ".join(f"{name}: {mean} ({span})." for name, mean, span, _ in rows),
        table=table,
        grid=Grid(("measure and world", "mean", "8 in 10 pilots", "pilots that could compare"), rows),
        draw=lambda figure, shown: draw(figure, shown, reported(found)),
        height=0.9 + 0.85 * table["measure"].nunique(),
    )


def reported(found: Pilot) -> dict[str, float]:
    """What the pilot reported in these units."""
    rows = of(found.beside, what="cost of services: GBP")
    return {"cost": float(rows["reported"].iloc[0])}


def draw(figure: Figure, table: pd.DataFrame, known: dict[str, float]) -> None:
    """A panel a measure, two marks each."""
    on = Line2D([], [], marker="o", color=BLUE, linestyle="none")
    off = Line2D([], [], marker="o", color=VERMILION, markerfacecolor=WHITE, linestyle="none")
    diamond = Line2D([], [], marker="D", color=INK, linestyle="none")
    key(figure, {WORLDS["on"]: on, WORLDS["off"]: off, "reported": diamond})
    names = list(dict.fromkeys(table["measure"]))
    panels: Any = figure.subplots(len(names), 1, squeeze=False)[:, 0]
    for axes, name in zip(panels, names, strict=True):
        rows = of(table, measure=name)
        for place, row in zip((1, 0), lines(rows), strict=False):
            colour, fill = (BLUE, BLUE) if row.world == WORLDS["on"] else (VERMILION, WHITE)
            axes.hlines(place, row.p10, row.p90, color=colour, linewidth=1.2)
            axes.plot(row.mean, place, marker="o", color=colour, markerfacecolor=fill)
        if name in known:
            axes.plot(known[name], 0.5, marker="D", color=INK)
        reach = 1.15 * float(np.nanmax(np.abs([*rows["p10"], *rows["p90"], known.get(name, 0.0)])))
        axes.axvline(0.0, color=INK, linewidth=1.0)
        axes.set_xlim(-reach, reach)
        axes.set_ylim(-0.6, 1.6)
        axes.set_yticks([0.5], [PANELS[name]])
        plain(axes)
