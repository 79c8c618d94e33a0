"""Pictures of a sweep: curves along one factor, or heat maps over two; the scenario as it is has a mark of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpsim.experiments.sweep_words import steepest_told
from cpsim.plots.picture import Picture
from cpsim.plots.studies.curves import curves
from cpsim.plots.studies.heat import chance, height

if TYPE_CHECKING:
    from cpsim.experiments.sweep import Sweep

FIRST = ("five_steps", "reach")  # what is drawn large where no target says what is asked
MANY = 6  # small pictures of the other outcomes


def pictures(found: Sweep) -> list[Picture]:
    """In the order of the page."""
    asked = list(dict.fromkeys(each.outcome for each in found.targets)) or list(FIRST)
    if len(found.factors) == 2:
        return [*(chance(found, wanted) for wanted in found.targets), *(height(found, name) for name in asked)]
    others = [name for name in found.outputs if name not in asked]
    made = [curves(found, "curve", steepest_told(found, asked[0]), asked)]
    for start in range(0, len(others), MANY):
        part = others[start : start + MANY]
        name = "others" if not start else f"others_{start // MANY + 1}"
        made.append(curves(found, name, f"What else moves with {found.factors[0].name}", part, columns=2))
    return made
