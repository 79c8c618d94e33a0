"""The answers of simulated pilots in words."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from cpsim.experiments.virtual.tables import lines
from cpsim.experiments.virtual.telling import ENOUGH, WIDTH
from cpsim.experiments.virtual.telling_numbers import number

if TYPE_CHECKING:
    from cpsim.experiments.pilot import Pilot

SHARE, CAPITAL, COST = "share of people with high fidelity", "social capital: points", "cost of services: GBP"
BAND, TOP = "high band", "highest 26 of 100"


def headlines(found: Pilot) -> list[str]:
    """The answers, each a paragraph."""
    rows = {(row.what, row.by): row for row in lines(found.beside)}
    told = [_share(rows[SHARE, BAND], found)]
    for what, unit in ((CAPITAL, "points of RG-UK"), (COST, "pounds")):
        told.append(" ".join(_difference(rows[what, by], unit) for by in (BAND, TOP)))
    told.append(
        "The pilot had no control group: whoever is well enough to be given more CP does better anyway. Only what is "
        "found beyond the same comparison with CP's effect switched off is CP."
    )
    if found.pilots < ENOUGH:
        told.append(f"A first look at {found.pilots:,} pilots: rough below {ENOUGH}.")
    return told


def _share(row: Any, found: Pilot) -> str:
    return (
        f"Of 100 people whom agencies follow for {found.design.followup_weeks:g} weeks, {100 * row.found:.0f} get CP "
        f"with high fidelity ({100 * row.p10:.0f} to {100 * row.p90:.0f} in 8 of 10 simulated pilots); the pilot "
        f"reported {100 * row.reported:.0f}."
    )


def _difference(row: Any, unit: str) -> str:
    subject = row.what.split(":")[0]
    if not row.pilots:
        return f"{subject[0].upper()}{subject[1:]}: too few people in the {row.by} to compare."
    who = "people in the high band" if row.by == BAND else f"the {row.by} by fidelity"
    reported = f" The pilot reported {number(row.reported)}." if math.isfinite(row.reported) else ""
    return (
        f"{subject[0].upper()}{subject[1:]}: {who} less the others, {number(row.found)} {unit}; "
        f"{number(row.without_effect)} with CP doing nothing; because of CP {number(row.because_of_cp)}.{reported}"
    )


def in_words(found: Pilot) -> str:
    """Everything, at most 80 columns wide."""
    head = (
        f"{found.pilots:,} simulated pilots of {len(found.scenario.arms)} agencies. Differences are high fidelity less "
        "other, adjusted for baseline, people as independent."
    )
    parts = [textwrap.fill(found.title, WIDTH), textwrap.fill(head, WIDTH)]
    parts += [textwrap.fill(each, WIDTH) for each in headlines(found)]
    return "\n\n".join([*parts, table(found)])


def table(found: Pilot) -> str:
    """A line a finding: reported, found, the middle 8 in 10 pilots, and without CP's effect."""
    told = [f"{'':<38}{'reported':>9}{'found':>8}{'8 in 10':>17}{'no CP':>8}"]
    for row in lines(found.beside):
        by = " (highest 26)" if row.by == TOP else ""
        first, *rest = textwrap.wrap(row.what.replace("partial eta squared", "eta squared") + by, 37)
        reported = number(row.reported) if math.isfinite(row.reported) else ""
        span = f"{number(row.p10)} to {number(row.p90)}" if row.pilots else ""
        cells = (number(row.found), span, number(row.without_effect)) if row.pilots else ("-", "", "-")
        told.append(f"{first:<38}{reported:>9}{cells[0]:>8}{cells[1]:>17}{cells[2]:>8}")
        told += rest
    return "\n".join([*told, "", "no CP: the same pilots with CP's effect switched off."])
