"""Codes as words: the short name that tables hold, and the plain label that people read."""

from __future__ import annotations

from enum import IntEnum

from cpsim.model.codes import ACTIVITY_LABELS, GATE_LABELS, SOURCE_LABELS, STAGE_LABELS, Activity, Gate, Source, Stage
from cpsim.scenario import tables as facts

STAGES = tuple(STAGE_LABELS[stage] for stage in Stage)
ACTIVITIES = tuple(ACTIVITY_LABELS[activity] for activity in Activity)
GATES = tuple(GATE_LABELS[gate] for gate in Gate)
SOURCES = tuple(SOURCE_LABELS[source] for source in Source)
LEDGERS = ("delivery", "access")

# Always shown, never something that a team could take away.
NOBODYS = (Gate.TOO_UNWELL, Gate.NOT_WANTED)


def short_names(codes: type[IntEnum]) -> tuple[str, ...]:
    """Gate.NO_TIME_LEFT -> "no_time_left", in the order of the codes."""
    return tuple(code.name.lower() for code in codes)


def roles() -> tuple[str, ...]:
    """Roles in the order of their codes."""
    return tuple(role.name for role in facts.roles())


def kinds() -> tuple[str, ...]:
    """Kinds of place in the order of their codes."""
    return facts.kinds()
