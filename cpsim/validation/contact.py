"""Patterns of contact: who is seen most, what it takes of the team's time, how much CP needs."""

from __future__ import annotations

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK
from cpsim.validation.lives import Life
from cpsim.validation.reading import Found, Lives, begun, each, outcome, share

OFTEN = 2  # contacts in a month


def p11(lives: Lives) -> Found:
    """Those seen most are the least well."""
    base = lives["base"]
    crisis, stabilising, recovery = (
        outcome(base, name) for name in ("contacts_in_crisis", "contacts_stabilising", "contacts_in_recovery")
    )
    return {
        "crisis above stabilising above recovery": (crisis > stabilising) & (stabilising > recovery),
        "contacts in crisis over contacts in recovery": crisis / recovery,
        "in recovery, two or more contacts in a month": each(lives["month"], _seen_often),
    }


def _seen_often(life: Life) -> float:
    well = life.people["days_in_recovery"] >= life.weeks * DAYS_A_WEEK - 1
    return share((life.people["contacts_held"][well] >= OFTEN).sum(), well.sum())


def p12(lives: Lives) -> Found:
    """Teams are partly crisis teams in all but name."""
    base = lives["base"]
    return {
        "caseload in crisis or stabilising": outcome(base, "share_in_crisis") + outcome(base, "share_stabilising"),
        "contact time in crisis or stabilising": outcome(base, "unwell_share_of_contact_time"),
    }


def p13(lives: Lives) -> Found:
    """More than monthly contact is needed to get CP going."""
    fidelity = {rate: outcome(lives[f"seen {rate}"], "fidelity") for rate in ("0.5", "1", "2", "4")}
    means = [np.nanmean(values) for values in fidelity.values()]
    first, second = fidelity["2"] - fidelity["1"], fidelity["4"] - fidelity["2"]
    return {
        "fidelity rises at each step": np.array([np.all(np.diff(means) > 0)]),
        "step from 1 to 2 less step from 2 to 4": first - second,
        "monthly contact: reach step 4": each(lives["seen 1"], _at_step_4),
    }


def _at_step_4(life: Life) -> float:
    started = begun(life)
    return share((life.people["step"][started] > 3).sum(), started.sum())
