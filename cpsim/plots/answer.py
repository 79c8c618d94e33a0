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
    from cpsim.outputs.intervals import Estimate
    from cpsim.outputs.run_result import RunResult

DOTS = 20
STACK, ACROSS = 70, 460  # points that a stack, and one dot for each person of the scale, may take
DOTTED = {"five_steps": "all five steps", "reach": "at least one step"}
PARTS = (
    ("five_steps", "all five steps", BLUE, ""),
    ("some_steps", "some steps", PALE_BLUE, "///"),
    ("no_steps", "none", WHITE, ""),
)


def picture(result: RunResult) -> Picture:
    """Shares of 100 people as one bar, and 20 simulated futures as dots."""
    five, some, none = (result.estimate(name) for name, *_ in PARTS)
    shares = estimates(
        [(label, "share", found) for (_, label, *_), found in zip(PARTS, (five, some, none), strict=True)]
    )
    shares["people"] = words.of_100(five.mean, some.mean) if five.runs else 0
    dots = {label: quantile_dots(result.runs.outcome[name]) for name, label in DOTTED.items()}
    drawn = [pd.DataFrame({"label": label, "people": people, "dot": True}) for label, people in dots.items()]
    said = [f"{label.capitalize()}, dot by dot: {', '.join(map(str, people))}." for label, people in dots.items()]
    return Picture(
        name="answer",
        title=_title(five),
        caption=caption(result, f"Dots: {_what(result)}; how far they spread is luck."),
        alt=f"Of 100 who could take up CP in {telling.period(result.scenario.weeks)}: {told(shares)} {' '.join(said)}",
        table=pd.concat([shares.assign(dot=False), *drawn], ignore_index=True),
        grid=grid(shares, "people of 100 get"),
        draw=draw,
        height=3.6,
    )


def _title(five: Estimate) -> str:
    if not five.runs:
        return "Nobody could take up CP"
    if five.mean == 0:
        return "Nobody who could take up CP gets all five steps"
    return f"{words.in_100(five.mean).capitalize()} of every 100 who could take up CP get all five steps"


def _what(result: RunResult) -> str:
    """What a dot stands for."""
    if len(result.runs) > DOTS:
        return f"all {result.futures} in {DOTS} equal parts"
    return f"{result.futures}, one a dot"


def quantile_dots(shares: np.ndarray) -> list[int]:
    """Up to 20 futures that stand for all: people of 100 at evenly spaced ranks."""
    shares = shares[~np.isnan(shares)]
    count = min(DOTS, len(shares))
    if not count:
        return []
    ranks = (np.arange(count) + 0.5) / count
    return [words.nearest(100 * share) for share in np.quantile(shares, ranks, method="inverted_cdf")]


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """The bar above, the dots below on one scale and of one size."""
    above, *below = figure.subplots(1 + len(DOTTED), 1, height_ratios=[1.1, *[2] * len(DOTTED)])
    key(figure, _bar(above, table[~table["dot"]]))
    dots = table[table["dot"]]
    right = max(20, 10 * (int(dots["people"].max()) // 10 + 1) if len(dots) else 0)
    tallest = max(5, dots.groupby(["label", "people"]).size().max() if len(dots) else 0)
    size = min(10.0, STACK / tallest, ACROSS / right)
    for axes, label in zip(below, DOTTED.values(), strict=True):
        _dots(axes, dots.loc[dots["label"] == label, "people"].to_numpy(int), size)
        axes.set(xlim=(-0.015 * right, 1.015 * right), ylim=(0, tallest + 0.5), yticks=[])
        axes.set_xlabel(f"{label}, people of 100: each dot a simulated future")


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


def _dots(axes: Axes, dots: np.ndarray, size: float) -> None:
    values, counts = np.unique(dots, return_counts=True)
    stacks = [(value, height + 0.5) for value, count in zip(values, counts, strict=True) for height in range(count)]
    if stacks:
        across, up = zip(*stacks, strict=True)
        axes.scatter(across, up, s=size**2, color=INDIGO, linewidths=0, zorder=3)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.spines["left"].set_visible(False)
