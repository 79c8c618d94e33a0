"""Facts that come as rows: what each role does, which kinds of place there are.

Numbers are named rows of the register.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cpsim.scenario.evidence import evidence

HOURS_A_YEAR = "time_paid_hours_year"  # the register's row for turning a yearly cost into one of an hour


@dataclass(frozen=True)
class Role:
    """What practitioners of a role do.

    `contacts_a_month`: planned contacts with a person in recovery; None: as the standard interval. `helps`: people per
    WTE with whom the role does CP without being care co-ordinator. `own_work`: share of the day that is not modelled.
    `orientation`: social orientation, 0-1. `hour_cost`: GBP a working hour. `payer`: name of a Payer.
    """

    name: str
    coordinates_cmht: bool
    coordinates_third_sector: bool
    clinical: bool
    contacts_a_month: float | None
    helps: float
    own_work: float
    orientation: float
    hour_cost: float
    payer: str


@cache
def roles() -> tuple[Role, ...]:
    """All roles; their order is their code in the rows of the model."""
    return tuple(_role(line) for line in _lines("roles.csv"))


@cache
def kinds() -> tuple[str, ...]:
    """Kinds of community resource, in plain words; their order is their code."""
    return tuple(line["label"] for line in _lines("resources.csv"))


@cache
def evidence_used() -> frozenset[str]:
    """Rows of the register that roles.csv names."""
    columns = ("contacts_a_month", "helps", "own_work", "orientation", "hour_cost")
    named = {line[column] for line in _lines("roles.csv") for column in columns if line[column]}
    return frozenset(named | {HOURS_A_YEAR})


def _lines(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _role(line: dict[str, str]) -> Role:
    def number(column: str) -> float:
        return evidence()[line[column]].value if line[column] else 0.0

    cost = evidence()[line["hour_cost"]]
    hourly = cost.value if cost.unit == "GBP/hour" else cost.value / evidence()[HOURS_A_YEAR].value
    return Role(
        name=line["role"],
        coordinates_cmht=line["coordinates_cmht"] == "1",
        coordinates_third_sector=line["coordinates_third_sector"] == "1",
        clinical=line["clinical"] == "1",
        contacts_a_month=number("contacts_a_month") or None,
        helps=number("helps"),
        own_work=number("own_work"),
        orientation=number("orientation"),
        hour_cost=hourly,
        payer=line["payer"],
    )
