"""What changed for people: scores between day 0 (or joining) and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cpsim.outputs import words
from cpsim.plots.picture import Picture, caption, estimates, grid, rows_of, told
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE
from cpsim.scenario.evidence import evidence

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

SCORES = (
    ("rguk_change", "access to social capital (RG-UK, 0-27)", "points of 0-27", "outcome_rguk_mcid"),
    ("wemwbs_change", "wellbeing (WEMWBS, 14-70)", "points of 14-70", "outcome_wemwbs_mcid"),
    ("qpr_change", "recovery (QPR-15, 0-60)", "points of 0-60", "outcome_qpr15_mcid"),
    ("health_change", "self-rated health (0-100)", "points of 0-100", "outcome_vas_mcid"),
    ("inclusion_change", "feeling included (0-100, an index of this model)", "points of 0-100", None),
)


def picture(result: RunResult) -> Picture:
    """Mean change with both intervals, and what counts as a worthwhile change."""
    table = estimates([(label, unit, result.estimate(name)) for name, label, unit, _ in SCORES])
    table["worthwhile"] = [evidence()[row].value if row else np.nan for *_, row in SCORES]
    capital, wellbeing = (_signed(mean) for mean in table["mean"][:2])
    return Picture(
        name="change",
        title=f"Social capital changes by {capital} points of 27, wellbeing by {wellbeing} points of 14 to 70",
        caption=caption(
            result,
            "People on the caseload at the end, against day 0 or joining; with what would have changed anyway.",
            f"Bar: 95 % interval of the mean. Line: the middle 8 in 10 {result.futures}, that is luck.",
            "Dashed: a change taken as worthwhile for one person. Scores are states, not answers to a questionnaire.",
        ),
        alt=f"Mean change in points: {told(table)}",
        table=table,
        grid=grid(table, "change in points"),
        draw=draw,
        height=4.6,
    )


def _signed(value: float) -> str:
    """With its sign, since it is a change."""
    return f"{value:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0") if np.isfinite(value) else words.UNKNOWN


def draw(figure: Figure, table: pd.DataFrame) -> None:
    """A line a score, each on a scale of its own."""
    for axes, row in zip(figure.subplots(len(table), 1), rows_of(table), strict=True):
        _score(axes, row)
    axes.set_xlabel("points of change")


def _score(axes: Axes, row: Any) -> None:
    axes.axvline(0, color=EDGE, linewidth=1)
    if np.isfinite(row.worthwhile):
        axes.axvline(row.worthwhile, color=EDGE, linestyle="--", linewidth=1.2)
    axes.hlines(0, row.p10, row.p90, color=INK, linewidth=1.2)
    if np.isfinite(row.ci_low):
        axes.barh(
            0,
            row.ci_high - row.ci_low,
            left=row.ci_low,
            height=0.5,
            color=PALE_BLUE,
            edgecolor=EDGE,
            linewidth=0.8,
        )
    axes.plot(row.mean, 0, "o", color=BLUE, markersize=7, zorder=4)
    reach = 1.25 * np.nanmax(np.abs([row.p10, row.p90, row.mean, row.worthwhile, 0.5]))
    axes.set(title=row.label, xlim=(-reach, reach), ylim=(-0.6, 0.6), yticks=[])
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
