"""What the answer rests on: the numbers that were put in, by confidence, and where the scenario departs from them."""

from __future__ import annotations

from collections import Counter

from cpsim.outputs import words
from cpsim.outputs.run_result import RunResult
from cpsim.outputs.starts import start_in_words
from cpsim.plots.picture import Grid
from cpsim.report.section import Section
from cpsim.report.used import rows_used
from cpsim.scenario.describe import describe
from cpsim.scenario.evidence import CONFIDENCE, Row
from cpsim.scenario.wording import plain, span


def section(result: RunResult) -> Section:
    """Counts by confidence; own numbers; beyond the evidence; every assumption by name."""
    rows = rows_used()
    counts = Counter(row.confidence for row in rows.values())
    total, judged = sum(counts.values()), counts["assumption"]
    parts = [f"{counts[kind]} {meaning}" for kind, meaning in CONFIDENCE.items() if counts[kind]]
    understood = describe(result.scenario)
    lists = [
        ("Numbers of this scenario in place of the evidence's", understood.own_numbers),
        ("Beyond what the evidence covers: nobody has observed it", understood.beyond),
    ]
    return Section(
        "rests-on",
        "What this answer rests on",
        words=[
            f"{total} numbers of the model come from the evidence register: {words.listed(parts)}.",
            f"So {words.in_100(judged / total)} of 100 are judgement. None of them has been fitted to this team, and "
            "no range "
            "on this page holds what is not known about them.",
            start_in_words(result),
        ],
        lists=[(title, sentences) for title, sentences in lists if sentences],
        folded=[(f"All {judged} assumptions", _assumptions(rows)), ("Sources by confidence", _by_confidence(counts))],
    )


def _assumptions(rows: dict[str, Row]) -> Grid:
    judged = [row for row in rows.values() if row.confidence == "assumption"]
    lines = [(row.quantity, plain(row.value), span(row.low, row.high), row.unit) for row in judged]
    return Grid(("what", "value", "range", "unit"), tuple(lines))


def _by_confidence(counts: Counter[str]) -> Grid:
    lines = [(kind, meaning, str(counts[kind])) for kind, meaning in CONFIDENCE.items()]
    return Grid(("confidence", "meaning", "numbers"), tuple(lines))
