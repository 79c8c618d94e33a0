"""Where the week goes: hours by activity, and how each role's hours divide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.model.codes import Activity
from cpsim.outputs import labels, words
from cpsim.outputs.intervals import estimate
from cpsim.outputs.tables import MINUTES_IN_AN_HOUR
from cpsim.plots.bars import bars, key, plain
from cpsim.plots.picture import Grid, Picture, caption, estimates, grid, range_words, rows_of, told
from cpsim.plots.style import BLUE, EDGE, LAYERS, PALE_BLUE

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

GROUPS = {
    "leave and sickness": (Activity.ABSENT,),
    "meetings, records, duty": (Activity.MEETINGS, Activity.RECORDS, Activity.DUTY),
    "crisis contacts": (Activity.CRISIS,),
    "other contacts, reviews": (Activity.ASSESSMENT, Activity.STABILISING, Activity.ROUTINE, Activity.REVIEW),
    "travel and notes": (Activity.TRAVEL, Activity.NOTES),
    "CP and local groups": (
        Activity.CP_VISIT,
        Activity.ENGAGEMENT,
        Activity.CP_LEARNING,
        Activity.CP_SUPERVISION,
        Activity.CP_LEADING,
        Activity.CP_FUNDS,
    ),
    "other work": (Activity.OWN_WORK, Activity.INDUCTION),
    "left over": (Activity.LEFT_OVER,),
}
FOR_CP = GROUPS["CP and local groups"]


def picture(result: RunResult) -> Picture:
    """Hours a week of the whole team by activity; below, each role's week in shares."""
    runs = result.runs
    hours = runs.minutes / MINUTES_IN_AN_HOUR / result.scenario.weeks
    rows = [
        (label, "hours/week", estimate(hours[:, :, place].sum(axis=1), runs.replication))
        for place, label in enumerate(labels.ACTIVITIES)
    ]
    table = estimates(rows).assign(role="")
    by_role = _by_role(hours.mean(axis=0))
    return Picture(
        name="week",
        title=_title(hours.mean(axis=0).sum(axis=0)),
        caption=caption(
            result, "Hours a week of the whole team, leave and vacancies counted as they were.", range_words(result)
        ),
        alt=f"Hours a week of the whole team: {told(table)}",
        table=pd.concat([table, by_role], ignore_index=True),
        grid=_grid(grid(table, "hours a week"), by_role),
        draw=draw,
        height=6.0,
    )


def _title(hours: np.ndarray) -> str:
    worked = hours.sum() - hours[Activity.ABSENT]
    if not worked:
        return "Nobody worked in these weeks"
    crisis, for_cp = hours[Activity.CRISIS] / worked, sum(hours[activity] for activity in FOR_CP) / worked
    return (
        f"Of every 100 hours at work {words.in_100(crisis)} go to crisis contacts "
        f"and {words.in_100(for_cp)} to CP and local groups"
    )


def _by_role(hours: np.ndarray) -> pd.DataFrame:
    """Hours a week of each role that is there, by group of activities."""
    return pd.DataFrame(
        [
            {"role": role, "label": group, "mean": hours[place, list(activities)].sum()}
            for place, role in enumerate(labels.roles())
            for group, activities in GROUPS.items()
            if hours[place].sum() > 0
        ],
        columns=["role", "label", "mean"],
    )


def _grid(by_activity: Grid, by_role: pd.DataFrame) -> Grid:
    """Both parts in one table: activities of all roles, then groups of activities by role."""
    rows = [(f"{row.role}: {row.label}", words.two_figures(row.mean), "", "") for row in rows_of(by_role)]
    return Grid(by_activity.headings, (*by_activity.rows, *rows))


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Activities above, roles below."""
    activities, roles = table[table["role"] == ""], table[table["role"] != ""]
    above, below = figure.subplots(2, 1, height_ratios=[len(activities), roles["role"].nunique() + 1])
    for_cp = [place in FOR_CP for place in range(len(activities))]
    fills, hatches = [BLUE if cp else PALE_BLUE for cp in for_cp], ["///" if cp else "" for cp in for_cp]
    bars(above, activities, fills, hatches)
    above.set_xlabel("hours a week of the whole team")
    if roles.empty:
        below.set_axis_off()
    else:
        key(figure, _shares(below, roles), below=True)


def _shares(axes: Axes, roles: pd.DataFrame) -> dict[str, Artist]:
    shares = roles.pivot(index="role", columns="label", values="mean").reindex(roles["role"].unique())[list(GROUPS)]
    shares = 100 * shares.div(shares.sum(axis=1), axis=0)
    start, entries = np.zeros(len(shares)), {}
    for group, (colour, hatch) in zip(GROUPS, LAYERS, strict=True):
        width = shares[group].to_numpy()
        drawn = axes.barh(shares.index, width, left=start, color=colour, hatch=hatch, edgecolor=EDGE, linewidth=0.6)
        entries[group] = drawn[0]
        start = start + width
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="of 100 paid hours of the role")
    plain(axes)
    return entries
