"""Pictures of a comparison: for people, cost to others at the same size, pay-back, who gains, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cpsim.experiments.compare_words import STUDY_WEEKS, of_groups
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import words
from cpsim.plots.bars import key
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption, differences
from cpsim.plots.style import EDGE, MARKS, QUIET

if TYPE_CHECKING:
    from cpsim.experiments.compare import Comparison

MONTH_OF_STUDY = 6
LINES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1)))
TITLES = {"cost": "cost, all payers, £ a person", "minutes": "staff time, minutes a person"}


def pictures(found: Comparison) -> list[Picture]:
    """In the order of the page."""
    paired, equity = found.paired, found.equity
    people, others = (paired[paired["subject"] == subject] for subject in ("people", "others"))
    groups = equity[(equity["row"] == "group") & equity["measure"].str.startswith(of_groups(found))]
    return [
        differences.picture(found, "people", f"For people: {differences.counted(people)}", people),
        differences.picture(found, "others", f"Cost to others: {differences.counted(others)}", others),
        payback(found),
        differences.picture(found, "who", _gains(found, groups), groups, GROUPS),
        differences.picture(found, "payers", _pays(found), found.costs, PAYERS, sides=("dearer", "cheaper")),
    ]


GROUPS = "Thirds of spare income and of social anxiety, and halves by travel, among the same people."
PAYERS = "Pounds a person on the caseload and year. Primary care, hospitals and benefits are not modelled."


def _gains(found: Comparison, groups: pd.DataFrame) -> str:
    """Title of the picture of groups."""
    return f"Who gains ({short_label(of_groups(found)).split(', ')[0]}): {differences.counted(groups)}"


def _pays(found: Comparison) -> str:
    """Title of the picture of payers: the whole difference, and own pockets."""
    table = found.costs.set_index(["plan", "measure"])
    parts = []
    for plan in found.plans[1:]:
        whole, own = (table.loc[(plan.letter, name)] for name in ("cost_per_person", "cost_own_pocket"))
        parts.append(f"{plan.letter} {_by(whole)} in all, {_by(own)} from people's own pockets")
    return f"Who pays, a person and year: {'; '.join(parts)}"


def _by(row: Any) -> str:
    clear = row["verdict"] in ("better", "worse")
    told = words.difference(row["difference"], row["unit"]) if clear else "no clear difference"
    return "less than £1" if told == "£0" else told


def payback(found: Comparison) -> Picture:
    """How much dearer each plan is, summed month by month; where it falls below the line it has paid back."""
    table = found.tables["payback"]
    marked = found.scenario.weeks > STUDY_WEEKS
    study = f"Dotted upright line: {MONTH_OF_STUDY} months, when the 2021 study stopped. " if marked else ""
    return Picture(
        name="payback",
        title=f"Pay-back: {'; '.join(_turns(found, plan.letter) for plan in found.plans[1:])}",
        caption=caption(
            found,
            "Plan less A, a person on the caseload, summed since day 0; nothing is discounted. Below 0: paid back.",
            f"{study}Line: mean. Band: the middle 8 in 10 worlds (luck).",
        ),
        alt=" ".join(_told(row) for row in found.tables["payback_month"].itertuples(index=False)),
        table=table,
        grid=Grid(("plan, month", "what", "mean so far", "95 %", "8 in 10 worlds", "no dearer, of 100"), _cells(table)),
        draw=draw_payback,
        height=2.7,
    )


def _turns(found: Comparison, letter: str) -> str:
    """ "B has not paid back in 12 months (dearer at the end in 75 of 100 worlds)" of cost."""
    cost = found.paybacks[letter, "cost"]
    months, never = int(cost.months[-1]), f"dearer then in {words.in_100(cost.never)} of 100 worlds"
    if np.isnan(cost.mean_turns):
        return f"in cost {letter} has not paid back after {words.one_of(months, 'month', 'months')} ({never})"
    if cost.mean_turns == 0:
        return f"in cost {letter} is never the dearer one on average ({never})"
    return f"in cost {letter} is no dearer from month {cost.mean_turns:.0f} on ({never})"


def _told(row: Any) -> str:
    month = "not within the run" if np.isnan(row.month) else f"from month {row.month:.0f} on"
    return f"{row.plan}, {row.what}: paid back {month}; not by the end in {words.in_100(row.never)} of 100 worlds."


def _cells(table: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            f"{row.plan}, month {row.month}",
            str(row.what),
            words.difference(row.mean, row.unit),
            words.differences(row.ci_low, row.ci_high, row.unit),
            words.differences(row.p10, row.p90, row.unit),
            words.in_100(row.no_dearer),
        )
        for row in _rows(table)
    )


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))


def draw_payback(figure: Figure, table: pd.DataFrame) -> None:
    """Cost and minutes side by side, a line a plan."""
    entries: dict[str, Artist] = {}
    for axes, (what, title) in zip(figure.subplots(1, 2), TITLES.items(), strict=True):
        axes.axhline(0, color=EDGE, linewidth=1)
        of_what = table[table["what"] == what]
        for number, (letter, path) in enumerate(of_what.groupby("plan", sort=False)):
            look: dict[str, Any] = {"color": MARKS[number]}
            months = [0, *path["month"]]
            axes.fill_between(months, [0, *path["p10"]], [0, *path["p90"]], alpha=0.18, linewidth=0, **look)
            entries[f"{letter} less A"] = axes.plot(months, [0, *path["mean"]], linestyle=LINES[number], **look)[0]
        last = int(of_what["month"].max())
        if last > MONTH_OF_STUDY:
            axes.axvline(MONTH_OF_STUDY, color=QUIET, linestyle=":", linewidth=1)
        axes.set_title(title, loc="left")
        axes.set(xlabel="month", xlim=(0, last))
        axes.xaxis.get_major_locator().set_params(integer=True)
        pounds = what == "cost"
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _, pounds=pounds: _tick(value, pounds)))
    key(figure, entries)


def _tick(value: float, pounds: bool) -> str:
    return f"{'-' if value < 0 else ''}{'£' if pounds else ''}{abs(value):,.4g}"
