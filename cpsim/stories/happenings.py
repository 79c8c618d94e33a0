"""What happened to one person in one part of a day, found by comparing two looks. Flow, stages and practitioners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cpsim.model.codes import Stage
from cpsim.model.records import GONE, NOBODY
from cpsim.stories import words
from cpsim.stories.future import Future
from cpsim.stories.look import Seen
from cpsim.stories.walk import Part


class Happening(NamedTuple):
    """One thing that happened; `kind` names its sentence in `words.SENTENCES`, `facts` fill it."""

    day: int
    kind: str
    facts: dict[str, Any]

    @property
    def text(self) -> str:
        """The sentence."""
        return words.sentence(self.kind, self.facts)


Found = Iterator[tuple[str, dict[str, Any]]]
Topic = Callable[[Seen, Part, Future], Found]

ON_CASELOAD = (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY, Stage.HOSPITAL)
WAYS_OUT = {Stage.DISCHARGED: "discharged", Stage.DROPPED_OUT: "lost contact", Stage.DIED: "died"}


def flow(seen: Seen, part: Part, future: Future) -> Found:
    """The way in, from the referral to being taken on, and the way out."""
    was, now = Stage(seen.was("stage")), Stage(seen.now("stage"))
    if now == Stage.WAITING and was != now:
        yield ("came back" if seen.now("returning") else "referred"), {}
    if now == Stage.WAITING and seen.turned("urgent"):
        yield "in crisis while waiting", {}
    waited = words.count(future.day - seen.now("wait_since"), "day")
    if seen.was("assess_left") > 0 >= seen.now("assess_left") and part.name == "task" and now == Stage.WAITING:
        yield "assessed", {"days": waited}
    if now == was:
        return
    if now == Stage.NOT_ACCEPTED:
        yield "not taken on", {}
    if was == Stage.WAITING and now in ON_CASELOAD:
        yield "taken on", {"days": waited}
    if now in WAYS_OUT:
        yield WAYS_OUT[now], {}


class StageSpells:
    """Stages on the caseload, and how long each lasted; it remembers when the present one began."""

    def __init__(self, day: int) -> None:
        self.since = day

    def __call__(self, seen: Seen, part: Part, future: Future) -> Found:
        """What two looks say about the stage."""
        was, now = Stage(seen.was("stage")), Stage(seen.now("stage"))
        if now == was:
            return
        lasted = {"days": words.count(future.day - self.since, "day")}
        self.since = future.day
        if now == Stage.CRISIS:
            yield "crisis", {"held": words.HELD[bool(seen.now("held_by_crisis_team"))]}
        elif now == Stage.HOSPITAL:
            yield "hospital", {}
        elif now == Stage.STABILISING:
            yield ("home" if was == Stage.HOSPITAL else "stabilising"), lasted
        elif now == Stage.RECOVERY and was == Stage.STABILISING:
            yield "recovery", {}


def practitioners(seen: Seen, part: Part, future: Future) -> Found:
    """Care co-ordinators come and go."""
    was, now = seen.was("coordinator"), seen.now("coordinator")
    if was == now or seen.now("stage") not in ON_CASELOAD:
        return
    if now < 0:
        left = seen.now("last_coordinator") == GONE
        yield ("worker left", {"worker": future.post(was)}) if left else ("worker gone", {})
    elif was >= 0:
        yield "worker changed", {"worker": future.post(now)}
    elif seen.was("last_coordinator") == NOBODY:
        yield "worker given", {"worker": future.post(now)}
    else:
        days = words.count(seen.was("uncovered_days"), "day")
        yield "worker again", {"worker": future.post(now), "days": days}
