"""What a study says over the settings, in sentences and tables; the same words in the terminal and on the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from cpsim.outputs import words
from cpsim.outputs.telling import NOBODY_REAL

if TYPE_CHECKING:
    from cpsim.experiments.across import Across, Answer

WIDTH = 80
MOST_ROWS = 12  # of a heading, in the terminal and told first
ONE_IN_100 = 0.01  # less is not worth the first line
TOLD = 3  # numbers that open the page
IN_ORDER = ("compare", "sweep")  # studies whose rows are told as they come; of others the largest are
NOT_TOLD_APART = "too little to be told from simulation error"


def headlines(found: Across) -> list[str]:
    """The first numbers, each with its two uncertainties in two sentences."""
    in_order = found.question.study in IN_ORDER
    first = panels(found)[0][1] if in_order else _noticed(panels(found))
    if len(first) > TOLD:
        first = [*first[: TOLD - 1], first[-1]] if in_order else by_size(first)[:TOLD]
    return [*(line for each in first for line in _told(found, each)), *found.warnings()]


def _noticed(shown: list[tuple[str, list[Answer]]]) -> list[Answer]:
    """The rows of the first share of people that clearly moves by 1 in 100; where none does, the first."""
    moved = (rows for _, rows in shown if any(_moves(each) for each in rows))
    return next(moved, shown[0][1])


def _moves(each: Answer) -> bool:
    return each.unit == "share" and abs(each.spread.mean) - each.spread.half_width > ONE_IN_100


def panels(found: Across) -> list[tuple[str, list[Answer]]]:
    """What is shown, by heading."""
    return [(heading, list(rows)) for heading, rows in groupby(found.shown, key=lambda each: each.heading)]


def by_size(rows: list[Answer]) -> list[Answer]:
    """The largest mean first, whatever its sign."""
    return sorted(rows, key=lambda each: -abs(np.nan_to_num(each.spread.mean)))


def _told(found: Across, each: Answer) -> Iterator[str]:
    says, count = f"{each.says[0].upper()}{each.says[1:]}", each.spread.settings
    note = f" {each.note}" if each.note else ""
    if not count:
        yield f"{says}: not at any of {len(found.settings)} settings.{note}"
        return
    if not each.values[~np.isnan(each.values)].any():
        yield f"{says}: none, at any of {words.one_of(count, 'setting', 'settings')}."
        return
    of = f" of {len(found.settings)}" if count < len(found.settings) else ""
    over = f"mean over {words.one_of(count, 'setting', 'settings')}{of}"
    yield f"{says}: {with_unit(mean(each), each.unit)}, {over}.{note}"
    sure = f" {surely(each)}" if each.signed and surely(each) else ""
    if span(each) == NOT_TOLD_APART:
        yield f"Not known: how far settings differ is {NOT_TOLD_APART}.{sure}"
    else:
        which = "those settings" if of else "the settings we could not rule out"
        yield f"Not known: {span(each)} in 8 of 10 of {which}.{sure}"
    if error(each):
        yield f"Simulation error: ± {with_unit(error(each), each.unit)}."


def with_unit(text: str, unit: str) -> str:
    """ "+3.1 in 100"."""
    return f"{text} {words.unit_name(unit)}".rstrip()


def mean(each: Answer) -> str:
    """Over settings; a difference with its sign."""
    return (words.difference if each.signed else words.amount)(each.spread.mean, each.unit)


def span(each: Answer) -> str:
    """The middle 8 in 10 settings, or that it is too small to be told."""
    low, high = each.spread.low, each.spread.high
    if not np.isfinite(low):
        return words.UNKNOWN
    if low == high and each.spread.half_width > 0:
        return NOT_TOLD_APART
    if not each.signed:
        return words.between(low, high, each.unit)
    return words.differences(low, high, each.unit) or words.difference(low, each.unit)


def headed(heading: str, unit: str) -> str:
    """A heading with the unit of its numbers."""
    pounds = "£ " if unit.startswith("GBP") else ""
    return f"{heading} ({pounds}{words.unit_name(unit).removeprefix('GBP ')})".removesuffix(" ()")


def error(each: Answer) -> str:
    """Simulation error of the mean."""
    if each.unit.startswith("GBP") and np.isfinite(each.spread.half_width):
        return words.pounds(each.spread.half_width)
    return words.half_width(each.spread.half_width, each.unit)


def clear(each: Answer) -> bool:
    """Does the mean stand out from simulation error?"""
    return bool(abs(each.spread.mean) > np.nan_to_num(each.spread.half_width, nan=np.inf))


def surely(each: Answer) -> str:
    """ "More at 38 of 40 settings, less at 2."; empty where it is not known."""
    one = each.spread
    if not np.isfinite(one.above):
        return ""
    if not one.between and not clear(each):
        return "Whether it is more or less cannot be told from simulation error."
    more, less = round(one.above * one.settings), round(one.below * one.settings)
    return f"More at {more or 'none'} of {one.settings} settings, less at {less or 'none'}."


def in_words(found: Across) -> str:
    """The answer, a table a heading, and what the ranges mean."""
    blocks = ["\n".join(map(_wrapped, [*_opening(found), *headlines(found)]))]
    blocks += ["\n".join(_table(heading, rows)) for heading, rows in panels(found)]
    blocks += ["\n".join(map(_wrapped, [*meaning(found), NOBODY_REAL]))]
    return "\n\n".join(blocks)


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent="  ")


def _opening(found: Across) -> list[str]:
    weeks = words.one_of(found.scenario.weeks, "week", "weeks")
    return [f"{found.title} ({weeks}, seed {found.question.design.seed})"]


def _table(heading: str, rows: list[Answer]) -> Iterator[str]:
    yield _wrapped(headed(heading, rows[0].unit))
    yield f"  {'':40}{'mean':>9}{'±':>8}  {'not known':>18}"
    for each in rows[:MOST_ROWS]:
        told = span(each).replace(NOT_TOLD_APART, "-")
        yield f"  {textwrap.shorten(each.row, 40, placeholder=' ...'):40}{mean(each):>9}{error(each):>8}  {told:>18}"
    if len(rows) > MOST_ROWS:
        yield f"  ... and {len(rows) - MOST_ROWS} more, in answers.csv"


def meaning(found: Across) -> list[str]:
    """What the columns are, and what is shared by what."""
    return [
        f"Not known: the middle 8 in 10 of {len(found.settings)} settings that we could not rule out, what simulation "
        "error adds taken out; a dash where that is all. ±: simulation error of the mean (95 %). They are never added "
        "up.",
        f"{found.question.same}. Settings share no simulated future: {found.runs:,} runs, "
        f"{found.question.worlds} futures of each at each setting.",
        "All settings count alike; a share of them is no probability.",
    ]
