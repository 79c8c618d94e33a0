"""Patterns of what stands between a person and a place: transport, money, social anxiety.

Money and anxiety are asked of the people of a real run, at its end: each looks for a place some times, as in the run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cpsim.model.codes import Gate, Purpose, Stage
from cpsim.model.rules import access
from cpsim.validation.lives import Life
from cpsim.validation.reading import Found, Lives, each, share

LOOKS = 5  # times that each person looks
THIRDS = 3
ALONE, COMPANY = 0, 3  # first visits that somebody goes along; three where anxiety is taken away as a barrier
AT_HOME = (Stage.CRISIS, Stage.STABILISING, Stage.RECOVERY)


def p21(lives: Lives) -> Found:
    """Rural and semi-urban transport."""
    rural, city, near, buses = (_by_transport(lives[name]) for name in ("rural", "city", "rural, near", "rural, buses"))
    gap = rural.mean() - city.mean()
    with_cars = _by_transport(lives["rural, cars"]) - _by_transport(lives["city, cars"])
    return {
        "transport: rural over urban": rural / city,
        "transport: rises with distance": rural > near,
        "transport: falls with buses": rural > buses,
        "gap removed by a car": 1.0 - with_cars / gap,
    }


def _by_transport(lives: Sequence[Life]) -> np.ndarray:
    return each(lives, _transport)


def _transport(life: Life) -> float:
    """Share of the attempts at a connection that came to nothing in which transport was in the way."""
    lines = life.access[:, Gate.TRANSPORT]
    return share(lines["any_failing"].sum(), (lines["attempts"] - lines["succeeded"]).sum())


def p22(lives: Lives) -> Found:
    """Cost of taking part."""
    stopped = np.array([_by_third(life, "spare_income", Gate.MONEY, ALONE) for life in lives["base"]])
    coffee = np.array([_by_third(life, "spare_income", Gate.MONEY, ALONE) for life in lives["free but coffee"]])
    return {
        "money: top third over lowest third": stopped[:, [-1, 0]],
        "a 3-pound extra at a free group stops somebody": coffee.mean(axis=1),
    }


def p23(lives: Lives) -> Found:
    """Social anxiety."""
    alone = 1.0 - np.array([_by_third(life, "social_anxiety", Gate.ANXIETY, ALONE) for life in lives["base"]])
    together = 1.0 - np.array([_by_third(life, "social_anxiety", Gate.ANXIETY, COMPANY) for life in lives["base"]])
    gaps = [chances[:, 0] - chances[:, -1] for chances in (alone, together)]
    return {
        "first attendance: falls over thirds of anxiety": np.all(np.diff(alone, axis=1) < 0, axis=1),
        "gap narrowed by company": 1.0 - gaps[1] / gaps[0],
    }


def _by_third(life: Life, trait: str, gate: Gate, company: int) -> list[float]:
    """Share of looks at which the gate stops people, in the thirds of a trait from lowest to highest."""
    there = np.flatnonzero(np.isin(life.people["stage"], AT_HOME))
    ranked = there[np.argsort(life.people[trait][there], kind="stable")]
    return [float(np.mean([_stopped(life, i, gate, company) for i in third])) for third in _thirds(ranked)]


def _thirds(rows: np.ndarray) -> list[np.ndarray]:
    return np.array_split(rows, THIRDS)


def _stopped(life: Life, i: int, gate: Gate, company: int) -> float:
    """How often of some looks the gate is in this person's way."""
    person = life.people[i]
    masks = [
        access.consider(
            person, life.places, life.kinds, life.day, Purpose.AFTER_THE_RUN, event, company, -1, life.seed, life.p
        )[1]
        for event in range(LOOKS)
    ]
    return float(np.mean([mask >> gate & 1 for mask in masks]))
