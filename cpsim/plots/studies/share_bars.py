"""Bars from 0 either way, with whiskers and their number: shares of a difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cpsim.outputs import words
from cpsim.plots.bars import number, plain, whiskers
from cpsim.plots.style import EDGE

OUTLINE: Any = {"edgecolor": EDGE, "linewidth": 0.8}
LEAST = 0.5  # of 100: so far the axis goes at least


def share_bars(
    axes: Axes,
    part: pd.DataFrame,
    colours: Sequence[str],
    hatches: Sequence[str],
    name: str = "shapley",
    unit: str = "share",
) -> None:
    """A bar a row of `part`: columns label, and `name`, `name`_low, `name`_high in the outcome's unit."""
    size = 100 if unit == "share" else 1
    mean, low, high = (size * part[f"{name}{end}"].to_numpy(float) for end in ("", "_low", "_high"))
    places = np.arange(len(part))
    axes.barh(places, mean, color=list(colours), hatch=list(hatches), height=0.66, **OUTLINE)
    low, high = np.where(np.isnan(low), mean, low), np.where(np.isnan(high), mean, high)
    whiskers(axes, places, low, high)
    for place, (end, value) in enumerate(zip(np.maximum(np.maximum(high, mean), 0), part[name], strict=True)):
        number(axes, end, place, _told(value, unit))
    axes.axvline(0, color=EDGE, linewidth=0.8)
    lowest, highest = min(0.0, float(low.min())), max(LEAST if unit == "share" else 0.0, float(high.max()))
    room = highest - lowest or 1.0
    axes.set_xlim(lowest - 0.05 * room, highest + 0.32 * room)
    axes.set_yticks(places, part["label"].tolist())
    axes.set_ylim(len(part) - 0.4, -0.6)
    plain(axes)


def _told(value: float, unit: str) -> str:
    """Shares with one decimal, so that bars of a panel can be added up."""
    text = f"{100 * value:+.1f}" if unit == "share" else words.difference(value, unit)
    return "0.0" if text in ("+0.0", "-0.0") else text
