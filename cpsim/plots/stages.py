"""Who is seen: shares of people and of contact time by stage, and contacts a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.outputs.intervals import estimate
from cpsim.plots.bars import ROOM, bars, key, number, plain, whiskers
from cpsim.plots.picture import Picture, caption, estimates, grid, range_words, rows_of, told
from cpsim.plots.style import EDGE, PALE_BLUE, PALE_ORANGE

if TYPE_CHECKING:
    from cpsim.outputs.intervals import Estimate
    from cpsim.outputs.run_result import RunResult

STAGES = ("in crisis", "stabilising", "in recovery")
PEOPLE = ("share_in_crisis", "share_stabilising", "share_in_recovery")
MINUTES = ("minutes_crisis", "minutes_stabilising", "minutes_recovery")
CONTACTS = ("contacts_in_crisis", "contacts_stabilising", "contacts_in_recovery")
SHARES = {"of people's time": (PALE_BLUE, ""), "of contact time": (PALE_ORANGE, "///")}
A_MONTH = "contacts a month"


def picture(result: RunResult) -> Picture:
    """Of people and of contact time, how much is in crisis, stabilising, in recovery."""
    people = [result.estimate(name) for name in PEOPLE]
    time = _contact_time(result)
    contacts = [result.estimate(name) for name in CONTACTS]
    parts = [
        estimates([(stage, unit, found) for stage, found in zip(STAGES, each, strict=True)]).assign(what=what)
        for what, unit, each in (
            *zip(SHARES, ("share", "share"), (people, time), strict=True),
            (A_MONTH, "contacts", contacts),
        )
    ]
    table = pd.concat(parts, ignore_index=True)
    in_full = [f"{row.label}, {row.what}{'' if row.what == A_MONTH else ' (in 100)'}" for row in rows_of(table)]
    read = table.assign(label=in_full)
    return Picture(
        name="stages",
        title=f"People in crisis are {words.in_100(people[0].mean)} in 100 and get {words.in_100(time[0].mean)} in 100 "
        "of the time spent in contact",
        caption=caption(result, "People in hospital and waiting are left out of the pictures.", range_words(result)),
        alt=f"By stage: {told(read)}",
        table=table,
        grid=grid(read, "stage"),
        draw=draw,
        height=2.5,
    )


def _contact_time(result: RunResult) -> list[Estimate]:
    """Share of contact minutes of each stage in the weeks reported."""
    runs = result.runs
    weekly = [runs.of_week(name) for name in MINUTES]
    minutes = np.stack([np.nansum(table[:, weeks >= 0], axis=1) for weeks, table in weekly])
    total = minutes.sum(axis=0)
    shares = np.divide(minutes, total, out=np.full(minutes.shape, np.nan), where=total > 0)
    return [estimate(share, runs.replication) for share in shares]


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """Shares on the left, contacts on the right."""
    left, right = figure.subplots(1, 2, width_ratios=[3, 2], sharey=True)
    key(figure, _shares(left, table[table["what"] != A_MONTH]))
    bars(right, table[table["what"] == A_MONTH], colours=(PALE_ORANGE,), hatches=("///",))
    right.set_xlabel("contacts a person and month")


def _shares(axes: Axes, table: pd.DataFrame) -> dict[str, Artist]:
    data = table.assign(share=100 * table["mean"].fillna(0))
    palette = {name: colour for name, (colour, _) in SHARES.items()}
    look = {"palette": palette, "saturation": 1, "edgecolor": EDGE, "width": 0.72, "legend": False}
    sns.barplot(data, x="share", y="label", hue="what", ax=axes, **look)
    high = 100 * table["p90"].fillna(0).to_numpy()
    for part, (group, (_, hatch)) in enumerate(zip(axes.containers, SHARES.values(), strict=True)):
        rows = table.iloc[part * len(STAGES) : (part + 1) * len(STAGES)]
        places = np.array([bar.get_y() + bar.get_height() / 2 for bar in group])
        low, top = (100 * rows[name].fillna(0).to_numpy() for name in ("p10", "p90"))
        whiskers(axes, places, low, top, end=0.07)
        for place, row in zip(places, rows_of(rows), strict=True):
            number(axes, 100 * np.nanmax([row.p90, row.mean, 0]), place, words.amount(row.mean, "share"))
        for bar in group:
            bar.set_hatch(hatch)
    axes.set(xlim=(0, ROOM * max(float(high.max(initial=0)), 1)), xlabel="in 100")
    plain(axes)
    return {name: group[0] for name, group in zip(SHARES, axes.containers, strict=True)}
