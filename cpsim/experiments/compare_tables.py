"""The tables of a comparison: one row a plan and outcome, always against the first plan, always paired by world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.comparison.payback import COST, UNITS, Payback
from cpsim.experiments.estimators.paired import BETTER, WORSE, Difference, against_first
from cpsim.experiments.outcomes import HEADLINES, OTHERS
from cpsim.experiments.plans import Plan
from cpsim.outputs.better import better_is, good
from cpsim.outputs.measures import measures
from cpsim.outputs.words import listed as listed

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.outputs.run_result import RunResult

PEOPLE = ("caseload", *(name for name in HEADLINES if name not in OTHERS))
PAYERS = (*COST, "cost_per_person")
# Of each pair the one that usually has it easier comes first.
PAIRS = (("high_income", "low_income"), ("low_anxiety", "high_anxiety"), ("near", "far"))
OF_GROUPS = ("five_steps", "rguk_change")
GROUPS = tuple(f"{outcome}_{group}" for outcome in OF_GROUPS for pair in PAIRS for group in pair)
OUTCOMES = tuple(dict.fromkeys((*PEOPLE, *OTHERS, *PAYERS, *GROUPS)))
HARDLY = 0.01  # of A's number; a smaller difference is told as hardly any
GAIN_MORE = {BETTER: "they gain more", WORSE: "the others gain more"}  # else can't tell, or the same
Gap = Callable[[np.ndarray], np.ndarray]


def worlds(plans: Sequence[Plan], results: Sequence[RunResult]) -> pd.DataFrame:
    """A row a plan and world. Where there is one world of several teams, each team counts as one."""
    import pandas as pd

    frames = []
    for plan, result in zip(plans, results, strict=True):
        runs = result.runs
        unit = runs.replication if result.replications > 1 else np.arange(len(runs))
        table = pd.DataFrame({name: runs.outcome[name].astype(float) for name in OUTCOMES})
        means = table.groupby(unit).mean()  # a team that cannot say is left out of its world
        frames.append(means.rename_axis("world").reset_index().assign(plan=plan.letter, name=plan.name))
    whole = pd.concat(frames, ignore_index=True)
    return whole[["plan", "name", "world", *OUTCOMES]]


def paired(plans: Sequence[Plan], table: pd.DataFrame) -> pd.DataFrame:
    """What people get, and what it costs others."""
    import pandas as pd

    rows = [
        {"subject": subject, **row}
        for subject, names in (("people", PEOPLE), ("others", OTHERS))
        for name in names
        for row in _of_outcome(plans, table, name)
    ]
    return pd.DataFrame(rows)


def costs(plans: Sequence[Plan], table: pd.DataFrame) -> pd.DataFrame:
    """Who pays."""
    import pandas as pd

    return pd.DataFrame([row for name in PAYERS for row in _of_outcome(plans, table, name)])


def equity(plans: Sequence[Plan], table: pd.DataFrame) -> pd.DataFrame:
    """Each group by itself (`row` "group"), and of each pair who gains more (`row` "gap": first less second group)."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for outcome in OF_GROUPS:
        for easier, harder in PAIRS:
            for group in (easier, harder):
                rows += [{"row": "group", **row} for row in _of_outcome(plans, table, f"{outcome}_{group}")]
            rows += [{"row": "gap", **row} for row in _gap(plans, table, outcome, easier, harder)]
    return pd.DataFrame(rows)


def _of_outcome(plans: Sequence[Plan], table: pd.DataFrame, name: str) -> Iterable[dict[str, Any]]:
    measure = measures("outcomes")[name]
    about = {"measure": name, "label": measure.label, "unit": measure.unit, "better_is": better_is(name)}
    return _rows(plans, about, by_plan(plans, table, name), good(name))


def _gap(plans: Sequence[Plan], table: pd.DataFrame, outcome: str, easier: str, harder: str) -> list[dict[str, Any]]:
    """Does the difference between two groups grow?"""
    first, second = (by_plan(plans, table, f"{outcome}_{group}") for group in (easier, harder))
    measure = measures("outcomes")[outcome]
    about = {
        "measure": f"{outcome}: {easier} less {harder}",
        "label": f"{measure.label}: {easier.replace('_', ' ')} less {harder.replace('_', ' ')}",
        "unit": measure.unit,
        "better_is": "",
    }
    rows = _rows(plans, about, [a - b for a, b in zip(first, second, strict=True)], 1)
    return [row | {"verdict": GAIN_MORE.get(row["verdict"], row["verdict"])} for row in rows]


def _rows(
    plans: Sequence[Plan], about: Mapping[str, str], values: Sequence[np.ndarray], sign: int
) -> list[dict[str, Any]]:
    found = against_first(values, sign)
    return [
        {"plan": plan.letter, "name": plan.name, **about, **vars(each), "hardly": _hardly(each)}
        for plan, each in zip(plans[1:], found, strict=True)
    ]


def _hardly(found: Difference) -> bool:
    """Clear, but so small beside A's own number that nobody would notice."""
    return bool(found.verdict in (BETTER, WORSE) and abs(found.difference) < HARDLY * abs(found.first))


def by_plan(plans: Sequence[Plan], table: pd.DataFrame, name: str) -> list[np.ndarray]:
    """One outcome in every world, plan by plan."""
    indexed = table.set_index("plan")[name]
    return [indexed.loc[[plan.letter]].to_numpy(float) for plan in plans]


def payback_by_month(paybacks: Mapping[tuple[str, str], Payback]) -> pd.DataFrame:
    """A row a plan, what is counted and month: the difference so far, a person on the caseload."""
    import pandas as pd

    parts = [
        found.path.assign(plan=letter, what=what, unit=UNITS[what])[["plan", "what", "unit", *found.path.columns]]
        for (letter, what), found in paybacks.items()
    ]
    return pd.concat(parts, ignore_index=True)


def payback_month(paybacks: Mapping[tuple[str, str], Payback]) -> pd.DataFrame:
    """A row a plan and what is counted: when it turns, and the share of worlds in which it has not by the end.

    `month`: from which on the mean is no dearer; 0: it never was dearer; empty: not within the run.
    """
    import pandas as pd

    rows = []
    for (letter, what), found in paybacks.items():
        month, most = found.dearest
        low, high = found.never_interval
        ends = {"dearest_month": month, "dearest": most, "at_the_end": float(found.paths[:, -1].mean())}
        never = {"never": found.never, "never_low": low, "never_high": high, "worlds": len(found.paths)}
        rows.append({"plan": letter, "what": what, "unit": UNITS[what], "month": found.mean_turns, **ends, **never})
    return pd.DataFrame(rows)
