"""Who pays."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK
from cpsim.outputs import words
from cpsim.outputs.intervals import estimate
from cpsim.outputs.measures import measures
from cpsim.outputs.run_result import RunResult
from cpsim.plots.costs import PAYERS
from cpsim.plots.picture import Grid
from cpsim.report.section import Section
from cpsim.report.used import price_years

QUARTER = 13  # weeks
A_YEAR = 365.25 / DAYS_A_WEEK  # weeks


def section(result: RunResult) -> Section:
    """Costs by payer, over all weeks and quarter by quarter."""
    own, (first, last) = result.estimate("cost_own_pocket"), price_years()
    said = (
        f"People's own pockets: {words.pounds(own.mean)} a person and year for fees, extras and fares. "
        "Primary care, general hospitals, benefits and families' own costs are not modelled. "
        f"Unit costs are at the prices of their sources ({first} to {last}), not brought to one year, and nothing is "
        "discounted. Hours that become free are hours, not savings."
    )
    title = "Cost by payer and quarter, pounds a person and year: mean, and the middle 8 in 10 runs"
    return Section("costs", "Who pays", words=[said], pictures=["costs"], folded=[(title, by_quarter(result))])


def by_quarter(result: RunResult) -> Grid:
    """A row a payer, a column a quarter (13 weeks; what is left at the end of the run is with the last)."""
    starts = list(range(0, max(QUARTER, result.scenario.weeks - QUARTER + 1), QUARTER))
    ends = [*starts, result.scenario.weeks]
    rows = tuple(
        (measures("outcomes")[name].label, *(_cell(result, name, *span) for span in pairwise(ends))) for name in PAYERS
    )
    return Grid(("payer", *(f"weeks {start + 1} to {end}" for start, end in pairwise(ends))), rows)


def _cell(result: RunResult, name: str, start: int, end: int) -> str:
    weeks, pounds = result.runs.of_week(name)
    people = result.runs.of_week("caseload")[1]
    there = (start <= weeks) & (weeks < end)
    spent, lived = np.nansum(pounds[:, there], axis=1), np.nansum(people[:, there], axis=1) / A_YEAR
    found = estimate(np.divide(spent, lived, out=np.full(spent.shape, np.nan), where=lived > 0))
    span = f" ({words.between(found.p10, found.p90, 'GBP')})" if found.runs > 1 else ""
    return f"{words.pounds(found.mean)}{span}"
