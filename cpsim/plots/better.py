"""Who is better off: people better, the same and worse by a change that is worthwhile for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.bars import key, plain
from cpsim.plots.picture import Grid, Picture, caption, estimates, rows_of
from cpsim.plots.style import BLUE, EDGE, PALE_ORANGE, WHITE
from cpsim.scenario.evidence import evidence

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

SCORES = (
    ("rguk", "social capital (RG-UK)", "outcome_rguk_mcid"),
    ("wemwbs", "wellbeing (WEMWBS)", "outcome_wemwbs_mcid"),
    ("qpr", "recovery (QPR-15)", "outcome_qpr15_mcid"),
    ("health", "self-rated health", "outcome_vas_mcid"),
)
LOOKS = {"better": (BLUE, ""), "same": (WHITE, ""), "worse": (PALE_ORANGE, "///")}
NAMES = {"better": "better", "same": "about the same", "worse": "worse"}


def picture(result: RunResult) -> Picture:
    """Three shares a score, which fill the bar."""
    parts = [
        estimates([(label, "share", result.estimate(f"{name}_{which}")) for name, label, _ in SCORES]).assign(
            which=which
        )
        for which in LOOKS
    ]
    table = pd.concat(parts, ignore_index=True)
    capital = {row.which: words.in_100(row.mean) for row in rows_of(table) if row.label == SCORES[0][1]}
    least = "; ".join(f"{label} {evidence()[row].value:g}" for _, label, row in SCORES)
    return Picture(
        name="better",
        title=f"In social capital {capital['better']} of 100 people are better off, {capital['worse']} worse off",
        caption=caption(
            result,
            "People on the caseload at the end, against day 0 or joining; with what would have changed anyway.",
            f"A change counts from so many points on: {least}. These are our working thresholds, not findings.",
        ),
        alt="People of 100: " + "; ".join(f"{row[0]}: {row[1]} better, {row[3]} worse" for row in _rows(table)) + ".",
        table=table,
        grid=Grid(("people of 100", *NAMES.values()), _rows(table)),
        draw=draw,
        height=2.2,
    )


def _rows(table: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    """A row a score: mean, and the middle 8 in 10 where there are several runs."""
    cells = {(row.label, row.which): _cell(row) for row in rows_of(table)}
    return tuple((label, *(cells[label, which] for which in LOOKS)) for _, label, _ in SCORES)


def _cell(row: Any) -> str:
    span = f" ({words.between(row.p10, row.p90, 'share')})" if row.runs > 1 else ""
    return f"{words.in_100(row.mean)}{span}"


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """One stacked bar a score."""
    axes = figure.subplots()
    start, entries = np.zeros(len(SCORES)), dict[str, Artist]()
    for which, (colour, hatch) in LOOKS.items():
        part = table[table["which"] == which]
        share = 100 * part["mean"].fillna(0).to_numpy()
        look: dict[str, Any] = {
            "facecolor": colour,
            "hatch": hatch,
            "edgecolor": EDGE,
            "linewidth": 0.8,
            "height": 0.72,
        }
        entries[NAMES[which]] = axes.barh(part["label"], share, left=start, **look)[0]
        start = start + share
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="people of 100 on the caseload at the end")
    plain(axes)
    key(figure, entries)
