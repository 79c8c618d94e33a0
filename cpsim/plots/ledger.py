"""How a ledger is drawn: in the way at all (pale), met first (dark, inside it), the only thing in the way (diamond).

Each is at most the one before it, so the three share a line and need no colour to be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from cpsim.outputs import words
from cpsim.outputs.ledgers import Barrier
from cpsim.plots.bars import number, plain
from cpsim.plots.picture import Grid, rows_of
from cpsim.plots.style import BLUE, EDGE, INK, PALE_BLUE, PALE_GREY, WHITE

NOBODYS = "†"
COUNTS = ("any", "first", "only")
NAMES = {"any": "in the way at all", "first": "met first", "only": "the only thing in the way"}


def table(barriers: Sequence[Barrier]) -> pd.DataFrame:
    """Tidy: a row a barrier (and source), shares of chances with their ranges."""
    return pd.DataFrame(
        [
            {
                "source": barrier.source.name.lower(),
                "label": f"{barrier.label}{f' {NOBODYS}' if barrier.nobodys else ''}",
                "nobodys": barrier.nobodys,
                **{
                    f"{count}_{part}": getattr(getattr(barrier, count), part)
                    for count in COUNTS
                    for part in ("mean", "p10", "p90")
                },
            }
            for barrier in barriers
        ]
    )


def bars(axes: Axes, barriers: pd.DataFrame) -> dict[str, Artist]:
    """Draw one ledger, shares as chances of 100; returns what the key shows."""
    share = {count: 100 * barriers[f"{count}_mean"].fillna(0).to_numpy() for count in COUNTS}
    pale = [PALE_GREY if nobodys else PALE_BLUE for nobodys in barriers["nobodys"]]
    dark = [EDGE if nobodys else BLUE for nobodys in barriers["nobodys"]]
    names = barriers["label"].tolist()
    outline: Any = {"edgecolor": EDGE, "linewidth": 0.8}
    wide = axes.barh(names, share["any"], color=pale, height=0.74, **outline)
    narrow = axes.barh(names, share["first"], color=dark, height=0.34, **outline)
    diamond = axes.scatter(
        share["only"], names, marker="D", s=26, color=WHITE, edgecolors=INK, linewidths=1.1, zorder=4
    )
    for place, value in enumerate(barriers["any_mean"]):
        number(axes, share["any"][place], place, words.amount(value, "share"), gap=8)
    axes.set_ylim(len(barriers) - 0.4, -0.6)
    plain(axes)
    return dict(zip(NAMES.values(), (wide[0], narrow[0], diamond), strict=True))


def widest(barriers: pd.DataFrame) -> tuple[float, float]:
    """Limits of the axis that leave room for the diamonds and the numbers."""
    longest = max(100 * barriers["any_mean"].fillna(0).max(), 1)
    return -0.025 * longest, 1.16 * longest


def grid(barriers: pd.DataFrame, names: dict[str, str] | None = None) -> Grid:
    """The ledger as it is read, in chances of 100; with `names`, whose attempts come first."""
    rows = tuple(
        (f"{names[row.source]}: {row.label}" if names else row.label, *(_cell(row, count) for count in COUNTS))
        for row in rows_of(barriers)
    )
    return Grid(("barrier", *NAMES.values()), rows)


def _cell(row: Any, count: str) -> str:
    mean, low, high = (getattr(row, f"{count}_{part}") for part in ("mean", "p10", "p90"))
    return f"{words.in_100(mean)} ({words.between(low, high, 'share')})"


def told(barriers: pd.DataFrame) -> str:
    """The ledger as a sentence, for alternative text."""
    rows = [
        f"{row.label.removesuffix(NOBODYS).strip()} {words.in_100(row.any_mean)}, first "
        f"{words.in_100(row.first_mean)}, "
        f"only {words.in_100(row.only_mean)}"
        for row in rows_of(barriers)
    ]
    return "; ".join(rows) + "."
