"""Which rows of the evidence register the model's numbers are."""

from __future__ import annotations

from cpsim.scenario import tables as facts
from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import Row, evidence


def rows_used() -> dict[str, Row]:
    """Every row that some number of the model is, by its id, in the order of the register."""
    declared = {found.evidence.id for found in declarations().values() if found.evidence}
    return {row.id: row for row in evidence().values() if row.id in declared | facts.evidence_used()}


def price_years() -> tuple[int, int]:
    """The first and the last year of the prices in use."""
    years = [row.year for row in rows_used().values() if row.unit.startswith("GBP") and row.year]
    return min(years), max(years)
