"""The answer of `cpsim validate` as text: rows for calibration, for validation and qualitative ones, never mixed."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from cpsim.validation.judge import DIRECTION, SIMULATION_ERROR, Judged
from cpsim.validation.register import NEEDS

WIDTH = 100
PARTS = {
    "CALIBRATION": "Calibration: numbers of the model may be fitted to these",
    "VALIDATION": "Validation: checked, never tuned to",
    "QUALITATIVE": "Qualitative: direction or order only, never tuned to",
}
ANSWERS = {True: "met", False: "NOT MET", None: "not known"}


def in_words(judged: Sequence[Judged]) -> str:
    """Everything, at most 100 columns wide."""
    computed = [row for row in judged if row.asked]
    parts = ["\n".join(_part(use, heading, computed)) for use, heading in PARTS.items()]
    parts += ["\n".join(_left_out(judged)), "\n".join(_closing(computed))]
    return "\n\n".join(part for part in parts if part)


def _part(use: str, heading: str, computed: Sequence[Judged]) -> Iterator[str]:
    rows = [row for row in computed if row.pattern.use == use]
    if not rows:
        return
    yield heading
    yield f"{'':5}{'':46}{'target':>14}{'found':>9}{'interval':>17}  "
    for row in rows:
        yield from _row(row)
    yield from because(row for row in rows if row.met is False)


def because(failed: Iterable[Judged]) -> Iterator[str]:
    """Our best explanation of each measure that is not met, as lines under a table."""
    for row in failed:
        told = f"{row.pattern.id}, {row.pattern.measure}: {row.explanation}"
        yield from textwrap.wrap(told, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _row(row: Judged) -> Iterator[str]:
    first, *rest = textwrap.wrap(row.pattern.measure, 45)
    target = "yes" if row.pattern.how == DIRECTION else row.pattern.target
    found = {1.0: "yes", 0.0: "no"}.get(row.found, "") if row.pattern.how == DIRECTION else number(row.found)
    interval = "" if math.isnan(row.low) else f"{number(row.low)} to {number(row.high)}"
    yield f"{row.pattern.id:5}{first:46}{target:>14}{found:>9}{interval:>17}  {ANSWERS[row.met]}"
    yield from (f"{'':5}{line}" for line in rest)


def number(value: float) -> str:
    """Three figures at most, as a table has them: 0.245, 3.4, 33."""
    if not math.isfinite(value):
        return "not known"
    places = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value + 0.0:.{places}f}".replace("-0.000", "0.000")


def _left_out(judged: Sequence[Judged]) -> Iterator[str]:
    computed = {row.pattern.id for row in judged if row.asked}

    def name(row: Judged) -> str:
        return f"{row.pattern.id} ({row.pattern.measure})" if row.pattern.id in computed else row.pattern.id

    left = [row for row in judged if not row.asked]
    reasons = {need: dict.fromkeys(name(row) for row in left if row.pattern.needs == need) for need in NEEDS}
    if any(reasons.values()):
        yield "Not computed here"
    for need, ids in reasons.items():
        if ids:
            yield f"  {', '.join(ids)}: {NEEDS[need]}"


def _closing(computed: Sequence[Judged]) -> Iterator[str]:
    met = sum(row.met is True for row in computed)
    ids = dict.fromkeys(row.pattern.id for row in computed)
    whole = [name for name in ids if all(row.met for row in computed if row.pattern.id == name)]
    yield f"{met} of {len(computed)} measures met; {len(whole)} of {len(ids)} patterns met in all their measures."
    failed = [name for name in ids if name not in whole]
    if failed:
        yield f"Patterns with a measure that is not met: {', '.join(failed)}."
    yield textwrap.fill(f"Interval: {SIMULATION_ERROR}.", WIDTH)
    yield "Shares of runs and means are told as 0 to 1. Simulated people: nobody here is real."
