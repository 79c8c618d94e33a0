"""From the caseload to five steps."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """The funnel in people, and how closely CP was followed."""
    explained, support = result.estimate("materials_explained"), result.estimate("ordinary_support")
    fidelity, adoption = result.estimate("fidelity"), result.estimate("adoption")
    said = [
        "Could take up CP: on the caseload for at least half of these weeks, out of crisis and hospital for at least "
        "28 days of "
        "them, and wanting more connection at some time in them.",
        f"Of 100 of them, {words.in_100(explained.mean)} had the materials explained and {words.in_100(support.mean)} "
        "had ordinary "
        f"help with connections, outside CP. {words.in_100(adoption.mean).capitalize()} of 100 practitioners did any "
        "CP.",
    ]
    if fidelity.runs:
        said.append(
            f"Where CP was begun it was followed to {words.nearest(100 * fidelity.mean)} on a scale of 0 to 100 "
            f"(dose and quality over the five steps; {words.between(fidelity.p10, fidelity.p90, 'share')})."
        )
    return Section("funnel", "From the caseload to five steps", words=said, pictures=["funnel"])
