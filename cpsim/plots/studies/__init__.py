"""Pictures of studies: one file a kind of study, with `pictures(found) -> list[Picture]` in the order of the page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cpsim.outputs import words

if TYPE_CHECKING:
    from cpsim.plots.picture import Picture


def make(found: Any) -> list[Picture]:
    """The pictures of a study, by its kind."""
    made: list[Picture] = import_module(f"{__name__}.{found.kind}").pictures(found)
    return made


def caption(found: Any, *sentences: str) -> str:
    """What is special here, what the band means, then runs, seed and horizon: "... 2,440 runs, seed 1; 52 weeks."."""
    weeks = words.one_of(found.scenario.weeks, "week", "weeks")
    runs, seed = found.facts.get("runs"), found.facts.get("seed")
    made = [words.one_of(runs, "run", "runs")] if runs else []
    made += [f"seed {seed}"] if seed is not None else []
    return " ".join([*sentences, f"{', '.join(made)}; {weeks}." if made else f"{weeks}."])
