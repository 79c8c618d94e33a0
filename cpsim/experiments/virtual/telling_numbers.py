"""Numbers of a virtual trial as words."""

from __future__ import annotations

import math
from typing import Any

from cpsim.experiments.virtual.teams import ALIKE, FULL, OBSERVED, OFFERED, ON


def number(value: float) -> str:
    """Points to two figures below ten; "not known" for what is not."""
    if not math.isfinite(value):
        return "not known"
    rounded = f"{value:.2f}" if abs(value) < 1 else f"{value:.1f}" if abs(value) < 100 else f"{value:,.0f}"
    return "0" if not float(rounded.replace(",", "")) else rounded


def in_100(share: float) -> str:
    """A share of trials: "7 of 100"."""
    return f"{round(100 * share)} of 100" if math.isfinite(share) else "an unknown share"


def share_with_error(row: Any) -> str:
    """A share with its simulation error."""
    return f"{in_100(row.rejected)} ({100 * row.low:.0f} to {100 * row.high:.0f})"


def world(delivery: str, effect: str) -> str:
    """A world of the trials by name: how CP is delivered, and whether it does anything."""
    if delivery == ALIKE:
        return "arms alike"
    as_asked = delivery in (OBSERVED, FULL, OFFERED)
    named = f"{delivery} delivery" if as_asked else f"{delivery.replace('+', ' and ')} barrier{_s(delivery)} gone"
    return named + ("" if effect == ON else ", no effect")


def short(name: str) -> str:
    """The same where there is little room."""
    return name.replace(" delivery", "")


def _s(delivery: str) -> str:
    return "s" if "+" in delivery else ""
