"""The tables of a plan: bundles.csv, frontier.csv, drop_one.csv. Every number is of fresh worlds unless it says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from cpsim.experiments.estimators import racing
from cpsim.experiments.estimators.racing import difference
from cpsim.experiments.plan import alike
from cpsim.experiments.trials import AS_IS
from cpsim.outputs.intervals import estimate

if TYPE_CHECKING:
    from cpsim.experiments.plan import Answer, Search

ALSO = ("pressure", "crises_per_person_year", "wait_weeks", "late_share", "reviews_per_person")


def tables(search: Search, answer: Answer) -> dict[str, pd.DataFrame]:
    """All three, and levers.csv: what each level changes."""
    told = [AS_IS, *answer.good, answer.fewest_posts, answer.fastest, answer.nearest, answer.instead]
    fresh = frontier(search, [row for row in told if row >= 0])
    rows = list(dict.fromkeys(row for row in (*told, *fresh["bundle_number"]) if row >= 0))
    return {
        "bundles": bundles(search, answer, np.array(rows)),
        "frontier": fresh,
        "drop_one": drop_one(search, answer.shown),
        "race": race(search),
        "levers": levers(search),
    }


def bundles(search: Search, answer: Answer, rows: np.ndarray) -> pd.DataFrame:
    """A row a bundle looked at on fresh worlds, the cheapest first."""
    rules = search.asked.rules
    seen = search.trials(rows, search.fresh)
    now = racing.standing(seen, rules)
    runs = search.trials.runs(rows, search.fresh)
    parts = search.trials.cost_parts(rows, search.fresh)
    shape = seen.passed.shape
    ok = racing.passes(now, rules)
    made = []
    for place, row in enumerate(rows.tolist()):
        bundle = search.bundles[row]
        low, high = _wilson(int(seen.passed[place].sum()), shape[1])
        made.append(
            {
                "bundle_number": int(row),
                "bundle": bundle.name,
                "words": bundle.words,
                "is": ", ".join(_roles(int(row), answer)),
                "passes": bool(ok[place]),
                **_spread("cost", seen.cost[place]),
                **{f"cost_{name}": float(part[place].mean()) for name, part in parts.items()},
                "share": float(now.share[place]),
                "share_low": low,
                "share_high": high,
                **_spread("value", seen.value[place]),
                **_harms(search, now, place),
                **{name: float(np.nanmean(_of(runs, name, shape)[place])) for name in ALSO},
                "posts_wte": bundle.wte,
                "lag_weeks": bundle.lag_weeks,
                "beyond": "; ".join(bundle.beyond),
                "worlds": shape[1],
            }
        )
    return pd.DataFrame(made).sort_values("cost_mean", kind="stable", ignore_index=True)


def frontier(search: Search, told: Sequence[int]) -> pd.DataFrame:
    """The team as it is, and bundles that nothing cheaper matches, on fresh worlds. `tie`: cannot be told apart from
    the one before it.
    """
    rows = np.array(list(dict.fromkeys([AS_IS, *told, *search.promising().tolist()])))
    chosen = [search.bundles[row] for row in rows.tolist()]
    goal = search.asked.target.first
    seen = search.trials(rows, search.fresh)
    now = racing.standing(seen, search.asked.rules)
    best = racing.undominated(alike(now.cost), goal.beyond(now.value)).tolist()
    order = list(dict.fromkeys([0, *best]))  # the team as it is comes first, even where something better costs nothing
    pressure = _of(search.trials.runs(rows, search.fresh), "pressure", seen.passed.shape).mean(axis=1)
    made, before = [], None
    for place in order:
        apart = difference(seen.value[before], seen.value[place]) if before is not None else (np.nan,) * 3
        made.append(
            {
                "bundle_number": int(rows[place]),
                "bundle": chosen[place].name,
                "words": chosen[place].words,
                **_spread("cost", seen.cost[place]),
                **_spread("value", seen.value[place]),
                "share": float(now.share[place]),
                "pressure": float(pressure[place]),
                "more": apart[0],
                "more_low": apart[1],
                "more_high": apart[2],
                "tie": bool(apart[1] <= 0 <= apart[2]),
                "harmful": bool(now.harmful[place]),
                "worlds": seen.passed.shape[1],
            }
        )
        before = place
    return pd.DataFrame(made)


def drop_one(search: Search, row: int) -> pd.DataFrame:
    """What each lever of the bundle is worth in it: the bundle without it, in the same worlds."""
    whole = search.bundles[row]
    number = {bundle.name: place for place, bundle in enumerate(search.bundles)}
    columns = ["lever", "words", "share", "share_without", "value", "value_without"]
    made = []
    for lever, level in whole.taken:
        less = number[whole.without(lever).name]
        seen = search.trials(np.array([row, less]), search.fresh)
        gives, saves = (difference(each[1], each[0]) for each in (seen.value, seen.cost))
        share, share_without = seen.passed.mean(axis=1)
        value, value_without = seen.value.mean(axis=1)
        numbers = (lever.name, level.words, share, share_without, value, value_without)
        made.append(
            {
                **dict(zip(columns, numbers, strict=True)),
                **dict(zip(("gives", "gives_low", "gives_high"), gives, strict=True)),
                **dict(zip(("costs", "costs_low", "costs_high"), saves, strict=True)),
                "needed": bool(share_without < search.asked.confidence <= share),
                "worlds": len(search.fresh),
            }
        )
    found = pd.DataFrame(made, columns=None if made else [*columns, "gives", "gives_low", "gives_high", "needed"])
    return found.sort_values("gives", key=abs, ascending=False, kind="stable", ignore_index=True)


def race(search: Search) -> pd.DataFrame:
    """Every bundle of the race as it was last seen: few worlds, so only a way to the answer."""
    if search.first is None:
        return pd.DataFrame()
    last = search.first.last
    return pd.DataFrame(
        {
            "bundle_number": search.raced,
            "bundle": [search.bundles[row].name for row in search.raced.tolist()],
            "dropped_after_worlds": search.first.dropped,
            "share": last.share,
            "posterior": last.surely,
            "value": last.value,
            "cost": last.cost,
        }
    )


def levers(search: Search) -> pd.DataFrame:
    """What could be done: a row a level."""
    taken = {(lever.name, level.name): (lever, level) for bundle in search.bundles for lever, level in bundle.taken}
    rows = [
        {
            "lever": lever.name,
            "family": lever.family,
            "level": level.name,
            "words": level.words,
            "changes": "; ".join(f"{path}={value}" for path, value in level.changes.items()),
            "posts_cost": level.pounds_a_year,
            "lag": level.lag,
            "beyond": "; ".join(level.beyond),
        }
        for lever, level in taken.values()
    ]
    return pd.DataFrame(rows)


def _roles(row: int, answer: Answer) -> list[str]:
    told = {
        "as it is": row == AS_IS,
        "cheapest": row in answer.good[:1],
        "within 5 % of the cheapest": row in answer.good[1:],
        "fewest posts": row == answer.fewest_posts,
        "fastest": row == answer.fastest,
        "nearest": not answer.good and row == answer.nearest,
        "without the limit": row == answer.instead,
    }
    return [role for role, so in told.items() if so]


def _harms(search: Search, now: Any, place: int) -> dict[str, float]:
    """The mean rise of each harm, and its one-sided 95 % limit."""
    found = {}
    for number, harm in enumerate(search.asked.harms):
        found[f"worse_{harm.outcome}"] = float(now.harm[number, place])
        found[f"worse_{harm.outcome}_limit"] = float(now.harm_limit[number, place])
    return found


def _spread(name: str, values: np.ndarray) -> dict[str, float]:
    """Mean, its 95 % interval, and the middle 8 in 10."""
    found = estimate(values)
    kept = {"mean": found.mean, "low": found.ci_low, "high": found.ci_high, "p10": found.p10, "p90": found.p90}
    return {f"{name}_{what}": float(value) for what, value in kept.items()}


def _of(runs: pd.DataFrame, name: str, shape: tuple[int, ...]) -> np.ndarray:
    return runs[name].to_numpy(float).reshape(shape)


def _wilson(hits: int, count: int) -> tuple[float, float]:
    found = binomtest(hits, count).proportion_ci(0.95, method="wilson")
    return float(found.low), float(found.high)
