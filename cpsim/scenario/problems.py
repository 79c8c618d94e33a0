"""Every mistake of a sheet in words: what was wrong and what would be right.

pydantic finds the mistakes; here its codes become sentences with units, limits and the nearest known name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cpsim.errors import Problem
from cpsim.scenario.declare import Declaration, Section, declaration_of, declarations_of
from cpsim.scenario.sheet import SECTIONS, Path, Schema, Sheet, always_so, plain_path, sheet_class
from cpsim.scenario.wording import counted, either, nearest, plain, quoted, span, unit_in_words

MISSING = {
    "title": "say in a few words which team this is and what is different",
    "schema": "write 'schema: 1'",
    "name": "give each team a name",
}


def check(sheet: Sheet, schema: Schema) -> list[Problem]:
    """All mistakes of one sheet, in the order of its lines."""
    found = [*_invalid(sheet, schema.description), *_given_twice(sheet, schema.description), *_heads(sheet)]
    return sorted(found, key=lambda problem: problem.line)


def dotted(path: Path) -> str:
    """A path as messages show it; entries of a list are counted from 1."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


def _at(sheet: Sheet, path: Path, message: str) -> Problem:
    return Problem(sheet.shown, sheet.line(path), dotted(path), message)


def _invalid(sheet: Sheet, description: type[Section]) -> Iterator[Problem]:
    """What pydantic refuses."""
    whole = sheet_class(description)
    try:
        whole.model_validate(sheet.values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if not (sheet.dotted and detail["type"] == "missing"):  # a dotted path need not give the rest
                path = tuple(key for key in detail["loc"] if key != "[key]")
                yield _at(sheet, path, in_words(detail, path, whole, description))


def in_words(detail: ErrorDetails, path: Path, whole: type[Section], description: type[Section]) -> str:
    """One of pydantic's findings as a sentence."""
    if detail["type"] == "extra_forbidden":
        return _no_such_key(path, whole, description)
    if detail["type"] == "missing":
        return f"is missing: {MISSING.get(str(path[-1]), 'give it a value')}"
    declaration = _declaration(path, whole)
    if declaration and declaration.choices:
        return f"{quoted(detail['input'])}: write {either(declaration.choices)}"
    if detail["type"] in ("greater_than_equal", "less_than_equal") and declaration and declaration.limits:
        return _outside(detail["input"], declaration)
    return _wrong_kind(detail, declaration)


def _outside(value: Any, declared: Declaration) -> str:
    assert declared.limits is not None
    message = f"{plain(value)} is outside {span(*declared.limits, declared.unit)}"
    if declared.low is None or declared.high is None:
        return message
    ending = "is usual" if declared.kind == "policy" else "is what the evidence covers"
    return f"{message}; {span(declared.low, declared.high)} {ending}"


def _number(value: Any, whole: str, declared: Declaration | None) -> str:
    unit = declared.unit if declared else ""
    example = declared.value if declared and declared.value is not None else 3
    wanted = f"a {whole}number" + (f" of {unit_in_words(unit)}" if counted(unit) else "")
    return f"{quoted(value)} is not {wanted}; write one such as {plain(example)}"


KINDS: dict[str, Callable[[Any, Declaration | None], str]] = {
    "float_type": lambda value, declared: _number(value, "", declared),
    "int_type": lambda value, declared: _number(value, "whole ", declared),
    "finite_number": lambda value, declared: f"{plain(value)} is not a number that can be used",
    "bool_type": lambda value, _: f"{quoted(value)}: write true or false",
    "string_type": lambda value, _: f"{quoted(value)} is not text; put it in quotes",
    "date_type": lambda value, _: f"{quoted(value)} is not a date; write one such as 2026-04-01",
    "literal_error": lambda value, _: f"{quoted(value)} is not known to this version of cpsim",
    "list_type": lambda value, _: "expected a list: below it a line such as '- name: North' for each team",
    "string_too_short": lambda value, _: "is empty; write a few words",
    "string_too_long": lambda value, _: "is too long; keep it to a few sentences",
}


def _wrong_kind(detail: ErrorDetails, declared: Declaration | None) -> str:
    kind, value = detail["type"], detail["input"]
    if value is None:
        return "has no value; give it one, or take the line out"
    if kind in ("model_type", "dict_type"):
        return f"{quoted(value)} stands where keys are expected, each on a line of its own below"
    if kind in KINDS:
        return KINDS[kind](value, declared)
    if kind == "value_error":  # a validator of ours, in our own words
        return detail["msg"].removeprefix("Value error, ")
    return f"{quoted(value)}: {detail['msg']}"


def _no_such_key(path: Path, whole: type[Section], description: type[Section]) -> str:
    """The nearest known key here; else the same or nearly the same name elsewhere."""
    word = str(path[-1])
    here = _keys(path[:-1], whole)
    best = nearest(word, here)
    if best is None:
        elsewhere = {found.name: found.path for found in declarations_of(description).values()}
        best = elsewhere.get(nearest(word, elsewhere) or "")
    if best:
        return f"no such key; did you mean {best!r}?"
    return f"no such key; known here: {', '.join(here)}" if len(here) <= 12 else "no such key; see `cpsim parameters`"


def _keys(path: Path, whole: type[Section]) -> list[str]:
    section = _section(path, whole)
    return [field.alias or name for name, field in section.model_fields.items()] if section else []


def _section(path: Path, whole: type[Section]) -> type[Section] | None:
    """The class that stands at a path."""
    if not path:
        return whole
    return _class_in(_annotation(path, whole))


def _annotation(path: Path, whole: type[Section]) -> Any:
    """The type at a path: of a field, or of what a list or a mapping holds."""
    holder = _section(path[:-1], whole)
    field = holder.model_fields.get(str(path[-1])) if holder else None
    if field is not None:
        return field.annotation
    inner = get_args(_annotation(path[:-1], whole)) if len(path) > 1 else ()
    return inner[-1] if inner else None


def _class_in(annotation: Any) -> type[Section] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, Section) else None


