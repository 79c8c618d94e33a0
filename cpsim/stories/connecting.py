"""Connecting People, places and ties: what happened to one person in one part of a day."""

from __future__ import annotations

import numpy as np

from cpsim.model.codes import STEPS, Gate, Source
from cpsim.model.records import DELIVERED, SEEN, WINDOW_DAYS
from cpsim.stories import words
from cpsim.stories.future import Future
from cpsim.stories.happenings import Found
from cpsim.stories.look import Seen
from cpsim.stories.walk import Part


def connecting(seen: Seen, part: Part, future: Future) -> Found:
    """CP is raised, booked, moved on."""
    worker = {"worker": future.post(seen.now("cp_worker"))} if seen.now("cp_worker") >= 0 else {}
    if seen.turned("asked") and worker:
        yield "raised", worker
    if seen.turned("cp_active"):
        yield "booked", worker
    if seen.turned("explained"):
        yield "explained", {}
    looking = seen.rose("search_minutes")
    if looking > 0:
        places = words.count(int(seen.rose("looks")), "place")
        found = seen.rose("window_minutes") > 0
        yield "way found" if found else "looked", {"minutes": round(looking), "places": places}
    for step in range(1, STEPS + 1):
        minutes = seen.rose(f"minutes_{step}")
        if minutes > 0:
            yield "cp", {"minutes": round(minutes), "step": step, "name": words.STEPS[step - 1]}
            if seen.now("step") > step:
                yield "step worked through", {"step": step, "well": words.WELL[seen.rose("steps_done") > 0]}
    if seen.rose("ties_fallen") < 0:
        yield "renewed", {}
    if seen.turned("goal_set"):
        yield "goal set", {}
    if seen.turned("goal_reached"):
        yield "goal reached", {}


def window(seen: Seen, part: Part, future: Future) -> Found:
    """Four weeks are over: did CP move on in them, and what stood in the way?"""
    opened = seen.was("window_day")
    if part.name != "window closes" or not seen.was("window_open") or opened < 0:
        return
    found = int(future.world.windows[seen.row, opened // WINDOW_DAYS])
    facts = {"span": words.span(future.date(opened), future.date(future.day - 1)), "first": opened}
    gates = gates_of(found)
    if found & DELIVERED:
        yield "window delivered", facts
    elif found:  # those with days in hospital do not count
        imputed = "" if found & SEEN else words.IMPUTED
        yield "window stopped", {**facts, "gates": words.barriers(gates), "imputed": imputed, "codes": gates}


def gates_of(bits: int) -> list[int]:
    """The gates among the bits of a window."""
    return [gate for gate in Gate if bits & 1 << gate]


def places(seen: Seen, part: Part, future: Future) -> Found:
    """Attempts at a connection, joining, going, leaving."""
    joined = seen.rose("joined") > 0
    for source in Source:
        lines = seen.after.access[source]["attempts"] - seen.before.access[source]["attempts"]
        if lines.any() and part.name in ("task", "tries", "window opens"):
            failing = seen.after.access[source]["any_failing"] - seen.before.access[source]["any_failing"]
            gates = [gate for gate in Gate if failing[gate] > 0]
            result = words.NOTHING_IN_THE_WAY if source == Source.CP else words.stood_in_the_way(gates, joined)
            result = f"In the way: {words.barriers(gates)}." if gates else result
            yield "tried", {"who": words.TRIES[source], "result": result, "codes": gates}
    for before, after in zip(seen.before.places, seen.after.places, strict=True):
        yield from _belonging(before, after, future)
    if seen.rose("ties_made") > 0:
        yield "tie", {}


def _belonging(before: np.void, after: np.void, future: Future) -> Found:
    """One membership: begun, been to for the first time, ended."""
    was, now = before["place"], after["place"]
    if now >= 0 and was != now:
        yield "joined", {"place": words.a_place(future.kind_of(now))}
    elif was >= 0 and now < 0:
        facts = {"place": words.a_place(future.kind_of(was)), "times": words.times(int(before["attended"]))}
        yield "left place", facts
    elif now >= 0 and after["attended"] == 1 > before["attended"]:
        yield "first time", {"place": words.a_place(future.kind_of(now))}
