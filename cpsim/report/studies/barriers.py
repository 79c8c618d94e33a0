"""The page of what blocks delivery: the ledger and what taking away brings, each under a heading of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cpsim.experiments import barrier_words as told
from cpsim.experiments.barrier_ledgers import NOBODYS
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.plots.picture import Grid, rows_of
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.barriers import Barriers


def sections(found: Barriers) -> list[Section | None]:
    """In the order of the page: two views, where they disagree, and what they rest on."""
    return [stuck(found), removed(found), due(found), disagree(found), pairs(found), rests_on(found)]


def stuck(found: Barriers) -> Section:
    """The ledgers."""
    order = (
        "Three counts of one ledger. Met first depends on the order in which gates are shown: an early gate hides all "
        "behind it. In the way at all does not. The only thing in the way: taking it away opens the door, and it is "
        "seldom so."
    )
    said = [order, told.nobodys(found)]
    return Section(
        "stuck",
        "Where it gets stuck: what stood in the way",
        words=said,
        pictures=["people", "met_first", "in_the_way", "access"],
        folded=[("Groups of barriers in the ledger", _ledger(found))],
    )


def _ledger(found: Barriers) -> Grid:
    table = found.tables["ledger_delivery"]
    rows = tuple(
        (
            row.label,
            row.whose,
            words.in_100(row.first),
            told.at_most(row.any, row.exact),
            words.in_100(row.only) if row.exact else f"at least {words.in_100(row.only)}",
            told.at_most(row.any_seen, True),
        )
        for row in rows_of(table[(table["kind"] == "group") | (table["whose"] == NOBODYS)])
    )
    return Grid(
        ("of 100 chances", "whose", "met first", "in the way at all", "the only thing", "where there was a contact"),
        rows,
    )


def removed(found: Barriers) -> Section:
    """One barrier taken away, and all."""
    return Section(
        "removed",
        "What comes of taking a barrier away",
        words=[told.DO_NOT_ADD_UP],
        pictures=["taken_away"],
        tables=[("Taken away alone: what is still in the way, and what is next", _behind(found))],
    )


def _behind(found: Barriers) -> Grid:
    labels = found.tables["ledger_delivery"].set_index("name")["label"]
    table = found.behind.merge(found.shares()[["group", "alone", "alone_low", "alone_high"]], on="group")
    rows = tuple(
        (
            row.label,
            told.signed(row.alone, "share"),
            words.in_100(min(1.0, row.before)),
            words.in_100(min(1.0, row.after)),
            "" if pd.isna(row.next_any) else f"{labels.get(row.next, '')} ({words.in_100(min(1.0, row.next_any))})",
        )
        for row in rows_of(table)
    )
    return Grid(("of 100 chances", "gain", "in the way before", "still, when taken away", "then most in the way"), rows)


def due(found: Barriers) -> Section:
    """Shares of the gain, by group and by whose they are."""
    heading, *said = told.fair(found)
    note = (
        "A share is what a group brings when barriers are taken away one after the other, averaged over every order in "
        "which that can be done. Shares add up to what all bring together. They say what the gap is due to, not what "
        "to pay for first: costs are not in them."
    )
    return Section(
        "due",
        "What the gap is due to",
        words=[note],
        lists=[(heading.removesuffix(":"), [sentence.removeprefix("- ") for sentence in said])],
        pictures=["shares", "blocks"],
        folded=[(f"{measures('outcomes')[output].label}: shares", _shares(found, output)) for output in found.games],
    )


def _shares(found: Barriers, output: str) -> Grid:
    unit = told.unit_of(output)
    table = found.tables["shapley"]
    rows = tuple(
        (row.label, *(_interval(row, name, unit) for name in ("shapley", "alone", "last", "owen")))
        for row in rows_of(table[table["output"] == output])
    )
    return Grid(
        (words.unit_name(unit), "share of the gain", "taken away alone", "taken away last", "within its block"), rows
    )


def _interval(row: object, name: str, unit: str) -> str:
    value, low, high = (getattr(row, f"{name}{end}") for end in ("", "_low", "_high"))
    if value != value:
        return ""
    half = words.half_width((high - low) / 2, unit)
    return f"{told.signed(value, unit)} ±{half}" if half else told.signed(value, unit)


def disagree(found: Barriers) -> Section:
    """Where the two views differ."""
    first, *others = told.disagreements(found) or [""]
    said = [told.TWO_VIEWS, *([] if others else [first])]
    lists = [(first, [sentence.removeprefix("- ") for sentence in others])] if others else []
    return Section("disagree", "Where the two views disagree, and why", words=said, lists=lists)


def pairs(found: Barriers) -> Section | None:
    """Complements and substitutes."""
    if len(found.players) < 2:
        return None
    said = [sentence for sentence in (told.stand_in(found), told.shared_means(found)) if sentence]
    shown = [f"pairs_{output}" for output in ("delivered", "reach") if output in found.games]
    return Section("pairs", "Barriers in pairs", words=said, pictures=shown)


def rests_on(found: Barriers) -> Section:
    """What "taken away" means, and how sure all this is."""
    rows = tuple((barrier.label, barrier.whose, barrier.without) for barrier in found.players.playing)
    return Section(
        "rests-on",
        "What this rests on",
        words=[
            *told.idle(found),
            *told.gaps(found),
            told.made_of(found),
            told.INTERVALS,
            told.check(found),
            told.worlds(found),
        ],
        tables=[("Taken away means: the best that is plausible", Grid(("group", "whose", "without it"), rows))],
    )
