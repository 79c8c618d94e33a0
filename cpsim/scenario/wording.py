"""Numbers, units and near names, as a planner reads them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

NOT_COUNTED = ("proportion", "ratio", "odds ratio", "hazard ratio", "probability", "correlation", "standardised", "SD")


def plain(value: Any) -> str:
    """A value as it would be written in a scenario: 20.0 as 20, True as true, None as null."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.6g}"
    if value is None:
        return "null"
    return str(value)


def quoted(value: Any) -> str:
    """The same for messages: text in quotes, and never more than 40 signs."""
    text = repr(value) if isinstance(value, str) else plain(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def unit_in_words(unit: str) -> str:
    """ "people/WTE" as "people per WTE"; "km/h" stays."""
    return unit if unit == "km/h" else unit.replace("/", " per ")


def with_unit(amount: str, unit: str) -> str:
    """ "20", "people/WTE" -> "20 people per WTE"; a scale or a proportion comes in brackets."""
    if not unit:
        return amount
    words = unit_in_words(unit)
    if amount == "1":
        first, *rest = words.split()
        words = " ".join([{"people": "person"}.get(first, first.removesuffix("s")), *rest])
    return f"{amount} {words}" if counted(unit) else f"{amount} ({words})"


def counted(unit: str) -> bool:
    """Can one say "a number of ..." with it? Of people and minutes yes, of a proportion or a 0-1 scale no."""
    return bool(unit) and not unit.startswith(NOT_COUNTED) and not unit[0].isdigit()


def span(low: float, high: float, unit: str = "") -> str:
    """Two ends: "5 to 80 people per WTE"."""
    return with_unit(f"{plain(low)} to {plain(high)}", unit)


def either(words: Iterable[str]) -> str:
    """ "'a', 'b' or 'c'"."""
    *first, last = [repr(word) for word in words]
    return f"{', '.join(first)} or {last}" if first else last


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, else the shortest that holds it; None when no word comes near."""
    words = list(known)
    alike = difflib.get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    holding = sorted((each for each in words if len(word) > 2 and word.lower() in each), key=len)
    return next(iter([*alike, *holding]), None)
