"""How a number of the model is declared: once, with its unit, limits and source.

`measured(...)` is a number that somebody measured or judged: value, range and confidence come from
its row of the evidence register. `policy(...)` is what a team decides. From these follow validation and its
messages, the JSON Schema, the parameter tables and the record that the rules read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from cpsim.errors import DeclarationError
from cpsim.scenario.evidence import Row, evidence

Shape = Literal["triangular", "uniform", "loguniform"]
Tag = Literal["lever", "circumstance", "biology"]
Span = tuple[float, float]


class Section(BaseModel):
    """A group of declared fields. Strict: `true` and "three" are not numbers, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Declaration:
    """What is declared about one value.

    `limits`: outside is refused. `low` to `high`: the evidence's range, or what is usual for a policy; outside
    is allowed and marked "beyond the evidence". `standing`: holds from the start of warm-up wherever it is written.
    """

    name: str
    path: str
    kind: Literal["measured", "policy"]
    value: Any
    unit: str
    low: float | None
    high: float | None
    limits: Span | None
    choices: tuple[str, ...]
    shape: Shape | None
    group: str
    tag: Tag
    about: str
    evidence: Row | None
    standing: bool


def measured(
    evidence_id: str,
    *,
    about: str,
    unit: str,
    limits: Span,
    group: str,
    shape: Shape = "triangular",
    tag: Tag = "circumstance",
    derive: Callable[[float], float] | None = None,
) -> Any:
    """A field whose value and range are those of an evidence row.

    `derive` turns the row's number into the model's (and so allows another unit). Raises DeclarationError when the
    row does not exist, the unit differs without `derive`, or the row's range reaches outside the limits.
    """
    row = evidence().get(evidence_id)
    if row is None:
        raise DeclarationError(f"measured({evidence_id!r}): evidence.csv has no such row")
    if derive is None and unit != row.unit:
        raise DeclarationError(f"measured({evidence_id!r}): unit is {unit!r}, the row says {row.unit!r}; give derive=")
    value, *ends = (derive(number) if derive else number for number in (row.value, row.low, row.high))
    low, high = sorted(ends)
    if not limits[0] <= low <= value <= high <= limits[1]:
        raise DeclarationError(f"measured({evidence_id!r}): {value} ({low} to {high}) does not lie within {limits}")
    facts = {"range": [low, high], "evidence": row.id, "confidence": row.confidence, "shape": shape}
    return _field(value, about, limits, kind="measured", unit=unit, group=group, tag=tag, **facts)


def policy(
    default: Any,
    *,
    about: str,
    group: str,
    unit: str = "",
    limits: Span | None = None,
    usual: Span | None = None,
    choices: Sequence[str] = (),
    standing: bool = False,
) -> Any:
    """A field that a team decides or that describes its place.

    `usual` is a hint for messages and marks; `choices` are the words that are allowed. Raises DeclarationError when the
    default is not itself allowed. A default of `...` means that a value must be given.
    """
    numeric = isinstance(default, int | float)
    if choices and default is not ... and default not in choices:
        raise DeclarationError(f"policy: the default {default!r} is none of {', '.join(choices)}")
    if limits and numeric and not limits[0] <= default <= limits[1]:
        raise DeclarationError(f"policy: the default {default} lies outside {limits}")
    facts: dict[str, Any] = {"standing": standing}
    if usual:
        facts["range"] = list(usual)
    if choices:
        facts["enum"] = list(choices)
    return _field(default, about, limits, kind="policy", unit=unit, group=group, tag="lever", **facts)


def _field(default: Any, about: str, limits: Span | None, **facts: Any) -> Any:
    """The pydantic field; all that pydantic does not know of itself travels in the JSON Schema."""
    low, high = limits or (None, None)
    words = "|".join(re.escape(word) for word in facts.get("enum", ()))
    pattern = f"^(?:{words})$" if words else None
    extra = {name: fact for name, fact in facts.items() if fact != ""}
    return Field(default, description=about, ge=low, le=high, pattern=pattern, json_schema_extra=extra)


@cache
def declarations() -> dict[str, Declaration]:
    """Every declared value of a team's description by its dotted path, in the schema's order."""
    from cpsim.scenario.schema import TeamDescription  # here, because the schema is itself made of declarations

    return declarations_of(TeamDescription)


@cache
def declarations_of(section: type[Section]) -> dict[str, Declaration]:
    """The same for any section; paths are relative to it."""
    return {declaration.path: declaration for declaration in _walk(section, "")}


def _walk(section: type[Section], prefix: str) -> Iterator[Declaration]:
    for name, field in section.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Section):
            yield from _walk(inner, f"{prefix}{name}.")
        elif field.json_schema_extra:
            yield declaration_of(name, f"{prefix}{name}", field)


def declaration_of(name: str, path: str, field: FieldInfo) -> Declaration:
    """Read back what `measured` or `policy` put into a field; a plain field counts as a policy without a unit."""
    facts: Any = field.json_schema_extra or {}
    bounds = {type(rule).__name__: rule for rule in field.metadata}
    limits = (bounds["Ge"].ge, bounds["Le"].le) if "Ge" in bounds else None
    low, high = facts.get("range", (None, None))
    return Declaration(
        name=name,
        path=path,
        kind=facts.get("kind", "policy"),
        value=None if field.is_required() else field.get_default(),
        unit=facts.get("unit", ""),
        low=low,
        high=high,
        limits=limits,
        choices=tuple(facts.get("enum", ())),
        shape=facts.get("shape"),
        group=facts.get("group", ""),
        tag=facts.get("tag", "lever"),
        about=field.description or "",
        evidence=evidence().get(facts.get("evidence", "")),
        standing=facts.get("standing", False),
    )
