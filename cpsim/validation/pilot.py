"""Patterns of the pilot, read from simulated pilots: the records of fourteen agencies at nine months (P26 to P29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy import stats

from cpsim.experiments.estimators.ancova import ancova, partial_eta_squared
from cpsim.experiments.virtual.lives import Lived
from cpsim.experiments.virtual.read import People
from cpsim.observation.bands import HIGH
from cpsim.validation.reading import Found
from cpsim.validation.trial import each, mean

Pilot = Sequence[Lived]
THIRD_SECTOR = "third sector"
SURE = 0.01  # p below which wellbeing rose


def high(people: People) -> np.ndarray:
    """Who had high fidelity at nine months."""
    return people["true_fidelity"] >= HIGH


def p26(pilots: Sequence[Pilot]) -> Found:
    """About a quarter get high fidelity even when everyone is trained; more in third-sector agencies."""
    by_setting = [
        np.array(
            [_share_high([lived for lived in pilot if (lived.group == THIRD_SECTOR) == third]) for pilot in pilots]
        )
        for third in (True, False)
    ]
    return {
        "high fidelity": np.array([_share_high(pilot) for pilot in pilots]),
        "more in the third sector": np.array([np.nanmean(by_setting[0]) > np.nanmean(by_setting[1])]),
    }


def _share_high(pilot: Pilot) -> float:
    if not pilot:
        return float("nan")
    people = People(pilot)
    return mean(high(people)[people["followed"].astype(bool)].astype(float))


def p27(pilots: Sequence[Pilot]) -> Found:
    """High fidelity goes with more social capital and more felt inclusion; the sign is that of the difference."""
    return {
        "partial eta squared: social capital": each(pilots, lambda people: _eta(people, "rguk")),
        "partial eta squared: inclusion": each(pilots, lambda people: _eta(people, "inclusion")),
    }


def _eta(people: People, score: str) -> float:
    after, before, there = people.outcome(score)
    group = high(people)[there].astype(float)
    if before is None or min(group.sum(), (1 - group).sum()) < 2:
        return float("nan")
    return partial_eta_squared(after[there], before[there], group)[0]


def p28(pilots: Sequence[Pilot]) -> Found:
    """High fidelity goes with lower service cost, adjusted for the cost before."""
    return {"difference in service cost": each(pilots, _cost)}


def _cost(people: People) -> float:
    after, before, there = people.outcome("cost")
    group = high(people)[there].astype(float)
    if before is None or min(group.sum(), (1 - group).sum()) < 2:
        return float("nan")
    return ancova(after[there], before[there], group).value


def p29(pilots: Sequence[Pilot]) -> Found:
    """Wellbeing rose for all: beyond doubt in the whole sample, and in both bands."""
    return {"wellbeing rose": each(pilots, _rose)}


def _rose(people: People) -> float:
    after, before, there = people.outcome("wemwbs")
    assert before is not None
    change, group = (after - before)[there], high(people)[there]
    parts = [change[group == value] for value in (True, False) if (group == value).any()]
    surely = float(stats.ttest_1samp(change, 0.0).pvalue) < SURE
    return float(surely and all(part.mean() > 0 for part in [change, *parts]))


READ: dict[str, Callable[[Sequence[Pilot]], Found]] = {"P26": p26, "P27": p27, "P28": p28, "P29": p29}
