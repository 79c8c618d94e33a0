"""A made-up study, and designs small enough to run many times."""

import sys
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pandas as pd

import cpsim
from cpsim.experiments.design import Design, Point
from cpsim.plots.picture import Grid, Picture
from cpsim.plots.studies import caption
from cpsim.report.section import Section

POINTS = (
    Point("base"),
    Point("no bus barrier", without=("transport",)),
    Point("known", {"parameters.known_at_start": 0.5}),
    Point("short of staff", scenario="understaffed"),
)


def short(weeks=2):
    """A scenario of a few milliseconds a run."""
    return cpsim.load("third-sector").with_(weeks=weeks)


def design(worlds=range(5), points=POINTS[:3], **more):
    return Design.crossed(short(), points, worlds, **more)


@dataclass(frozen=True)
class MadeUp:
    """What a study hands over."""

    kind: str = "made_up"
    title: str = "A made-up study"
    scenario: Any = field(default_factory=short)
    tables: dict[str, pd.DataFrame] = field(
        default_factory=lambda: {"paired": pd.DataFrame({"outcome": ["reach"], "difference": [0.25]})}
    )
    facts: dict[str, Any] = field(default_factory=lambda: {"command": "cpsim made-up", "seed": 1, "runs": 15})

    def in_words(self):
        return "Reach rises by 25 in\n100.\n\nA table follows."


def pictures(found):
    def draw(figure, table):
        figure.add_subplot().bar(table["outcome"], table["difference"])

    if "paired" not in found.tables:
        return []
    table = found.tables["paired"]
    grid = Grid(("outcome", "difference"), (("reach", "0.25"),))
    about = caption(found, "Bars: means.")
    return [Picture("paired", "Reach rises", about, "Reach rises by 25 in 100.", table, grid, draw, 2.0)]


def sections(found):
    return [Section("answer", "Did it help?", ["It did."], pictures=[p.name for p in pictures(found)]), None]


def known_to_pages(monkeypatch):
    """Let pages find the made-up study's pictures and sections."""
    for name, content in (("plots", {"pictures": pictures}), ("report", {"sections": sections})):
        module = ModuleType(f"cpsim.{name}.studies.made_up")
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, module.__name__, module)
