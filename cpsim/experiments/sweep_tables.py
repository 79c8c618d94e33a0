"""The tables of a sweep."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.experiments.estimators.tipping import Passage, Tipping, reached, share, steepest, tipping
from cpsim.experiments.runs import A_WEEK
from cpsim.experiments.vary import Factor, Target
from cpsim.outputs.intervals import estimate
from cpsim.outputs.measures import measures
from cpsim.outputs.words import one_of
from cpsim.scenario.load import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.experiments.sweep import Sweep

MEAN = "mean"
SHARES = {"5 in 10 worlds": 0.5, "8 in 10 worlds": 0.8}
WARM_UP = 26  # weeks


def minutes(scenario: Scenario, runs: int, workers: int | None = None) -> str:
    """About how long so many runs take here, in words."""
    teams = sum(team.copies for team in scenario.teams)
    seconds = A_WEEK * teams * (scenario.weeks + WARM_UP) * runs / (workers or os.cpu_count() or 1)
    return one_of(max(1, round(seconds / 60)), "minute", "minutes")


def cells(found: Sweep) -> Iterator[tuple[tuple[int, ...], dict[str, Any]]]:
    """Every cell: its place on the grid, and its value of each factor by path."""
    for place in itertools.product(*(range(count) for count in found.shape)):
        yield place, {each.path: each.values[number] for each, number in zip(found.factors, place, strict=True)}


def surface(found: Sweep) -> pd.DataFrame:
    """Means with both intervals, which are never one; the scenario as it is stands first (`cell` "base")."""
    import pandas as pd

    rows = []
    for output in found.outputs:
        measure, values = measures("outcomes")[output], found.values(output)
        about = {"output": output, "label": measure.label, "unit": measure.unit}
        home = {each.path: value for each, value in zip(found.factors, found.at_home, strict=True)}
        rows.append({"cell": "base", **home, **about, **vars(estimate(found.own(output)))})
        rows += [{"cell": "grid", **at, **about, **vars(estimate(values[place]))} for place, at in cells(found)]
    return pd.DataFrame(rows)


def reached_table(found: Sweep) -> pd.DataFrame:
    """Shares of worlds that reach a target."""
    import pandas as pd

    rows = []
    for wanted in found.targets:
        met = reached(found.values(wanted.outcome), wanted.number, wanted.at_least)
        for place, at in cells(found):
            names = ("reached", "reached_low", "reached_high", "runs")
            rows.append({**at, "target": wanted.text, **dict(zip(names, share(met[place]), strict=True))})
    return pd.DataFrame(rows)


def lines(found: Sweep) -> Iterator[tuple[int, dict[str, Any], tuple[Any, ...]]]:
    """Every line of the grid along a numeric factor: the factor's number, what the other one is, and its index."""
    for number, along in enumerate(found.factors):
        if not along.numeric:
            continue
        if len(found.factors) == 1:
            yield number, {"other": "", "other_value": None}, (slice(None),)
            continue
        other = found.factors[1 - number]
        for place, value in enumerate(other.values):
            index = (slice(None), place) if number == 0 else (place, slice(None))
            yield number, {"other": other.path, "other_value": value}, index


def thresholds(found: Sweep) -> pd.DataFrame:
    """For the mean, and for 5 and 8 in 10 worlds: where each target is passed, from below, from above, and between."""
    import pandas as pd

    rows = []
    for wanted in found.targets:
        for number, at, index in lines(found):
            along = found.factors[number]
            for of, curve, level in curves(wanted, found.values(wanted.outcome)[index]):
                about = {"target": wanted.text, "of": of, "along": along.path, **at}
                rows += [{**about, **row} for row in _passages(along, curve, level)]
    return pd.DataFrame(rows)


def curves(wanted: Target, values: np.ndarray) -> Iterator[tuple[str, np.ndarray, float]]:
    """(what of it, worlds at every value, level): at or above the level is reached."""
    sign = 1.0 if wanted.at_least else -1.0
    yield MEAN, sign * values, sign * wanted.number
    met = reached(values, wanted.number, wanted.at_least)
    for of, level in SHARES.items():
        yield of, met, level


def _passages(along: Factor, curve: np.ndarray, level: float) -> list[dict[str, Any]]:
    """A row for each side it is met from; of a curve that passes more than twice also those between."""
    found = tipping(np.array(along.values, float), curve, level)
    sides = {"below": found.from_below, "above": found.from_above}
    rows = [_side(side, passage, found) for side, passage in sides.items()]
    return rows + [_side("between", passage, found) for passage in found.passages[1:-1]]


def _side(side: str, passage: Passage | None, found: Tipping) -> dict[str, Any]:
    """One passage; where there is none, whether all values reach the target or none does."""
    about = {"from": side, "reached": "at all values" if found.above[0] else "at no value"}
    if passage is None:
        return {**about, "value": np.nan, "low": np.nan, "high": np.nan, "found": np.nan, "passes": 0}
    about["reached"] = "above it" if passage.rises else "below it"
    ends = {"value": passage.at, "low": passage.low, "high": passage.high, "found": passage.found}
    return {**about, **ends, "passes": len(found.passages), "as_often": found.as_often}


def steepest_table(found: Sweep) -> pd.DataFrame:
    """Where each output changes most along each line of the grid."""
    import pandas as pd

    columns = ("output", "along", "other", "other_value", "low", "high", "slope", "agree", "change")
    rows = []
    for output in found.outputs:
        for number, at, index in lines(found):
            line, values = found.values(output)[index], np.array(found.factors[number].values, float)
            if len(values) < 3 or np.isnan(line).all(axis=1).any():
                continue
            most = steepest(values, line)
            change = most.slope * (most.high - most.low)
            rows.append({"output": output, "along": found.factors[number].path, **at, **vars(most), "change": change})
    return pd.DataFrame(rows, columns=list(columns))
