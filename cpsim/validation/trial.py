"""Patterns of the study of 2021, read from simulated trials: each the records of its teams (P1 to P10, P14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from scipy import stats

from cpsim.experiments.estimators.estimate import Difference
from cpsim.experiments.estimators.team_means import team_means
from cpsim.experiments.virtual.lives import Lived
from cpsim.experiments.virtual.read import People
from cpsim.experiments.virtual.teams import COMPARISON, IMPLEMENTATION
from cpsim.model.codes import KINDS
from cpsim.observation.bands import HIGH, MODERATE, fidelity_of_team
from cpsim.scenario.tables import roles
from cpsim.validation.reading import Found

Trial = Sequence[Lived]
OUTCOMES = ("rguk", "wemwbs", "qpr15", "self_rated_health", "goal_met")
NURSE, SOCIAL_WORKER = "community psychiatric nurse", "social worker"
PARTLY = (2, 4)  # implementation teams in the moderate band
FOLLOWED = (119, 134)
RESAMPLED = 1000


def each(trials: Sequence[Trial], read: Callable[[People], float]) -> np.ndarray:
    """One number a trial, read from its people."""
    return np.array([read(People(trial)) for trial in trials], dtype=float)


def mean(values: np.ndarray) -> float:
    """Of those known; of nobody, not a number."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def by_arm(trials: Sequence[Trial], name: str) -> np.ndarray:
    """Two columns: the mean answer in the implementation and the comparison arm."""
    return np.column_stack([each(trials, partial(_of_arm, name=name, arm=arm)) for arm in (1.0, 0.0)])


def _of_arm(people: People, name: str, arm: float) -> float:
    return mean(people[name][people.arm == arm])


def p1(trials: Sequence[Trial]) -> Found:
    """No difference in outcomes between the arms; of the five outcomes, the one that differs most often."""
    without = {name: each(trials, partial(_holds_0, name=name)) for name in OUTCOMES}
    return {
        "intervals with no difference": min(without.values(), key=np.nanmean),
        "mean difference in social capital": each(trials, lambda people: _difference(people, "rguk").value),
    }


def _difference(people: People, name: str) -> Difference:
    after, before, there = people.outcome(name)
    base = None if before is None else before[there]
    return team_means(after[there], base, people.team[there], people.arm[there])


def _holds_0(people: People, name: str) -> float:
    found = _difference(people, name)
    return float(found.low <= 0 <= found.high)


def p2(trials: Sequence[Trial]) -> Found:
    """No difference in cost: the interval of the difference in means, people drawn again within their arm."""
    ends = np.array([_bootstrapped(People(trial), number) for number, trial in enumerate(trials)])
    return {
        "intervals with no difference in cost": (ends[:, 0] <= 0) & (ends[:, 1] >= 0),
        "half-width of the interval": (ends[:, 1] - ends[:, 0]) / 2,
    }


def _bootstrapped(people: People, number: int) -> np.ndarray:
    """Ends of the 95 % percentile interval; the luck is the trial's number's."""
    luck = np.random.default_rng([2021, number])
    means = []
    for arm in (1.0, 0.0):
        costs = people["cost_after"][(people.arm == arm) & people["followed"]]
        means.append(costs[luck.integers(0, len(costs), (RESAMPLED, len(costs)))].mean(axis=1))
    return np.quantile(means[0] - means[1], [0.025, 0.975])


def p3(trials: Sequence[Trial]) -> Found:
    """Most people in both arms gained something; the arm that is further from the middle of the band is shown."""
    shares = by_arm(trials, "something_better")
    middle = (0.45 + 0.85) / 2
    gaps = shares[:, 0] - shares[:, 1]
    return {
        "say that something got better": shares[:, np.abs(shares.mean(axis=0) - middle).argmax()],
        "difference between the arms": gaps * (1.0 if gaps.mean() >= 0 else -1.0),
    }


def p4(trials: Sequence[Trial]) -> Found:
    """People in the two arms report much the same support; the arm with less is shown."""
    shares = by_arm(trials, "had_help")
    return {
        "had help with connections": shares[:, shares.mean(axis=0).argmin()],
        "intervals with no difference": each(trials, lambda people: _holds_0(people, "had_help")),
    }


def p5(trials: Sequence[Trial]) -> Found:
    """In the trained team most got support; in its comparison team most got none."""
    found = np.array([_gaps(trial) for trial in trials])
    ours, other, elsewhere = found.T
    return {
        "trained team: had help": ours,
        "its comparison team: had help": other,
        "gap above 0": ours > other,
        "gap larger than elsewhere": ours - other > elsewhere,
    }


