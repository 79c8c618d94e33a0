"""The page of a scenario over the set of settings that are not ruled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.over_set import OverSet


def sections(found: OverSet) -> list[Section]:
    """What is not known beside what is luck; the set it was run over."""
    return [_ranges(found), _the_set(found)]


def _ranges(found: OverSet) -> Section:
    said = [
        "Two things keep a number from being one number. What is not known: each setting of the model's uncertain "
        "numbers gives another mean, and more evidence would narrow that. Luck: at one and the same setting, teams and "
        "years differ, and nothing narrows that. They are never added up here.",
        f"Each of {len(found.settings)} settings was run in {found.worlds} simulated futures of its own; the luck of "
        "so few has been taken out of the range of settings. Simulation error (±) is what running again would move the "
        "mean by.",
    ]
    return Section("ranges", "What is not known, and what is luck", said, ["ranges"])


def _the_set(found: OverSet) -> Section:
    settings = found.settings
    said = [
        f"The set holds {len(settings)} settings of {settings.settings.shape[1]} numbers that the patterns for "
        "calibration do not rule out. They have no weights: a share of them is no probability.",
        *found.warnings(),
    ]
    if not settings.doubts():
        said.append("It was made with this version of the model.")
    return Section("the-set", "The set", said, commands=[f"cpsim calibrate --show {settings.asked_as}"])
