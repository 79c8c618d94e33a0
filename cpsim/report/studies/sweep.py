"""The page of a sweep: where the target is passed, the curve or map, what else moves, every number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cpsim.experiments import sweep_words as told
from cpsim.outputs import words
from cpsim.plots.picture import Grid
from cpsim.plots.studies.sweep import pictures
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.sweep import Sweep

HEADINGS = ("target", "of", "along", "at", "coming from", "reached", "value", "95 %", "passes", "of 100 redrawings")


def sections(found: Sweep) -> list[Section]:
    """In the order in which one asks."""
    passing = [line for wanted in found.targets for line in told.passing(found, wanted)]
    sentences, lists = _apart([*passing, *told.changing(found)])
    names = [picture.name for picture in pictures(found)]
    others = [name for name in names if name.startswith("others")]
    made = [
        Section(
            "grid", "What was varied", words=[told.runs_made(found)], lists=[("Values", told.opening(found)[1:-1])]
        ),
        Section(
            "tips",
            "Where does it tip?",
            words=[*told.without_effect(found), *(sentences or [NO_TARGET])],
            pictures=[name for name in names if name not in others],
            lists=lists,
        ),
    ]
    if others:
        made.append(Section("others", "What else moves", words=[OTHERS], pictures=others))
    folded = [("Where targets are passed", _thresholds(found))] if len(found.targets) and len(found.thresholds) else []
    return [*made, Section("numbers", "Every number", words=[*told.what_it_means(found), FILES], folded=folded)]


OTHERS = (
    "What CP for some may cost everybody else is among these: late contacts, reviews, waits, crises, pressure, leavers."
)
NO_TARGET = "No target was asked for: --target five_steps>=0.3 asks for one."
FILES = "surface.csv has every cell and outcome; worlds.csv every run."


def _apart(lines: list[str]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Sentences, and lists under the line with a colon before them."""
    sentences: list[str] = []
    lists: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("- "):
            lists[-1][1].append(line.removeprefix("- "))
        elif line.endswith(":"):
            lists.append((line, []))
        else:
            sentences.append(f"{line[0].upper()}{line[1:]}")
    return sentences, lists


def _thresholds(found: Sweep) -> Grid:
    rows: Any = found.thresholds.itertuples(index=False)
    return Grid(HEADINGS, tuple(_row(*row) for row in rows))


def _row(
    target: str, of: str, along: str, other: str, other_value: Any, side: str, reached: str, *numbers: float
) -> tuple[str, ...]:
    """One passage; nothing where there is none."""
    value, low, high, found, passes, *_ = numbers
    there = passes > 0
    at = f"{other} {other_value}" if other else ""
    span = (f"{value:.3g}", f"{low:.3g} to {high:.3g}") if there else ("", "")
    return (target, of, along, at, side, reached, *span, f"{passes:.0f}", words.in_100(found) if there else "")