def _gaps(trial: Trial) -> tuple[float, float, float]:
    """Shares with help in the team that trained and in its comparison team; the mean gap of the other trusts."""
    shares = {(lived.group, lived.arm): mean(lived.records["had_help"]) for lived in trial}
    trained = next(lived.group for lived in trial if lived.trained)
    others = dict.fromkeys(lived.group for lived in trial if lived.group != trained)
    gaps = [shares[group, IMPLEMENTATION] - shares[group, COMPARISON] for group in others]
    return shares[trained, IMPLEMENTATION], shares[trained, COMPARISON], float(np.nanmean(gaps))


def p6(trials: Sequence[Trial]) -> Found:
    """Only a minority had the materials explained; everybody (1), where anybody of the comparison arm had."""
    ours, others = by_arm(trials, "materials_remembered").T
    return {"materials explained": np.where(others > 0, 1.0, ours)}


def p7(trials: Sequence[Trial]) -> Found:
    """What people did."""
    return {
        "kinds of activity used": each(trials, lambda people: float(np.all(_used(people, _followed(people)).any(0)))),
        "new ties from organised places": each(trials, _organised),
        "mix of kinds alike in both arms": each(trials, _alike),
        "connected in their own locality": each(
            trials, lambda people: mean(people["true_connected"][_followed(people)])
        ),
    }


def _followed(people: People) -> np.ndarray:
    return people["followed"].astype(bool)


def _used(people: People, who: np.ndarray) -> np.ndarray:
    """(people, kinds): has each used each kind of place since day 0?"""
    return (people["true_kinds"][who][:, None] >> np.arange(KINDS)) & 1 > 0


def _organised(people: People) -> float:
    new, old = (people[name][_followed(people)].sum() for name in ("true_new_ties", "true_old_ties"))
    return float(new / (new + old)) if new + old > 0 else float("nan")


def _alike(people: People) -> float:
    """1 when the mix of kinds does not differ between the arms (chi-squared, p above .05)."""
    table = np.array([_used(people, _followed(people) & (people.arm == arm)).sum(axis=0) for arm in (1.0, 0.0)])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or (table.sum(axis=1) == 0).any():
        return float("nan")
    return float(stats.chi2_contingency(table).pvalue > 0.05)


def p8(trials: Sequence[Trial]) -> Found:
    """Loss to follow-up, and who is lost."""
    counts = each(trials, lambda people: float(people["followed"].sum()))
    hard, others = (each(trials, partial(_lost, hard=hard)) for hard in (1.0, 0.0))
    return {
        "followed up": (counts >= FOLLOWED[0]) & (counts <= FOLLOWED[1]),
        "who is lost": np.array([np.nanmean(hard) > np.nanmean(others)]),
    }


def _lost(people: People, hard: float) -> float:
    there = people["interviewed"].astype(bool) & (people["hard_to_meet"] == hard)
    return mean(1.0 - people["followed"][there].astype(float))


def p9(trials: Sequence[Trial]) -> Found:
    """Study participants met their co-ordinator about once a month (all contacts with the team are counted)."""
    return {"meetings with the co-ordinator a month": each(trials, lambda people: mean(people["meetings_a_month"]))}


def p10(trials: Sequence[Trial]) -> Found:
    """Social workers met people less often than nurses did; by the co-ordinator's role at recruitment."""
    social, nurses = (each(trials, partial(_met, role=role)) for role in (SOCIAL_WORKER, NURSE))
    return {"social workers' contacts over nurses'": social / nurses, "ratio below 1": social < nurses}


def _met(people: People, role: str) -> float:
    (code,) = (code for code, each in enumerate(roles()) if each.name == role)
    return mean(people["meetings_a_month"][people["role"] == code])


def p14(trials: Sequence[Trial]) -> Found:
    """Fully delivered nowhere; partly in two to four implementation teams; not in comparison teams."""
    ours, others = ([_bands(trial, arm) for trial in trials] for arm in (IMPLEMENTATION, COMPARISON))
    partly = [PARTLY[0] <= ((team >= MODERATE) & (team < HIGH)).sum() <= PARTLY[1] for team in ours]
    nowhere = [max(team.max(), other.max()) < HIGH for team, other in zip(ours, others, strict=True)]
    return {
        "implementation teams in the moderate band": np.array(partly) & np.array(nowhere),
        "comparison teams all low": np.array([team.max() < MODERATE for team in others]),
    }


def _bands(trial: Trial, arm: str) -> np.ndarray:
    there = [lived for lived in trial if lived.arm == arm]
    return np.array([fidelity_of_team(lived.fidelity, lived.could, lived.begun) for lived in there])


READ: dict[str, Callable[[Sequence[Trial]], Found]] = {
    "P1": p1,
    "P2": p2,
    "P3": p3,
    "P4": p4,
    "P5": p5,
    "P6": p6,
    "P7": p7,
    "P8": p8,
    "P9": p9,
    "P10": p10,
    "P14": p14,
}
