"""The page of a comparison: the answer, what it costs others at the same size, pay-back, who gains, who pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cpsim.comparison.telling import NOT_COUNTED
from cpsim.experiments import compare_words as told
from cpsim.experiments.short_labels import short_label
from cpsim.outputs import words
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.compare import Comparison
    from cpsim.experiments.plans import Plan

HEADINGS = ("outcome", "A", "plan", "difference (95 %)", "verdict", "better in, of 100 worlds", "pairing saves, times")
RIGHT = "Better is always to the right."


def sections(found: Comparison) -> list[Section]:
    """In the order in which one asks."""
    tables = [table for plan in found.plans[1:] for table in _tables(found, plan)]
    return [
        Section("plans", "What is compared", lists=[("Plans", told.opening(found)[1:-1])], words=[LIKE_WITH_LIKE]),
        Section("people", "Did it help?", words=[RIGHT, *_each(found, told.for_people)], pictures=["people"]),
        Section("others", "What does it cost others?", words=_each(found, told.for_others), pictures=["others"]),
        Section("payback", "Does it pay back?", words=_sentences(found, told.paying_back), pictures=["payback"]),
        Section("who", "Who gains?", words=_each(found, told.who_gains), pictures=["who"]),
        Section("payers", "Who pays?", words=[NOT_COUNTED], pictures=["payers"]),
        Section("numbers", "Every number", words=told.what_it_means(found), folded=tables),
    ]


LIKE_WITH_LIKE = (
    "Each plan meets the same simulated people with the same luck, world by world; what is compared is each world with "
    "itself. Where a plan changes how many people the team has, numbers a person are of those it then has."
)


def _each(found: Comparison, say: Callable[[Comparison, Plan], Any]) -> list[str]:
    """One sentence a plan."""
    return [f"{plan.column}. {say(found, plan)}" for plan in found.plans[1:]]


def _sentences(found: Comparison, say: Callable[[Comparison, Plan], Any]) -> list[str]:
    return [sentence for plan in found.plans[1:] for sentence in say(found, plan)]


def _tables(found: Comparison, plan: Plan) -> list[tuple[str, Grid]]:
    """Each subject as a table to open."""
    return [(f"{plan.column}: {heading}", _grid(rows)) for heading, rows in told.by_subject(found, plan)]


def _grid(rows: pd.DataFrame) -> Grid:
    each: Any = rows.itertuples(index=False)
    return Grid(HEADINGS, tuple((short_label(row.measure), *told.cells(row), _saved(row)) for row in each))


def _saved(row: Any) -> str:
    """How many times fewer worlds pairing needs; nothing where nothing varies."""
    return words.two_figures(row.variance_reduction) if row.variance_reduction == row.variance_reduction else ""
