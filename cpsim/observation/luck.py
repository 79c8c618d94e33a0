"""Chance in a study: every draw has an address, so that an observation repeats itself whatever else is observed.

The address is (seed of the team in its future, person, what is drawn, week). Observing draws nothing from the run.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from scipy.special import ndtri

FIRST_WEEK = 1_000  # added, because an address counts from 0 and weeks before day 0 are negative


class Drawn(IntEnum):
    """What a draw is for; append only, never renumber."""

    CHOSEN = 1
    AGREES = 2
    BASELINE = 3
    LOST_HOSPITAL = 4
    LOST_CRISIS = 5
    LOST_LITTLE_CONTACT = 6
    LOST_OTHERWISE = 7
    RGUK = 8
    WEMWBS = 9
    QPR15 = 10
    HEALTH = 11
    INCLUSION = 12
    GOAL = 13
    HAD_HELP = 14
    SOMETHING_BETTER = 15
    MATERIALS = 16


def uniforms(seed: int, people: np.ndarray, what: Drawn, weeks: np.ndarray | int = -FIRST_WEEK) -> np.ndarray:
    """A number between 0 and 1 for each person; without `weeks` the same at all times."""
    when = np.broadcast_to(weeks, people.shape) + FIRST_WEEK
    return np.array([_draw(seed, person, what, week) for person, week in zip(people, when, strict=True)])


def normals(seed: int, people: np.ndarray, what: Drawn, weeks: np.ndarray | int = -FIRST_WEEK) -> np.ndarray:
    """The same, from the standard normal distribution."""
    return ndtri(uniforms(seed, people, what, weeks))


def _draw(seed: int, person: int, what: int, week: int) -> float:
    key, counter = np.array([seed, person], np.uint64), np.array([0, 0, what, week], np.uint64)  # lists become floats
    return 1.0 - float(np.random.Generator(np.random.Philox(key=key, counter=counter)).random())  # above 0, for logs
