"""What a sweep varies and what it asks for: `team.caseload_per_wte=15:45:5` and `five_steps>=0.3` as typed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cpsim.errors import OptionError, Problem, ScenarioError
from cpsim.experiments.outcomes import chosen_outputs
from cpsim.experiments.plans import name_of
from cpsim.experiments.short_labels import short_label
from cpsim.outputs.measures import measures
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import Scenario
from cpsim.scenario.read_yaml import parse
from cpsim.scenario.wording import plain, quoted, unit_in_words

MOST_VALUES = 200  # of one factor
MOST_TOLD = 3  # mistakes of one factor
FORM = "write a path, '=' and lowest:highest:step or a list, such as team.caseload_per_wte=15:45:5"
TARGET_FORM = "write an outcome, >= or <=, and a number, such as five_steps>=0.3"
RANGE = re.compile(r"\s*([^:]+):([^:]+):([^:]+)\s*")
TARGET = re.compile(r"\s*([a-z_0-9]+)\s*(>=|<=|≥|≤)\s*(\S+)\s*")


@dataclass(frozen=True)
class Factor:
    """One value of the scenario that is varied. `values`: increasing where they are numbers, else as typed."""

    path: str
    values: tuple[Any, ...]

    @property
    def numeric(self) -> bool:
        """Are all values numbers, so that there is something between them?"""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)

    @property
    def name(self) -> str:
        """The last part of the path in words: "caseload per wte" is "caseload per WTE"."""
        return name_of(self.path)

    @property
    def unit(self) -> str:
        """In words; empty where none is declared."""
        found = declarations().get(self.path.removeprefix("standing."))
        return unit_in_words(found.unit) if found else ""

    @property
    def label(self) -> str:
        """Name and unit for an axis."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def at(self, scenario: Scenario) -> Any:
        """The scenario's own value; None where its teams differ or it cannot be found."""
        found = [_value(scenario, team, self.path) for team in scenario.teams]
        return found[0] if all(each == found[0] for each in found) else None


def _value(scenario: Scenario, team: Any, path: str) -> Any:
    if hasattr(scenario, path):
        return getattr(scenario, path)
    standing = path.startswith("standing.")
    here: Any = team.base if standing else team.changed
    for part in path.removeprefix("standing.").split("."):
        here = here.get(part) if isinstance(here, dict) else getattr(here, part, None)
    return here


def factor(text: str) -> Factor:
    """The factor of `--vary`. Raises OptionError."""
    path, sign, typed = (part.strip() for part in text.partition("="))
    if not (path and sign and typed):
        raise OptionError(f"--vary {text}: {FORM}")
    found = RANGE.fullmatch(typed)
    values = _range(text, *found.groups()) if found else [_one(text, part) for part in typed.split(",")]
    if len(values) < 2 or len(set(map(repr, values))) < len(values):
        raise OptionError(f"--vary {text}: give at least two values, each once; {FORM}")
    made = Factor(path, tuple(values))
    return replace(made, values=tuple(sorted(values))) if made.numeric else made


def _range(text: str, *typed: str) -> list[float]:
    """From the lowest by steps as far as the highest."""
    try:
        low, high, step = (float(part) for part in typed)
        count = math.floor((high - low) / step + 1e-9) + 1
    except (ValueError, ZeroDivisionError, OverflowError):
        raise OptionError(f"--vary {text}: {FORM}") from None
    if step <= 0 or high <= low:
        raise OptionError(f"--vary {text}: the step must be above 0 and the highest above the lowest")
    if count > MOST_VALUES:
        raise OptionError(f"--vary {text}: that is {count:,} values; {MOST_VALUES} is the most, so take a larger step")
    whole = all(part == int(part) for part in (low, step))
    numbers = [round(low + number * step, 10) for number in range(count)]
    return [int(number) for number in numbers] if whole else numbers


def _one(text: str, part: str) -> Any:
    """One value of a list, as YAML has it: numbers, words, true and false."""
    try:
        value, _, problems = parse(part.strip(), "--vary")
    except ScenarioError as error:
        problems, value = list(error.problems), None
    if problems or value is None or isinstance(value, dict | list):
        raise OptionError(f"--vary {text}: {quoted(part.strip())} is not one value; {FORM}")
    return value


def check_factors(scenario: Scenario, factors: Sequence[Factor]) -> None:
    """Try every value by itself. Raises ScenarioError with every mistake once, and OptionError on too many factors."""
    if not 1 <= len(factors) <= 2:
        raise OptionError(f"--vary: give one or two; {len(factors)} given")
    if len({each.path for each in factors}) < len(factors):
        raise OptionError(f"--vary {factors[0].path}: is given twice")
    problems = [problem for each in factors for problem in _problems(scenario, each)]
    if problems:
        raise ScenarioError([replace(each, file="--vary", line=0) for each in problems])


def _problems(scenario: Scenario, varied: Factor) -> list[Problem]:
    """The first mistakes that values of a factor meet, each once."""
    found: dict[str, Problem] = {}
    for value in varied.values:
        try:
            scenario.with_({varied.path: value})
        except ScenarioError as error:
            found |= {problem.message: problem for problem in error.problems}
        if len(found) >= MOST_TOLD:
            break
    return list(found.values())


@dataclass(frozen=True)
class Target:
    """What is asked of one outcome. `at_least`: else at most."""

    outcome: str
    at_least: bool
    number: float

    @property
    def text(self) -> str:
        """ "five_steps>=0.3"."""
        return f"{self.outcome}{'>=' if self.at_least else '<='}{plain(self.number)}"

    @property
    def told(self) -> str:
        """ "all five steps at least 30 in 100"."""
        unit = measures("outcomes")[self.outcome].unit
        bare, _, after = short_label(self.outcome).partition(", ")
        amount = plain(round(100 * self.number, 6)) if unit == "share" else plain(self.number)
        limit = f"at {'least' if self.at_least else 'most'} {amount}{f' {after}' if after else ''}"
        return f"{bare} for {limit}" if unit == "share" else f"{bare} {limit}"


def target(text: str) -> Target:
    """The target of `--target`. Raises OptionError, with the nearest outcome where there is none of that name."""
    found = TARGET.fullmatch(text)
    if not found:
        raise OptionError(f"--target {text}: {TARGET_FORM}")
    name, sign, number = found.groups()
    try:
        chosen_outputs([name])
        wanted = float(number)
    except OptionError as error:
        raise OptionError(f"--target {text}: {str(error).removeprefix('outputs: ')}") from None
    except ValueError:
        raise OptionError(f"--target {text}: {quoted(number)} is not a number; {TARGET_FORM}") from None
    return Target(name, sign in (">=", "≥"), wanted)
