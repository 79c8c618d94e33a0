"""Who is seen, by stage."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Shares of people and of contact time; contacts a month."""
    recovery, missed = result.estimate("contacts_in_recovery"), result.estimate("not_seen_share")
    said = (
        f"A person in recovery is seen {words.two_figures(recovery.mean)} times a month. At "
        f"{words.in_100(missed.mean)} of 100 "
        "planned contacts that had their time the person was not seen. The stage is where a person is this month, not "
        "who they are."
    )
    return Section("stages", "Who is seen", words=[said], pictures=["stages"])
