"""The register of evidence: every measured number with its range, unit, source and confidence.

`evidence.csv` owns these facts. A declaration names a row (`measured("id", ...)`), so no number is
written down twice.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONFIDENCE = {
    "study": "said in the study's own summary",
    "published": "seen in the source named",
    "recalled": "from memory of a source (unchecked)",
    "assumption": "judgement",
}


@dataclass(frozen=True)
class Row:
    """One number of the register.

    `low` to `high` is what `range_kind` says: "uncertainty" (what we do not know; analyses sample it),
    "teams" or "people" (how teams or people differ), "fixed" (not in doubt). `confidence` runs from
    "study" and "published" to "recalled" and "assumption". `year` and `sd` are None where not given.
    """

    id: str
    quantity: str
    population: str
    value: float
    low: float
    high: float
    unit: str
    dispersion: str
    sd: float | None
    range_kind: str
    source: str
    year: int | None
    locator: str
    url_or_doi: str
    confidence: str
    used_for: str
    note: str


@cache
def evidence() -> dict[str, Row]:
    """All rows by id, in the order of the file."""
    with Path(__file__).with_name("evidence.csv").open(encoding="utf-8", newline="") as text:
        return {line["id"]: _row(line) for line in csv.DictReader(text)}


def _row(line: dict[str, str]) -> Row:
    values: dict[str, Any] = dict(line)
    for name in ("value", "low", "high"):
        values[name] = float(line[name])
    values["sd"] = float(line["sd"]) if line["sd"] else None
    values["year"] = int(line["year"]) if line["year"] else None
    return Row(**values)
