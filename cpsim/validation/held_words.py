"""What a `Held` says: its answer, its rule in plain words, and its tables as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.outputs import words
from cpsim.validation.judge import DIRECTION
from cpsim.validation.targets import patterns_digest
from cpsim.validation.words import ANSWERS, PARTS, WIDTH, number
from cpsim.validation.words import in_words as judged_in_words

if TYPE_CHECKING:
    from cpsim.validation.held import Held

USES = {
    "VALIDATION": "Held back, and never tuned to",
    "CALIBRATION": "May be fitted to",
    "QUALITATIVE": "Direction only",
}
RULE = (
    "Met: the middle of the settings lies within the target, both ends included. The middle is the median of what "
    "each setting gives; of a share of runs or trials, the share over all of them; a yes or no is met when more than "
    "half of the settings say yes. Where fewer than half of the settings give a value, it is not known. That the 90 % "
    "reaches a target does not make it met."
)
NINETY = (
    "The 90 %: from the 5th to the 95th of every 100 settings, each at its own value. What is not known of the model's "
    "numbers is in it, and a little luck, because {runs} of each scenario and {studies} of each kind leave some: more "
    "than a little in a share of so few, which moves in steps. All settings count alike; a share of them is no "
    "probability."
)


def rows_of(found: Held, use: str | None = None) -> list[Any]:
    """The measures, or those of one use, each with its columns as attributes."""
    table = found.measures
    return list((table if use is None else table[table["use"] == use]).itertuples(index=False))


def count(found: Held, use: str | None = None) -> str:
    """ "41 of 58"."""
    rows = rows_of(found, use)
    return f"{sum(row.met is True for row in rows)} of {len(rows)}"


def named(row: Any) -> str:
    """ "P8 followed up"."""
    return f"{row.id} {row.measure}"


def headlines(found: Held) -> list[str]:
    """What was held back first; then the others, and what settings change."""
    told = [f"{said}: {count(found, use)} measures met" for use, said in USES.items() if rows_of(found, use)]
    where = f", over {words.one_of(len(found.chosen), 'setting', 'settings')} that calibration did not rule out"
    first, *others = [*told]
    said = [f"{first}{where if found.over else ''}.", *(f"{each}." for each in others)]
    unknown = sum(row.met is None for row in rows_of(found))
    if unknown:
        said.append(f"Not known, and so not met: {words.one_of(unknown, 'measure', 'measures')}.")
    return [*said, *(_moved(found) if found.over else []), *warnings(found)]


def _moved(found: Held) -> Iterator[str]:
    """What is met at the usual values and not over settings, and the other way round."""
    rows = rows_of(found)
    at_usual = sum(row.usual_met is True for row in rows)
    yield f"At the usual values: {at_usual} of {len(rows)} measures met."
    lost = [named(row) for row in rows if row.usual_met is True and row.met is not True]
    won = [named(row) for row in rows if row.met is True and row.usual_met is not True]
    for said, names in (("Met there, and not over settings", lost), ("Met over settings, and not there", won)):
        if names:
            yield f"{said}: {words.listed(names)}."


def warnings(found: Held) -> list[str]:
    """What keeps the answer from being taken as it stands."""
    if found.settings is None:
        return []
    doubts = found.settings.doubts(patterns_digest())
    said = [f"The set does not belong to this version of the model: {'; '.join(doubts)}."] if doubts else []
    if found.failed:
        nothing = int(np.isnan(found.values).all(axis=1).sum())
        said.append(f"{words.one_of(nothing, 'setting', 'settings')} failed to run. The first: {found.failed[0]}")
    return said


def ninety(found: Held) -> str:
    """What the 90 % is."""
    return NINETY.format(
        runs=words.one_of(found.asked.replications_each, "run", "runs"),
        studies=words.one_of(found.asked.trials_each, "simulated study", "simulated studies"),
    )


def places(found: Held, use: str) -> str:
    """How targets of two ends lie among settings, in a sentence; nothing where there are none."""
    known = [row.place for row in rows_of(found, use) if not np.isnan(row.place)]
    if not known:
        return ""
    outside = sum(not 0.05 <= place <= 0.95 for place in known)
    return (
        f"Of {len(known)} with a target of two ends, the middle of the target lies outside the 90 % in {outside}. Were "
        "each middle what was measured, and the model right, that would be about 1 in 10; but most targets are bands "
        "that are wide on purpose, and their middle is no measurement."
    )


def shown(value: float, row: Any) -> str:
    """A number as a table has it; a direction as yes, no, or neither."""
    if row.how != DIRECTION:
        return number(value)
    return {1.0: "yes", 0.0: "no"}.get(value, "not known" if np.isnan(value) else "half and half")


def target(row: Any) -> str:
    """What the measure asks for."""
    return "yes" if row.how == DIRECTION else str(row.target)


def ninety_of(row: Any) -> str:
    """The ends of the 90 %; of a direction, in how many settings it holds."""
    if np.isnan(row.settings_low):
        return ""
    if row.how == DIRECTION:
        return f"yes in {share_inside(row)}"
    return f"{number(row.settings_low)} to {number(row.settings_high)}"


def share_inside(row: Any) -> str:
    """ "38 of 40": settings within the target, of those with a value."""
    return f"{round(row.inside * row.settings_known)} of {row.settings_known}" if row.settings_known else "none known"


def in_words(found: Held) -> str:
    """The answer, a table a use, and the rule."""
    if not found.over:
        return judged_in_words(found.usual)
    parts = ["\n".join("\n".join(textwrap.wrap(line, WIDTH)) for line in headlines(found))]
    parts += ["\n".join(_part(found, use, heading)) for use, heading in PARTS.items() if rows_of(found, use)]
    parts += [textwrap.fill(text, WIDTH) for text in (RULE, ninety(found))]
    return "\n\n".join([*parts, "Shares of runs and means are told as 0 to 1. Simulated people: nobody here is real."])


def _part(found: Held, use: str, heading: str) -> Iterator[str]:
    rows = rows_of(found, use)
    yield f"{heading}: {count(found, use)} measures met"
    yield f"{'':5}{'':34}{'target':>14}{'usual':>9}{'middle':>9}{'90 % of settings':>18}  "
    for row in rows:
        first, *rest = textwrap.wrap(row.measure, 33)
        numbers = f"{target(row):>14}{shown(row.usual, row):>9}{shown(row.middle, row):>9}{ninety_of(row):>18}"
        yield f"{row.id:5}{first:34}{numbers}  {ANSWERS[row.met]}"
        yield from (f"{'':5}{line}" for line in rest)
    for row in rows:
        if row.explanation:
            told = f"{row.id}, {row.measure}: {row.explanation}"
            yield from textwrap.wrap(told, WIDTH, initial_indent="  ", subsequent_indent="    ")


def by_use(found: Held) -> dict[str, pd.DataFrame]:
    """The measures of each use that has any."""
    parts = {use: found.measures[found.measures["use"] == use] for use in PARTS}
    return {use: part.reset_index(drop=True) for use, part in parts.items() if len(part)}
