"""How sure are we? Parameter uncertainty apart from simulation error and from the luck of teams; costs beside outcomes;
which evidence would be worth collecting.

Two levels: parameter vectors, and in each some worlds of its own, so that luck can be told from what is not known. A
second scenario meets the same vectors in the same worlds, so every difference is paired. Luck is averaged within a
vector, and what is left of it is taken out, before anything is said about parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError, UserError
from cpsim.experiments import uncertainty_tables as made
from cpsim.experiments.command import asked_in_python
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.outcomes import chosen_outputs
from cpsim.experiments.vectors import Vectors, drawn, read
from cpsim.scenario.load import Scenario, load

if TYPE_CHECKING:
    import pandas as pd

VECTORS, WORLDS = 512, 2
FEWEST = 8  # vectors; fewer say nothing about a spread
EFFECT, COST = "rguk_change", "cost_per_person"


@dataclass(frozen=True)
class Asked:
    """What was asked. `other`: name or file of the second scenario. `effect`: the outcome that willingness to pay is
    about; `pay_up_to`: pounds a point of it, the end of the curve (None: found from the runs). `command`: as typed.
    """

    scenarios: tuple[Scenario, ...]
    other: str | None
    vectors: Vectors
    worlds: int
    seed: int
    effect: str
    pay_up_to: float | None
    command: str

    @property
    def runs(self) -> int:
        """How many runs that takes."""
        return len(self.scenarios) * len(self.vectors) * self.worlds

    def design(self) -> Design:
        """Every scenario with every vector, each vector in worlds of its own: scenario by scenario, then by vector."""
        first, *others = self.scenarios
        points = [Point(f"A {number:05d}", changes) for number, changes in enumerate(self.vectors.changes)]
        for other in others:
            points += [
                Point(f"B {number:05d}", {"weeks": other.weeks, **changes}, scenario=self.other)
                for number, changes in enumerate(self.vectors.changes)
            ]
        number = len(self.vectors)
        worlds = np.tile(np.arange(number * self.worlds), len(self.scenarios))
        place = np.repeat(np.arange(number * len(self.scenarios)), self.worlds)
        return Design.listed(first, points, place, worlds, self.seed, made.OUTPUTS + self._also)

    @property
    def _also(self) -> tuple[str, ...]:
        return () if self.effect in made.OUTPUTS else (self.effect,)


def ask(
    first: Scenario | str | Path,
    other: str | Path | None = None,
    *,
    vectors: int | None = None,
    worlds: int = WORLDS,
    seed: int = 1,
    effect: str = EFFECT,
    pay_up_to: float | None = None,
    ensemble: str | Path | None = None,
    command: str = "",
) -> Asked:
    """Put the question together and check it. Raises UserError, with every mistake in its own words."""
    base = first if isinstance(first, Scenario) else load(first)
    scenarios = (base,) if other is None else (base, load(str(other)).with_(weeks=base.weeks))
    _check(scenarios, vectors, worlds, effect, pay_up_to)
    found = drawn(scenarios, vectors or VECTORS, seed) if ensemble is None else read(ensemble, scenarios, vectors)
    told = {"vectors": vectors, "worlds": worlds, "ensemble": ensemble, "effect": effect, "pay_up_to": pay_up_to}
    said = command or asked_in_python("uncertainty", first, *([str(other)] if other else []), **told, seed=seed)
    return Asked(scenarios, None if other is None else str(other), found, worlds, seed, effect, pay_up_to, said)


def _check(
    scenarios: tuple[Scenario, ...], vectors: int | None, worlds: int, effect: str, pay_up_to: float | None
) -> None:
    mistakes = []
    if vectors is not None and vectors < FEWEST:
        mistakes.append(f"vectors: {vectors}: at least {FEWEST} are needed to say how they differ")
    if worlds < 2:
        mistakes.append(f"worlds: {worlds}: two worlds of each vector are needed to tell luck from parameters")
    if pay_up_to is not None and not pay_up_to > 0:
        mistakes.append(f"pay-up-to: {pay_up_to:g}: give pounds a point, more than 0")
    if mistakes:
        raise OptionError("\n".join(mistakes))
    try:
        chosen_outputs((effect,))
    except OptionError as error:
        raise OptionError(str(error).replace("outputs:", "effect:")) from None
    teams = [sum(team.copies for team in scenario.teams) for scenario in scenarios]
    if len(set(teams)) > 1:
        names = " and ".join(scenario.name for scenario in scenarios)
        raise UserError(f"{names} differ in their number of teams; compare a team with itself under another plan")


def uncertainty(
    first: Scenario | str | Path,
    other: str | Path | None = None,
    *,
    vectors: int | None = None,
    worlds: int = WORLDS,
    seed: int = 1,
    effect: str = EFFECT,
    pay_up_to: float | None = None,
    ensemble: str | Path | None = None,
    folder: Path | None = None,
    workers: int | None = None,
    part: tuple[int, int] | None = None,
    cluster: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Uncertainty:
    """Run one scenario, or two in the same worlds, over many parameter vectors.

    vectors, worlds: how many vectors (512; all of an ensemble), and worlds of each. effect: outcome that willingness
    to pay is about. ensemble: a calibration's set (its folder or file), or "shipped"; else vectors are drawn from the
    evidence's ranges. folder, workers, part, cluster, progress: as of `run_design`. The second scenario runs over the
    weeks of the first. Raises UserError for mistakes, CpsimError when a run failed.
    """
    asked = ask(
        first,
        other,
        vectors=vectors,
        worlds=worlds,
        seed=seed,
        effect=effect,
        pay_up_to=pay_up_to,
        ensemble=ensemble,
    )
    return answer(asked, folder=folder, workers=workers, part=part, cluster=cluster, progress=progress)


def answer(asked: Asked, **how: Any) -> Uncertainty:
    """Make the runs of a question (`how`: as of `run_design`) and look at them."""
    return Uncertainty(asked, complete(run_design(asked.design(), **how)))


@dataclass(frozen=True, repr=False)
class Uncertainty:
    """What was found. Tables are made when first asked for; `runs` has a row a run."""

    asked: Asked
    runs: pd.DataFrame
    kind: str = field(default="uncertainty", init=False)

    def __repr__(self) -> str:
        names = ", ".join(scenario.name for scenario in self.asked.scenarios)
        return f"<Uncertainty {names}: {len(self.asked.vectors)} vectors, {self.asked.worlds} worlds of each>"

    @property
    def scenario(self) -> Scenario:
        """The first."""
        return self.asked.scenarios[0]

    @property
    def paired(self) -> bool:
        """Is there a second scenario beside it?"""
        return len(self.asked.scenarios) > 1

    @property
    def title(self) -> str:
        """What was asked."""
        names = [scenario.name for scenario in reversed(self.asked.scenarios)]
        return f"How sure are we? {' beside '.join(names)}"

    @cached_property
    def layout(self) -> made.Layout:
        """The runs by scenario, with the vector of each."""
        return made.Layout.of(self.asked, self.runs)

    @cached_property
    def components(self) -> pd.DataFrame:
        """A row a scenario (and their difference) and outcome: mean with its error, luck, parameters, each apart."""
        return made.components_table(self.layout)

    @cached_property
    def consequences(self) -> pd.DataFrame:
        """Outcomes in their own units beside costs by payer; no total score."""
        return made.consequences(self.layout, self.components)

    @cached_property
    def plane(self) -> pd.DataFrame:
        """Cost and effect of the second scenario beside the first: a row a vector ("parameters"), a row a team."""
        return made.plane(self.layout)

    @cached_property
    def acceptability(self) -> pd.DataFrame:
        """Over willingness to pay: how often the second scenario is the better buy, and the frontier."""
        return made.acceptability_table(self.layout)

    @cached_property
    def evppi(self) -> pd.DataFrame:
        """What it would be worth to know each number before choosing, beside dummy and floor. Needs scikit-learn."""
        return made.evppi_table(self.layout)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """What goes into the folder, by file name."""
        found = {"components": self.components, "consequences": self.consequences}
        if self.paired:
            found |= {"plane": self.plane, "acceptability": self.acceptability}
            found |= {"evppi": self.evppi} if made.can_value() else {}
        return {**found, "vectors": made.vectors_table(self.asked.vectors)}

    @property
    def facts(self) -> dict[str, Any]:
        """For the manifest."""
        asked = self.asked
        own = {"command": asked.command} if asked.command else {}
        return own | {
            "seed": asked.seed,
            "runs": len(self.runs),
            "scenarios": [{"name": each.name, "digest": each.digest} for each in asked.scenarios],
            "options": {
                "vectors": len(asked.vectors),
                "worlds": asked.worlds,
                "effect": asked.effect,
                "pay_up_to": asked.pay_up_to,
                "vectors_from": asked.vectors.source,
                "doubts": list(asked.vectors.doubts),
            },
        }

    def headlines(self) -> list[str]:
        """The answer in a few sentences."""
        from cpsim.experiments import uncertainty_words

        return uncertainty_words.headlines(self)

    def in_words(self) -> str:
        """The answer and a table, in plain English."""
        from cpsim.experiments import uncertainty_words

        return uncertainty_words.in_words(self)
