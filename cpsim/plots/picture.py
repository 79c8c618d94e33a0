"""A picture: a finding as title, a caption that says what ranges are, text for who cannot see it, and its table."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.figure import Figure

from cpsim.outputs import telling, words
from cpsim.outputs.intervals import Estimate
from cpsim.plots.style import QUIET, house_style

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

WIDTH = 7.2  # inches
TITLE_SIZE, CAPTION_SIZE = 11.5, 8.0  # points
TITLE_SIGNS, CAPTION_SIGNS = 66, 112  # a line of this width holds
LINE = 1.35 / 72  # inches a point of text
MARGIN = 0.12  # inches
Draw = Callable[[Figure, pd.DataFrame], None]


@dataclass(frozen=True)
class Grid:
    """A table for reading: headings, and rows of text whose first cell names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """What is drawn and said. `table`: tidy, a row a mark. `height`: inches without title and caption."""

    name: str
    title: str
    caption: str
    alt: str
    table: pd.DataFrame
    grid: Grid
    draw: Draw
    height: float

    @property
    def _title(self) -> str:
        return textwrap.fill(self.title, TITLE_SIGNS)

    @property
    def _caption(self) -> str:
        return textwrap.fill(self.caption, CAPTION_SIGNS)

    @property
    def above(self) -> float:
        """Inches that the title takes."""
        return 2 * MARGIN + TITLE_SIZE * LINE * (self._title.count("\n") + 1)

    @property
    def below(self) -> float:
        """Inches that the caption takes."""
        return 2 * MARGIN + CAPTION_SIZE * LINE * (self._caption.count("\n") + 1)

    def figure(self) -> Figure:
        """The picture with title and caption as a matplotlib Figure of its own (no pyplot)."""
        whole = self.above + self.height + self.below
        with house_style():
            figure = Figure(figsize=(WIDTH, whole))
            space = (0.0, self.below / whole, 1.0, self.height / whole)
            figure.set_layout_engine("constrained", rect=space, h_pad=0.05, w_pad=0.1)
            self.draw(figure, self.table)
            edge = MARGIN / WIDTH
            figure.text(edge, 1 - MARGIN / whole, self._title, size=TITLE_SIZE, weight="bold", va="top")
            figure.text(edge, MARGIN / whole, self._caption, size=CAPTION_SIZE, color=QUIET, va="bottom")
        return figure


def estimates(rows: Sequence[tuple[str, str, Estimate]]) -> pd.DataFrame:
    """Tidy table of (label, unit, Estimate)."""
    return pd.DataFrame([{"label": label, "unit": unit, **vars(found)} for label, unit, found in rows])


def grid(table: pd.DataFrame, first: str, many: str = "8 in 10 futures") -> Grid:
    """The table of estimates as it is read."""
    rows = tuple(
        (
            row.label,
            words.amount(row.mean, row.unit),
            words.between(row.p10, row.p90, row.unit) if row.runs else "",
            words.half_width((row.ci_high - row.ci_low) / 2, row.unit),
        )
        for row in rows_of(table)
    )
    return Grid((first, "mean", many, "mean ±"), rows)


def told(table: pd.DataFrame) -> str:
    """The table of estimates as a sentence, for alternative text."""
    parts = [
        f"{row.label} {words.amount(row.mean, row.unit)}"
        + (f" ({words.between(row.p10, row.p90, row.unit)})" if row.runs > 1 else "")
        for row in rows_of(table)
    ]
    return f"{'; '.join(parts)}." if parts else ""


def rows_of(table: pd.DataFrame) -> list[Any]:
    """The rows of a tidy table, each with its columns as attributes."""
    return list(table.itertuples(index=False))


def caption(result: RunResult, *sentences: str) -> str:
    """What is special here, then runs and horizon."""
    weeks = words.one_of(result.scenario.weeks, "week", "weeks")
    return " ".join([*sentences, f"{telling.runs_made(result)[0].upper()}{telling.runs_made(result)[1:]}; {weeks}."])


def range_words(result: RunResult, mark: str = "Whiskers") -> str:
    """What whiskers or bands mean, in every picture the same."""
    return f"{mark}: the middle 8 in 10 {result.futures}, that is luck." if len(result.runs) > 1 else ""
