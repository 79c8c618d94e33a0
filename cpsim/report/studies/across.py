"""The page of a study over the settings that are not ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments.across_words import error, mean, meaning, span
from cpsim.outputs import words
from cpsim.plots.picture import Grid
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.across import Across

MOST = 400  # numbers on the page; answers.csv has all


def sections(found: Across) -> list[Section]:
    """The picture with what it means, every number, and the set."""
    return [_answer(found), _numbers(found), _the_set(found)]


def _answer(found: Across) -> Section:
    said = [
        "The study was made anew within each setting of the model's uncertain numbers. How far its answers lie apart "
        "is what is not known, and more evidence would narrow that; more runs would narrow simulation error only.",
        *meaning(found),
    ]
    return Section("settings", "What the settings agree on, and what they do not", said, ["settings"])


def _numbers(found: Across) -> Section:
    rows = [
        (each.heading, each.row, mean(each), error(each), span(each), words.unit_name(each.unit))
        for each in found.answers[:MOST]
    ]
    headings = ("asked", "of", "mean", "± simulation error", "not known, 8 in 10 settings", "unit")
    cut = [f"The first {MOST}; answers.csv has {len(found.answers):,}."] if len(found.answers) > MOST else []
    said = ["by_setting.csv has each number at each setting, with its standard error.", *cut]
    return Section(
        "numbers", "Every number", said, folded=[("Every number over the settings", Grid(headings, tuple(rows)))]
    )


def _the_set(found: Across) -> Section:
    settings = found.settings
    count, varied = len(settings), settings.settings.shape[1]
    said = [
        f"{words.one_of(count, 'setting', 'settings')} of {words.one_of(varied, 'number', 'numbers')} that the "
        "patterns for calibration do not rule out. They have no weights: a share of them is no probability. Where not "
        "all of the set was taken, those that were taken are spread so that they stand for all.",
        *found.warnings(),
    ]
    if not settings.doubts():
        said.append("It was made with this version of the model.")
    return Section("the-set", "The set", said, commands=[f"cpsim calibrate --show {settings.asked_as}"])