def _declaration(path: Path, whole: type[Section]) -> Declaration | None:
    holder = _section(path[:-1], whole) if path else None
    field: FieldInfo | None = holder.model_fields.get(str(path[-1])) if holder else None
    return declaration_of(str(path[-1]), dotted(path), field) if field else None


def _given_twice(sheet: Sheet, description: type[Section]) -> Iterator[Problem]:
    """A standing fact stands under `standing` or at the top, not at both: which of the two would hold?"""
    always = always_so(description)
    layers = dict(sheet.layers())
    for place, layer in layers.items():
        above = layers[place[:-1]] if place and place[-1] == "standing" else None
        for section in SECTIONS if above else ():
            both = _mapping(layer.get(section)).keys() & _mapping(above and above.get(section)).keys()
            for name in sorted(both):
                if f"{section}.{name}" in always:
                    message = f"is given twice; here and in line {sheet.line((*place[:-1], section, name))}"
                    yield _at(sheet, (*place, section, name), message)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _heads(sheet: Sheet) -> Iterator[Problem]:
    """Reasons without a value, teams with one name."""
    paths = sheet.sets()
    for key in _mapping(sheet.values.get("because")):
        wanted = plain_path(key)
        if not any(path == wanted or path.startswith(f"{wanted}.") for path in paths):
            best = nearest(wanted, paths)
            hint = f"; did you mean {best!r}?" if best else ""
            yield _at(sheet, ("because", key), f"this file gives no such value{hint}")
    seen: set[str] = set()
    entries = sheet.values.get("teams")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = _mapping(entry).get("name")
        if isinstance(name, str) and name in seen:
            message = f"{quoted(name)} is the name of another team too; use 'copies:' for equal teams"
            yield _at(sheet, ("teams", index, "name"), message)
        seen.add(str(name))
