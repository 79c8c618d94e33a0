"""What differs between two scenarios, in parts that can be had one without the other.

`difference_parts.csv` owns the parts: a row a dotted path, or a whole section where it ends with a dot; whatever no row
names is "everything else". A part is taken from the other scenario as a whole, in what has always been so and in what
changes, so that a combination of all parts is the other scenario itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path

import pandas as pd

from cpsim.errors import UserError
from cpsim.experiments.coalitions import Players, called
from cpsim.experiments.design import Point
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import Scenario, TeamWorld
from cpsim.scenario.marks import value_at
from cpsim.scenario.schema import TeamDescription
from cpsim.scenario.sheet import shipped_schema
from cpsim.scenario.wording import plain

OTHER, PLACE = "other", "place"
SIDES = ("base", "changed")
DECISION = "a decision"  # of a team or its funders, in place of a measured number


@dataclass(frozen=True)
class Part:
    """Paths that are as in the one scenario or as in the other, all together."""

    name: str
    label: str
    whose: str
    paths: tuple[str, ...]

    def joined(self, other: Part) -> Part:
        """Two parts that cannot be had one without the other."""
        return Part(
            f"{self.name}/{other.name}",
            f"{self.label} with {other.label}",
            self.whose if self.whose == other.whose else OTHER,
            self.paths + other.paths,
        )


def parts_of(a: Scenario, b: Scenario) -> Players[Part]:
    """The parts in which B differs from A, in the order of the table. Raises UserError when they cannot be compared."""
    check_alike(a, b)
    differing = list(_differing(a, b))
    if not differing:
        raise UserError(f"{a.name} and {b.name} do not differ in anything that acts on what happens")
    by_name: dict[str, list[str]] = {}
    for path in differing:
        by_name.setdefault(_part_of(path), []).append(path)
    found = [
        Part(row["part"], row["label"], row["whose"], tuple(by_name[row["part"]]))
        for row in _heads()
        if row["part"] in by_name
    ]
    return Players(tuple(_possible(a, b, found)))


def check_alike(a: Scenario, b: Scenario) -> None:
    """Raise UserError with all that keeps B from being A with other parts: time and number of teams."""
    mistakes = []
    if a.weeks != b.weeks:
        mistakes.append(f"weeks differ ({a.name} {a.weeks}, {b.name} {b.weeks}); give --weeks, the same for both")
    for name, label in (("from_week", "the week in which changes begin"), ("start", "day 0")):
        if getattr(a, name) != getattr(b, name):
            mistakes.append(f"{name}: {label} differs ({getattr(a, name)} and {getattr(b, name)}); make it the same")
    copies = [[team.copies for team in scenario.teams] for scenario in (a, b)]
    if copies[0] != copies[1]:
        mistakes.append(f"teams: {a.name} has {sum(copies[0])} and {b.name} {sum(copies[1])}; compare like with like")
    if mistakes:
        raise UserError("\n".join(mistakes))


def _differing(a: Scenario, b: Scenario) -> Iterator[str]:
    sides = [(getattr(one, side), getattr(other, side)) for one, other in _pairs(a, b) for side in SIDES]
    for path in declarations():
        if any(value_at(one, path) != value_at(other, path) for one, other in sides):
            yield path


def _pairs(a: Scenario, b: Scenario) -> Iterator[tuple[TeamWorld, TeamWorld]]:
    return zip(a.teams, b.teams, strict=True)


@cache
def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("difference_parts.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _heads() -> list[dict[str, str]]:
    """The first row of each part: it has its label and whose it is."""
    return [row for row in _rows() if row["label"]]


def _part_of(path: str) -> str:
    for row in _rows():
        known = row["path"]
        if path == known or (known.endswith(".") and path.startswith(known)):
            return row["part"]
    return OTHER


# ---------------------------------------------------------------------------------------------------- combinations
def mixed(a: Scenario, b: Scenario, paths: Iterable[str]) -> Scenario:
    """A with the values of B at these paths; no path: A, all that differ: B in all but its name and words."""
    taken = list(paths)
    teams = [
        replace(one, base=_mixed(one.base, other.base, taken), changed=_mixed(one.changed, other.changed, taken))
        for one, other in _pairs(a, b)
    ]
    return replace(a, teams=tuple(teams))


def _mixed(one: TeamDescription, other: TeamDescription, paths: Sequence[str]) -> TeamDescription:
    values, source = one.model_dump(), other.model_dump()
    for path in paths:
        section, name = path.split(".")
        values[section][name] = source[section][name]
    return type(one).model_validate(values)


def points(a: Scenario, b: Scenario, found: Players[Part]) -> tuple[Point, ...]:
    """A variant a combination of parts that are as in B."""
    paths = {part.name: part.paths for part in found.playing}
    return tuple(
        Point(called(names), scenario=mixed(a, b, [path for name in names for path in paths[name]]))
        for names in found.coalitions
    )


def _possible(a: Scenario, b: Scenario, found: list[Part]) -> list[Part]:
    """Parts of which every combination can be true at once; two that cannot be had one without the other become one.

    It comes to an end, as A and B themselves are possible.
    """
    while refused := _refused(a, b, found):
        there = refused[0]
        inside = [place for place in range(len(found)) if there >> place & 1]
        outside = [place for place in range(len(found)) if place not in inside]
        tried = [_with_joined(found, *sorted(pair)) for pair in product(inside, outside)]
        found = min(tried, key=lambda parts: len(_refused(a, b, parts)))
    return found


def _with_joined(found: list[Part], first: int, second: int) -> list[Part]:
    joined = {first: found[first].joined(found[second])}
    return [joined.get(place, part) for place, part in enumerate(found) if place != second]


def _refused(a: Scenario, b: Scenario, found: list[Part]) -> list[int]:
    """Numbers of the combinations that the schema refuses."""
    contradictions = shipped_schema().contradictions
    wrong = []
    for number in range(2 ** len(found)):
        paths = [path for place, part in enumerate(found) if number >> place & 1 for path in part.paths]
        teams = mixed(a, b, paths).teams
        if any(contradictions(getattr(team, side)) for team in teams for side in SIDES):
            wrong.append(number)
    return wrong


# -------------------------------------------------------------------------------------------------- what differs
def what_differs(a: Scenario, b: Scenario, found: Players[Part]) -> pd.DataFrame:
    """A row a path that differs: its part, both values (of the first team that differs), what it rests on, and why.

    rests_on: "a decision", or the confidence of the register's row ("assumption", "published", ...); `from_day_0`: the
    values are those from the changes on, as those of the warm-up are the same.
    """
    rows = []
    for part in found.playing:
        for path in part.paths:
            one, other, later = _values(a, b, path)
            evidence = declarations()[path].evidence
            rests_on = evidence.confidence if evidence else DECISION
            row = {"part": part.name, "path": path, "a": one, "b": other, "from_day_0": later, "rests_on": rests_on}
            rows.append(row | {"because": _because(b, path), "about": declarations()[path].about})
    return pd.DataFrame(rows)


def _values(a: Scenario, b: Scenario, path: str) -> tuple[str, str, bool]:
    for one, other in _pairs(a, b):
        for side in SIDES:
            values = value_at(getattr(one, side), path), value_at(getattr(other, side), path)
            if values[0] != values[1]:
                now = value_at(one.changed, path), value_at(other.changed, path)
                told = now if now[0] != now[1] else values
                return _told(told[0]), _told(told[1]), side == "changed"
    raise ValueError(f"{path} does not differ")


def _told(value: object) -> str:
    if isinstance(value, dict):
        held = {role: posts for role, posts in value.items() if posts.in_post or posts.vacant}
        return "; ".join(f"{role} {plain(posts.in_post)}{_vacant(posts.vacant)}" for role, posts in held.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return plain(value)
    return "none" if value is None else str(value).replace("_", " ")


def _vacant(wte: float) -> str:
    return f" (+{plain(wte)} vacant)" if wte else ""


def _because(b: Scenario, path: str) -> str:
    return next((why for key, why in b.because.items() if key.removeprefix("standing.") == path), "")
