"""What stops a connection."""

from __future__ import annotations

from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """The access ledger."""
    said = (
        "Whoever prompts it, an attempt at a connection can meet the person's anxiety, a place that nobody knows, "
        "nothing open "
        "that interests and has room, no way to get there, or the price of the coffee. Within CP these are its work, "
        "not only stops."
    )
    return Section("access", "What stops a connection", words=[said], pictures=["access"])
