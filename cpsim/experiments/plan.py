"""What would it take? The cheapest bundle of levers that reaches a target often enough, within limits.

Every bundle races against all others on the same worlds (see `estimators.racing`); whatever is said afterwards was
estimated on worlds that the race has not met. When nothing passes, the limits are lifted one at a time to see which
one binds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError
from cpsim.experiments import harms as costs_to_others
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.estimators import racing
from cpsim.experiments.estimators.racing import Race, Rules
from cpsim.experiments.levers import Bundle, Lever, bundles, levers_of
from cpsim.experiments.targets import Target, parse
from cpsim.experiments.trials import AS_IS, Some, Trials
from cpsim.scenario.load import Scenario, load

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.harms import Harm

FRESH_FROM = 1_000_000  # the first world that no race meets
NEAREST = 8  # bundles looked at again when none passes
DRAWS = 128  # of the uncertain numbers, to see whether the answer hangs on them
FRONTIER = 24  # bundles that may be on the frontier, looked at again
ALIKE = 100.0  # GBP a year: less is not told apart
HALF = 0.5  # the largest standard deviation of a share
LONGER = 2  # times the horizon, to see whether time binds
LONGER_WORLDS = 40
BUDGET, NO_WORSE, BOTH, TIME, LEVERS = "the budget", "no worse", "the budget and no worse", "the time", "the levers"


@dataclass(frozen=True)
class Asked:
    """The question: a target, in which share of worlds, within which limits. `budget`: GBP a year; None: no limit."""

    target: Target
    confidence: float
    budget: float | None
    harms: tuple[Harm, ...]

    @property
    def rules(self) -> Rules:
        """As the race knows it."""
        margins = tuple(harm.margin for harm in self.harms)
        return Rules(self.confidence, margins, np.inf if self.budget is None else self.budget, ALIKE)


@dataclass(frozen=True)
class Answer:
    """Rows of bundles. `good`: all that pass and cost at most 5 % more than the cheapest, the cheapest first; none: not
    within the limits. `fewest_posts`, `fastest`: the cheapest of those with fewest posts, soonest in place. `nearest`:
    the best within the limits. `binds`: the limit that stands in the way, "" when something passes. `instead`: what
    passes without that limit; -1: nothing.
    """

    good: tuple[int, ...]
    fewest_posts: int
    fastest: int
    nearest: int
    binds: str
    instead: int

    @property
    def shown(self) -> int:
        """The bundle that is told of."""
        return self.good[0] if self.good else self.nearest


@dataclass(frozen=True)
class Plan:
    """What `cpsim.plan` found. `fresh`: the worlds of every number that is told."""

    scenario: Scenario
    asked: Asked
    levers: tuple[Lever, ...]
    bundles: tuple[Bundle, ...]
    answer: Answer
    fresh: range
    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    kind: str = "plan"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"What would it take? {self.scenario.title}"

    def headlines(self) -> list[str]:
        """The answer in sentences."""
        from cpsim.experiments.plan_telling import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer for a terminal."""
        from cpsim.experiments.plan_telling import in_words

        return in_words(self)


def plan(
    scenario: Scenario | str | Path,
    target: str,
    *,
    confidence: float = 0.8,
    budget: float | None = None,
    within: int | None = None,
    no_worse: Sequence[str] = (),
    levers: Sequence[str] = (),
    seed: int = 1,
    fresh: int = racing.FRESH,
    draws: int = DRAWS,
    command: str = "",
    **how: Any,
) -> Plan:
    """Find the cheapest bundle of levers that reaches a target.

    target: such as "five_steps>=0.3". confidence: share of simulated futures in which it is to be reached. budget: GBP
    a year at most. within: weeks; by default the scenario's. no_worse: costs to others that may not rise, such as
    "crises" or "waits=2" with a margin. levers: names or families; by default a short list of all. fresh: worlds of the
    last word. draws: of all uncertain numbers, for the bundle that is told of; 0 leaves them out. how: folder, workers,
    cluster, progress, as of `run_design`. Raises OptionError or ScenarioError for what makes no sense.
    """
    asked = question(target, confidence, budget, no_worse)
    chosen, found, every = choices(scenario, within, levers)
    trials = Trials(chosen, every, asked.target, asked.harms, seed, **how)
    if fresh < 2:
        raise OptionError("fresh: at least 2 worlds are needed, and 400 are usual")
    search = Search(trials, asked, range(FRESH_FROM, FRESH_FROM + fresh))
    answer = search.answer()
    from cpsim.experiments.plan_tables import tables
    from cpsim.experiments.plan_unknown import unknown

    made = tables(search, answer)
    if draws:
        made["unknown"] = unknown(search, answer.shown, draws)
    told = {"confidence": confidence, "budget": budget, "within": within, "no_worse": no_worse, "levers": levers}
    said = command or asked_in_python("plan", scenario, target=target, **told, fresh=fresh, seed=seed)
    facts = {**({"command": said} if said else {}), **_facts(search, answer, found)}
    return Plan(chosen, asked, tuple(found), tuple(every), answer, search.fresh, made, facts)


