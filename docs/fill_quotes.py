"""Fill the quotations of docs/ten-questions.md and README.md (`make docs`) from pages, the register and results.

A quotation stands between `<!-- quote: WHAT -->` and `<!-- end -->`; WHAT is one of `SOURCES`, or a pattern such as
P34. So no such figure is written by hand, and a test holds it to its sources.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from cpsim.validation.entries import in_sentences

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "results"
PAGES = DOCS / "ten-questions.md", DOCS.parent / "README.md"
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


def replay() -> list[str]:
    """The teams of the study as simulated: arm against arm, from the lowest team's mean to the highest's."""
    teams = list(csv.DictReader((RESULTS / "trial" / "replay.csv").read_text("utf-8").splitlines()))
    asked = {"had help with connections": "had_help", "something got better": "something_better"}
    arms = {arm: [team for team in teams if team["arm"] == arm] for arm in ("implementation", "comparison")}
    told = [
        f"{words}: {', '.join(f'{arm} {among_100(arms[arm], name)}' for arm in arms)}" for words, name in asked.items()
    ]
    explained = f"had the materials explained: implementation {among_100(arms['implementation'], 'explained')}"
    return [f"Of 100 people of a team, {told[0]}; {told[1]}; {explained}."]


def among_100(teams: list[dict[str, str]], name: str) -> str:
    """ "42 to 54", of 100."""
    shares = [100 * float(team[name]) for team in teams]
    return f"{min(shares):.0f} to {max(shares):.0f}"


def paragraphs(result: str, *begin: str) -> list[str]:
    """The paragraphs and points of a result's answer that begin so, each as one line."""
    text = (RESULTS / result / "answer.txt").read_text("utf-8")
    every = [" ".join(each.split()) for each in re.split(r"\n\n|\n- ", text)]
    return [next(each for each in every if each.startswith(start)) for start in begin]


def trial() -> list[str]:
    """What the study of 2021 could have seen."""
    return paragraphs("trial", "Could this study", "Where the effect goes", "When both arms do the same")


def third_sector() -> list[str]:
    """What makes third-sector delivery different."""
    return paragraphs("difference", "Of 100 people", "cmht with one part alone", "cmht keeps about")


SOURCES: dict[str, Callable[[], list[str]]] = {
    "counts": counts,
    "missed": missed,
    "queue": queue,
    "evidence": in_sentences,
    "replay": replay,
    "trial": trial,
    "third-sector": third_sector,
}


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
