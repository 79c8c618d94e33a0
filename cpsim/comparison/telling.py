"""What differs between twins, in sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.outputs import words
from cpsim.outputs.telling import NOBODY_REAL, dated_period

if TYPE_CHECKING:
    from cpsim.comparison.payback import Payback
    from cpsim.comparison.twins import Twins

WIDTH = 80
SCORES = ("capital", "wellbeing", "recovery", "health")
AMOUNTS = ("crises", "contacts_held", "staff_minutes", "care_cost", "own_pocket", "steps_done")
WHOLE = 100  # people that amounts are told of
LUCK = (
    "Better and worse hold the ups and downs of one person's luck in another order, which come out even over many "
    "people; averages and their intervals (95 %, over worlds) are what the scenarios do."
)
NOT_COUNTED = (
    "Primary care, general hospitals, benefits and families' own costs are not modelled; nothing is discounted. "
    "Hours that become free are hours, not savings."
)


def in_words(found: Twins) -> str:
    """Who is better off, what it costs others, and whether it pays back."""
    a, b = found.a.scenario, found.b.scenario
    worlds = words.one_of(len(found.a.runs), "simulated world", "simulated worlds")
    opening = [
        "The same people with the same luck in two scenarios",
        f"A: {a.title}",
        f"B: {b.title}",
        f"{dated_period(found.b)}; {worlds}, seed {found.a.seed}",
    ]
    blocks = [
        opening,
        [*_scores(found), LUCK],
        _amounts("What differs, in B against A, for 100 people on the caseload", found.summary(), AMOUNTS),
        _amounts("Cost to others, for 100 people who had CP in neither", found.others()),
        [pays_back(found.payback("cost")), pays_back(found.payback("minutes"))],
        [NOT_COUNTED, NOBODY_REAL],
    ]
    return "\n\n".join("\n".join(_wrapped(line) for line in block) for block in blocks)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent="  ")


def _scores(found: Twins) -> Iterator[str]:
    """A line a score: better, worse, the same, and the mean difference."""
    table = found.summary().set_index("measure")
    people = int(table["people"].iloc[0])
    if not people:
        yield "Nobody was on the caseload in both."
        return
    yield f"Of 100 people on the caseload in both ({people:,} in all worlds), in B rather than A:"
    for name in SCORES:
        row: Any = table.loc[name]
        shares = f"{words.in_100(row.better)} better off, {words.in_100(row.worse)} worse off"
        yield f"- {row.label}: {shares}; on average {_signed(row.difference)} points{_range(row)}"


def _amounts(heading: str, table: Any, names: tuple[str, ...] = ()) -> Iterator[str]:
    """A line a measure, for 100 people."""
    people = int(table["people"].iloc[0])
    yield f"{heading} ({people:,} in all worlds):" if people else f"{heading}: there was nobody."
    for row in table.itertuples(index=False):
        if people and (not names or row.measure in names):
            sizes = f"{_amount(row.a, row.unit)} in A, {_amount(row.b, row.unit)} in B"
            yield f"- {row.label}: {sizes}; {_difference(row)}"


def _difference(row: Any) -> str:
    """The difference with its interval; one that its interval does not tell from none is not called a difference."""
    span = _range(row, WHOLE, row.unit)
    if row.low < 0 < row.high:
        return f"no clear difference{span}"
    return f"difference {_signed(WHOLE * row.difference, row.unit)}{span}"


def _amount(value: float, unit: str) -> str:
    return words.pounds(WHOLE * value) if unit == "GBP" else words.two_figures(WHOLE * value)


def _signed(value: float, unit: str = "") -> str:
    """With its sign: "+£340", "-1.2"; exactly nothing is "none"."""
    if not np.isfinite(value):
        return words.UNKNOWN
    if not value:
        return "none"
    size = words.end(abs(value), unit) if unit == "GBP" else words.two_figures(abs(value))
    if size == words.end(0.0, unit):
        return size
    return f"{'-' if value < 0 else '+'}{size}"


def _range(row: Any, times: int = 1, unit: str = "") -> str:
    """The 95 % interval in brackets; nothing where one world cannot say, or where there is no difference."""
    if not np.isfinite(row.low) or row.low == row.high:
        return ""
    return f" ({_signed(times * row.low, unit)} to {_signed(times * row.high, unit)})"


def pays_back(found: Payback, plan: str = "B") -> str:
    """When a plan has cost no more than A, on average, and how often it never has within the run."""
    what = "Cost of all payers" if found.what == "cost" else "Staff time (work called for, and CP's own)"
    end, size = found.paths[:, -1].mean(), _size(found)
    last = words.one_of(int(found.months[-1]), "month", "months")
    if not found.paths.any():
        return f"{what}: the same in both."
    turns = found.mean_turns
    if np.isnan(turns):
        answer = f"{plan} is dearer by {size(end)} a person after {last}{_unclear(found)}, and has not paid back"
    elif turns == 0:
        answer = f"{plan} is never the dearer one, and cheaper by {size(-end)} a person after {last}{_unclear(found)}"
    else:
        month, most = found.dearest
        first = f"{plan} is dearer by up to {size(most)} a person (month {month})"
        answer = f"{first} and no dearer from month {turns:.0f} on{_unclear(found)}"
    low, high = found.never_interval
    chance = f"{words.in_100(found.never)} of 100 worlds ({words.between(low, high, 'share')})"
    return f"{what}: {answer}; still dearer at the end in {chance}."


def _unclear(found: Payback) -> str:
    """Said where the interval of the mean at the end holds none."""
    last = found.path.iloc[-1]
    return " (no clear difference)" if last["ci_low"] < 0 < last["ci_high"] else ""


def _size(found: Payback) -> Any:
    return words.pounds if found.what == "cost" else lambda minutes: f"{words.two_figures(minutes)} minutes"
