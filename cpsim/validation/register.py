"""The register of patterns: what was found, where, and what a run has to show for it. `patterns.csv` owns these facts.

A pattern has one row for each of its measures. Rows are used for calibration, for validation (checked, never tuned to)
or are qualitative (direction only; never tuned to).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cpsim.errors import OptionError
from cpsim.scenario.wording import nearest, plain

RUNS = "runs"  # what a row needs: plain runs, or something that is not computed here
NEEDS = {
    "trial": "needs the virtual trial: --with trial",
    "pilot": "needs the virtual pilot: --with pilot",
}


@dataclass(frozen=True)
class Pattern:
    """One measure of one pattern.

    `how`: what the number is, over runs. `low`, `high`: the ends of what was found, both included; None: open. `use`:
    CALIBRATION, VALIDATION or QUALITATIVE. `needs`: RUNS, or why it is not computed here.
    """

    id: str
    measure: str
    how: str
    low: float | None
    high: float | None
    unit: str
    use: str
    level: str
    needs: str
    source: str
    sentence: str

    @property
    def target(self) -> str:
        """The ends in words: "0.3 to 0.5", "at least 4"; a direction has none."""
        if self.low is None:
            return "" if self.high is None else f"at most {plain(self.high)}"
        return f"at least {plain(self.low)}" if self.high is None else f"{plain(self.low)} to {plain(self.high)}"

    def is_met_by(self, found: float) -> bool:
        """Does the number lie within the ends? What is not known lies nowhere."""
        return (self.low is None or found >= self.low) and (self.high is None or found <= self.high)


@cache
def patterns() -> tuple[Pattern, ...]:
    """All rows in the order of the file."""
    with Path(__file__).with_name("patterns.csv").open(encoding="utf-8", newline="") as text:
        return tuple(_pattern(line) for line in csv.DictReader(text))


def _pattern(line: dict[str, str]) -> Pattern:
    values: dict[str, Any] = dict(line)
    values.update({name: float(line[name]) if line[name] else None for name in ("low", "high")})
    return Pattern(**values)


def chosen(only: Sequence[str]) -> list[Pattern]:
    """The rows of these patterns; all when none is named. Raises OptionError for names that are none."""
    known = dict.fromkeys(row.id for row in patterns())
    wanted = [name.strip().upper() for names in only for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown or (only and not wanted):
        names = ", ".join(unknown) or "nothing"
        near = nearest(unknown[0], known) if unknown else None
        hint = f"; did you mean {near}?" if near else ""
        raise OptionError(f"--only: {names}: no such pattern; they are P1 to P{len(known)}{hint}")
    return [row for row in patterns() if not wanted or row.id in wanted]
