"""Who pays."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section
from cpsim.report.used import price_years


def section(result: RunResult) -> Section:
    """Costs by payer."""
    own, (first, last) = result.estimate("cost_own_pocket"), price_years()
    said = (
        f"People's own pockets: {words.pounds(own.mean)} a person and year for fees, extras and fares. "
        "Primary care, general hospitals, benefits and families' own costs are not modelled. "
        f"Unit costs are at the prices of their sources ({first} to {last}), not brought to one year, and nothing is "
        "discounted. Hours that become free are hours, not savings."
    )
    return Section("costs", "Who pays", words=[said], pictures=["costs"])
