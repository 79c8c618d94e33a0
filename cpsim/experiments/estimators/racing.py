"""Racing elimination: the cheapest bundle of levers that reaches a target often enough, found with few runs.

Every bundle meets the same worlds; after 5, 10, 20 ... 160 of them those that can hardly pass, or are dearer than one
that almost surely does, drop out. Taking the cheapest that passed in a few worlds would be a winner's curse: with ten
worlds each, more than half of such picks do not pass in truth (seen). So whatever is reported is estimated again, on
worlds that the race has not met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit
from scipy.stats import beta

ROUNDS = (5, 10, 20, 40, 80, 160)  # worlds so far
FRESH = 400  # worlds of the last word
HOPELESS = 0.02  # posterior of passing below which a bundle drops out
SURE = 0.95  # posterior of passing above which what is dearer drops out
JEFFREYS = 0.5  # both parameters of the prior
NEAR = 0.05  # of the lowest cost: as good as the cheapest
MOST = 40  # finalists
BATCH, BATCHES = 12, 5  # bundles tried in turn when no finalist passes, and how often
ONE_SIDED = 0.95


@dataclass(frozen=True)
class Seen:
    """What bundles did in worlds: each (bundles, worlds). `harms`: (harms, bundles, worlds), more is worse, against
    the team as it is in the same world.
    """

    passed: np.ndarray
    value: np.ndarray
    cost: np.ndarray
    harms: np.ndarray


Trial = Callable[[np.ndarray, range], Seen]  # rows of bundles and numbers of worlds -> what happened


@dataclass(frozen=True)
class Rules:
    """What is asked: the target in `confidence` of worlds; `margins`: how much of each harm is as good as none;
    `budget`: the most it may cost; `alike`: a difference in cost too small to count.
    """

    confidence: float = 0.8
    margins: tuple[float, ...] = ()
    budget: float = np.inf
    alike: float = 0.0

    def dearest(self, cost: np.ndarray) -> float:
        """What is as good as the cheapest of these costs at most."""
        return float(cost.min() + max(NEAR * abs(cost.min()), self.alike))


@dataclass(frozen=True)
class Standing:
    """How each bundle stands after the worlds it has met; arrays over bundles.

    `surely`: posterior that it passes in at least `confidence` of worlds. `harmless`, `harmful`: the one-sided 95 %
    limit of the mean of every harm lies within its margin; of some harm beyond it.
    """

    worlds: int
    share: np.ndarray
    surely: np.ndarray
    value: np.ndarray
    cost: np.ndarray
    harm: np.ndarray
    harm_limit: np.ndarray
    harmless: np.ndarray
    harmful: np.ndarray


@dataclass(frozen=True)
class Race:
    """`left`: bundles that never dropped out, cheapest first. `dearer`: those that dropped out only because a cheaper
    one almost surely passed, likewise. `dropped`: (bundles,) worlds after which each dropped out, 0 if it did not.
    `last`: for each bundle what it looked like when last seen. `runs`: how many in all.
    """

    left: np.ndarray
    dearer: np.ndarray
    dropped: np.ndarray
    last: Standing
    runs: int


def race(trial: Trial, bundles: int, rules: Rules, rounds: tuple[int, ...] = ROUNDS) -> Race:
    """Let bundles 0 to `bundles` - 1 race over worlds 0, 1, 2 ..."""
    alive, runs, met = np.arange(bundles), 0, 0
    dropped, able = np.zeros(bundles, int), np.zeros(bundles, bool)
    seen: Seen | None = None
    last = _unseen(bundles, len(rules.margins))
    for worlds in rounds:
        more = trial(alive, range(met, worlds))
        runs += len(alive) * (worlds - met)
        met, seen = worlds, more if seen is None else _joined(seen, more)
        now = standing(seen, rules)
        _remember(last, alive, now)
        able[alive] = could_pass(now, rules)
        stays = able[alive] & not_too_dear(now, rules)
        dropped[alive[~stays]] = worlds
        alive, seen = alive[stays], _only(seen, stays)
        if not len(alive):
            break
    left, dearer = (
        rows[np.argsort(last.cost[rows], kind="stable")] for rows in (alive, np.flatnonzero(able & (dropped > 0)))
    )
    return Race(left, dearer, dropped, last, runs)


def settle(trial: Trial, ended: Race, rules: Rules, worlds: range) -> tuple[np.ndarray, Seen]:
    """The finalists again, on worlds that the race has not met: their rows and what they did there.

    Worlds are shared, so luck that favours one finalist favours all; when none of them passes on the fresh worlds,
    those that were dropped as dearer are tried in turn, the cheapest first, until one does.
    """
    rows = finalists(ended, MOST)
    seen = trial(rows, worlds)
    for batch in range(BATCHES):
        more = ended.dearer[batch * BATCH : (batch + 1) * BATCH]
        if passes(standing(seen, rules), rules).any() or not len(more):
            break
        rows, seen = np.concatenate([rows, more]), _stacked(seen, trial(more, worlds))
    return rows, seen


def standing(seen: Seen, rules: Rules) -> Standing:
    """Posterior and means of each bundle."""
    worlds = seen.passed.shape[1]
    hits = seen.passed.sum(axis=1)
    surely = beta.sf(rules.confidence, hits + JEFFREYS, worlds - hits + JEFFREYS)
    harm = seen.harms.mean(axis=2)
    error = _error(seen.harms)
    margins = np.asarray(rules.margins, float)[:, None]
    return Standing(
        worlds=worlds,
        share=hits / worlds,
        surely=surely,
        value=seen.value.mean(axis=1),
        cost=seen.cost.mean(axis=1),
        harm=harm,
        harm_limit=harm + error,
        harmless=np.all(harm + error <= margins, axis=0),
        harmful=np.any(harm - error > margins, axis=0),
    )


def could_pass(now: Standing, rules: Rules) -> np.ndarray:
    """(bundles,) bool: may still turn out to pass within the limits."""
    return (now.surely >= HOPELESS) & ~now.harmful & (now.cost <= rules.budget)


def not_too_dear(now: Standing, rules: Rules) -> np.ndarray:
    """(bundles,) bool: not dearer than one that almost surely passes."""
    sure = could_pass(now, rules) & now.harmless & (now.surely > SURE)
    return now.cost <= rules.dearest(now.cost[sure]) if sure.any() else np.ones(len(now.cost), bool)


def passes(now: Standing, rules: Rules) -> np.ndarray:
    """(bundles,) bool: reaches the target often enough, harms nothing beyond its margin, within the budget."""
    return (now.share >= rules.confidence) & now.harmless & (now.cost <= rules.budget)


def as_good(now: Standing, rules: Rules) -> np.ndarray:
    """(bundles,) bool: those that pass and cost at most 5 % more than the cheapest of them."""
    ok = passes(now, rules)
    return ok & (now.cost <= rules.dearest(now.cost[ok])) if ok.any() else ok


def finalists(ended: Race, most: int) -> np.ndarray:
    """The cheapest left, at most so many, and among them the cheapest that almost surely passes."""
    sure = ended.left[(ended.last.surely[ended.left] > SURE) & ended.last.harmless[ended.left]]
    return np.array(list(dict.fromkeys([*sure[:1], *ended.left]))[:most], int)


def undominated(cost: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Rows in order of cost, each with a higher value than all that cost no more."""
    order = np.lexsort((-value, cost))
    best, found = -np.inf, []
    for row in order:
        if value[row] > best:
            best = value[row]
            found.append(int(row))
    return np.array(found, int)


