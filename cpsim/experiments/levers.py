"""The levers that a team and its funders have: what each level changes from what the team is now, and what comes of it.

`levers.csv` owns them, a row a path that a level changes. `how` works from what the team is: "add" to what there is,
"least" and "most" move a number only the way that helps, "cap" and "often" know that 0 means none, "lead" knows which
leadership is more. Nothing is made worse where a team is better off already: a level that would change nothing is left
out.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, product
from pathlib import Path
from typing import Any

from cpsim.errors import OptionError
from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import evidence
from cpsim.scenario.schema import Posts, TeamDescription
from cpsim.scenario.tables import HOURS_A_YEAR, roles
from cpsim.scenario.wording import either, nearest, span

MOST_BUNDLES = 2**14
NEW_POST_DAYS = "workforce_recruit_new_days"  # the register's row
POST = "post"
STAFF = "team.staff_wte."
LEADS = ("nobody", "someone", "named lead with time")
Changes = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One path that a level changes, and how."""

    how: str
    path: str
    value: Any


@dataclass(frozen=True)
class Level:
    """One level of a lever. `changes`: dotted paths and values for this team. `posts`: WTE more by role. `beyond`: what
    lies outside what has been seen or is usual, in words; empty: nothing does.
    """

    name: str
    words: str
    short: bool
    lag_weeks: float
    lag: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    posts: Mapping[str, float] = field(default_factory=dict)
    beyond: tuple[str, ...] = ()

    @property
    def pounds_a_year(self) -> float:
        """What its posts cost in a full year, GBP. What else it costs comes out of the run."""
        return sum(wte * post_a_year(role) for role, wte in self.posts.items())


@dataclass(frozen=True)
class Lever:
    """One lever with those of its levels that change something for the team; what it is now comes first, unsaid."""

    name: str
    family: str
    label: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Bundle:
    """Levels taken together, at most one of each lever."""

    taken: tuple[tuple[Lever, Level], ...]

    @property
    def name(self) -> str:
        """ "training 1 + protected 2 h"; "as it is" where nothing is done."""
        return " + ".join(f"{lever.name} {level.name}" for lever, level in self.taken) or "as it is"

    @property
    def words(self) -> str:
        """The same for people to read."""
        return "; ".join(level.words for _, level in self.taken) or "nothing is done"

    @property
    def changes(self) -> Changes:
        """Dotted paths and values."""
        return {path: value for _, level in self.taken for path, value in level.changes.items()}

    @property
    def posts_cost(self) -> float:
        """GBP a year of all posts added, filled for the whole year."""
        return sum(level.pounds_a_year for _, level in self.taken)

    @property
    def wte(self) -> float:
        """Posts added."""
        return sum(sum(level.posts.values()) for _, level in self.taken)

    @property
    def lag_weeks(self) -> float:
        """Weeks until the last of it is in place."""
        return max((level.lag_weeks for _, level in self.taken), default=0.0)

    @property
    def beyond(self) -> tuple[str, ...]:
        """What nobody has observed, in words."""
        return tuple(said for _, level in self.taken for said in level.beyond)

    def without(self, lever: Lever) -> Bundle:
        """The bundle with this lever as it is now."""
        return Bundle(tuple(pair for pair in self.taken if pair[0].name != lever.name))


def post_a_year(role: str) -> float:
    """A whole-time post of this role for a year, GBP: paid hours times the hour's cost. [time_paid_hours_year]"""
    hour = next(each.hour_cost for each in roles() if each.name == role)
    return hour * evidence()[HOURS_A_YEAR].value


def levers_of(team: TeamDescription, asked: Sequence[str] = (), short: bool = False) -> list[Lever]:
    """The levers that change something for this team; `asked`: names or families; `short`: only the short list.

    Raises OptionError with every name that is none.
    """
    every = [_lever(rows, team) for rows in _grouped()]
    check_names(asked)
    chosen = [lever for lever in every if not asked or lever.name in asked or lever.family in asked]
    if short:
        chosen = [
            Lever(each.name, each.family, each.label, tuple(level for level in each.levels if level.short))
            for each in chosen
        ]
    return [lever for lever in chosen if lever.levels]


