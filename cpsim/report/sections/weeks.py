"""How it goes over the weeks, and what waits meanwhile."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Caseload, pressure, contacts and crises over time; waits and late contacts in words."""
    waiting, wait, late = (result.estimate(name) for name in ("waiting", "wait_weeks", "late_share"))
    said = (
        f"On a mean day {words.one_of(words.nearest(waiting.mean), 'person is', 'people are')} waiting"
        f"{_waited(wait.mean)}. "
        f"Of 100 days in recovery, {words.in_100(late.mean)} are overdue for a contact "
        f"({words.between(late.p10, late.p90, 'share')})."
    )
    return Section("weeks", "How it goes over the weeks", words=[said], pictures=["weeks"])


def _waited(weeks: float) -> str:
    """Weeks, or days where it is less than one; nothing where nobody waited."""
    if not weeks > 0:
        return ""
    time = words.one_of(words.nearest(7 * weeks), "day", "days") if weeks < 1 else f"{words.two_figures(weeks)} weeks"
    return f", and those taken on had waited {time}"
