"""The declared lists of `cpsim structure`: how the model is built otherwise, and which conclusions are asked again.

`structures.csv`: a structure and the values that it changes; they are facts of the world, so from the start of the
warm-up on. "x1.5" is 1.5 times what the scenario has. `conclusions.csv`: a sentence, and what of which runs decides it:

under       the outcome of the team is below the bound
more        the outcome of the team is above that of the other
share_of    each team gains less over the ordinary one than the bound times what the other gains
top         the group of barriers that brings most when it alone is gone is that of the model as it is
first       the group of barriers that is met first most often is that of the model as it is
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from cpsim.scenario.load import Scenario

ORDINARY = "cmht"
SAVED, FORMULA = "as saved", "by formula"  # how a team starts
UNDER, MORE, SHARE_OF, TOP, FIRST = "under", "more", "share_of", "top", "first"
OF_BARRIERS = (TOP, FIRST)


@dataclass(frozen=True)
class Structure:
    """One way to build the model. `short` heads a column; `why`: what it is the other end of."""

    name: str
    short: str
    label: str
    why: str
    values: dict[str, str]

    def changes(self, scenario: Scenario) -> dict[str, Any]:
        """What differs for a scenario, as `Scenario.with_` takes it."""
        return {f"standing.{path}": _value(text, path, scenario) for path, text in self.values.items()}


@dataclass(frozen=True)
class Conclusion:
    """One sentence. `plans` and `against`: scenarios; `bound`: of the forms "under" and "share_of"."""

    name: str
    short: str
    sentence: str
    form: str
    outcome: str
    plans: tuple[str, ...]
    against: str
    bound: float


@cache
def structures() -> tuple[Structure, ...]:
    """The model as it is, and the others."""
    groups = [list(rows) for _, rows in groupby(_rows("structures"), key=lambda row: row["structure"])]
    return tuple(_structure(rows) for rows in groups)


@cache
def conclusions() -> tuple[Conclusion, ...]:
    """The list."""
    return tuple(_conclusion(row) for row in _rows("conclusions"))


@cache
def scenarios() -> tuple[str, ...]:
    """Every scenario that a conclusion is about, the ordinary team first, each once."""
    named = [name for each in conclusions() for name in (*each.plans, each.against) if name]
    return tuple(dict.fromkeys((ORDINARY, *named)))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def _structure(rows: list[dict[str, str]]) -> Structure:
    first = rows[0]
    values = {row["path"]: row["value"] for row in rows if row["path"]}
    return Structure(first["structure"], first["short"], first["label"], first["why"], values)


def _conclusion(row: dict[str, str]) -> Conclusion:
    plans, bound = tuple(row["plans"].split()), float(row["bound"] or "nan")
    told = row["conclusion"], row["short"], row["sentence"], row["form"], row["outcome"]
    return Conclusion(*told, plans, row["against"], bound)


def _value(text: str, path: str, scenario: Scenario) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if not text.startswith("x"):
        return float(text)
    section, name = path.split(".")
    return float(text[1:]) * getattr(getattr(scenario.teams[0].base, section), name)