def _facts(search: Search, answer: Answer, levers: Sequence[Lever]) -> dict[str, Any]:
    """What the manifest keeps of the question and its answer."""
    asked, trials = search.asked, search.trials
    return {
        "seed": trials.seed,
        "runs": trials.made + search.longer_runs,
        "options": {
            "target": asked.target.written,
            "confidence": asked.confidence,
            "budget": asked.budget,
            "within": trials.scenario.weeks,
            "no_worse": {harm.outcome: harm.margin for harm in asked.harms},
            "levers": [lever.name for lever in levers],
            "bundles": len(search.bundles),
            "fresh": len(search.fresh),
        },
        "binds": answer.binds,
        "answer": search.bundles[answer.shown].name,
    }


def question(target: str, confidence: float, budget: float | None, no_worse: Sequence[str]) -> Asked:
    """The question, checked. Raises OptionError with every mistake."""
    mistakes = []
    if not 0 < confidence < 1:
        mistakes.append(f"confidence: {confidence:g} is not a share between 0 and 1, such as 0.8 for 8 in 10 futures")
    if budget is not None and budget < 0:
        mistakes.append(f"budget: {budget:g} is less than nothing")
    found: list[Any] = []
    for read in (lambda: parse(target), lambda: costs_to_others.chosen(no_worse)):
        try:
            found.append(read())
        except OptionError as error:
            mistakes.append(str(error))
    if mistakes:
        raise OptionError("\n".join(mistakes))
    return Asked(found[0], confidence, budget, found[1])


def choices(
    scenario: Scenario | str | Path, within: int | None, levers: Sequence[str]
) -> tuple[Scenario, list[Lever], list[Bundle]]:
    """The scenario over its horizon, the levers of its team, and every bundle of them."""
    chosen = one_team(scenario)
    chosen = chosen if within is None else chosen.with_({}, weeks=within)
    found = levers_of(chosen.teams[0].changed, levers, short=not levers)
    return chosen, found, bundles(found)


def one_team(scenario: Scenario | str | Path) -> Scenario:
    """The scenario asked for. Raises OptionError for several teams: what one already does another may not."""
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    if len(chosen.teams) > 1 or chosen.teams[0].copies > 1:
        raise OptionError(f"{chosen.name} has several teams; levers are pulled in one: give a scenario of one team")
    return chosen


