"""People of high fidelity beside the others, as the pilot compared them: it had no control group."""

from __future__ import annotations

import numpy as np
from scipy import stats

from cpsim.experiments.estimators.ancova import ancova, partial_eta_squared
from cpsim.experiments.estimators.estimate import UNKNOWN, Difference
from cpsim.experiments.virtual.read import People
from cpsim.observation.bands import HIGH

SURE = 0.01  # p below which wellbeing rose
FEW = 2  # people in a band, below which nothing is compared


def high(people: People) -> np.ndarray:
    """Who had high fidelity when interviewed again."""
    return np.asarray(people["true_fidelity"] >= HIGH)


def share_high(people: People, there: np.ndarray | None = None) -> float:
    """Share of the people followed up who had; of some of them only, where `there` says so."""
    followed = people["followed"].astype(bool) if there is None else people["followed"].astype(bool) & there
    return float(high(people)[followed].mean()) if followed.any() else float("nan")


def top(people: People, share: float) -> np.ndarray:
    """This share of the people followed up, those of highest fidelity; nobody, when some of them would have none."""
    dose, there = people["true_fidelity"], np.flatnonzero(people["followed"])
    ranked = there[np.argsort(-dose[there], kind="stable")][: round(share * len(there))]
    found = np.zeros(len(dose), bool)
    if len(ranked) and dose[ranked[-1]] > 0:
        found[ranked] = True
    return found


def compared(people: People, measure: str, chosen: np.ndarray | None = None) -> tuple[Difference, float]:
    """High less other, adjusted for baseline; and partial eta squared with the sign of the difference.

    chosen: who counts as high, in place of the band.
    """
    after, before, there = people.outcome(measure)
    group = (high(people) if chosen is None else chosen)[there].astype(float)
    if before is None or min(group.sum(), (1 - group).sum()) < FEW:
        return UNKNOWN, float("nan")
    return ancova(after[there], before[there], group), partial_eta_squared(after[there], before[there], group)[0]


def rose(people: People) -> bool:
    """Did wellbeing rise beyond doubt in the whole sample, and at all in both bands?"""
    change, group = changes(people)
    parts = [change[group == value] for value in (True, False) if (group == value).any()]
    surely = float(stats.ttest_1samp(change, 0.0).pvalue) < SURE
    return bool(surely and all(part.mean() > 0 for part in [change, *parts]))


def changes(people: People, measure: str = "wemwbs") -> tuple[np.ndarray, np.ndarray]:
    """Points from the first interview to the second of each person followed up, and who had high fidelity."""
    after, before, there = people.outcome(measure)
    assert before is not None
    return (after - before)[there], high(people)[there]
