"""Patterns of settings and effects: the third sector, the time that gains take, social help in trials, CP by dose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK
from cpsim.scenario.tables import roles
from cpsim.validation.lives import Life
from cpsim.validation.reading import (
    MODERATE,
    Found,
    Lives,
    could_take_up,
    days_there,
    each,
    fidelity_of_band,
    outcome,
    present_throughout,
    share,
)

QUARTER, HALF_YEAR, YEAR = 13, 26, 52  # weeks
THREE_HOURS = 180  # minutes
LINK_WORKER = "link worker"


def p24(lives: Lives) -> Found:
    """The third sector delivers more fully."""
    third, cmht = lives["third sector"], lives["base"]
    higher = [outcome(third, name) > outcome(cmht, name) for name in ("fidelity", "reach")]
    return {
        "fidelity and reach higher": np.all(higher, axis=0),
        "moderate or high band": each(third, fidelity_of_band) >= MODERATE,
    }


def p25(lives: Lives) -> Found:
    """Six months is short."""
    gained = {week: _gained(lives, week) for week in (QUARTER, HALF_YEAR, YEAR)}
    return {
        "gain larger at 12 months than at 6": gained[YEAR] > gained[HALF_YEAR],
        "gain at 13 weeks over gain at 26": np.column_stack([gained[QUARTER], gained[HALF_YEAR]]),
    }


def _gained(lives: Lives, week: int) -> np.ndarray:
    """Points of social capital since day 0, full delivery less the base case, mean over the caseload."""

    def since_start(life: Life) -> float:
        capital = life.weekly["capital"]
        return float(capital[week - 1] - capital[0])

    return each(lives["full"], since_start) - each(lives["year"], since_start)


def p34(lives: Lives) -> Found:
    """In randomised studies, social help has a small effect."""
    return {"full CP against none": full_cp(lives), "ordinary support against none": ordinary_support(lives)}


def full_cp(lives: Lives) -> np.ndarray:
    """Standardised effect of full CP."""
    return _effects(lives["by protocol"], lives["by protocol, no CP"])


def ordinary_support(lives: Lives) -> np.ndarray:
    """Standardised effect of ordinary help with connections."""
    return _effects(lives["by protocol, no CP"], lives["by protocol, no help"])


def _effects(helped: Sequence[Life], not_helped: Sequence[Life]) -> np.ndarray:
    return np.array([_effect(one, other) for one, other in zip(helped, not_helped, strict=True)])


def _effect(helped: Life, other: Life) -> float:
    """Standardised difference in social capital of the same people at the end, of those who could take CP up."""
    same = np.isin(helped.people["id"], other.people["id"][present_throughout(other) & could_take_up(other)])
    rows = {int(person): row for row, person in enumerate(other.people["id"])}
    twins = [rows[int(person)] for person in helped.people["id"][same]]
    difference = helped.people["capital"][same] - other.people["capital"][twins]
    return share(difference.mean(), other.people["capital_before"][twins].std())


def p35(lives: Lives) -> Found:
    """Training co-ordinators seldom reaches the person; a dedicated worker does."""
    return {
        "over 180 CP minutes in a year": each(lives["all trained"], _reached),
        "link worker: meetings in six months": each(lives["link worker"], _meetings),
    }


def _reached(life: Life) -> float:
    allocated = 2 * days_there(life.people) >= life.weeks * DAYS_A_WEEK
    return share((life.people["cp_minutes"][allocated] > THREE_HOURS).sum(), allocated.sum())


def _meetings(life: Life) -> float:
    """Median contacts used for CP, of those with whom a link worker did it and who were there all the time."""
    link = [code for code, role in enumerate(roles()) if role.name == LINK_WORKER]
    rows = life.people["cp_worker"]
    served = (rows >= 0) & np.isin(life.workers["role"][np.maximum(rows, 0)], link) & present_throughout(life)
    met = life.people["cp_contacts"][served & (life.people["cp_contacts"] > 0)]
    return float(np.median(met)) if len(met) else 0.0