def difference(a: np.ndarray, b: np.ndarray) -> tuple[float, float, float]:
    """Mean of b less a over the same worlds, and its 95 % interval; one world has no interval."""
    apart = np.asarray(b, float) - np.asarray(a, float)
    if len(apart) < 2:
        return float(apart.mean()), np.nan, np.nan
    width = stdtrit(len(apart) - 1, 0.975) * apart.std(ddof=1) / np.sqrt(len(apart))
    return float(apart.mean()), float(apart.mean() - width), float(apart.mean() + width)


def _error(harms: np.ndarray) -> np.ndarray:
    """Half of a one-sided 95 % interval of the mean over worlds, by t."""
    worlds = harms.shape[2]
    if worlds < 2 or not harms.size:
        return np.full(harms.shape[:2], np.inf)
    return stdtrit(worlds - 1, ONE_SIDED) * harms.std(axis=2, ddof=1) / np.sqrt(worlds)


def _unseen(bundles: int, harms: int) -> Standing:
    def unknown(*shape: int) -> np.ndarray:
        return np.full(shape, np.nan)

    return Standing(
        worlds=0,
        share=unknown(bundles),
        surely=unknown(bundles),
        value=unknown(bundles),
        cost=unknown(bundles),
        harm=unknown(harms, bundles),
        harm_limit=unknown(harms, bundles),
        harmless=np.zeros(bundles, bool),
        harmful=np.zeros(bundles, bool),
    )


def _remember(last: Standing, rows: np.ndarray, now: Standing) -> None:
    for name in ("share", "surely", "value", "cost", "harm", "harm_limit", "harmless", "harmful"):
        getattr(last, name)[..., rows] = getattr(now, name)


def _joined(before: Seen, more: Seen) -> Seen:
    """The same bundles in more worlds."""
    both = {name: np.concatenate([getattr(before, name), getattr(more, name)], axis=-1) for name in vars(before)}
    return Seen(**both)


def _stacked(seen: Seen, more: Seen) -> Seen:
    """More bundles in the same worlds; the last axis but one is that of bundles."""
    return Seen(**{name: np.concatenate([getattr(seen, name), getattr(more, name)], axis=-2) for name in vars(seen)})


def _only(seen: Seen, rows: np.ndarray) -> Seen:
    """These bundles of those seen."""
    return Seen(seen.passed[rows], seen.value[rows], seen.cost[rows], seen.harms[:, rows])
