"""Instruments: an answer is the state, plus error, on a grid of whole points that has ends.

RG-UK 0-27, WEMWBS 14-70, QPR-15 0-60, self-rated health 0-100, feeling included 0-100. No item of any is reproduced.
"""

from __future__ import annotations

import math

import numpy as np

from cpsim.model.codes import HEALTH_TOP, INCLUSION_TOP, QPR_TOP, RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP
from cpsim.observation.design import Design
from cpsim.observation.luck import Drawn, normals

STATES = {  # what each instrument is meant to measure, a field of PANEL
    "rguk": "capital",
    "wemwbs": "wellbeing",
    "qpr15": "recovery",
    "self_rated_health": "health",
    "inclusion": "inclusion",
}
SCORES = tuple(STATES)
ENDS = {
    "rguk": (0.0, RGUK_TOP),
    "wemwbs": (WEMWBS_BOTTOM, WEMWBS_TOP),
    "qpr15": (0.0, QPR_TOP),
    "self_rated_health": (0.0, HEALTH_TOP),
    "inclusion": (0.0, INCLUSION_TOP),
}
NOISE = {
    "rguk": Drawn.RGUK,
    "wemwbs": Drawn.WEMWBS,
    "qpr15": Drawn.QPR15,
    "self_rated_health": Drawn.HEALTH,
    "inclusion": Drawn.INCLUSION,
}


def errors(design: Design) -> dict[str, float]:
    """Standard error of measurement of each score, points: what an answer strays from the state."""
    return {
        "rguk": of_retest(design.rguk_sd, design.rguk_retest),
        "wemwbs": design.wemwbs_error,
        "qpr15": of_retest(design.qpr15_sd, design.qpr15_retest),
        "self_rated_health": of_retest(design.health_sd, design.health_retest),
        "inclusion": design.inclusion_error,
    }


def of_retest(spread: float, retest: float) -> float:
    """The error that leaves this correlation between two answers of people who have not changed."""
    return spread * math.sqrt(1.0 - retest)


def states(lines: np.ndarray) -> dict[str, np.ndarray]:
    """What the instruments are meant to measure, in points and without error."""
    return {name: lines[field] for name, field in STATES.items()}


def answers(seed: int, lines: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """The scores of these people at these interviews."""
    error = errors(design)
    return {
        name: on_grid(state + error[name] * normals(seed, lines["person"], NOISE[name], lines["week"]), name)
        for name, state in states(lines).items()
    }


def on_grid(points: np.ndarray, name: str) -> np.ndarray:
    """Whole points within the ends of the scale."""
    return np.clip(np.rint(points), *ENDS[name])
