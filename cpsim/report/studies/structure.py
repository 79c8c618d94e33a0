"""The page of conclusions asked again of other structures of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments import structure_lists as lists
from cpsim.experiments import structure_words as told
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.structure import Structural


def sections(found: Structural) -> list[Section | None]:
    """The grid and every figure, what was switched, and what it rests on."""
    return [survival(found), switched(found), rests_on(found)]


def survival(found: Structural) -> Section:
    """The picture, and a table a conclusion."""
    every = [
        (asked.sentence, Grid(told.HEADINGS, tuple(told.table_of(found, asked.name)))) for asked in lists.conclusions()
    ]
    return Section("survival", "Which conclusions survive", [told.VERDICTS], pictures=["survival"], folded=every)


def switched(found: Structural) -> Section:
    """The structures and why they are the other ends."""
    columns = found.made_of[["label", "why", "changes", "start"]].astype(str)
    rows = tuple((label, why, changes or "nothing", start) for label, why, changes, start in columns.to_numpy())
    grid = Grid(("structure", "what it is the other end of", "changes", "the ordinary team starts"), rows)
    return Section("switched", "What was switched", [told.SWITCHED, *told.starts(found)], tables=[("", grid)])


def rests_on(found: Structural) -> Section:
    """How to read verdicts, and how sure they are."""
    said = [told.made_of(found), told.HOLDS_BY, told.INTERVALS]
    return Section("rests-on", "What this rests on", words=said)
