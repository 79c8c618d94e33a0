"""Any design over the set of settings that are not ruled out: settings x worlds, and three uncertainties told apart.

    found = cpsim.over_set("cmht")
    print(found.in_words())

A study of its own, not a wider range on a run's page: a run's page is drawn from its own runs, which all have one
setting, and its ranges are luck. Here a range says what is not known, and luck stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.design import Design, Point
from cpsim.experiments.ensemble import NotRuledOut, load_set
from cpsim.experiments.estimators.components import Components, components
from cpsim.experiments.execute import Progress, complete, run_design
from cpsim.experiments.outcomes import HEADLINES, chosen_outputs
from cpsim.outputs import words
from cpsim.outputs.measures import measures
from cpsim.scenario.load import Scenario, load

WORLDS = 4  # of each setting: enough to tell luck from settings
ALWAYS = "standing."  # before the path of what holds from the start of the warm-up
ACROSS = "across the settings we could not rule out"


def design_over_set(
    base: Scenario,
    points: Sequence[Point],
    settings: NotRuledOut,
    worlds: int = WORLDS,
    seed: int = 1,
    outputs: str | Sequence[str] = HEADLINES,
) -> Design:
    """Every point at every setting, worlds of a setting being the same for all points; points of settings first.

    Points are named "point @ s001"; what a point changes goes before the setting. Worlds are not shared between
    settings: what settings share by luck would look like something that is known.
    """
    told = settings.changes(base)
    made = [
        Point(f"{point.name} @ s{number + 1:03d}", both(changes, point.changes), point.without, point.scenario)
        for point in points
        for number, changes in enumerate(told)
    ]
    world = np.arange(len(told) * worlds)
    rows = np.concatenate([first + world // worlds for first in np.arange(len(points)) * len(told)])
    return Design.listed(base, made, rows, np.tile(world, len(points)), seed, outputs)


def both(setting: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A setting with what a point changes; where both say something of a number, the point's word counts."""
    said = {path.removeprefix(ALWAYS) for path in own}
    return {**{path: value for path, value in setting.items() if path.removeprefix(ALWAYS) not in said}, **own}


def over_set(
    scenario: Scenario | str | Path,
    settings: NotRuledOut | str | Path | None = None,
    *,
    worlds: int = WORLDS,
    seed: int = 1,
    outputs: str | Sequence[str] = HEADLINES,
    folder: str | Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    command: str = "",
) -> OverSet:
    """Run a scenario at every setting of a set, the one that comes with cpsim when none is given.

    settings: a set, its file, or the folder of a calibration. worlds: simulated futures at each setting. command:
    what was typed for it. Raises UserError when there is no such set, and what `run_design` raises.
    """
    if worlds < 1:
        raise OptionError(f"worlds: {worlds} is not possible; write a whole number from 1")
    chosen = scenario if isinstance(scenario, Scenario) else load(scenario)
    found = settings if isinstance(settings, NotRuledOut) else load_set(settings)
    design = design_over_set(chosen, [Point("base")], found, worlds, seed, outputs)
    runs = complete(run_design(design, Path(folder) if folder else None, workers=workers, progress=progress))
    said = command or asked_in_python("run", scenario, ensemble=found.asked_as, replications=worlds, seed=seed)
    return OverSet(chosen, found, runs, worlds, seed, chosen_outputs(outputs), said)


@dataclass(frozen=True)
class OverSet:
    """A scenario at every setting; `runs`: a row a run, settings in order, worlds within."""

    scenario: Scenario
    settings: NotRuledOut
    runs: pd.DataFrame
    worlds: int
    seed: int
    outputs: tuple[str, ...]
    command: str = ""
    kind: str = "ensemble"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"{self.scenario.title}, {ACROSS}"

    @cached_property
    def found(self) -> dict[str, Components]:
        """Mean, settings and luck of each outcome."""
        shape = (len(self.settings), self.worlds)
        return {name: components(self.runs[name].to_numpy().reshape(shape)) for name in self.outputs}

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """summary: a row an outcome; outcomes: a row a run; settings: a row a setting."""
        known = measures("outcomes")
        summary = [
            {"outcome": name, "label": known[name].label, "unit": known[name].unit, **vars(each)}
            for name, each in self.found.items()
        ]
        return {"summary": pd.DataFrame(summary), "outcomes": self.runs, "settings": self.settings.settings}

    @property
    def facts(self) -> Mapping[str, Any]:
        """For the manifest."""
        own = {"command": self.command} if self.command else {}
        return own | {
            "seed": self.seed,
            "runs": len(self.runs),
            "settings": len(self.settings),
            "worlds": self.worlds,
            "set": dict(self.settings.facts),
            "doubts": self.settings.doubts(),
            "kept_as_the_scenario_says": self.settings.held_by(self.scenario),
        }

    def headlines(self) -> list[str]:
        """The answer: people, then the two ranges in two sentences, never merged."""
        name = self.outputs[0]
        measure, each = measures("outcomes")[name], self.found[name]
        told = f"{measure.label}: {words.amount(each.mean, measure.unit)} {words.unit_name(measure.unit)}".rstrip()
        if np.isnan(each.settings_low):
            return [f"{told}, mean over {len(self.settings)} settings.", *self.warnings()]
        return [
            f"{told}, mean over {len(self.settings)} settings.",
            f"Not known: {words.between(each.settings_low, each.settings_high, measure.unit)} in 8 of 10 of the "
            "settings we could not rule out.",
            f"Luck: {words.between(each.luck_low, each.luck_high, measure.unit)} in 8 of 10 simulated futures of a "
            "middling setting.",
            *self.warnings(),
        ]

    def warnings(self) -> list[str]:
        """What keeps the answer from being taken as it stands."""
        doubts, held = self.settings.doubts(), self.settings.held_by(self.scenario)
        said = [f"The set does not belong to this version of the model: {'; '.join(doubts)}."] if doubts else []
        if held:
            said.append(f"Left as the scenario says, at every setting: {words.listed(held)}.")
        return said

    def in_words(self) -> str:
        """The answer, a table of all outcomes, and what the ranges mean."""
        lines = [f"{'':42}{'mean':>9}{'not known':>17}{'luck':>17}"]
        for name, each in self.found.items():
            measure = measures("outcomes")[name]
            ranges = [
                words.between(low, high, measure.unit) if np.isfinite(low) else ""
                for low, high in ((each.settings_low, each.settings_high), (each.luck_low, each.luck_high))
            ]
            label = f"{measure.label[:41]}"
            lines.append(f"{label:42}{words.amount(each.mean, measure.unit):>9}{ranges[0]:>17}{ranges[1]:>17}")
        return "\n\n".join(["\n".join(self.headlines()), "\n".join(lines), RANGES.format(many=len(self.runs))])


RANGES = (
    "Not known: the middle 8 in 10 settings that we could not rule out, each at its own mean.\n"
    "Luck: the middle 8 in 10 simulated futures of one middling setting.\n"
    "All settings count alike; a share of them is no probability. {many:,} runs."
)
