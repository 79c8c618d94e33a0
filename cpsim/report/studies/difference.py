"""The page of what makes the difference: shares, other outcomes, what differs, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cpsim.experiments import difference_words as told
from cpsim.experiments.attribution import DUMMY
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.picture import Grid, rows_of
from cpsim.plots.studies.difference import pictures
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.difference import Difference

STRONGEST = 6  # pairs


def sections(found: Difference) -> list[Section | None]:
    """In the order of the page."""
    return [due(found), others(found), pairs(found), differs(found), rests_on(found)]


def due(found: Difference) -> Section:
    """Alone, on average, last; and by whose."""
    said = [told.alone_and_last(found), told.by_whose(found), told.A_SHARE, told.NOT_A_PRICE]
    return Section("due", "What the difference is due to", words=[each for each in said if each], pictures=["due"])


def others(found: Difference) -> Section | None:
    """The other outcomes, and all numbers."""
    names = [picture.name for picture in pictures(found) if picture.name != "due"]
    if not names:
        return None
    folded = [(measures("outcomes")[output].label, _shares(found, output)) for output in found.games]
    lists = [("", told.others(found))]
    return Section("others", "The other outcomes, and costs", lists=lists, pictures=names, folded=folded)


def _shares(found: Difference, output: str) -> Grid:
    unit = told.unit_of(output)
    table = found.tables["difference"]
    mine = table[(table["output"] == output) & (table["group"] != DUMMY)]
    rows = tuple(
        (str(row["label"]), *(told.gain(row, name, unit) for name in ("shapley", "alone", "last")))
        for _, row in mine.iterrows()
    )
    return Grid((words.unit_name(unit) or "part", "share", "alone", "last"), rows)


def pairs(found: Difference) -> Section | None:
    """Parts that are worth more, or less, together."""
    table = found.tables["interactions"]
    table = table[(table["output"] == told.main(found)) & (table["reads"] != "not clear")]
    if table.empty:
        return None
    labels = {part.name: part.label for part in found.players.playing}
    strongest = table.reindex(table["index"].abs().sort_values(ascending=False).index).head(STRONGEST)
    rows = tuple(
        (
            f"{labels[row['first']]}, {labels[row['second']]}",
            words.difference(row["index"], told.unit_of(told.main(found))),
            str(row["reads"]),
        )
        for _, row in strongest.iterrows()
    )
    said = (
        "Complements are worth more where both are there, substitutes less. Clear of 0 for all pairs at once (95 %, "
        "simulation error)."
    )
    grid = Grid(("pair", "more than apart, of 100 people", "reads"), rows)
    return Section("pairs", "Parts in pairs", words=[said], tables=[("The strongest", grid)])


def differs(found: Difference) -> Section:
    """Every value that differs."""
    table: pd.DataFrame = found.tables["what_differs"]
    labels = {part.name: part.label for part in found.players.playing}
    rows = tuple((labels[row.part], row.path, row.a, row.b, row.rests_on, row.because) for row in rows_of(table))
    heads = ("part", "value", found.scenario.name, found.other.name, "rests on", "because")
    said = "A part is taken as a whole, in what has always been so and in what changes."
    return Section("differs", "What differs", words=[said], tables=[("Every value that differs", Grid(heads, rows))])


def rests_on(found: Difference) -> Section:
    """What is assumed, and how sure it is."""
    return Section("rests-on", "What this rests on", words=[told.made_of(found), *told.rests_on(found)])
