"""What several patterns read from a run: who could take CP up, the band of a team, shares of what was blocked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK, STEPS, Gate
from cpsim.model.records import WINDOW_DAYS
from cpsim.observation.bands import FEWEST
from cpsim.observation.bands import HIGH as HIGH
from cpsim.observation.bands import MODERATE as MODERATE
from cpsim.validation.lives import Life

Lives = Mapping[str, Sequence[Life]]
Found = dict[str, np.ndarray]
CAPACITY = (Gate.CRISIS_WORK, Gate.ABSENCE, Gate.CASELOAD)


def each(lives: Sequence[Life], read: Callable[[Life], float]) -> np.ndarray:
    """One number a run."""
    return np.array([read(life) for life in lives], dtype=float)


def outcome(lives: Sequence[Life], name: str) -> np.ndarray:
    """One column of the outcomes."""
    return each(lives, lambda life: life.outcome[name])


def days_there(people: np.ndarray) -> np.ndarray:
    """Days on the caseload in the weeks reported, of each person."""
    names = ("days_in_recovery", "days_stabilising", "days_in_crisis", "days_in_hospital")
    return np.sum([people[name] for name in names], axis=0)


def present_throughout(life: Life) -> np.ndarray:
    """Who was on the caseload every day, but for a day's slack at either end."""
    return days_there(life.people) >= life.weeks * DAYS_A_WEEK - 1


def could_take_up(life: Life) -> np.ndarray:
    """Who could take CP up, by the definition of the headline."""
    people = life.people
    well = people["days_in_recovery"] + people["days_stabilising"] >= WINDOW_DAYS
    there = 2 * days_there(people) >= life.weeks * DAYS_A_WEEK
    return there & well & (people["wished"] == 1) & (people["steps_done_before"] < STEPS)


def begun(life: Life) -> np.ndarray:
    """Who of them had any CP."""
    return could_take_up(life) & (life.people["cp_contacts"] > 0)


def fidelity_of_band(life: Life) -> float:
    """The team's fidelity as its band sees it: 0 where hardly anybody had any CP."""
    could = could_take_up(life).sum()
    few = could == 0 or begun(life).sum() < FEWEST * could
    return 0.0 if few else float(life.outcome["fidelity"])


def first_share(life: Life, gates: Sequence[Gate]) -> float:
    """Share of the blocked chances in which one of these gates was the first to fail."""
    first = life.gates["first_failing"]
    return share(first[list(gates)].sum(), first.sum())


def share(part: float, whole: float) -> float:
    """A share; of nobody, not a number."""
    return float(part / whole) if whole > 0 else float("nan")
