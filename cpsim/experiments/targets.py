"""What is aimed at, as typed: "five_steps>=0.3", or several with "and": "reach>=0.5 and pressure<=1"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.outcomes import known_outputs
from cpsim.outputs import words
from cpsim.outputs.measures import Measure, measures
from cpsim.scenario.wording import nearest, plain

Sign = Literal[">=", "<="]
WRITTEN = re.compile(r"^\s*(\w+)\s*(>=|<=|≥|≤|>|<|=)\s*(-?[\d.]+)\s*(%?)\s*$")
SIGNS: dict[str, Sign] = {">=": ">=", "<=": "<=", "≥": ">=", "≤": "<="}
EXAMPLE = "write it like five_steps>=0.3, or reach>=0.5 and pressure<=1"


@dataclass(frozen=True)
class Goal:
    """One outcome that is to be at least or at most a value, in the outcome's unit."""

    outcome: str
    sign: Sign
    value: float

    @property
    def measure(self) -> Measure:
        """What the register says of the outcome."""
        return measures("outcomes")[self.outcome]

    @property
    def written(self) -> str:
        """As it is typed."""
        return f"{self.outcome}{self.sign}{plain(self.value)}"

    def met(self, values: np.ndarray) -> np.ndarray:
        """Bool for each value; what is not known (a share of nobody) does not meet it."""
        return values >= self.value if self.sign == ">=" else values <= self.value

    def beyond(self, values: np.ndarray) -> np.ndarray:
        """By how much each value is on the right side of the goal, in the outcome's unit."""
        return values - self.value if self.sign == ">=" else self.value - values

    def in_words(self) -> str:
        """As a sentence needs it."""
        limit = "at least" if self.sign == ">=" else "at most"
        if self.measure.unit == "share":
            return f"{SHARES.get(self.outcome, self.measure.label.lower())}: {limit} {100 * self.value:g} in 100"
        return f"{self.measure.label.lower()}: {limit} {_with_unit(self.value, self.measure.unit)}"


SHARES = {
    "five_steps": "people who could take up CP and get all five steps",
    "reach": "people who could take up CP and get at least one step",
}


def _with_unit(value: float, unit: str) -> str:
    return f"{plain(value)} {words.unit_name(unit)}".strip() if not unit.startswith("GBP") else words.pounds(value)


@dataclass(frozen=True)
class Target:
    """All goals together. The first is the one that pictures and frontiers show."""

    goals: tuple[Goal, ...]

    @property
    def first(self) -> Goal:
        """The one that is told of first."""
        return self.goals[0]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that it needs."""
        return tuple(dict.fromkeys(goal.outcome for goal in self.goals))

    @property
    def written(self) -> str:
        """As it is typed."""
        return " and ".join(goal.written for goal in self.goals)

    def met(self, runs: pd.DataFrame) -> np.ndarray:
        """(rows,) bool: rows in which every goal is met."""
        return np.all([goal.met(runs[goal.outcome].to_numpy(float)) for goal in self.goals], axis=0)

    def in_words(self) -> str:
        """As a sentence needs it."""
        return "; and ".join(goal.in_words() for goal in self.goals)


def parse(text: str) -> Target:
    """Read a target. Raises OptionError with every mistake and what would be right."""
    goals: list[Goal] = []
    mistakes: list[str] = []
    for part in re.split(r"\band\b|,", text):
        try:
            goals.append(_goal(part))
        except OptionError as error:
            mistakes.append(str(error))
    if mistakes:
        raise OptionError("\n".join(mistakes))
    return Target(tuple(goals))


def _goal(text: str) -> Goal:
    found = WRITTEN.match(text)
    if not found or found[3].count(".") > 1:
        raise OptionError(f"target {text.strip()!r}: {EXAMPLE}")
    outcome, sign, number, per_cent = found.groups()
    check_outcome(outcome, f"target {text.strip()!r}")
    if sign not in SIGNS:
        raise OptionError(f"target {text.strip()!r}: write >= (at least) or <= (at most)")
    value = float(number) / (100 if per_cent else 1)
    if measures("outcomes")[outcome].unit == "share" and not 0 <= value <= 1:
        right = f"{outcome}{sign}{plain(value / 100)}" if 1 < value <= 100 else f"{outcome}{sign}0.3"
        raise OptionError(f"target {text.strip()!r}: {outcome} is a share from 0 to 1; did you mean {right}?")
    return Goal(outcome, SIGNS[sign], value)


def check_outcome(name: str, where: str) -> None:
    """Raise OptionError when there is no such outcome, with the nearest one."""
    if name in known_outputs():
        return
    near = nearest(name, known_outputs())
    hint = f"did you mean {near!r}?" if near else "the data dictionary of any run names them, such as five_steps"
    raise OptionError(f"{where}: there is no outcome {name!r}; {hint}")
