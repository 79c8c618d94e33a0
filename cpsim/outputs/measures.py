"""What every column of every table is: name, unit, label and meaning, from one place.

The register is `measures.csv`, a row a column; frames, the data dictionary, the terminal's table, the page and the
pictures take their words from it. A table with a column that is not declared is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from cpsim.errors import DeclarationError


@dataclass(frozen=True)
class Measure:
    """One column of one table. `group` gathers the outcomes of one subject; "key" says which row it is."""

    table: str
    name: str
    unit: str
    group: str
    label: str
    meaning: str


HEADINGS = tuple(field.name for field in fields(Measure))


@cache
def measures(table: str) -> dict[str, Measure]:
    """The columns declared for a table, by name, in the order of the register."""
    return {found.name: found for found in register() if found.table == table}


@cache
def register() -> tuple[Measure, ...]:
    """Every measure, in the order of the file."""
    text = files("cpsim.outputs").joinpath("measures.csv").read_text(encoding="utf-8")
    return tuple(Measure(**row) for row in csv.DictReader(text.splitlines()))


def check_declared(table: str, columns: Iterable[str]) -> None:
    """Raise DeclarationError when a column of this table has no measure."""
    missing = [name for name in columns if name not in measures(table)]
    if missing:
        raise DeclarationError(f"outputs/measures.csv declares no {', '.join(missing)} in the table {table!r}")


def dictionary(tables: dict[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The data dictionary of these tables' columns: rows of HEADINGS."""
    return [astuple(measures(table)[name]) for table, names in tables.items() for name in names]
