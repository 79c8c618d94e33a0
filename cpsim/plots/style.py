"""How every picture looks: colours that colour-blind people tell apart, and that have a second sign in grey.

Marks and lines use colours of at least 3:1 on white (Okabe and Ito's, and indigo), text at least 4.5:1; fills that are
paler carry a dark outline or a hatch. A picture never relies on colour alone.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BLUE, VERMILION, GREEN, PURPLE, INDIGO, BLACK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#332288", "#000000"
INK, QUIET, EDGE, GRID = "#1a1a1a", "#595959", "#404040", "#d9d9d9"  # text, quieter text, outlines, grid lines
PALE_BLUE, PALE_ORANGE, PALE_GREY, WHITE = "#bfdcec", "#f6d5b8", "#e8e8e8", "#ffffff"  # fills, always outlined
MARKS = (BLUE, VERMILION, GREEN, PURPLE, INDIGO, BLACK)
FILLS = (PALE_BLUE, PALE_ORANGE, PALE_GREY, WHITE)

# Stacked bars: fill and hatch, so that neighbours differ in grey too.
LAYERS = (
    (WHITE, ""),
    (PALE_GREY, "xx"),
    (VERMILION, ""),
    (PALE_ORANGE, "//"),
    (PALE_BLUE, "\\\\"),
    (BLUE, ""),
    (WHITE, "||"),
    (PALE_GREY, ""),
)

_DRAWING = threading.Lock()  # matplotlib's settings belong to the whole process


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in this style; one thread at a time. Text stays text, and the same picture gives the same bytes."""
    import matplotlib
    import seaborn as sns

    settings: Any = {**sns.axes_style("whitegrid"), **SETTINGS}
    with _DRAWING, matplotlib.rc_context(settings):
        yield


SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],  # measured with the widest, so that others fit
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "axes.labelcolor": INK,
    "axes.edgecolor": EDGE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "hatch.linewidth": 0.5,
    "hatch.color": EDGE,
    "patch.edgecolor": EDGE,
    "figure.facecolor": WHITE,
}
