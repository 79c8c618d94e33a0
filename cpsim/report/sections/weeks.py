"""How it goes over the weeks, and what waits meanwhile."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Caseload, pressure, contacts and crises over time; waits and late contacts in words."""
    waiting, wait, late = (result.estimate(name) for name in ("waiting", "wait_weeks", "late_share"))
    said = (
        f"{words.amount(waiting.mean, 'people').capitalize()} people are waiting on a mean day"
        f"{f', and those taken on had waited {words.two_figures(wait.mean)} weeks' if wait.mean > 0 else ''}. "
        f"Of 100 days in recovery, {words.in_100(late.mean)} are overdue for a contact "
        f"({words.between(late.p10, late.p90, 'share')})."
    )
    return Section("weeks", "How it goes over the weeks", words=[said], pictures=["weeks"])
