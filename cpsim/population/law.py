"""The law of a team at rest: people as a long run left them, kept in law.csv, from whom other runs start.

Caseloads take years to come to rest, memberships and ties more than ten. So a long run of the ordinary team, with
nothing done, was made once (`cpsim settle` makes it again) and some of its people were kept, each whole: stage, time
since contact, relationship, ties and places belong together. The first line of the file says what it was made with.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cpsim.model.records import MEMBERSHIPS, fields, make
from cpsim.scenario.flows import stays
from cpsim.scenario.schema import TeamDescription

FILE = Path(__file__).with_name("law.csv")
CLASSES = 2  # people helped briefly, people who stay
MONTH = 365.25 / 12

SAVED = np.dtype(
    fields(
        """
        i8 long_stay            # 1: stays for years
        i8 belongs              # places the person belongs to
        i8 stage                # Stage
        i8 returning            # 1: had been discharged before
        i8 days_here            # days on the caseload
        i8 days_since_contact   # days
        i8 review_left          # days until the next review is due
        f8 relationship         # 0-1
        f8 ties_new             # made in groups and places
        f8 below                # WEMWBS points below the level that the person moves towards
        f8 severity             # SD from the mean
        f8 social_anxiety       # SD from the mean
        f8 income_rank          # 0-1: share of people with less money left after essentials
        i8 car                  # 1: own transport
        i8 near_bus             # 1: a regular bus near home
        f8 staffing             # WTE in post of those who carry a caseload, over those established
        """
    )
)
SAVED_PLACE = np.dtype(
    fields(
        """
        i8 days                 # days since joining; -1: no place
        f8 comfort              # 0-1
        i8 attended             # times attended
        """
    )
)
PLACE_COLUMNS = [f"{name}_{slot + 1}" for slot in range(MEMBERSHIPS) for name in SAVED_PLACE.names or ()]


class Start(NamedTuple):
    """What compiled rules read of the law.

    people: SAVED, by class of stay, those who belong somewhere first in each. places: SAVED_PLACE, MEMBERSHIPS rows a
    person. blocks: for each class its first row, its first row of somebody who belongs nowhere, and the row after it.
    as_saved: 1: people start whole as saved; 0: stage and contact by formula, only ties and places from the law.
    more_belong, more_ties: how many times as many people belong somewhere, and as many ties they made, as in the law.
    """

    people: np.ndarray
    places: np.ndarray
    blocks: np.ndarray
    as_saved: int
    more_belong: float
    more_ties: float


@dataclass(frozen=True)
class Law:
    """The saved people and what they were made with.

    made: the first line of the file: version, scenario, seed, years, replications, `base` (digest of the description
    of the team), `no_matter` (numbers that change nothing before anything is done) and the two levels that ties and
    memberships are rescaled by.
    """

    made: Mapping[str, Any]
    people: np.ndarray
    places: np.ndarray

    @property
    def digest(self) -> str:
        """Twelve hexadecimal signs that differ whenever the saved people do."""
        return hashlib.sha256(self.people.tobytes() + self.places.tobytes()).hexdigest()[:12]

    def fits(self, base: TeamDescription) -> bool:
        """Is this a team like that of the long run, in every number that matters?"""
        return base_digest(base, self.made["no_matter"]) == self.made["base"]

    def start(self, base: TeamDescription) -> Start:
        """How a team of this description starts from the law."""
        own = levels(base)
        more = {name: own[name] / self.made[name] if self.made[name] else 0.0 for name in own}
        return _start(self.people, self.places, self.fits(base), more["belonging"], more["ties"])


NO_LAW = Law({"no_matter": [], "base": "", "belonging": 0.0, "ties": 0.0}, make(0, SAVED), make(0, SAVED_PLACE))


def base_digest(base: TeamDescription, no_matter: Iterable[str]) -> str:
    """Twelve hexadecimal signs that differ when any value differs that matters before anything is done."""
    left_out = {*no_matter}
    told = {path: value for path, value in _flat(base.model_dump()) if path not in left_out}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]


def _flat(values: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def levels(base: TeamDescription) -> dict[str, float]:
    """What memberships and ties at rest are in proportion to, near enough to rescale the law by.

    belonging: tries for a connection a month, times the chance that one of the places considered is known and of
    interest, times the share of members who stay, times the days of a stay with the team (they stop when it ends).
    ties: ties made in a month of going somewhere, times the months that they last.
    """
    p = base.parameters
    tries = p.own_attempts_per_month + p.ordinary_attempts * MONTH / p.recovery_interval_days
    suits = 1.0 - (1.0 - p.known_at_start * p.interest_match) ** p.places_considered
    _, long, _ = stays(base)
    return {
        "belonging": tries * suits * (1.0 - p.lapse_3m) * long,
        "ties": p.ties_per_month * p.tie_halflife_months,
    }


def _start(people: np.ndarray, places: np.ndarray, fits: bool, more_belong: float, more_ties: float) -> Start:
    blocks = np.zeros((CLASSES, 3), np.int64)
    for kind in range(CLASSES):
        rows = np.flatnonzero(people["long_stay"] == kind)
        first = rows[0] if len(rows) else 0
        blocks[kind] = first, first + np.count_nonzero(people["belongs"][rows]), first + len(rows)
    return Start(people, places, blocks, int(fits), float(more_belong), float(more_ties))


@cache
def saved_law() -> Law:
    """The law that comes with cpsim."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Law:
    """A law from the text of its file."""
    head, *lines = text.splitlines()
    rows = list(csv.DictReader(lines))
    people, places = make(len(rows), SAVED), make(len(rows) * MEMBERSHIPS, SAVED_PLACE)
    for name in SAVED.names or ():
        people[name] = [float(row[name]) for row in rows]
    places["days"] = -1
    for slot in range(MEMBERSHIPS):
        for name in SAVED_PLACE.names or ():
            cells = [row[f"{name}_{slot + 1}"] for row in rows]
            there = [number for number, cell in enumerate(cells) if cell]
            places[name][[number * MEMBERSHIPS + slot for number in there]] = [float(cells[number]) for number in there]
    return Law(json.loads(head.removeprefix("# ")), people, places)


def written(law: Law) -> str:
    """The text of a law's file: what it was made with, then one line a person."""
    lines = [f"# {json.dumps(dict(law.made))}", ",".join([*(SAVED.names or ()), *PLACE_COLUMNS])]
    for number, person in enumerate(law.people):
        cells = [f"{person[name].item():.4g}" for name in SAVED.names or ()]
        for place in law.places[number * MEMBERSHIPS : (number + 1) * MEMBERSHIPS]:
            cells += ["" if place["days"] < 0 else f"{place[name].item():.4g}" for name in SAVED_PLACE.names or ()]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
