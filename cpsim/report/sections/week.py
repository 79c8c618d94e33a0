"""Where the team's hours go."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section


def section(result: RunResult) -> Section:
    """Hours by activity and role."""
    vacant, face = result.estimate("vacancy_share"), result.estimate("face_to_face_share")
    said = (
        f"Of 100 whole-time equivalents of care co-ordinators, {words.in_100(vacant.mean)} are vacant. "
        f"Of 100 paid hours of those who see people, {words.in_100(face.mean)} are spent in contact with them."
    )
    return Section("week", "Where the week goes", words=[said], pictures=["week"])
