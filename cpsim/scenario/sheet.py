"""A sheet: what one scenario file, the `--set` options or `with_` say, before anything is put together.

Each sheet is validated by itself against the same declarations, so that every mistake has a line and a child's
mistake and its parent's are reported together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, create_model

from cpsim.scenario.declare import Section, declarations_of, policy

Key = str | int
Path = tuple[Key, ...]
FIRST_DAY = datetime.date(2026, 4, 1)  # fixed, never today: a scenario gives the same run whenever it is run
SECTIONS = ("team", "place", "policies", "strategy", "parameters", "switches")
LABELS = ("arm", "group")  # of a team, for comparisons
HEADS = ("title", "question", "start", "weeks", "from_week")

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(max_length=60)]
Text = Annotated[str, StringConstraints(max_length=1000)]


@dataclass(frozen=True)
class Schema:
    """What a team can be described with; what cannot be true together (path, message), and what hardly fits."""

    description: type[Section]
    contradictions: Callable[[Any], list[tuple[str, str]]]
    doubts: Callable[[Any], list[tuple[str, str]]]


@cache
def shipped_schema() -> Schema:
    """The schema of this version of cpsim."""
    from cpsim.scenario import schema

    return Schema(schema.TeamDescription, schema.contradictions, schema.doubts)


@dataclass(frozen=True)
class Sheet:
    """Plain values and the line (from 1; 0 for a command line) of each path.

    `dotted`: written as dotted paths, where a path changes one number of a role; in a file a role is given whole.
    """

    shown: str
    values: dict[str, Any]
    lines: dict[Path, int]
    dotted: bool = False

    def line(self, path: Path) -> int:
        """The line of a path, or of its nearest parent that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def layers(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """Where sections can stand: at the top, under `standing`, in a team's entry, under its `standing`."""
        places: list[tuple[Path, Any]] = [((), self.values)]
        entries = self.values.get("teams")
        if isinstance(entries, list):
            places += [(("teams", index), entry) for index, entry in enumerate(entries)]
        for place, layer in places:
            if isinstance(layer, Mapping):
                yield place, layer
                if isinstance(layer.get("standing"), Mapping):
                    yield (*place, "standing"), layer["standing"]

    def sets(self) -> set[str]:
        """Dotted paths of all values that this sheet sets, wherever they stand ("team.caseload_per_wte")."""
        return {
            ".".join(map(str, path))
            for _, layer in self.layers()
            for section in SECTIONS
            for path in _leaves(layer.get(section), (section,))
        } | {key for key in HEADS if key in self.values}


def plain_path(key: str) -> str:
    """A key of `because`, by the value it speaks of: it may be written with `standing.` before it or without."""
    return key.removeprefix("standing.")


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif value is not None or len(path) > 1:
        yield path


def always_so(description: type[Section]) -> set[str]:
    """Paths that hold from the start of warm-up wherever they are written: standing facts and measured numbers.

    A measured number that is a lever, such as a crisis team's share, can be changed on day 0 like a decision.
    """
    declared = declarations_of(description).items()
    return {path for path, found in declared if found.standing or (found.kind == "measured" and found.tag != "lever")}


@cache
def sheet_class(description: type[Section]) -> type[Section]:
    """What a scenario file may hold, as a pydantic class: the description's sections, several times, and a head."""
    group = "scenario"
    fact = "What has always been so: it holds from the start of the warm-up."
    standing: Any = (description, Field(description(), description=fact))
    entry: Any = create_model(
        "TeamEntry",
        __base__=description,
        name=(Line, Field(description="The team's name; a child scenario changes the team of the same name.")),
        arm=(Label, Field("", description="Which arm of a comparison the team is in; a label that changes nothing.")),
        group=(Label, Field("", description="What it belongs to, such as its trust; a label that changes nothing.")),
        copies=(int, policy(1, about="Teams like this one, each with its own people", limits=(1, 10_000), group=group)),
        standing=standing,
    )
    weeks = policy(52, about="Weeks from day 0 to the end", unit="weeks", limits=(1, 520), group=group)
    from_week = policy(0, about="Week in which changes begin to act", unit="weeks", limits=(0, 519), group=group)
    return create_model(
        "ScenarioFile",
        __base__=description,
        schema_version=(Literal[1], Field(alias="schema", description="Version of this file format: 1.")),
        title=(Line, Field(description="Which team, and what is different, in a few words.")),
        question=(Text, Field("", description="The question that this scenario answers.")),
        extends=(Line | None, Field(None, description="A shipped scenario, or a file beside this one, to start from.")),
        start=(datetime.date, Field(FIRST_DAY, description="Day 0 of the run, as 2026-04-01.")),
        weeks=(int, weeks),
        from_week=(int, from_week),
        standing=standing,
        teams=(list[entry], Field([], description="Several teams; each entry adds to what is said above.")),
        because=(dict[str, Text], Field({}, description="Reasons for values that differ: dotted path, then words.")),
    )
