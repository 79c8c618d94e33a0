"""Settings: what a team could do (levers) and what it finds itself in (circumstances), sampled over declared ranges.

The two are told apart everywhere: a planner can change the one and can only look for the other. Circumstances are the
uncertain numbers of the evidence, and what differs between teams: both hold from the start of warm-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from cpsim.experiments.factors import Factor, factors
from cpsim.experiments.levers import Lever, levers_of
from cpsim.experiments.sampling import filling
from cpsim.scenario.declare import Declaration, declarations
from cpsim.scenario.wording import plain, with_unit

if TYPE_CHECKING:
    from cpsim.scenario.load import Scenario
    from cpsim.scenario.schema import TeamDescription

LEVER: Literal["lever"] = "lever"
CIRCUMSTANCE: Literal["circumstance"] = "circumstance"
AS_NOW = "as it is now"
TEAM = "team"  # confidence of what is known of a team, so that it holds from the start


@dataclass(frozen=True)
class Setting:
    """One thing that is sampled. Its column holds a number: of a circumstance its value, of a lever the place of its
    level, 0 for as it is now. `low`, `high`: the ends that are sampled.
    """

    name: str
    kind: Literal["lever", "circumstance"]
    about: str
    group: str
    low: float
    high: float
    unit: str = ""
    lever: Lever | None = None
    factor: Factor | None = None

    @property
    def levels(self) -> tuple[str, ...]:
        """Of a lever: its levels in words, as it is now first."""
        return (AS_NOW, *(level.words for level in self.lever.levels)) if self.lever else ()

    def sampled(self, u: np.ndarray) -> np.ndarray:
        """Values at these probabilities (0-1): levels evenly, circumstances by their own distribution."""
        if self.lever:
            return np.minimum((u * len(self.levels)).astype(int), len(self.levels) - 1).astype(float)
        return self.factor.value(u) if self.factor else u

    def changes(self, value: float) -> dict[str, Any]:
        """Dotted paths and values of one sampled value."""
        if self.lever:
            return dict(self.lever.levels[int(value) - 1].changes) if value else {}
        return {self.factor.set_by: self.factor.plain(value)} if self.factor else {}

    def told(self, value: float) -> str:
        """A value as it is read."""
        if self.lever:
            return self.levels[int(value)]
        return with_unit(plain(float(f"{value:.3g}")), self.unit)


def settings_of(scenario: Scenario, levers: Sequence[str] = (), only: Sequence[str] = ()) -> list[Setting]:
    """All that is sampled of a scenario of one team: levers first.

    levers: names or families; "none": no levers. only: names or groups of circumstances; "none": no circumstances.
    Raises OptionError for names that are none.
    """
    chosen = [] if list(levers) == ["none"] else levers_of(scenario.teams[0].changed, levers)
    found = [Setting(each.name, LEVER, each.label, each.family, 0, len(each.levels), lever=each) for each in chosen]
    if list(only) == ["none"]:
        return found
    of_team = [
        each for each in _of_teams(scenario.teams[0].base) if not only or {each.path, each.name, each.group} & {*only}
    ]
    asked = [name for name in only if not any(name in (each.path, each.name, each.group) for each in of_team)]
    uncertain = factors(scenario, only=asked).varied if asked or not only else ()
    return [*found, *(_circumstance(factor) for factor in (*of_team, *uncertain))]


def sample(settings: Sequence[Setting], count: int, seed: int) -> pd.DataFrame:
    """(count, settings): a sample that fills the space, a column a setting."""
    cube = filling(len(settings), count, seed)
    return pd.DataFrame({each.name: each.sampled(cube[:, place]) for place, each in enumerate(settings)})


def changes_of(settings: Sequence[Setting], row: Sequence[float]) -> dict[str, Any]:
    """Dotted paths and values of one row of the sample."""
    return {path: to for each, value in zip(settings, row, strict=True) for path, to in each.changes(value).items()}


def example(scenario: Scenario, settings: Sequence[Setting]) -> Scenario:
    """One of the settings, to see how long a run of them takes."""
    row = sample(settings, 1, 1).iloc[0].tolist()
    return scenario.with_(changes_of(settings, row))


def _circumstance(factor: Factor) -> Setting:
    low, high = factor.low, factor.high
    return Setting(factor.path, CIRCUMSTANCE, factor.about, factor.group, low, high, factor.unit, factor=factor)


def _of_teams(team: TeamDescription) -> Iterator[Factor]:
    """What differs between teams: facts of their place, and numbers whose range in the evidence is one of teams."""
    for path, found in declarations().items():
        section, name = path.split(".")
        value = getattr(getattr(team, section), name)
        if _differs(found) and isinstance(value, int | float) and found.group != "economics":
            yield Factor(
                path=path,
                about=found.about,
                unit=found.unit,
                group=TEAM,
                low=float(found.low or 0),
                usual=float(value),
                high=float(found.high or 0),
                shape="uniform",
                evidence=found.evidence.id if found.evidence else "",
                confidence=TEAM,
                whole=isinstance(found.value, int),
            )


def _differs(found: Declaration) -> bool:
    if found.low is None or found.high is None:
        return False
    if found.evidence:
        return found.evidence.range_kind == "teams"
    return found.standing and found.path != "team.new_people_per_month"
