"""Several plans on the same worlds: what differs from the first, how surely, and in how many worlds it is better.

Everything is paired by world: the difference inside each world is what counts, never two intervals beside each other.
Arrays hold one number a world, NaN where a world cannot say; such a world is left out of that comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95
MIDDLE = (0.1, 0.9)  # the middle 8 in 10 worlds
DRAWS = 50_000  # of the largest of several t's; the critical value is then known to within 0.02
BETTER, WORSE, UNCLEAR, SAME = "better", "worse", "can't tell", "the same"
MORE, LESS = "more", "less"  # where neither is good


@dataclass(frozen=True)
class Difference:
    """One plan less the first, in the unit of the output.

    `low` to `high`: 95 % t interval of the mean difference (simulation error). `all_low` to `all_high`: the same, wide
    enough to hold for all plans of the family together. `p10` to `p90`: the middle 8 in 10 worlds (luck). `beats`,
    `loses`, `ties`: shares of worlds. `variance_reduction`: how many times fewer worlds pairing needs.
    """

    first: float
    mean: float
    difference: float
    low: float
    high: float
    all_low: float
    all_high: float
    p10: float
    p90: float
    beats: float
    loses: float
    ties: float
    worlds: int
    variance_reduction: float
    verdict: str


def against_first(plans: Sequence[np.ndarray], good: int) -> list[Difference]:
    """Each plan after the first against the first.

    plans: (worlds,) each, the same worlds in the same order. good: 1, more is better; -1, less is; 0, neither, and then
    `beats` counts more, and nothing is called better or worse. Raises ValueError when lengths differ.
    """
    if len({len(plan) for plan in plans}) > 1:
        raise ValueError("plans must have the same worlds")
    first, *others = (np.asarray(plan, float) for plan in plans)
    differences = [other - first for other in others]
    wide = critical_value(differences)
    return [_difference(first, other, good, wide) for other in others]


def _difference(first: np.ndarray, other: np.ndarray, good: int, wide: float) -> Difference:
    known = ~np.isnan(first) & ~np.isnan(other)
    a, b = first[known], other[known]
    d = b - a
    if not len(d):
        return _nothing_known()
    mean, error = float(d.mean()), standard_error(d)
    alone, together = error * _t(len(d)), error * wide
    gain = d * (good or 1)
    p10, p90 = np.quantile(d, MIDDLE)
    return Difference(
        first=float(a.mean()),
        mean=float(b.mean()),
        difference=mean,
        low=mean - alone,
        high=mean + alone,
        all_low=mean - together,
        all_high=mean + together,
        p10=float(p10),
        p90=float(p90),
        beats=float((gain > 0).mean()),
        loses=float((gain < 0).mean()),
        ties=float((gain == 0).mean()),
        worlds=len(d),
        variance_reduction=variance_reduction(a, b),
        verdict=_verdict(d, mean - together, mean + together, good),
    )


def _nothing_known() -> Difference:
    names = [each.name for each in fields(Difference) if each.name not in ("worlds", "verdict")]
    return Difference(**dict.fromkeys(names, float("nan")), worlds=0, verdict=UNCLEAR)


def _verdict(d: np.ndarray, low: float, high: float, good: int) -> str:
    """Called a difference only where the interval that holds for all plans together leaves no difference out."""
    if not d.any():
        return SAME
    if not (low > 0 or high < 0):
        return UNCLEAR
    if good == 0:
        return MORE if low > 0 else LESS
    return BETTER if (low > 0) == (good > 0) else WORSE


def standard_error(values: np.ndarray) -> float:
    """Of the mean; NaN for fewer than two values."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def variance_reduction(a: np.ndarray, b: np.ndarray) -> float:
    """How many times fewer worlds pairs need than separate worlds, for the same interval; NaN where nothing varies."""
    if len(a) < 2:
        return float("nan")
    apart, paired = a.var(ddof=1) + b.var(ddof=1), (b - a).var(ddof=1)
    return float(apart / paired) if paired > 0 else float("nan")


def critical_value(differences: Sequence[np.ndarray], confidence: float = CONFIDENCE) -> float:
    """How many standard errors hold for all of these differences at once.

    For one it is Student's t. For several it is the quantile of the largest |t| among t's correlated as the differences
    are over worlds (the idea of Dunnett 1955, with the correlations seen), drawn with a fixed seed: never wider than
    Bonferroni's. Worlds that lack a number are left out of the correlation; NaN for fewer than two worlds.
    """
    table = np.array(differences, float)
    table = table[:, ~np.isnan(table).any(axis=0)]
    count = table.shape[1]
    if count < 2:
        return float("nan")
    varies = np.ptp(table, axis=1) > 0  # exactly: the deviation of equal numbers may round to more than nothing
    if varies.sum() < 2:
        return _t(count, confidence)
    root = _root(np.corrcoef(table[varies]))
    draws = np.random.default_rng(0)
    spread = np.sqrt((count - 1) / draws.chisquare(count - 1, DRAWS))
    largest = np.abs(root @ draws.standard_normal((len(root), DRAWS))).max(axis=0) * spread
    bonferroni = _t(count, 1 - (1 - confidence) / len(root))
    return float(np.clip(np.quantile(largest, confidence), _t(count, confidence), bonferroni))


def _root(correlation: np.ndarray) -> np.ndarray:
    """A matrix whose product with its transpose is this; also for plans that differ by exactly the same."""
    values, vectors = np.linalg.eigh(correlation)
    return vectors * np.sqrt(np.clip(values, 0.0, None))


def _t(count: int, confidence: float = CONFIDENCE) -> float:
    return float(stdtrit(count - 1, (1 + confidence) / 2)) if count > 1 else float("nan")
