"""Pictures of a run: one file each, a tidy table in, a matplotlib Figure out.

`result.plot.funnel()` is a Figure; `make("funnel", result)` also has its words and its table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cpsim.outputs.run_result import RunResult
    from cpsim.plots.picture import Picture

# In the order of the page. A name is a file here with `picture(result)`.
NAMES = (
    "answer",
    "hours",
    "week",
    "weeks",
    "stages",
    "funnel",
    "delivery",
    "access",
    "change",
    "better",
    "gains",
    "who",
    "costs",
)


def make(name: str, result: RunResult) -> Picture:
    """The picture of this name with its words and its table."""
    made: Picture = import_module(f"cpsim.plots.{name}").picture(result)
    return made


class Pictures:
    """`result.plot`: each picture as a method that returns a Figure; `dir()` lists them."""

    def __init__(self, result: RunResult) -> None:
        self._result = result

    def __dir__(self) -> list[str]:
        return list(NAMES)

    def __repr__(self) -> str:
        return f"pictures: {', '.join(NAMES)}"

    def __getattr__(self, name: str) -> Callable[[], Figure]:
        if name not in NAMES:
            raise AttributeError(f"no picture {name!r}; there are {', '.join(NAMES)}")
        return partial(_figure, name, self._result)


def _figure(name: str, result: RunResult) -> Figure:
    from cpsim.plots.style import house_style

    figure = make(name, result).figure()
    with house_style():
        figure.draw_without_rendering()  # ticks are made when first drawn; later they would have another style
    return figure
