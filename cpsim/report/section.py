"""A section of the page: heading, sentences, pictures by name, tables and lists. Text only; the template escapes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cpsim.plots.picture import Grid


@dataclass(frozen=True)
class Section:
    """`name`: its address on the page. `tables` and `lists` have a title each; `folded` tables open on a click."""

    name: str
    heading: str
    words: Sequence[str] = ()
    pictures: Sequence[str] = ()
    tables: Sequence[tuple[str, Grid]] = ()
    lists: Sequence[tuple[str, Sequence[str]]] = ()
    folded: Sequence[tuple[str, Grid]] = ()
    commands: Sequence[str] = ()
