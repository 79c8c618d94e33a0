"""The answer in people, and what its range is."""

from __future__ import annotations

from cpsim.outputs import telling
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """The headline's picture, and once for the whole page what the ranges mean."""
    asked = telling.one_meaning(result)
    ranges = (
        f"A range such as “5 to 14” is the middle 8 in 10 {result.futures}, all with the same numbers put in: "
        "it is the luck of teams (who is referred, who falls ill, who leaves), and more runs do not narrow it.",
        "“Mean ±” in the tables says by how much the mean itself could move if everything were run again; more runs "
        "narrow it.",
        "What nobody knows about the numbers that were put in is in neither. It can be larger than both; "
        "see what this answer rests on.",
    )
    return Section(
        "answer", "The answer", pictures=["answer"], words=[asked], lists=[("How to read the ranges", ranges)]
    )
