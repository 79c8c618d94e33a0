"""The page of ready-made plans beside the team as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cpsim.experiments import counterfactuals_words as told
from cpsim.experiments.short_labels import short_label
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.counterfactuals import Counterfactuals


def sections(found: Counterfactuals) -> list[Section | None]:
    """By horizon, plan by plan, and what it rests on."""
    return [by_horizon(found), rests_on(found)]


def by_horizon(found: Counterfactuals) -> Section:
    """The picture, and every plan with all outcomes."""
    groups = list(found.table.groupby("plan", sort=False))
    lists = [(told.heading(rows), told.of_plan(found, rows)) for _, rows in groups]
    folded = [(f"{told.heading(rows)}: all outcomes", _grid(found, rows)) for _, rows in groups]
    return Section("plans", "Plan by plan, over time", pictures=["by_horizon"], lists=lists, folded=folded)


def _grid(found: Counterfactuals, rows: pd.DataFrame) -> Grid:
    lines = tuple(
        (short_label(str(outcome)), *(told.cell(row) for row in mine.itertuples(index=False)))
        for outcome, mine in rows.groupby("outcome", sort=False)
    )
    return Grid(("difference", *(told.in_time(each) for each in found.weeks)), lines)


def rests_on(found: Counterfactuals) -> Section:
    """What the plans are, and how sure the numbers."""
    return Section(
        "rests-on", "What this rests on", words=[told.made_of(found), told.LIST, told.PAYBACK, told.INTERVALS]
    )
