"""Fill the tables of docs/patterns.md from a file of answers.

`cpsim validate --with trial,pilot --json --out FILE`, then `python docs/fill_patterns.py FILE`.

A table, or the counts, stands between `<!-- patterns: USE -->` and `<!-- end -->`. The sentences below it, one for each
measure that is not met, stand between `<!-- explanations: USE -->` and `<!-- end -->`; they are rows of
`cpsim/validation/explanations.csv`, and `python docs/fill_patterns.py` alone renews them and leaves the tables as they
are. A test holds both to their sources.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cpsim.validation.explanations import why_not
from cpsim.validation.judge import DIRECTION
from cpsim.validation.words import ANSWERS, number

PAGE = Path(__file__).with_name("patterns.md")
TABLE = re.compile(r"(<!-- patterns: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
SENTENCES = re.compile(r"(<!-- explanations: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
MISSED = re.compile(r"^\| (P\d+) \| (.+?) \|.*\| NOT MET \|$", re.MULTILINE)
HEAD = ("pattern", "measure", "target", "found", "interval", "")


def filled(text: str, rows: Sequence[dict[str, Any]]) -> str:
    """The page with every table as these rows have it, and the sentences that belong to it."""
    return explained(TABLE.sub(lambda found: f"{found[1]}\n{table(found[2], rows)}\n\n{found[3]}", text))


def explained(text: str) -> str:
    """The page with the sentence of every measure that its tables say is not met."""
    tables = {found[2]: found[0] for found in TABLE.finditer(text)}
    return SENTENCES.sub(lambda found: f"{found[1]}\n{sentences(tables.get(found[2], ''))}\n\n{found[3]}", text)


def sentences(told: str) -> str:
    """A line for each measure of a table that is not met."""
    missed = MISSED.findall(told)
    return "\n".join(f"- **{name}, {measure}.** {why_not(name, measure)}" for name, measure in missed)


def table(use: str, rows: Sequence[dict[str, Any]]) -> str:
    """The patterns of one use, as Markdown."""
    if use == "counts":
        return counts([row for row in rows if row["runs"]])
    told = [HEAD, tuple("---" for _ in HEAD), *(cells(row) for row in rows if row["use"] == use and row["runs"])]
    return "\n".join(f"| {' | '.join(line)} |" for line in told)


def counts(rows: Sequence[dict[str, Any]]) -> str:
    """How many measures, and how many whole patterns, are met."""
    ids = {row["id"] for row in rows}
    whole = ids - {row["id"] for row in rows if not row["met"]}
    met = sum(row["met"] is True for row in rows)
    return f"{met} of {len(rows)} measures met; {len(whole)} of {len(ids)} patterns met in all their measures."


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One measure as a line."""
    direction = row["how"] == DIRECTION
    target = "yes" if direction else row["target"]
    found = ("yes" if row["found"] else "no") if direction else number(row["found"])
    known = row["found_low"] is not None
    interval = f"{number(row['found_low'])} to {number(row['found_high'])}" if known else ""
    return row["id"], row["measure"], target, found, interval, ANSWERS[row["met"]]


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    judged = json.loads(Path(sys.argv[1]).read_text("utf-8")) if sys.argv[1:] else []
    PAGE.write_text(filled(page, judged) if judged else explained(page), "utf-8")
