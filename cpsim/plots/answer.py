"""The answer: of 100 people who could take up CP, how many get all five steps, some, none; and 20 futures as dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cpsim.outputs import telling, words
from cpsim.plots.bars import key
from cpsim.plots.picture import Picture, caption, estimates, grid, told
from cpsim.plots.style import BLUE, EDGE, INDIGO, PALE_BLUE, WHITE

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

DOTS = 20
PARTS = (
    ("five_steps", "all five steps", BLUE, ""),
    ("some_steps", "some steps", PALE_BLUE, "///"),
    ("no_steps", "none", WHITE, ""),
)


def picture(result: RunResult) -> Picture:
    """Shares of 100 people as one bar, and people with five steps in 20 simulated futures."""
    found = [(label, "share", result.estimate(name)) for name, label, *_ in PARTS]
    table = estimates(found).assign(people=words.of_100(found[0][2].mean, found[1][2].mean) if found[0][2].runs else 0)
    shares = result.runs.outcome["five_steps"]
    dots = quantile_dots(shares[~np.isnan(shares)])
    what = (
        f"{len(dots)} equal parts of all {result.futures}"
        if len(result.runs) > len(dots)
        else f"{result.futures}, one a dot"
    )
    return Picture(
        name="answer",
        title=f"{words.in_100(table['mean'][0]).capitalize()} of every 100 who could take up CP get all five steps",
        caption=caption(result, f"Dots: {what}; how far they spread is luck."),
        alt=f"Of 100 people who could take up CP in {telling.period(result.scenario.weeks)}: {told(table)} "
        f"People with all five steps in each dot: {', '.join(map(str, dots))}.",
        table=pd.concat([table, pd.DataFrame({"label": "dot", "people": dots})], ignore_index=True),
        grid=grid(table, "people of 100 get"),
        draw=draw,
        height=2.6,
    )


def quantile_dots(shares: np.ndarray) -> list[int]:
    """Up to 20 futures that stand for all: people of 100 at evenly spaced ranks."""
    count = min(DOTS, len(shares))
    if not count:
        return []
    ranks = (np.arange(count) + 0.5) / count
    return [words.nearest(100 * share) for share in np.quantile(shares, ranks, method="inverted_cdf")]


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """The bar above, the dots below."""
    above, below = figure.subplots(2, 1, height_ratios=[1, 2])
    key(figure, _bar(above, table[table["label"] != "dot"]))
    _dots(below, table.loc[table["label"] == "dot", "people"].to_numpy(int))


def _bar(axes: Axes, table: pd.DataFrame) -> dict[str, Artist]:
    start, entries = 0, {}
    for (_, label, colour, hatch), people in zip(PARTS, table["people"].astype(int), strict=True):
        drawn = axes.barh(0, people, left=start, color=colour, hatch=hatch, edgecolor=EDGE, height=0.6)
        entries[f"{label}: {people}"] = drawn[0]
        start += people
    axes.set(xlim=(0, 100), ylim=(-0.4, 0.4), yticks=[], xlabel="of 100 people who could take up CP")
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    return entries


def _dots(axes: Axes, dots: np.ndarray) -> None:
    values, counts = np.unique(dots, return_counts=True)
    stacks = [(value, height + 0.5) for value, count in zip(values, counts, strict=True) for height in range(count)]
    tallest = max(5, int(counts.max(initial=0)))
    if stacks:
        across, up = zip(*stacks, strict=True)
        axes.scatter(across, up, s=min(10.0, 75 / tallest) ** 2, color=INDIGO, linewidths=0, zorder=3)
    right = 10 * (int(values.max(initial=0)) // 10 + 1)
    axes.set(xlim=(-0.5, max(20, right) + 0.5), ylim=(0, tallest + 0.5), yticks=[])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("people of 100 with all five steps: each dot a simulated future")
    axes.spines["left"].set_visible(False)
