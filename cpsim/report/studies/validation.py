"""The page of a validation: what was held back, fitted to, and only a direction, each apart; what is not met, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.plots.picture import Grid
from cpsim.report.section import Section
from cpsim.scenario.wording import with_unit
from cpsim.validation import held_words as told
from cpsim.validation.judge import SIMULATION_ERROR
from cpsim.validation.words import ANSWERS, PARTS, number

if TYPE_CHECKING:
    from cpsim.validation.held import Held

ORDER = ("VALIDATION", "CALIBRATION", "QUALITATIVE")
NAMES = {"VALIDATION": "held-back", "CALIBRATION": "fitted", "QUALITATIVE": "direction"}
ABOUT = {
    "VALIDATION": "Nothing was tuned to these. A measure that is not met is a finding about the model, and stays here.",
    "CALIBRATION": "Numbers of the model may be fitted to these; that they are met says little of whether it is right.",
    "QUALITATIVE": "The source gives a direction or an order, no size; ends are ours. Nothing was tuned to these.",
}
OURS = (
    "Explanations are our best reading of the rules and ledgers at the usual values, and not themselves tested. A "
    "measure without one is not explained yet."
)


def sections(found: Held) -> list[Section]:
    """How it is judged, then a section a use, then the set."""
    uses = [_use(found, use) for use in ORDER if told.rows_of(found, use)]
    return [_rule(found), *uses, *([_the_set(found)] if found.over else [])]


def _rule(found: Held) -> Section:
    said = [told.RULE, told.ninety(found)] if found.over else [f"Interval: {SIMULATION_ERROR}."]
    if not found.over:
        said.insert(0, "Met: what was found at the usual values lies within the target, both ends included.")
    return Section("rule", "When a measure is met", [*said, OURS, "Shares of runs and means are told as 0 to 1."])


def _use(found: Held, use: str) -> Section:
    rows = told.rows_of(found, use)
    missed = [f"{told.named(row)}: {row.explanation}" for row in rows if row.met is False]
    unknown = [told.named(row) for row in rows if row.met is None]
    lists = [("Not met, and our best explanation", missed), ("Not known, and so not met", unknown)]
    said = [ABOUT[use], f"{told.count(found, use)} measures met.", *filter(None, [told.places(found, use)])]
    return Section(
        NAMES[use],
        PARTS[use],
        said,
        [NAMES[use]],
        tables=[(f"{told.USES[use]}: {told.count(found, use)} met", _table(found, rows))],
        lists=[(title, lines) for title, lines in lists if lines],
        folded=[("What each measure asks for, and where it was found", _asked_for(rows)), *_places(rows)],
    )


def _table(found: Held, rows: Sequence[Any]) -> Grid:
    return _over_settings(rows) if found.over else _at_usual(rows)


def _at_usual(rows: Sequence[Any]) -> Grid:
    lines = tuple(
        (told.named(row), wanted(row), told.shown(row.usual, row), interval(row), ANSWERS[row.met]) for row in rows
    )
    return Grid(("measure", "target", "found", "interval", ""), lines)


def _over_settings(rows: Sequence[Any]) -> Grid:
    lines = tuple(
        (told.named(row), wanted(row), told.shown(row.usual, row), told.shown(row.middle, row),
         told.ninety_of(row), told.share_inside(row), answer(row))
        for row in rows
    )  # fmt: skip
    return Grid(("measure", "target", "usual values", "middle", "90 % of settings", "settings inside", ""), lines)


def wanted(row: Any) -> str:
    """The target with its unit."""
    return with_unit(told.target(row), str(row.unit))


def interval(row: Any) -> str:
    """Of the usual values, where it is known."""
    return "" if np.isnan(row.usual_low) else f"{number(row.usual_low)} to {number(row.usual_high)}"


def answer(row: Any) -> str:
    """Met or not; of one that is not, whether the 90 % has anything in common with the target."""
    if row.met is not False:
        return ANSWERS[row.met]
    return f"{ANSWERS[False]}; the 90 % {'reaches' if row.reached else 'does not reach'} the target"


def _asked_for(rows: Sequence[Any]) -> Grid:
    lines = tuple((told.named(row), str(row.sentence), str(row.how), str(row.source)) for row in rows)
    return Grid(("measure", "what was found", "read as", "source"), lines)


def _places(rows: Sequence[Any]) -> list[tuple[str, Grid]]:
    """Where the middle of each target of two ends lies among settings."""
    known = [row for row in rows if not np.isnan(row.place)]
    if not known:
        return []
    lines = tuple((told.named(row), wanted(row), f"{100 * row.place:.0f}") for row in known)
    title = "Where targets of two ends lie among settings"
    return [(title, Grid(("measure", "target", "settings of 100 below its middle"), lines))]


def _the_set(found: Held) -> Section:
    settings = found.settings
    assert settings is not None
    said = [
        f"{_how_many(found)} of {settings.settings.shape[1]} numbers that the patterns for calibration do not rule "
        "out. Each is put on top of every scenario that a pattern needs, as when they were fitted, and run in worlds "
        "of its own. Numbers that were not fitted are not varied.",
        *told.warnings(found),
    ]
    if not settings.doubts():
        said.append("The set was made with this version of the model.")
    return Section("the-set", "The set", said, commands=[f"cpsim calibrate --show {settings.asked_as}"])


def _how_many(found: Held) -> str:
    assert found.settings is not None
    run, of = len(found.chosen), len(found.settings)
    return f"All {of} settings" if run == of else f"{run} of the {of} settings, those that stand best for all,"
