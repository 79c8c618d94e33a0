"""Fill the quotations of docs/ten-questions.md from the pages and the register that they quote (`make docs`).

A quotation stands between `<!-- quote: WHAT -->` and `<!-- end -->`; WHAT is one of `SOURCES`, or a pattern such as
P34. So no figure of that page is written by hand, and a test holds it to its sources.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from cpsim.validation.entries import in_sentences

DOCS = Path(__file__).parent
PAGE = DOCS / "ten-questions.md"
QUOTE = re.compile(r"(<!-- quote: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
MISSED = "NOT MET"


def filled(text: str) -> str:
    """The page with every quotation as its source has it now."""
    return QUOTE.sub(lambda found: f"{found[1]}\n{quoted(found[2])}\n\n{found[3]}", text)


def quoted(what: str) -> str:
    """One quotation, as lines that begin with ">"."""
    lines = SOURCES[what]() if what in SOURCES else of_pattern(what)
    return "\n".join(f"> - {line}" for line in lines)


def table_rows(page: str) -> list[list[str]]:
    """Cells of every line of every table of a page."""
    text = (DOCS / page).read_text("utf-8")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def of_pattern(name: str) -> list[str]:
    """The measures of one pattern."""
    return [told(row) for row in table_rows("patterns.md") if row[0] == name]


def missed() -> list[str]:
    """All measures that are not met."""
    return [told(row) for row in table_rows("patterns.md") if row[-1] == MISSED]


def told(row: list[str]) -> str:
    """ "paid time in travel (P30): target 0.06 to 0.2, found 0.026 (0.024 to 0.028), not met"."""
    name, measure, target, found, interval, answer = row
    return f"{measure} ({name}): target {target}, found {found}{f' ({interval})' if interval else ''}, {answer.lower()}"


def counts() -> list[str]:
    """The counts at the head of patterns.md."""
    text = (DOCS / "patterns.md").read_text("utf-8")
    return re.findall(r"^\d+ of \d+ measures met; .+$", text, re.MULTILINE)


def queue() -> list[str]:
    """What the engine and the queue that knows nothing of it found."""
    head, *rows = table_rows("independent-models.md")
    return [
        f"{what}, {load}: engine {engine}; queue {other}"
        for what, load, engine, other in rows
        if set(what) != {"-"} and head
    ]


SOURCES: dict[str, Callable[[], list[str]]] = {
    "counts": counts,
    "missed": missed,
    "queue": queue,
    "evidence": in_sentences,
}


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
