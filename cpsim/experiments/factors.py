"""The factors of an analysis: which numbers are uncertain, between what ends, and how likely which value is.

They are the measured numbers whose range in the register of evidence says what is *not known*; ranges that say how
teams or people differ are not sampled here. They are facts about the world, so a changed one holds from the start of
the warm-up (`standing.`), a crisis team's share among them. What a team decides is fixed, unless `levers` is asked
for: a lever keeps its rule, so it begins to act with the scenario's changes.

A number that the scenario itself puts beyond its evidence, changes on its first day, or gives to its teams differently
is no longer that uncertain number; it is held as it is, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cpsim.errors import OptionError
from cpsim.scenario.declare import Declaration, declarations
from cpsim.scenario.wording import nearest, plain

if TYPE_CHECKING:
    import pandas as pd

    from cpsim.scenario.load import Scenario

LEVERS = "levers"  # their group
# Always on when levers vary, as training and supervision need them; a word about another lever; what nobody decides.
MATERIALS, FOR_WHAT = "strategy.materials", "strategy.budget_for"
NOT_LEVERS = (MATERIALS, FOR_WHAT, "team.new_people_per_month", "place.population", "place.settlements")
CONDITION = {MATERIALS: True}


@dataclass(frozen=True)
class Factor:
    """One uncertain number. `usual`: the scenario's own value; `shape`: "triangular" about it, "uniform",
    "loguniform", or "choice" among `choices`. `confidence`: of its evidence; "decided" for a lever.
    """

    path: str
    about: str
    unit: str
    group: str
    low: float
    usual: float
    high: float
    shape: str
    evidence: str
    confidence: str
    choices: tuple[Any, ...] = ()
    whole: bool = False

    @property
    def name(self) -> str:
        """The last part of its path, with spaces, as pictures show it; hazard and odds ratios as ratios."""
        words = self.path.rpartition(".")[2].split("_")
        return " ".join([*words[:-1], "(ratio)"] if words[-1] in ("hr", "or") else words)

    @property
    def assumed(self) -> bool:
        """Does nothing but judgement stand behind its range?"""
        return self.confidence == "assumption"

    @property
    def set_by(self) -> str:
        """The path that sets it: of facts from the start of warm-up on, of levers when they begin."""
        return self.path if self.confidence == "decided" else f"standing.{self.path}"

    def value(self, u: np.ndarray) -> np.ndarray:
        """The values at these probabilities (0-1): the inverse of its distribution."""
        if self.shape == "choice":
            return np.minimum((u * len(self.choices)).astype(int), len(self.choices) - 1)
        found = {"triangular": self._triangular, "uniform": self._uniform, "loguniform": self._loguniform}[self.shape](
            u
        )
        return np.round(found) if self.whole else found

    def _triangular(self, u: np.ndarray) -> np.ndarray:
        width = self.high - self.low
        left, right = self.usual - self.low, self.high - self.usual
        rising = self.low + np.sqrt(u * width * left)
        falling = self.high - np.sqrt((1 - u) * width * right)
        return np.where(u * width < left, rising, falling)

    def _uniform(self, u: np.ndarray) -> np.ndarray:
        return self.low + u * (self.high - self.low)

    def _loguniform(self, u: np.ndarray) -> np.ndarray:
        return np.clip(self.low * (self.high / self.low) ** u, self.low, self.high)

    def plain(self, value: float) -> Any:
        """One value as a scenario takes it."""
        if self.choices:
            return self.choices[int(value)]
        return int(value) if self.whole else float(value)


@dataclass(frozen=True)
class Factors:
    """`varied`, in the order of the declarations; `held`: path and why of those that are not."""

    varied: tuple[Factor, ...]
    held: Mapping[str, str]

    @property
    def paths(self) -> list[str]:
        """Paths of those that vary."""
        return [factor.path for factor in self.varied]

    @property
    def groups(self) -> list[str]:
        """Group of each."""
        return [factor.group for factor in self.varied]

    @cached_property
    def by_path(self) -> dict[str, Factor]:
        """Each by its path."""
        return {factor.path: factor for factor in self.varied}

    @cached_property
    def places(self) -> dict[str, int]:
        """The column of each by the path that sets it."""
        return {factor.set_by: place for place, factor in enumerate(self.varied)}

    @property
    def condition(self) -> dict[str, Any]:
        """What has to be so in all runs, that the values can be."""
        return dict(CONDITION) if LEVERS in self.groups else {}

    def some(self, paths: Sequence[str]) -> Factors:
        """Only these; the others keep the scenario's values."""
        return Factors(tuple(self.by_path[path] for path in paths), self.held)

    def changes(self, x: np.ndarray) -> list[Changes]:
        """One set of changes for each point of the unit cube (rows, factors)."""
        values = np.column_stack([factor.value(x[:, place]) for place, factor in enumerate(self.varied)])
        return [Changes(self, row) for row in values]

    def table(self) -> pd.DataFrame:
        """factors.csv: a row a factor, those that are held last, with the reason."""
        import pandas as pd

        names = ("path", "about", "unit", "group", "low", "usual", "high", "shape", "evidence", "confidence")
        varied = pd.DataFrame([{name: getattr(factor, name) for name in names} for factor in self.varied])
        held = pd.DataFrame([{"path": path, "held_because": why} for path, why in self.held.items()])
        return pd.concat([varied, held], ignore_index=True).rename(columns={"path": "factor"})


