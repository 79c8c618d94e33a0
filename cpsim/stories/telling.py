"""A few people whose stories tell something, so that a teacher finds one without trying numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cpsim.model.codes import STEPS, Gate, Stage
from cpsim.model.records import CLOSED, DELIVERED, MEMBERSHIPS
from cpsim.scenario.load import Scenario
from cpsim.stories import words
from cpsim.stories.future import Future

EIGHT_WEEKS = 56  # days
OFTEN = 3  # crises, changes of worker
GATES_OF_PLACES = (Gate.ANXIETY, Gate.TRANSPORT, Gate.MONEY)


class Telling(NamedTuple):
    """Somebody whose story is worth reading, and why."""

    person: int
    what: str


@dataclass(frozen=True)
class Lives:
    """Everybody at the end of a future, and what the end alone does not show.

    people: PERSON. windows: bits. longest: days, the longest time in recovery without a contact since day 0.
    belongs: places at the end. returned: came back in the weeks reported.
    """

    people: np.ndarray
    windows: np.ndarray
    longest: np.ndarray
    belongs: np.ndarray
    returned: np.ndarray


def telling_people(
    scenario: Scenario | str | Path = "cmht", *, seed: int = 1, replication: int = 0, team: int = 0
) -> list[Telling]:
    """One person for each kind of story that this future holds."""
    future = Future.of(scenario, seed, replication, team)
    return list(choose(live(future)))


def live(future: Future) -> Lives:
    """Live the future to its end, noting day by day what its end does not show."""
    w = future.world
    longest, returned = np.zeros(len(w.people), np.int64), np.zeros(len(w.people), bool)
    future.live_until(-1)
    while future.day < future.last_day:
        future.live_until(future.day + 1)
        in_recovery = w.people["stage"] == Stage.RECOVERY
        longest = np.maximum(longest, np.where(in_recovery, w.people["days_since_contact"], 0))
        came = (w.people["stage"] == Stage.WAITING) & (w.people["exits"] > 0)
        returned |= came & (w.people["wait_since"] == future.day)
    belongs = (w.memberships["place"].reshape(-1, MEMBERSHIPS) >= 0).sum(axis=1)
    return Lives(w.people, w.windows, longest, belongs, returned)


def choose(lives: Lives) -> Iterator[Telling]:
    """The most telling person of each kind, nobody twice; kinds that nobody shows are left out."""
    taken: set[int] = set()
    for measure, least, what in KINDS:
        score = np.asarray(measure(lives), float).copy()
        score[list(taken)] = -np.inf
        row = int(np.argmax(score)) if len(score) else -1
        if row >= 0 and score[row] >= least:
            taken.add(row)
            yield Telling(
                row, what.format(number=round(float(score[row])), times=words.times(round(float(score[row]))))
            )


# ---------------------------------------------------------------------- what is looked for


def _got_all(lives: Lives) -> Any:
    new = lives.people["steps_done"] - lives.people["steps_done_before"]
    return np.where(lives.people["steps_done"] == STEPS, new, 0)


def _got_some(lives: Lives) -> Any:
    done = lives.people["steps_done"]
    return np.where(done < STEPS, done - lives.people["steps_done_before"], 0)


def _chances_unused(lives: Lives) -> Any:
    """Chances that the person wanted to use, where none of theirs was ever used."""
    closed = lives.windows & CLOSED > 0
    wanted = closed & (lives.windows & 1 << Gate.NOT_WANTED == 0)
    never = ~(lives.windows & DELIVERED > 0).any(axis=1)
    return np.where(never, wanted.sum(axis=1), 0)


def _stopped_by_places(lives: Lives) -> Any:
    """Chances in which a place was out of reach for the person: anxiety, transport, money."""
    bits = sum(1 << gate for gate in GATES_OF_PLACES)
    return ((lives.windows & CLOSED > 0) & (lives.windows & bits > 0)).sum(axis=1)


def _still_goes(lives: Lives) -> Any:
    return np.where(lives.belongs > 0, lives.people["ties_made"] * (lives.people["joined"] > 0), 0)


def _waited(lives: Lives) -> Any:
    taken_on = lives.people["days_in_recovery"] + lives.people["days_in_crisis"] > 0
    return np.where(taken_on, lives.people["days_waiting"], 0)


def _quiet(lives: Lives) -> Any:
    """A year in recovery, seen about as planned, with nothing much besides."""
    p = lives.people
    nothing = (p["crises"] == 0) & (p["worker_changes"] == 0) & (p["joined"] == 0) & (p["steps_done"] == 0)
    return np.where(nothing & (lives.longest < EIGHT_WEEKS), p["days_in_recovery"], 0)


KINDS: tuple[tuple[Callable[[Lives], Any], float, str], ...] = (
    (_got_all, 1, "got all five steps"),
    (_got_some, 1, "got some steps, not all: {number} of five"),
    (_chances_unused, OFTEN, "wanted CP in {number} chances and got none"),
    (lambda lives: lives.longest, EIGHT_WEEKS, "in recovery and not seen for {number} days"),
    (lambda lives: lives.people["crises"], OFTEN, "in crisis {times}"),
    (lambda lives: lives.people["days_in_hospital"], 1, "in hospital for {number} days"),
    (lambda lives: lives.people["worker_changes"], 2, "given another care co-ordinator {times}"),
    (_still_goes, 1, "joined a place, got to know {number} there, still goes"),
    (_stopped_by_places, OFTEN, "kept from places by anxiety, transport or money in {number} chances"),
    (lambda lives: lives.people["contacts_missed"], OFTEN, "not seen as planned {times}"),
    (_waited, 1, "waited {number} days to be taken on"),
    (lambda lives: lives.returned, 1, "left the team and came back"),
    (_quiet, 1, "a quiet time: in recovery, seen about as planned, nothing much besides"),
)
