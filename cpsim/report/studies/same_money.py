"""The page of what the same money would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments import same_money_words as told
from cpsim.plots.studies.same_money import pictures
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.same_money import SameMoney


def sections(found: SameMoney) -> list[Section | None]:
    """Lever by lever, and what it rests on."""
    return [levers(found), rests_on(found)]


def levers(found: SameMoney) -> Section:
    """The picture with its table; what the sum does not buy."""
    shown = [picture.name for picture in pictures(found)]
    lists = [("Not for this money", told.not_bought(found))] if told.not_bought(found) else []
    return Section("levers", "Lever by lever", words=[told.SINGLE], pictures=shown, lists=lists)


def rests_on(found: SameMoney) -> Section:
    """Prices and ranges."""
    beyond = [text for text in found.table["beyond"] if text]
    lists = [("Beyond what has been seen or is usual", beyond)] if beyond else []
    return Section(
        "rests-on", "What this rests on", words=[told.made_of(found), told.COSTS, told.INTERVALS], lists=lists
    )
