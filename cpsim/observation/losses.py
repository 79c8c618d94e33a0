"""Losses: who is not interviewed, and by which of the named ways."""

from __future__ import annotations

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK, Stage
from cpsim.observation.design import Design
from cpsim.observation.luck import Drawn, uniforms

FOLLOWED = ""
NO_BASELINE = "never interviewed"
DIED, HOSPITAL, CRISIS = "died", "in hospital", "in crisis"
LITTLE_CONTACT, OTHERWISE = "little contact", "other reasons"


def at_baseline(seed: int, lines: np.ndarray, design: Design) -> np.ndarray:
    """Is each person interviewed at all?"""
    return uniforms(seed, lines["person"], Drawn.BASELINE) >= design.no_baseline_share


def at_followup(seed: int, lines: np.ndarray, design: Design) -> np.ndarray:
    """By which way each person is lost; "" for who is interviewed. The first that applies gives the name."""
    why = np.full(len(lines), FOLLOWED, object)
    for way, there, chance, what in reversed(ways(lines, design)):
        lost = there & (uniforms(seed, lines["person"], what, lines["week"]) < chance)
        why[lost] = way
    why[lines["stage"] == Stage.DIED] = DIED
    return why


def ways(lines: np.ndarray, design: Design) -> list[tuple[str, np.ndarray, float, Drawn]]:
    """Name, who it can befall, how likely then, address of its draw."""
    hospital, crisis = lines["stage"] == Stage.HOSPITAL, lines["stage"] == Stage.CRISIS
    seldom = lines["days_since_contact"] > design.little_contact_weeks * DAYS_A_WEEK
    little = (lines["on_caseload"] == 0) | (seldom & ~hospital)
    return [
        (HOSPITAL, hospital, design.lost_hospital, Drawn.LOST_HOSPITAL),
        (CRISIS, crisis, design.lost_crisis, Drawn.LOST_CRISIS),
        (LITTLE_CONTACT, little, design.lost_little_contact, Drawn.LOST_LITTLE_CONTACT),
        (OTHERWISE, np.ones(len(lines), bool), design.lost_otherwise, Drawn.LOST_OTHERWISE),
    ]
