"""Numbers as a planner reads them: whole people, two significant figures, rounded pounds, ranges in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

UNKNOWN = "not known"
SMALLEST = 1  # pounds; less is not worth printing
LEAST_TOLD = 0.001  # of other differences
UNIT_NAMES = {
    "share": "in 100",
    "hours/hour": "",
    "hours/week": "hours a week",
    "GBP/person/year": "a person and year",
    "points of 0-27": "points (0-27)",
    "points of 14-70": "points (14-70)",
    "points of 0-60": "points (0-60)",
    "points of 0-100": "points (0-100)",
}


def nearest(value: float) -> int:
    """The nearest whole number; halves go up, as people expect."""
    return math.floor(value + 0.5)


def two_figures(value: float) -> str:
    """Two significant figures without an exponent: 41.3 -> "41", 0.0632 -> "0.063", 1234 -> "1,200"."""
    if not math.isfinite(value):
        return UNKNOWN
    if not value:
        return "0"
    places = 1 - math.floor(math.log10(abs(value)))
    places = 1 - math.floor(math.log10(abs(round(value, places))))  # 9.96 is 10, not 10.0
    return f"{round(value, places):,.{max(places, 0)}f}"


def pounds(value: float) -> str:
    """Pounds to 100 below 10,000, then to 1,000; below 1,000, where that would say little, two figures."""
    if not math.isfinite(value):
        return UNKNOWN
    if abs(value) < SMALLEST:
        return "less than £1" if value else "£0"
    size = 1000 if abs(value) >= 10_000 else 100
    digits = f"{nearest(abs(value) / size) * size:,}" if abs(value) >= 1000 else two_figures(abs(value))
    return f"{'-' if value < 0 else ''}£{digits}"


def in_100(share: float) -> str:
    """A share as whole people of 100; what rounds to nobody or everybody without being so says so."""
    if not math.isfinite(share):
        return UNKNOWN
    people = nearest(100 * share)
    if people == 0 and share > 0:
        return "fewer than 1"
    if people == 100 and share < 1:
        return "more than 99"
    return str(people)


def of_100(five: float, some: float) -> tuple[int, int, int]:
    """Shares with five and with some steps as whole people of 100, and the rest: together always 100."""
    with_five = nearest(100 * five)
    with_some = min(nearest(100 * some), 100 - with_five)
    return with_five, with_some, 100 - with_five - with_some


def amount(value: float, unit: str) -> str:
    """One number rounded as its unit is read, without the unit's name."""
    if unit == "share":
        return in_100(value)
    if unit == "people" and 0 < value < 0.5:
        return "fewer than 1"
    return end(value, unit)


def end(value: float, unit: str) -> str:
    """One end of a range: the same without words, so that "0 to 2" stays short."""
    if not math.isfinite(value):
        return UNKNOWN
    if unit == "share":
        return str(nearest(100 * value))
    if unit.startswith("GBP"):
        return pounds(value) if abs(value) >= SMALLEST else "£0"
    if unit.startswith("points"):
        return f"{value:.1f}".replace("-0.0", "0.0")
    if unit == "people" and abs(value) < 10:
        return str(nearest(value))
    return two_figures(value)


def between(low: float, high: float, unit: str) -> str:
    """Two ends of a range: "5 to 14"; one number where both round to it."""
    ends = end(low, unit), end(high, unit)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def half_width(width: float, unit: str) -> str:
    """By how much the mean could move; shares in people of 100. Empty where one run cannot say."""
    if not math.isfinite(width):
        return ""
    size = 100 * width if unit == "share" else width
    return two_figures(size) if size >= 0.005 else "0"


def unit_name(unit: str) -> str:
    """The unit after a number: "share" is "in 100", "contacts/person/month" is "contacts a person and month"."""
    if unit in UNIT_NAMES:
        return UNIT_NAMES[unit]
    what, *each = unit.split("/")
    return f"{what} a {' and '.join(each)}" if each else what


def one_of(count: int, one: str, many: str) -> str:
    """ "1 team", "3 teams"."""
    return f"{count:,} {one if count == 1 else many}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def difference(value: float, unit: str) -> str:
    """A difference with its sign and two figures, shares in people of 100: "+3.1", "-£340"; nothing is "none"."""
    if not math.isfinite(value):
        return UNKNOWN
    if not value:
        return "none"
    sign = "-" if value < 0 else "+"
    if unit.startswith("GBP"):
        return f"{sign}{pounds(abs(value))}" if abs(value) >= SMALLEST else "£0"
    return f"{sign}{two_figures(abs(value) * (100 if unit == 'share' else 1))}"


def differences(low: float, high: float, unit: str) -> str:
    """Two ends of a difference to the same place: "+2.6 to +3.4"; empty where they are not known or one."""
    if not (math.isfinite(low) and math.isfinite(high)) or low == high:
        return ""
    if unit.startswith("GBP"):
        ends = [difference(value, unit) for value in (low, high)]
        return "less than £1" if ends == ["£0", "£0"] else " to ".join(ends)
    low, high = (value * (100 if unit == "share" else 1) for value in (low, high))
    most = max(abs(low), abs(high))
    if most < LEAST_TOLD:
        return f"less than {LEAST_TOLD:g}"
    places = max(0, 1 - math.floor(math.log10(most)))
    return f"{low:+,.{places}f} to {high:+,.{places}f}"  # one that rounds to nothing keeps its sign
