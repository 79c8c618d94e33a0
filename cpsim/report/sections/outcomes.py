"""What changes for people, and for whom."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Scores, who is better and worse, ties, crises; who gains and who gets all five steps."""
    goals, ties, joined = (result.estimate(name) for name in ("goal_reached", "new_ties", "joined_share"))
    crises, admissions = result.estimate("crises_per_person_year"), result.estimate("admissions_per_person_year")
    said = [
        f"A person makes {words.two_figures(ties.mean)} new ties on the whole, and {words.in_100(joined.mean)} of 100 "
        "join a local place; "
        f"{words.in_100(goals.mean)} of 100 reach a social goal, most of them without CP. "
        f"There are {words.two_figures(crises.mean)} crises and {words.two_figures(admissions.mean)} admissions a "
        "person and year.",
        "Scores move by themselves too: people referred at a low point get better without anything being done. A "
        "change here is "
        "not an effect of CP; for that, compare this run with one that differs by CP alone.",
        "Recovery, self-rated health and feeling included are read from wellbeing, ties and belonging; how strongly is "
        "our judgement, so they say nothing that these do not.",
    ]
    return Section("outcomes", "What changed for people", words=said, pictures=["change", "better", "gains", "who"])
