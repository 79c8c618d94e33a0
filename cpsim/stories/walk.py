"""One day part by part, in the order of `cpsim.model.day`, stopping after each part so that somebody can look."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from cpsim.model.codes import Event
from cpsim.model.day import open_day
from cpsim.model.hours import arrivals, evening, living, morning, planning, windows, working
from cpsim.model.records import World
from cpsim.stories import doors

NOBODY: frozenset[int] = frozenset()


class Part(NamedTuple):
    """A part of the day that is over. worker: whose part it was; task: row of the task just done; -1: none.

    "others" and "list" say that what other people's days asked, or other practitioners' work, is over; "evening" that
    the work of all is.
    """

    name: str
    worker: int = -1
    task: int = -1


def parts(w: World, people: Container[int] = NOBODY, workers: Container[int] = NOBODY) -> Iterator[Part]:
    """Live one day. The lists of these practitioners, and of whoever sees these people, are gone through task by task.

    Between two stops nothing but that part has happened; whoever looks must not write.
    """
    open_day(w)
    yield Part("open")
    for k in range(len(w.workers)):
        morning.morning(w, k)
        yield Part("morning", k)
    arrivals.receive(w)
    yield Part("receive")
    yield from _live(w, people)
    planning.plan(w)
    yield Part("plan")
    for k in range(len(w.workers)):
        yield from _work(w, k, people, workers)
    yield Part("evening")
    evening.close_day(w)
    yield Part("close")


def _live(w: World, people: Container[int]) -> Iterator[Part]:
    doors.pass_days(w)
    yield Part("live")
    for k in range(w.team[0]["active"]):
        i, asked = int(w.active[k]), int(w.events[k])
        if not asked:
            continue
        if i in people:
            yield from _respond(w, i, asked)
        else:
            living.respond(w, i, asked)


def _respond(w: World, i: int, asked: int) -> Iterator[Part]:
    """What one person's day asks of others, bit by bit as `living.respond` takes them."""
    yield Part("others")
    living.respond(w, i, asked & ~(Event.WINDOW | Event.TRIES))
    yield Part("respond")
    if asked & Event.LEAVES:
        return
    if asked & Event.WINDOW:
        windows.close_window(w, i)
        yield Part("window closes")
        windows.open_window(w, i)
        yield Part("window opens")
    if asked & Event.TRIES:
        living.respond(w, i, int(Event.TRIES))
        yield Part("tries")


def _work(w: World, k: int, people: Container[int], workers: Container[int]) -> Iterator[Part]:
    rows = list(tasks_of(w, k))
    if k not in workers and not any(int(w.tasks["person"][row]) in people for row in rows):
        working.work(w, k)
        return
    yield Part("list", k)
    for row in rows:
        working.perform(w, row)
        yield Part("task", k, row)
    w.workers["planned"][k] = 0.0


def tasks_of(w: World, k: int) -> Iterator[int]:
    """Rows of today's list of a practitioner, in its order."""
    row = int(w.workers["first_task"][k])
    while row >= 0:
        yield row
        row = int(w.tasks["next"][row])
