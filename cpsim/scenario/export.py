"""The declarations for others to read: JSON Schema for editors, the table of parameters for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cpsim.scenario.declare import Declaration, Section, declarations, declarations_of
from cpsim.scenario.sheet import Schema, sheet_class, shipped_schema
from cpsim.scenario.wording import plain, span


@dataclass(frozen=True)
class ParameterRow:
    """One line of the table of parameters. `low` and `high`: the evidence's range, or what is usual."""

    path: str
    value: Any
    low: float | None
    high: float | None
    unit: str
    source: str
    year: int | None
    confidence: str
    about: str
    kind: str
    group: str
    limits: tuple[float, float] | None
    choices: tuple[str, ...]

    @property
    def range(self) -> str:
        """The range in words: "30 to 65", or the words that are allowed."""
        if self.choices:
            return " or ".join(self.choices)
        return "" if self.low is None or self.high is None else span(self.low, self.high)


Others = Mapping[str, type[Section]]  # sections that are no part of a scenario, by the name before their paths


def parameter_rows(words: str = "", others: Others | None = None) -> list[ParameterRow]:
    """All declared values, or those in which every one of the words occurs, in the order of the schema."""
    wanted = words.lower().split()
    rows = ((_row(found), _searched(found)) for found in _all_declared(others or {}))
    return [row for row, text in rows if all(word in text for word in wanted)]


def _all_declared(others: Others) -> Iterator[Declaration]:
    yield from declarations().values()
    for name, section in others.items():
        yield from (replace(found, path=f"{name}.{path}") for path, found in declarations_of(section).items())


def _row(found: Declaration) -> ParameterRow:
    row = found.evidence
    return ParameterRow(
        path=found.path,
        value=found.value,
        low=found.low,
        high=found.high,
        unit=found.unit,
        source=row.source if row else "what a team decides or is",
        year=row.year if row else None,
        confidence=row.confidence if row else "",
        about=found.about,
        kind=found.kind,
        group=found.group,
        limits=found.limits,
        choices=found.choices,
    )


def _searched(found: Declaration) -> str:
    row = found.evidence
    told = (row.id, row.quantity, row.source, row.confidence) if row else ()
    return " ".join([found.path, found.about, found.unit, found.group, *found.choices, *told]).lower()


def parameters_markdown(others: Others | None = None) -> str:
    """The table of parameters for the documentation, a part for each group."""
    rows = parameter_rows(others=others)
    parts = ["<!-- Written by `cpsim parameters --markdown`; change the declarations, not this page. -->"]
    head = ["| name | what | value | range | unit | source |", "| --- | --- | --- | --- | --- | --- |"]
    for group in dict.fromkeys(row.group for row in rows):
        parts += [f"\n## {group[:1].upper()}{group[1:]}\n", *head]
        parts += [_markdown_line(row) for row in rows if row.group == group]
    return "\n".join(parts) + "\n"


def _markdown_line(row: ParameterRow) -> str:
    source = ", ".join(part for part in (row.source, plain(row.year) if row.year else "", row.confidence) if part)
    cells = (f"`{row.path}`", row.about, shown(row.value), row.range, row.unit, source)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def shown(value: Any) -> str:
    """A declared value in a table; posts by role as "nurse 6 (1.5 vacant), social worker 2.6"."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown_post(inner)}" for key, inner in value.items()) or "none"
    return "not given" if value is None else plain(value)


def _shown_post(post: Any) -> str:
    facts = post if isinstance(post, dict) else post.model_dump() if hasattr(post, "model_dump") else None
    if facts is None:
        return plain(post)
    vacant = facts.get("vacant") or 0
    return plain(float(facts.get("in_post", 0))) + (f" ({plain(float(vacant))} vacant)" if vacant else "")


def json_schema(schema: Schema | None = None) -> dict[str, Any]:
    """JSON Schema (2020-12) of a scenario file: completion and checks while one types in an editor."""
    made = sheet_class((schema or shipped_schema()).description).model_json_schema()
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("title", None)
        for field in part.get("properties", {}).values():
            _tidy(field)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cpsim scenario", **made}


def _tidy(field: dict[str, Any]) -> None:
    """Take out what an editor would only be distracted by; say unit and range where it shows them."""
    field.pop("title", None)
    if "enum" in field:
        field.pop("pattern", None)
    if isinstance(field.get("default"), dict) and "$ref" in field:
        field.pop("default")
    hints = list(_hints(field))
    if hints:
        field["description"] = f"{field.get('description', '')} ({'; '.join(hints)})".strip()


def _hints(field: dict[str, Any]) -> Iterator[str]:
    if field.get("unit"):
        yield str(field["unit"])
    if field.get("range"):
        what = "the evidence covers" if field.get("kind") == "measured" else "usual:"
        yield f"{what} {span(*field['range'])}"