def check_names(asked: Sequence[str]) -> None:
    """Raise OptionError with every name that is neither a lever nor a family of levers."""
    names = list(dict.fromkeys(name for rows in _grouped() for name in (rows[0]["family"], rows[0]["lever"])))
    wrong = []
    for each in asked:
        if each not in names:
            near = nearest(each, names)
            wrong.append(
                f"levers {each!r}: no such lever; {f'did you mean {near!r}?' if near else f'write {either(names)}'}"
            )
    if wrong:
        raise OptionError("\n".join(wrong))


def bundles(levers: Sequence[Lever]) -> list[Bundle]:
    """Every bundle, the team as it is first. Raises OptionError when there are more than 16,384."""
    count = math.prod(1 + len(lever.levels) for lever in levers)
    if count > MOST_BUNDLES:
        raise OptionError(
            f"levers: {len(levers)} levers with their levels make {count:,} bundles, more than the {MOST_BUNDLES:,} "
            "that are tried one by one; name fewer, such as --levers training,leadership,protected,posts"
        )
    if not levers:
        raise OptionError("levers: none of those named would change anything for this team")
    choices = [[None, *((lever, level) for level in lever.levels)] for lever in levers]
    return [Bundle(tuple(pair for pair in taken if pair)) for taken in product(*choices)]


@cache
def _grouped() -> list[list[dict[str, str]]]:
    """The rows of each lever, in the order of the file."""
    with Path(__file__).with_name("levers.csv").open(encoding="utf-8", newline="") as text:
        return [list(rows) for _, rows in groupby(csv.DictReader(text), key=lambda row: row["lever"])]


def _lever(rows: list[dict[str, str]], team: TeamDescription) -> Lever:
    levels = [_level(list(some), team) for _, some in groupby(rows, key=lambda row: row["level"])]
    first = rows[0]
    return Lever(first["lever"], first["family"], first["label"], tuple(_different(levels)))


def _different(levels: list[Level]) -> Iterator[Level]:
    """Levels that change something, and not the same as the one before."""
    before: Mapping[str, Any] = {}
    for level in levels:
        if level.changes and level.changes != before:
            yield level
            before = level.changes


def _level(rows: list[dict[str, str]], team: TeamDescription) -> Level:
    first = rows[0]
    steps = [Step(row["how"], row["path"], _value(row["value"])) for row in rows]
    changed = {step.path: after for step in steps if (after := _after(step, team)) != _now(step.path, team)}
    main = steps[0].path in changed  # materials or rules alone are no level of it
    posts = {_role(step.path): float(step.value) for step in steps if step.path.startswith(STAFF)}
    waits = first["lag_weeks"] == POST
    return Level(
        name=first["level"],
        words=first["words"],
        short=first["short"] == "1",
        lag_weeks=evidence()[NEW_POST_DAYS].value / 7 if waits else float(first["lag_weeks"]),
        lag=f"{first['lag']}; filled after about {evidence()[NEW_POST_DAYS].value / 30:.0f} months"
        if waits
        else first["lag"],
        changes=changed if main else {},
        posts=posts if main else {},
        beyond=tuple(_beyond(first["label"], steps, changed)) if main else (),
    )


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text)
    except ValueError:
        return text


def _role(path: str) -> str:
    return path.removeprefix(STAFF).rpartition(".")[0]


def _now(path: str, team: TeamDescription) -> Any:
    if path.startswith(STAFF):
        return team.team.staff_wte.get(_role(path), Posts()).in_post
    section, name = path.split(".")
    return getattr(getattr(team, section), name)


def _after(step: Step, team: TeamDescription) -> Any:
    """The value with this level; the team's own where that is better already."""
    return HOW[step.how](_now(step.path, team), step.value)


def _at_most_unless_none(now: float, value: float) -> float:
    return min(now, value) if now else value


HOW: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda now, value: now + value,
    "set": lambda now, value: value,
    "least": max,
    "most": min,
    "cap": _at_most_unless_none,
    "often": _at_most_unless_none,
    "lead": lambda now, value: max(now, value, key=LEADS.index),
}


def _beyond(label: str, steps: Sequence[Step], changed: Changes) -> Iterator[str]:
    """Sentences on values outside what is usual, or outside the evidence."""
    for step in steps:
        found = declarations().get(step.path)
        if found is None or step.path not in changed or found.low is None or found.high is None:
            continue
        value = changed[step.path]
        if value and not found.low <= value <= found.high:
            usual = span(found.low, found.high, found.unit)
            yield f"{label}: {value:g}, where {usual} has been seen or is usual"