class Search:
    """Races within the limits, and without one of them when nothing passes."""

    def __init__(self, trials: Trials, asked: Asked, fresh: range) -> None:
        self.trials, self.asked, self.fresh = trials, asked, fresh
        self.bundles = trials.bundles
        self.posts = np.array([bundle.posts_cost for bundle in self.bundles])
        self.first: Race | None = None
        self.raced = np.flatnonzero(self.posts <= asked.rules.budget)
        self.longer_runs = 0

    def answer(self) -> Answer:
        """What passes, or what is nearest and which limit binds."""
        good = self.passing(self.raced, self.asked.rules, first=True)
        if good:
            fewest = self.least(good[0], lambda bundle: bundle.wte)
            fastest = self.least(good[0], lambda bundle: bundle.lag_weeks)
            return Answer(tuple(good), fewest, fastest, good[0], "", -1)
        binds, instead = self.binding()
        return Answer((), -1, -1, self.nearest(), binds, instead)

    def passing(self, rows: np.ndarray, rules: Rules, first: bool = False) -> list[int]:
        """Those of these bundles that pass on fresh worlds and cost at most 5 % more than the cheapest of them."""
        if not len(rows):
            return []
        trial = Some(self.trials, rows)
        ended = racing.race(trial, len(rows), rules)
        if first:
            self.first = ended
        if not len(ended.left):
            return []
        places, seen = racing.settle(trial, ended, rules, self.fresh)
        now = racing.standing(seen, rules)
        ok = racing.as_good(now, rules)
        order = np.lexsort((-now.share[ok], np.round(now.cost[ok] / ALIKE)))  # of equally cheap ones the surest
        return [int(row) for row in rows[places[ok]][order]]

    def least(self, cheapest: int, of: Any) -> int:
        """The cheapest bundle that passes among those with least of something; the cheapest of all if none has less."""
        sizes = np.array([of(bundle) for bundle in self.bundles])
        for size in sorted({size for size in sizes if size < sizes[cheapest]}):
            found = self.passing(self.raced[sizes[self.raced] == size], self.asked.rules)
            if found:
                return found[0]
        return cheapest

    def binding(self) -> tuple[str, int]:
        """The first limit without which something passes, and what."""
        for binds, rows, rules in self._without_limits():
            found = self.passing(rows, rules)
            if found:
                return binds, found[0]
        longer = self.trials.scenario.with_({}, weeks=LONGER * self.trials.scenario.weeks)
        trials = Trials(longer, self.bundles, self.asked.target, (), self.trials.seed, **_in_memory(self.trials.how))
        nearest = self.nearest()
        passed = trials(np.array([nearest]), range(LONGER_WORLDS)).passed
        self.longer_runs = trials.made
        return (TIME, nearest) if passed.mean() >= self.asked.confidence else (LEVERS, -1)

    def _without_limits(self) -> Iterator[tuple[str, np.ndarray, Rules]]:
        rules, everything = self.asked.rules, np.arange(len(self.bundles))
        any_harm = replace(rules, margins=tuple(np.inf for _ in rules.margins))
        limited = self.asked.budget is not None
        if limited:
            yield BUDGET, everything, replace(rules, budget=np.inf)
        if rules.margins:
            yield NO_WORSE, self.raced, any_harm
        if limited and rules.margins:
            yield BOTH, everything, replace(any_harm, budget=np.inf)

    def nearest(self) -> int:
        """Within the limits, the cheapest of those that pass most often on fresh worlds, give or take chance."""
        if self.first is None:
            return AS_IS
        last, rules = self.first.last, self.asked.rules
        within = np.flatnonzero((last.cost <= rules.budget) & ~last.harmful)
        if not len(within):
            return AS_IS
        ahead = self.asked.target.first.beyond(last.value[within])
        best = within[np.lexsort((-ahead, -last.share[within]))][:NEAREST]
        now = racing.standing(self.trials(self.raced[best], self.fresh), rules)
        allowed = now.harmless & (now.cost <= rules.budget)
        allowed = allowed if allowed.any() else np.ones(len(best), bool)
        most, chance = now.share[allowed].max(), HALF / np.sqrt(len(self.fresh))
        alike = allowed & (now.share >= most - chance)
        order = np.lexsort((-self.asked.target.first.beyond(now.value), np.round(now.cost / ALIKE), ~alike))
        return int(self.raced[best[order[0]]])

    def promising(self) -> np.ndarray:
        """Rows that may be on the frontier of cost and outcome: layer by layer, by what the race last saw of each."""
        if self.first is None:
            return np.array([AS_IS])
        last, left = self.first.last, np.arange(len(self.raced))
        found: list[int] = []
        while len(left) and len(found) < FRONTIER:
            layer = left[racing.undominated(alike(last.cost[left]), self.asked.target.first.beyond(last.value[left]))]
            found += layer.tolist()
            left = np.setdiff1d(left, layer)
        return self.raced[np.array(found[:FRONTIER], int)]


def alike(cost: np.ndarray) -> np.ndarray:
    """Costs to the nearest £100, so that pennies of chance do not make one bundle cheaper than another."""
    return np.round(cost / ALIKE) * ALIKE


def _in_memory(how: Mapping[str, Any]) -> dict[str, Any]:
    """Runs of another horizon do not go into the study's folder."""
    return {name: value for name, value in how.items() if name not in ("folder", "cluster", "part")}
