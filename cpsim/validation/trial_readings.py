"""What calibration reads of simulated trials and pilots, measure by measure, and nothing else of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from cpsim.experiments.virtual.lives import Lived, live_trial
from cpsim.experiments.virtual.read import People
from cpsim.experiments.virtual.teams import OBSERVED, ON, drawn
from cpsim.observation.bands import HIGH
from cpsim.observation.design import design_for
from cpsim.scenario.load import load
from cpsim.scenario.tables import roles
from cpsim.validation.trial import each, mean

STUDY, PILOT = "study-2021", "pilot"
NURSE, SOCIAL_WORKER = "community psychiatric nurse", "social worker"
Studies = Sequence[Sequence[Lived]]


# ---------------------------------------------------------------------------------------------------- runs
def trials(worlds: Sequence[int], seed: int, changes: Mapping[str, Any]) -> list[list[Lived]]:
    """One trial a world, with teams drawn anew, at one setting of the uncertain numbers."""
    study = load(STUDY).with_(dict(changes))
    return [_lived(drawn(study, seed, world), seed, world) for world in worlds]


def pilots(worlds: Sequence[int], seed: int, changes: Mapping[str, Any]) -> list[list[Lived]]:
    """One pilot a world."""
    study = load(PILOT).with_(dict(changes))
    return [_lived(study, seed, world) for world in worlds]


def _lived(study: Any, seed: int, world: int) -> list[Lived]:
    return live_trial({(OBSERVED, ON): study}, design_for(study), seed, world)[OBSERVED, ON]


# ---------------------------------------------------------------------------------------------------- readings
def something_better(lives: Mapping[str, Studies]) -> np.ndarray:
    """Share of both arms together who say that something got better."""
    return each(lives["trial"], lambda people: mean(people["something_better"]))


def materials_explained(lives: Mapping[str, Studies]) -> np.ndarray:
    """Share of the implementation arm who remember that the materials were explained."""
    return each(lives["trial"], lambda people: mean(people["materials_remembered"][people.arm == 1.0]))


def followed_up(lives: Mapping[str, Studies]) -> np.ndarray:
    """People interviewed at six months."""
    return each(lives["trial"], lambda people: float(people["followed"].sum()))


def meetings(lives: Mapping[str, Studies]) -> np.ndarray:
    """Meetings per participant and month."""
    return each(lives["trial"], lambda people: mean(people["meetings_a_month"]))


def social_workers_over_nurses(lives: Mapping[str, Studies]) -> np.ndarray:
    """How often social workers met people, over how often nurses did."""
    codes = {role.name: code for code, role in enumerate(roles())}

    def met(role: str) -> Callable[[People], float]:
        return lambda people: mean(people["meetings_a_month"][people["role"] == codes[role]])

    return each(lives["trial"], met(SOCIAL_WORKER)) / each(lives["trial"], met(NURSE))


def high_fidelity(lives: Mapping[str, Studies]) -> np.ndarray:
    """Share of the pilot's followed people in the high band."""

    def share(people: People) -> float:
        return mean((people["true_fidelity"] >= HIGH)[people["followed"].astype(bool)].astype(float))

    return each(lives["pilot"], share)


def wellbeing_gain(lives: Mapping[str, Studies]) -> np.ndarray:
    """Mean change in WEMWBS of the pilot's followed people over its standard error: how surely it rose."""

    def rise(people: People) -> float:
        after, before, there = people.outcome("wemwbs")
        assert before is not None
        change = (after - before)[there]
        return float(change.mean() / (change.std(ddof=1) / np.sqrt(len(change))))

    return each(lives["pilot"], rise)
