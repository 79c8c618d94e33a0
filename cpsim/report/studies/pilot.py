"""Sections of the page of simulated pilots."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cpsim.experiments.virtual.tables import lines
from cpsim.experiments.virtual.telling_numbers import number
from cpsim.plots.picture import Grid
from cpsim.plots.studies.pilot import PANELS, spread
from cpsim.report.section import Section

if TYPE_CHECKING:
    from cpsim.experiments.pilot import Pilot

ABOUT = (
    "All agencies are trained; their settings are half statutory and half third sector, because how many were of which "
    "is not known. Fidelity is known here for every person; the pilot scored it."
)


def sections(found: Pilot) -> list[Section | None]:
    """In the order of the page."""
    pictures = ["bands"] if len(spread(found)) else []
    return [
        Section("beside", "Beside what the pilot reported", words=[ABOUT], pictures=pictures, tables=[_beside(found)]),
        Section("people", "People by band of fidelity", tables=[_bands(found)]),
    ]


def _beside(found: Pilot) -> tuple[str, Grid]:
    rows = tuple(
        (
            f"{row.what} ({row.by})" if ":" in row.what else row.what,
            number(row.reported) if math.isfinite(row.reported) else "",
            f"{number(row.found)} ({number(row.p10)} to {number(row.p90)})" if row.pilots else "nobody to compare",
            number(row.without_effect) if row.pilots else "",
            f"{number(row.because_of_cp)} ({number(row.because_low)} to {number(row.because_high)})"
            if row.pilots
            else "",
        )
        for row in lines(found.beside)
    )
    headings = ("", "reported", "simulated (8 in 10 pilots)", "CP does nothing", "because of CP (simulation error)")
    return "High fidelity less the others, adjusted for baseline", Grid(headings, rows)


def _bands(found: Pilot) -> tuple[str, Grid]:
    headings = ["band", "people"]
    for name in PANELS.values():
        headings += [f"{name.split(chr(10))[0]}, before", "after"]
    rows = tuple(
        (
            row.band,
            number(row.people),
            *(number(getattr(row, f"{name}_{when}")) for name in PANELS for when in ("before", "after")),
        )
        for row in lines(found.bands)
    )
    return "Means over pilots", Grid(tuple(headings), rows)
