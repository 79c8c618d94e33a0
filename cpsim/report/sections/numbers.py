"""Every number of the run."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.measures import Measure, measures
from cpsim.outputs.run_result import RunResult
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

SUBJECTS = {
    "people": "People and steps",
    "delivery": "Delivery",
    "capacity": "Caseload and hours",
    "contact": "Contacts",
    "flow": "Waiting",
    "workforce": "Posts and practitioners",
    "stages": "Stages and crises",
    "outcomes": "Scores and ties",
    "community": "Groups and places",
    "strategies": "What was done for CP: hours and funds",
    "costs": "Costs",
    "equity": "Who gets all five steps",
}
HEADINGS = ("measure", "mean", "8 in 10", "mean ±", "what it is")


def section(result: RunResult) -> Section:
    """A folded table a subject; the same as summary.csv, rounded."""
    declared = list(measures("outcomes").values())
    tables = [
        (subject, Grid(HEADINGS, tuple(_row(result, measure) for measure in declared if measure.group == group)))
        for group, subject in SUBJECTS.items()
    ]
    said = (
        "Means over all runs. The same without rounding is in summary.csv, and every run by itself in outcomes.parquet."
    )
    return Section("numbers", "Every number", words=[said], folded=tables)


def _row(result: RunResult, measure: Measure) -> tuple[str, ...]:
    found, unit = result.estimate(measure.name), measure.unit
    name = words.unit_name(unit)
    span = words.between(found.p10, found.p90, unit) if found.runs else ""
    label = f"{measure.label}{f' ({name})' if name and unit != 'people' else ''}"
    return (label, words.amount(found.mean, unit), span, words.half_width(found.half_width, unit), measure.meaning)
