"""Patterns of what stops CP inside the team: capacity, engagement, clarity, roles, supervision and leadership."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cpsim.model.codes import Activity, Gate
from cpsim.scenario.tables import roles
from cpsim.validation.lives import Life
from cpsim.validation.reading import CAPACITY, HIGH, Found, Lives, each, fidelity_of_band, first_share, outcome, share

CLEARER = 0.25  # of clarity, 0-1
NURSE = "community psychiatric nurse"
SUPPORT = "support worker"
USERS = ("social worker", "occupational therapist", SUPPORT)  # the roles that mostly used the materials


def p15(lives: Lives) -> Found:
    """Capacity is the barrier named first."""
    base = lives["base"]
    capacity = each(base, lambda life: first_share(life, CAPACITY))
    others = {gate: _first(base, gate) for gate in Gate if gate not in CAPACITY}
    next_one = max(others.values(), key=np.nanmean)
    return {
        "capacity first": capacity,
        "lead of capacity over the next group": capacity - next_one,
        "capacity or too unwell first": capacity + others[Gate.TOO_UNWELL],
        "crisis work first": _first(base, Gate.CRISIS_WORK),
        "absence first": _first(base, Gate.ABSENCE),
        "caseload first": _first(base, Gate.CASELOAD),
    }


def _first(lives: Sequence[Life], gate: Gate) -> np.ndarray:
    return each(lives, lambda life: first_share(life, [gate]))


def p16(lives: Lives) -> Found:
    """Teams did not engage their communities, and without that delivery cannot be full."""
    return {
        "paid time for local groups": each(lives["base"], _engagement),
        "time for visits: teams in the high band": _in_high_band(lives["time"]),
        "engagement too: teams in the high band": _in_high_band(lives["time and engagement"]),
    }


def _engagement(life: Life) -> float:
    return share(life.minutes[:, Activity.ENGAGEMENT].sum(), life.minutes.sum())


def _in_high_band(lives: Sequence[Life]) -> np.ndarray:
    return each(lives, fidelity_of_band) >= HIGH


def p17(lives: Lives) -> Found:
    """The money on offer went unspent."""
    spent, spent_at_ease = (
        each(lives[name], lambda life: life.spent) for name in ("offered", "offered, half the pressure")
    )
    return {
        "spent of the GBP 1,000 offered": spent,
        "spends more at half the pressure": np.array([spent_at_ease.mean() > spent.mean()]),
    }


def p18(lives: Lives) -> Found:
    """Without training the model is unclear."""
    trained, untrained = lives["trained"], lives["base"]
    gain = each(trained, _clarity) - each(untrained, _clarity)
    unclear = [_first(team, Gate.NOT_CLEAR) for team in (trained, untrained)]
    return {
        "clarity 0.25 lower without training": gain >= CLEARER,
        "less blocked by lack of clarity with training": unclear[0] < unclear[1],
    }


def _clarity(life: Life) -> float:
    """Mean clarity (0-1) of whoever thought about CP in a window: a window is unclear with the chance 1 - clarity."""
    unclear = life.gates[Gate.NOT_CLEAR]
    return 1.0 - share(unclear["any_failing"], unclear["windows"])


def p19(lives: Lives) -> Found:
    """A few roles used it, and they were few."""
    base = lives["base"]
    nurses = each(base, lambda life: _adoption(life, [NURSE]))
    return {
        "adoption: three roles above nurses": each(base, lambda life: _adoption(life, USERS)) > nurses,
        "adoption among nurses": nurses,
        "three roles' share of the establishment": each(base, _share_of_posts),
        "support workers' share of CP minutes": each(base, _by_support_workers),
    }


def _of_roles(workers: np.ndarray, names: Sequence[str]) -> np.ndarray:
    codes = [code for code, role in enumerate(roles()) if role.name in names]
    return np.isin(workers["role"], codes)


def _adoption(life: Life, names: Sequence[str]) -> float:
    there = _of_roles(life.workers, names) & (life.workers["filled"] == 1)
    return share(life.workers["adopted"][there].sum(), there.sum())


def _share_of_posts(life: Life) -> float:
    posts = life.workers["wte"]
    return share(posts[_of_roles(life.workers, USERS)].sum(), posts.sum())


def _by_support_workers(life: Life) -> float:
    """By whoever does CP with the person at the end."""
    rows, minutes = life.people["cp_worker"], life.people["cp_minutes"]
    known = rows >= 0
    supported = _of_roles(life.workers, [SUPPORT])[rows[known]]
    return share(minutes[known][supported].sum(), minutes[known].sum())


def p20(lives: Lives) -> Found:
    """Supervision and social work leadership help and are not enough."""
    supervised, led = lives["supervised"], lives["led"]
    return {
        "supervised above unsupervised": outcome(supervised, "fidelity") > outcome(lives["base"], "fidelity"),
        "supervision or leadership alone: high band": np.concatenate([_in_high_band(supervised), _in_high_band(led)]),
    }
