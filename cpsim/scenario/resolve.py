"""Put sheets together: a parent, what a child changes, what `--set` changes, and the teams.

Each team has two descriptions. `base` is what it has always been and runs through the warm-up; `changed` is what it
is from day 0. A first scenario describes the base and its strategy is the change; in a child everything at the top
is a change, but for facts that are declared standing and measured numbers, which never change on a day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cpsim.errors import Problem
from cpsim.scenario.problems import dotted
from cpsim.scenario.sheet import HEADS, LABELS, SECTIONS, Path, Schema, Sheet, always_so, plain_path

ROLE_DEPTH = 3  # section, field, role: a role given anew in a file is given whole
ANY_DEPTH = 99
MISSING = "is missing: give it a value"
TEAM = "team"  # the name of the only team, when none is named

Values = dict[str, Any]


@dataclass(frozen=True)
class World:
    """One team while it is put together: complete, plain values by section."""

    base: Values
    changed: Values
    copies: int = 1
    arm: str = ""
    group: str = ""


@dataclass(frozen=True)
class State:
    """All that sheets have said so far: the team that all have in common, the named teams, the head, the reasons."""

    common: World
    teams: dict[str, World] = field(default_factory=dict)
    head: Values = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)

    def worlds(self) -> dict[str, World]:
        """The named teams, or the one without a name."""
        return self.teams or {TEAM: self.common}


def first(sheet: Sheet, schema: Schema) -> State:
    """The state after a scenario that extends nothing."""
    raw = _root_layer(World({}, {}), sheet.values)
    common = World(_complete(raw.base, schema), _complete(raw.changed, schema))
    teams = {entry["name"]: _named(_root_layer(common, entry), entry) for entry in sheet.values.get("teams", [])}
    return State(common, teams, _head(sheet), _reasons(sheet))


def then(state: State, sheet: Sheet, schema: Schema) -> State:
    """The state after one more sheet: a child, the options, or `with_`."""
    always = always_so(schema.description)
    depth = ANY_DEPTH if sheet.dotted else ROLE_DEPTH

    def layer(world: World, values: Mapping[str, Any]) -> World:
        return _child_layer(world, values, always, depth)

    common = layer(state.common, sheet.values)
    teams = {name: layer(world, sheet.values) for name, world in state.teams.items()}
    if "teams" in sheet.values:  # the list says which teams there are; a known name goes on from that team
        entries = {entry["name"]: entry for entry in sheet.values["teams"]}
        teams = {name: _named(layer(teams.get(name, common), entry), entry) for name, entry in entries.items()}
    given = sheet.sets()
    kept = {key: reason for key, reason in state.because.items() if not any(touch(key, path) for path in given)}
    return State(common, teams, {**state.head, **_head(sheet)}, {**kept, **_reasons(sheet)})


def _root_layer(world: World, layer: Mapping[str, Any]) -> World:
    now, standing = _sections(layer), _sections(layer.get("standing", {}))
    held = {name: values for name, values in now.items() if name != "strategy"}
    return World(
        base=_merge(_merge(world.base, held, ROLE_DEPTH), standing, ROLE_DEPTH),
        changed=_merge(_merge(world.changed, standing, ROLE_DEPTH), now, ROLE_DEPTH),
        copies=world.copies,
        arm=world.arm,
        group=world.group,
    )


def _child_layer(world: World, layer: Mapping[str, Any], always: set[str], depth: int) -> World:
    now, standing = _sections(layer), _sections(layer.get("standing", {}))
    held = {
        section: {name: value for name, value in values.items() if f"{section}.{name}" in always}
        for section, values in now.items()
    }
    return World(
        base=_merge(_merge(world.base, standing, depth), held, depth),
        changed=_merge(_merge(world.changed, standing, depth), now, depth),
        copies=world.copies,
        arm=world.arm,
        group=world.group,
    )


def _named(world: World, entry: Mapping[str, Any]) -> World:
    labels = {key: entry.get(key, getattr(world, key)) for key in ("copies", *LABELS)}
    return World(world.base, world.changed, **labels)


def _sections(layer: Mapping[str, Any]) -> Values:
    return {name: layer[name] for name in SECTIONS if name in layer}


def _head(sheet: Sheet) -> Values:
    """Title and question belong to one file; the child of a question asks its own."""
    own = {"title": "", "question": ""} if not sheet.dotted else {}
    return own | {key: sheet.values[key] for key in HEADS if key in sheet.values}


def _reasons(sheet: Sheet) -> dict[str, str]:
    return {plain_path(key): reason for key, reason in sheet.values.get("because", {}).items()}


def _merge(under: Values, over: Mapping[str, Any], depth: int) -> Values:
    """`over` on top of `under`, mapping into mapping down to `depth`; neither is changed."""
    merged = dict(under)
    for key, value in over.items():
        both = depth > 1 and isinstance(value, Mapping) and isinstance(under.get(key), Mapping)
        merged[key] = _merge(under[key], value, depth - 1) if both else value
    return merged


def _complete(values: Values, schema: Schema) -> Values:
    return schema.description.model_validate(values).model_dump()


def touch(one: str, other: str) -> bool:
    """Is one dotted path inside the other?"""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def describe_teams(
    state: State, sheets: Sequence[Sheet], schema: Schema
) -> tuple[dict[str, tuple[Any, Any]], list[Problem]]:
    """Base and changed description of each team, and what in them cannot be true together."""
    described: dict[str, tuple[Any, Any]] = {}
    problems: dict[Problem, None] = {}  # a dict keeps order and drops repeats
    for name, world in state.worlds().items():
        try:
            pair = schema.description.model_validate(world.base), schema.description.model_validate(world.changed)
        except ValidationError as error:
            found = [(dotted(each["loc"]), MISSING) for each in error.errors()]  # all else was found sheet by sheet
        else:
            described[name] = pair
            found = [each for one in pair for each in schema.contradictions(one)]
        problems.update(dict.fromkeys(_origin(sheets, name, path, message) for path, message in found))
    return described, list(problems)


def _origin(sheets: Sequence[Sheet], team: str, path: str, message: str) -> Problem:
    """The problem at the line that gave the value last; at the user's own file when a default is to blame."""
    parts = tuple(path.split("."))
    for sheet in reversed(sheets):
        for place in _places(sheet, team):
            for end in range(len(parts), 1, -1):
                if (*place, *parts[:end]) in sheet.lines:
                    where = (*place, *parts[:end])
                    return Problem(sheet.shown, sheet.line(where), dotted((*place, *parts)), message)
    own = next((sheet for sheet in reversed(sheets) if not sheet.dotted), None)
    return Problem(own.shown if own else "the scenario", 0, path, message)


def _places(sheet: Sheet, team: str) -> Iterator[Path]:
    entries = sheet.values.get("teams", [])
    for index, entry in enumerate(entries):
        if entry["name"] == team:
            yield from (("teams", index), ("teams", index, "standing"))
    yield from ((), ("standing",))
