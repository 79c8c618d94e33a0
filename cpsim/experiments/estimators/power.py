"""What a design can and cannot see: type I error, power, the smallest difference it detects, assurance.

A set of simulated trials gives one estimate, error and df each. Effects are put in by moving all estimates alike, so
the same noise is met at every effect (common random numbers).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import nctdtr, ndtri

from cpsim.experiments.estimators.estimate import critical, p_values
from cpsim.experiments.estimators.team_means import means_by

ALPHA, WANTED = 0.05, 0.80
CLOSE = 1e-4  # of the width searched: where bisection ends
FAR = 30.0  # standard errors from 0: as good as always seen
LARGEST = 40.0  # standard errors: no effect larger than that is looked for


@dataclass(frozen=True)
class Share:
    """A share of simulated trials with its 95 % interval (Wilson): simulation error, which more trials shrink."""

    value: float
    low: float
    high: float
    trials: int


def share_of(found: np.ndarray) -> Share:
    """Of 0 and 1, or of True and False; NaN does not count."""
    values = np.asarray(found, float)
    values = values[~np.isnan(values)]
    count = len(values)
    if not count:
        return Share(math.nan, math.nan, math.nan, 0)
    mean, z = float(values.mean()), float(ndtri(0.975))
    centre = (mean + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(mean * (1 - mean) / count + z * z / (4 * count * count))
    return Share(mean, max(0.0, centre - half), min(1.0, centre + half), count)


def rejected(
    values: np.ndarray, errors: np.ndarray, df: np.ndarray, moved: float = 0.0, alpha: float = ALPHA
) -> np.ndarray:
    """1 for each trial that finds a difference when every estimate is moved by so much; NaN where it had none."""
    p = p_values(np.asarray(values, float) + moved, np.asarray(errors, float), np.asarray(df, float))
    return np.where(np.isnan(p), np.nan, (p < alpha).astype(float))


def power(values: np.ndarray, errors: np.ndarray, df: np.ndarray, moved: float = 0.0) -> Share:
    """Share of trials that find a difference, the effect moved by so much."""
    return share_of(rejected(values, errors, df, moved))


def minimal_detectable(
    values: np.ndarray, errors: np.ndarray, df: np.ndarray, wanted: float = WANTED, sign: int = 1
) -> float:
    """The smallest effect that this share of trials would find, by bisection; NaN when none does.

    values: estimates of trials in which there is nothing to find; their mean is taken away first. sign: -1 where less
    is better. A difference in the wrong direction does not count as found.
    """
    values, errors, df = (np.asarray(each, float) for each in (values, errors, df))
    known = ~np.isnan(values) & ~np.isnan(errors)
    if not known.any():
        return math.nan
    noise, reach = sign * (values[known] - values[known].mean()), critical(df[known]) * errors[known]

    def reached(effect: float) -> bool:
        return bool((noise + effect > reach).mean() >= wanted)

    low, high = 0.0, LARGEST * float(np.median(errors[known]))
    if not high > 0 or not reached(high):
        return math.nan
    least = CLOSE * high
    while high - low > least:
        middle = (low + high) / 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def assurance(values: np.ndarray, errors: np.ndarray, df: np.ndarray, effects: Sequence[float] | np.ndarray) -> float:
    """Power averaged over a set of true effects, each equally likely. values: of trials with nothing to find."""
    noise = np.asarray(values, float) - np.nanmean(values)
    return float(np.mean([power(noise, errors, df, float(effect)).value for effect in effects]))


def components(y: np.ndarray, team: np.ndarray, arm: np.ndarray) -> tuple[float, float]:
    """Variance between teams of an arm and between people of a team, by analysis of variance; the first may be below 0.

    Averaged over trials they are unbiased; a single trial of ten teams says little of the first.
    """
    teams, means = means_by(y, team)
    place = np.searchsorted(teams, team)
    sizes = np.bincount(place).astype(float)
    first = np.array([arm[team == each][0] for each in teams])
    free = len(y) - len(teams)
    within = float(((y - means[place]) ** 2).sum() / free) if free > 0 else math.nan
    between, left, typical = 0.0, 0, 0.0
    for value in np.unique(first):
        there = first == value
        centre = np.average(means[there], weights=sizes[there])
        between += float((sizes[there] * (means[there] - centre) ** 2).sum())
        typical += float(sizes[there].sum() - (sizes[there] ** 2).sum() / sizes[there].sum())
        left += int(there.sum()) - 1
    return (between - left * within) / typical if typical > 0 else math.nan, within


def design_power(effect: float, between: float, within: float, teams: int, people: float) -> float:
    """Power of a trial with so many teams in all, half in each arm, and so many people followed in each (t test).

    between, within: variances of team means and of people, both of what the baseline leaves.
    """
    df = teams - 2
    error = math.sqrt(4.0 / teams * (max(between, 0.0) + within / people))
    if df < 1 or not error > 0:
        return math.nan
    reach = float(critical(df))
    away = min(abs(effect) / error, FAR)
    return float((1.0 - nctdtr(df, away, reach)) + (1.0 - nctdtr(df, -away, reach)))


def teams_needed(effect: float, between: float, within: float, people: float, most: int = 1000) -> int | None:
    """The least even number of teams with which such a trial finds the effect in 8 of 10; None: more than `most`."""
    even = range(4, most + 1, 2)
    low, high = 0, len(even)
    while low < high:
        middle = (low + high) // 2
        if design_power(effect, between, within, even[middle], people) >= WANTED:
            high = middle
        else:
            low = middle + 1
    return even[low] if low < len(even) else None
