"""What stops CP."""

from __future__ import annotations

from cpsim.outputs import telling
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """The delivery ledger."""
    said = [
        telling.in_the_way(result),
        "Three counts of one ledger. Met first: what stood in the way before anything else did, in the order shown. In "
        "the way at "
        "all: what would have stopped CP, whatever else did. The only thing in the way: taking this one away opens the "
        "door, and "
        "it is seldom so. What removing a barrier brings is a question for a run without it, not for this picture.",
    ]
    return Section("delivery", "What stops CP", words=said, pictures=["delivery"])