class Changes(Mapping[str, Any]):
    """Dotted paths and values of one point, worked out when asked for: dicts of 90,000 points would not fit."""

    __slots__ = ("_factors", "_row")

    def __init__(self, factors: Factors, row: np.ndarray) -> None:
        self._factors, self._row = factors, row

    def __iter__(self) -> Iterator[str]:
        yield from self._factors.condition
        for factor in self._factors.varied:
            yield factor.set_by

    def __len__(self) -> int:
        return len(self._row) + len(self._factors.condition)

    def __getitem__(self, path: str) -> Any:
        place = self._factors.places.get(path)
        if place is None:
            return self._factors.condition[path]
        return self._factors.varied[place].plain(float(self._row[place]))

    def items(self) -> Any:
        """Pairs of path and value."""
        pairs = list(self._factors.condition.items())
        return pairs + [
            (factor.set_by, factor.plain(value))
            for factor, value in zip(self._factors.varied, self._row.tolist(), strict=True)
        ]

    def __reduce__(self) -> tuple[type[dict], tuple[dict[str, Any]]]:
        return dict, (dict(self.items()),)


def factors(scenario: Scenario, levers: bool = False, only: Iterable[str] = ()) -> Factors:
    """The factors of a scenario, the dummy among them.

    levers: vary within their usual limits what a team decides, too. only: paths, their last parts, or groups; the dummy
    stays. Raises OptionError for a name that is none, with the nearest that is.
    """
    varied: list[Factor] = []
    held: dict[str, str] = {}
    for declaration in declarations().values():
        if not (_uncertain(declaration) or (levers and _decided(declaration))):
            continue
        why = _held_because(scenario, declaration)
        if why:
            held[declaration.path] = why
        else:
            varied.append(_factor(scenario, declaration))
    return _chosen(Factors(tuple(varied), held), list(only))


def _uncertain(declaration: Declaration) -> bool:
    row = declaration.evidence
    return declaration.kind == "measured" and row is not None and row.range_kind == "uncertainty"


def _decided(declaration: Declaration) -> bool:
    """Is it something that can be decided, and that has an end on either side or a few answers?"""
    if declaration.kind != "policy" or declaration.path in NOT_LEVERS or declaration.path.startswith("switches."):
        return False
    if declaration.low is not None:
        return True
    return not declaration.standing and (isinstance(declaration.value, bool) or bool(declaration.choices))


def _values(scenario: Scenario, path: str) -> list[tuple[Any, Any]]:
    """What each team has, before and after the scenario's changes."""
    section, name = path.split(".")
    return [
        tuple(getattr(getattr(each, section), name) for each in (team.base, team.changed)) for team in scenario.teams
    ]


def _held_because(scenario: Scenario, declaration: Declaration) -> str:
    if declaration.kind == "policy":
        return ""  # a lever is what one asks about
    pairs = _values(scenario, declaration.path)
    value = pairs[0][0]
    if any(before != after for before, after in pairs):
        return "the scenario changes it on a day"
    if any(pair[0] != value for pair in pairs):
        return "the scenario's teams differ in it"
    low, high = declaration.low, declaration.high
    if low is not None and high is not None and not low <= value <= high:
        return f"the scenario sets it to {plain(value)}, beyond the evidence ({plain(low)} to {plain(high)})"
    return ""


def _factor(scenario: Scenario, declaration: Declaration) -> Factor:
    usual = _values(scenario, declaration.path)[0][1]
    facts: dict[str, Any] = {"path": declaration.path, "about": declaration.about, "unit": declaration.unit}
    row = declaration.evidence
    if declaration.kind == "measured" and row is not None:
        ends: dict[str, Any] = {
            "low": declaration.low,
            "usual": float(usual),
            "high": declaration.high,
            "shape": declaration.shape,
        }
        return Factor(**facts, **ends, group=declaration.group, evidence=row.id, confidence=row.confidence)
    answers = declaration.choices or ((False, True) if isinstance(declaration.value, bool) else ())
    low, high = (0, len(answers) - 1) if answers else (declaration.low, declaration.high)
    middle = answers.index(usual) if usual in answers else usual if isinstance(usual, int | float) else np.nan
    return Factor(
        **facts,
        low=float(low or 0),
        usual=float(middle),
        high=float(high or 0),
        shape="choice" if answers else "uniform",
        group=LEVERS,
        evidence="",
        confidence="decided",
        choices=answers,
        whole=type(declaration.value) is int,
    )


def _chosen(found: Factors, only: list[str]) -> Factors:
    """Those asked for, and the dummy."""
    if not only:
        return found
    wanted: set[str] = set()
    wrong = []
    for name in only:
        meant = [each.path for each in found.varied if name in (each.path, each.path.rpartition(".")[2], each.group)]
        wanted.update(meant)
        wrong += [] if meant else [_not_found(name, found)]
    if wrong:
        raise OptionError("\n".join(wrong))
    dummy = [each.path for each in found.varied if each.group == "dummy"]
    return found.some([path for path in found.paths if path in wanted or path in dummy])


def _not_found(name: str, found: Factors) -> str:
    for path, why in found.held.items():
        if name in (path, path.rpartition(".")[2]):
            return f"only: {name} is not varied: {why}"
    short = [path.rpartition(".")[2] for path in found.paths]
    near = nearest(name, [*found.paths, *short, *found.groups])
    hint = f"did you mean {near!r}?" if near else "`cpsim parameters` shows them"
    return f"only: there is no factor or group {name!r}; {hint}"
