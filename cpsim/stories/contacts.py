"""Contacts held, missed and put off, reviews and assessments: what happened in one part of a day."""

from __future__ import annotations

from cpsim.model.codes import Activity, Mode
from cpsim.stories import words
from cpsim.stories.future import Future
from cpsim.stories.happenings import Found
from cpsim.stories.look import Seen
from cpsim.stories.walk import Part


def contacts(seen: Seen, part: Part, future: Future) -> Found:
    """A contact took place, or the person was not seen, or nobody had time."""
    if part.name == "task":
        yield from _task(seen, part, future)
    elif part.name == "plan":
        yield from _put_off_early(seen, future)


def _task(seen: Seen, part: Part, future: Future) -> Found:
    worker = {"worker": future.post(part.worker)}
    role = int(future.world.workers["role"][part.worker])
    kind = Activity(int(future.world.tasks["kind"][part.task]))
    if seen.rose("contacts_held"):
        minutes = seen.spent(role, kind)
        where = _mode(seen.spent(role, Activity.TRAVEL), minutes, kind, future)
        facts = {"where": words.WHERE[where], "minutes": round(minutes), "why": words.WHY.get(kind.name, "")}
        yield "seen", {**worker, **facts}
    elif seen.rose("contacts_missed"):
        yield "not seen", {**worker, "came": words.NOT_SEEN[seen.spent(role, Activity.TRAVEL) > 0]}
    elif seen.rose("reviews_done"):
        yield "review", worker
    elif kind == Activity.ASSESSMENT and seen.rose("assess_left") < 0:
        yield "assessment", {**worker, "minutes": round(-seen.rose("assess_left"))}
    elif seen.rose("put_off"):
        what = words.DUE["visit" if kind == Activity.CP_VISIT else "contact"]
        yield "put off", {"what": what, "cause": _cause(seen), "again": ""}


def _mode(travel: float, minutes: float, kind: Activity, future: Future) -> Mode:
    """Where it took place, from what it cost: a journey, or fewer minutes than face to face."""
    if travel > 0 or kind == Activity.CP_VISIT:
        return Mode.VISIT
    p = future.numbers
    by_phone = kind != Activity.CRISIS and minutes == p["phone_minutes"] != p["contact_minutes"]
    return Mode.PHONE if by_phone else Mode.BASE


def _put_off_early(seen: Seen, future: Future) -> Found:
    """Put off when the day was planned: whoever should have come is away, or nobody has room in the day."""
    due = int(seen.rose("put_off"))
    cp_worker, coordinator = seen.now("cp_worker"), seen.now("coordinator")
    if due and seen.now("cp_active") and _is_away(cp_worker, future) and (due > 1 or not _is_away(coordinator, future)):
        yield "put off away", {"what": words.DUE["visit"], "worker": future.post(cp_worker), "again": ""}
        due -= 1
    if not due:
        return
    if coordinator < 0:
        yield "put off alone", {"what": words.DUE["contact"], "again": ""}
    elif _is_away(coordinator, future):
        yield "put off away", {"what": words.DUE["contact"], "worker": future.post(coordinator), "again": ""}
    else:
        yield "put off", {"what": words.DUE["contact"], "cause": _cause(seen), "again": ""}


def _is_away(k: int, future: Future) -> bool:
    return k >= 0 and not future.world.workers["present"][k]


def _cause(seen: Seen) -> str:
    """The cause under which the model counted it."""
    return next((text for field, text in words.CAUSES.items() if seen.rose(field) > 0), "")
