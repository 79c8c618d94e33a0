"""How it goes over time: caseload, pressure, contacts and crises by week, and the weeks that are not reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.outputs.intervals import MIDDLE
from cpsim.plots.picture import Grid, Picture, caption, range_words
from cpsim.plots.style import BLUE, EDGE, PALE_BLUE, PALE_GREY, QUIET

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

PANELS = (
    ("people on the caseload", "people", ("caseload",)),
    ("work per hour available (pressure)", "hours/hour", ("pressure",)),
    ("contacts held a week", "contacts", ("contacts_crisis", "contacts_stabilising", "contacts_recovery")),
    ("people in crisis", "people", ("in_crisis",)),
)
SINGLE = 3  # futures drawn by themselves: a band hides that one team zig-zags


def picture(result: RunResult) -> Picture:
    """Mean, middle 8 in 10 and three single futures of four weekly numbers."""
    table = pd.concat([_panel(result, *panel) for panel in PANELS], ignore_index=True)
    ends = _ends(table)
    caseload, pressure = (ends[label] for label, *_ in PANELS[:2])
    return Picture(
        name="weeks",
        title=f"The caseload {_goes(*caseload)} people, pressure {_goes(*pressure)}",
        caption=caption(
            result,
            range_words(result, "Band"),
            "Thin lines: three single futures. Grey: weeks in which the simulation settles in; they are not reported.",
            "Pressure above 1: more work than hours.",
        ),
        alt="From the first to the last week reported, means: "
        + "; ".join(f"{label} from {first} to {last}" for label, (first, last) in ends.items())
        + ".",
        table=table,
        grid=_grid(table),
        draw=draw,
        height=4.4,
    )


def _panel(result: RunResult, label: str, unit: str, names: tuple[str, ...]) -> pd.DataFrame:
    tables = [result.runs.of_week(name) for name in names]
    weeks, values = tables[0][0], np.sum([table for _, table in tables], axis=0)
    all_there = ~np.isnan(values).any(axis=0)  # teams of one run may settle in for longer or shorter
    weeks, values = weeks[all_there], values[:, all_there]
    low, high = np.quantile(values, MIDDLE, axis=0)
    facts = {"week": weeks, "label": label, "unit": unit, "mean": values.mean(axis=0), "p10": low, "p90": high}
    single = {f"future {run + 1}": values[run] for run in range(min(SINGLE, len(values)))}
    return pd.DataFrame({**facts, **single})


def _ends(table: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Means of the first and the last week reported, in words."""
    found = {}
    for label, unit, _ in PANELS:
        mean = table.loc[(table["label"] == label) & (table["week"] >= 0), "mean"]
        found[label] = (words.amount(mean.iloc[0], unit), words.amount(mean.iloc[-1], unit))
    return found


def _goes(first: str, last: str) -> str:
    return f"stays at {first}" if first == last else f"goes from {first} to {last}"


def _grid(table: pd.DataFrame) -> Grid:
    """Every fourth week reported, and the last."""
    weeks = sorted(week for week in table["week"].unique() if week >= 0)
    wanted = dict.fromkeys([*weeks[::4], weeks[-1]])
    rows = []
    for week in wanted:
        parts = table[table["week"] == week]
        cells = [
            f"{words.amount(row.mean, row.unit)} ({words.between(row.p10, row.p90, row.unit)})"
            for row in parts.itertuples()
        ]
        rows.append((f"week {week + 1}", *cells))
    return Grid(("week", *(label for label, *_ in PANELS)), tuple(rows))


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Two by two, on one time axis."""
    panels = figure.subplots(2, 2, sharex=True)
    for axes, (label, _, _) in zip(panels.flat, PANELS, strict=True):
        _line(axes, table[table["label"] == label], label)
    for axes in panels[1]:
        axes.set_xlabel("week; 0 is the start")


def _line(axes: Axes, part: pd.DataFrame, label: str) -> None:
    weeks = part["week"].to_numpy()
    if weeks[0] < 0:
        axes.axvspan(weeks[0], 0, color=PALE_GREY, linewidth=0, zorder=0)
    axes.fill_between(weeks, part["p10"], part["p90"], color=PALE_BLUE, edgecolor=EDGE, linewidth=0.4, zorder=1)
    for name in (name for name in part.columns if name.startswith("future ")):
        axes.plot(weeks, part[name], color=QUIET, linewidth=0.6, zorder=2)
    sns.lineplot(x=weeks, y=part["mean"].to_numpy(), color=BLUE, linewidth=2, ax=axes, zorder=3)
    if label == PANELS[1][0]:
        axes.axhline(1, color=EDGE, linestyle="--", linewidth=1, zorder=2)
    top = np.nanmax(part[["p90", *(name for name in part.columns if name.startswith("future "))]].to_numpy(float))
    axes.set(title=label, xlim=(weeks[0], weeks[-1]), ylim=(0, 1.1 * top or 1.0))
    axes.set_ylabel("")
