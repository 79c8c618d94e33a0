"""Patterns of the pilot, read from simulated pilots: the records of fourteen agencies at nine months (P26 to P29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cpsim.experiments.virtual import by_band
from cpsim.experiments.virtual.lives import Lived
from cpsim.experiments.virtual.read import People
from cpsim.validation.reading import Found
from cpsim.validation.trial import each

Pilot = Sequence[Lived]
THIRD_SECTOR = "third sector"


def p26(pilots: Sequence[Pilot]) -> Found:
    """About a quarter get high fidelity even when everyone is trained; more in third-sector agencies."""
    third, statutory = (np.array([_of_setting(pilot, there) for pilot in pilots]) for there in (True, False))
    return {
        "high fidelity": each(pilots, by_band.share_high),
        "more in the third sector": np.array([np.nanmean(third) > np.nanmean(statutory)]),
    }


def _of_setting(pilot: Pilot, third: bool) -> float:
    there = [lived for lived in pilot if (lived.group == THIRD_SECTOR) == third]
    return by_band.share_high(People(there)) if there else float("nan")


def p27(pilots: Sequence[Pilot]) -> Found:
    """High fidelity goes with more social capital and more felt inclusion; the sign is that of the difference."""
    return {
        "partial eta squared: social capital": each(pilots, lambda people: by_band.compared(people, "rguk")[1]),
        "partial eta squared: inclusion": each(pilots, lambda people: by_band.compared(people, "inclusion")[1]),
    }


def p28(pilots: Sequence[Pilot]) -> Found:
    """High fidelity goes with lower service cost, adjusted for the cost before."""
    return {"difference in service cost": each(pilots, lambda people: by_band.compared(people, "cost")[0].value)}


def p29(pilots: Sequence[Pilot]) -> Found:
    """Wellbeing rose for all: beyond doubt in the whole sample, and in both bands."""
    return {"wellbeing rose": each(pilots, lambda people: float(by_band.rose(people)))}


READ: dict[str, Callable[[Sequence[Pilot]], Found]] = {"P26": p26, "P27": p27, "P28": p28, "P29": p29}
