"""Fill the tables of docs/odd.md from the code: `python docs/fill_tables.py`, or `make docs`.

A table stands between `<!-- table: WHAT -->` and `<!-- end -->`. WHAT is the name of a kind of row in
`cpsim/model/records.py`, of a class of codes, of a section of a scenario, or of a file of `cpsim/scenario/parameters/`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from cpsim.model import codes
from cpsim.scenario.declare import Declaration, Section, declarations
from cpsim.scenario.export import shown

DOCS = Path(__file__).resolve().parent
CODE = DOCS.parent / "cpsim"
TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
LABELS = {
    "Stage": codes.STAGE_LABELS,
    "Gate": codes.GATE_LABELS,
    "Activity": codes.ACTIVITY_LABELS,
    "Contact": codes.CONTACT_LABELS,
    "Mode": codes.MODE_LABELS,
    "Source": codes.SOURCE_LABELS,
    "Payer": codes.PAYER_LABELS,
}


def filled(text: str) -> str:
    """The document with every table as the code has it now."""
    return TABLE.sub(lambda found: f"{found[1]}\n{table(found[2])}\n\n{found[3]}", text)


def table(what: str) -> str:
    """One table, as Markdown."""
    if what in LABELS:
        return lines(("code", "in words"), ((f"{int(code)}", label) for code, label in LABELS[what].items()))
    if what.isupper():
        return lines(("field", "meaning and unit"), state_variables(what))
    head = ("parameter", "meaning", "value", "low to high", "unit", "evidence", "confidence")
    return lines(head, map(cells, declared(what)))


def state_variables(dtype: str) -> Iterator[tuple[str, str]]:
    """Fields of a kind of row with their comments; fields without one go with the field above."""
    source = (CODE / "model" / "records.py").read_text("utf-8")
    block = re.search(rf'^{dtype} = np\.dtype\(\s+fields\(\s+"""(.*?)"""', source, re.DOTALL | re.MULTILINE)
    if block is None:
        raise KeyError(f"no {dtype} in records.py")
    for line in block[1].strip().splitlines():
        field, _, about = line.partition("#")
        yield f"`{field.split()[1]}`", about.strip() or "the same"


def declared(what: str) -> Iterator[Declaration]:
    """Declarations of a section of a scenario, or of a file of parameters."""
    known = declarations()
    if not (CODE / "scenario" / "parameters" / f"{what}.py").exists():
        yield from (found for path, found in known.items() if path.startswith(f"{what}."))
        return
    module = importlib.import_module(f"cpsim.scenario.parameters.{what}")
    for name, kind in vars(module).items():
        if isinstance(kind, type) and issubclass(kind, Section) and kind.__module__ == module.__name__:
            assert name
            yield from (known[f"parameters.{field}"] for field in kind.model_fields)


def cells(found: Declaration) -> tuple[str, ...]:
    """One declared value as a line."""
    row = found.evidence
    between = "" if found.low is None or found.high is None else f"{shown(found.low)} to {shown(found.high)}"
    between = ", ".join(found.choices) or between
    source = (f"`{row.id}`", row.confidence) if row else ("", "a team's choice")
    return f"`{found.name}`", found.about, shown(found.value), between, found.unit, *source


def lines(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A Markdown table."""
    told = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in told)


if __name__ == "__main__":
    page = DOCS / "odd.md"
    page.write_text(filled(page.read_text("utf-8")), "utf-8")
