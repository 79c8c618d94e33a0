"""The page of `uncertainty`: costs beside outcomes first, then how sure of each, then what would make us surer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpsim.experiments.uncertainty_tables import can_value
from cpsim.experiments.uncertainty_words import NEEDS_SKLEARN, drawn_from, small, told_apart
from cpsim.outputs import words
from cpsim.plots.picture import Grid, rows_of
from cpsim.report.section import Section
from cpsim.report.used import price_years

if TYPE_CHECKING:
    from cpsim.experiments.uncertainty import Uncertainty

SUBJECTS = {
    "people": "What people get",
    "others": "What it may cost others",
    "payer": "Cost by payer",
    "perspective": "Cost by perspective",
}
NOT_MODELLED = (
    "Primary care, general hospitals, benefits, and families' own time and costs are not modelled, so the public "
    "sector's costs are those of the NHS and social services here. Minutes set free are spent within the team on what "
    "waits, and are not a saving."
)
NO_QALY = (
    "Nothing here is a cost per QALY: none of these scales is a measure of preference, and no conversion is made. "
    "Which outcome matters more is not for a model to say, so there is no total."
)


def sections(found: Uncertainty) -> list[Section | None]:
    """In the order of the page."""
    return [_consequences(found), _apart(found), _plane(found), _worth(found), _vectors(found)]


def _consequences(found: Uncertainty) -> Section:
    first, last = price_years()
    said = [
        "Every outcome in its own unit beside every payer's cost; no total score.",
        f"Costs are pounds a person on the caseload and year, at the prices of their sources ({first} to {last}), not "
        f"brought to one year. {NOT_MODELLED}",
        NO_QALY,
    ]
    tables = [(title, _grid(found, subject)) for subject, title in SUBJECTS.items()]
    return Section("consequences", "Costs beside outcomes", said, tables=tables)


def _grid(found: Uncertainty, subject: str) -> Grid:
    table = found.consequences[found.consequences["subject"] == subject]
    rows = tuple(_cells(found, row) for row in rows_of(table))
    if found.paired:
        first, second = (scenario.name for scenario in found.asked.scenarios)
        return Grid((subject, first, second, "difference ±", "", "luck of teams", "parameters"), rows)
    return Grid((subject, "mean ±", "luck of teams", "parameters"), rows)


def _cells(found: Uncertainty, row: Any) -> tuple[str, ...]:
    label = f"{row.label}{', in 100' if row.unit == 'share' else ''}"
    luck = _ends(row, "luck")
    which = found.components["scenario"].iloc[-1]
    about = found.components[(found.components["scenario"] == which) & (found.components["output"] == row.output)]
    seen = told_apart(about.iloc[0])
    parameters = _ends(row, "parameter") if seen else "too small to tell from luck"
    if not found.paired:
        return label, f"{small(row.mean_a, row.unit)} ±{small(row.error, row.unit)}", luck, parameters
    clear = abs(row.difference) > row.error
    verdict = "no clear difference" if not clear else "more" if row.difference > 0 else "less"
    difference = f"{small(row.difference, row.unit)} ±{small(row.error, row.unit)}"
    return label, small(row.mean_a, row.unit), small(row.mean_b, row.unit), difference, verdict, luck, parameters


def _ends(row: Any, which: str) -> str:
    low, high = (small(getattr(row, f"{which}_{end}"), row.unit) for end in ("p10", "p90"))
    return low if low == high else f"{low} to {high}"


def _apart(found: Uncertainty) -> Section:
    said = [
        "Three uncertainties, three words. Making all runs again would move the mean by at most the ± in 19 of 20 "
        "attempts; more runs narrow it. Luck is how teams differ at the same parameters; it does not narrow. "
        "Parameters are what nobody knows about the world; only evidence narrows it.",
    ]
    pictures = ["uncertainties"]
    return Section("apart", "Luck, runs, and what is not known", said, pictures=pictures)


def _plane(found: Uncertainty) -> Section | None:
    if not found.paired:
        return None
    said = [
        "Each dark dot is one setting of the parameters. How far dots lie apart is what is not known; how far crosses "
        "lie apart is mostly luck, which no study could take away.",
    ]
    return Section("value", "Cost and effect together", said, pictures=["plane", "acceptability"])


def _worth(found: Uncertainty) -> Section | None:
    if not found.paired:
        return None
    if not can_value():
        return Section("evidence", "Which evidence would be worth collecting", [NEEDS_SKLEARN])
    table = found.evppi
    worth, price = table["all_known"].iloc[0], table["pay"].iloc[0]
    said = [
        f"At {words.pounds(price) if price else '£0'} a point, where the two are hardest to tell apart, knowing every "
        f"number before choosing would be worth about {words.pounds(worth)} a person on the caseload, "
        f"{words.pounds(1000 * worth)} for 1,000 of them over these {found.scenario.weeks} weeks. No study gives that "
        "much, and single numbers are worth less.",
    ]
    return Section("evidence", "Which evidence would be worth collecting", said, pictures=["evppi"])


def _vectors(found: Uncertainty) -> Section:
    vectors = found.asked.vectors
    ranges = (
        "They cover the ranges of the evidence register, each number by its declared shape and independently of the "
        "others; nothing has been fitted, so settings that contradict what was observed are among them."
        if vectors.drawn
        else "They were not ruled out by the patterns for calibration. All count alike, which is an assumption."
    )
    said = [
        f"Made of {drawn_from(found)}, which vary {len(vectors.paths):,} numbers. {ranges}",
        "Pay and unit costs are varied only where the register gives a range and a rule reads it. How the model is "
        "built is not varied.",
    ]
    return Section("vectors", "Which settings these are", said)
