"""Hours CP needs, and hours that are free."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Needed, free, given; and the pressure behind it."""
    pressure, backlog = result.estimate("pressure"), result.estimate("backlog_days")
    calls = (
        f"The caseload calls for {words.two_figures(pressure.mean)} hours of work for every hour available "
        f"({words.between(pressure.p10, pressure.p90, 'hours/hour')}); above 1 something gives way. "
        f"Overdue contacts, reviews and assessments would take {words.two_figures(backlog.mean)} working days of "
        "everybody's time."
    )
    needs = (
        "What CP needs is the full dose, with travel and notes, for everyone who could take it up. Free is what "
        "remains after "
        "crises, duty and all work that cannot wait; it comes in pieces, and not always when the person is there."
    )
    return Section("hours", "Hours CP needs, hours that are free", words=[calls, needs], pictures=["hours"])
