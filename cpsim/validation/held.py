"""What was found when the model was held against the patterns, at the usual values and over settings: a study's result.

A measure is met over settings when their middle is: the median of the settings' own values; of a share of runs the
share over all their runs, because the median of shares of few runs would be kinder than they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cpsim.experiments.ensemble import NotRuledOut
from cpsim.experiments.folder import save_study
from cpsim.scenario.load import Scenario
from cpsim.validation import held_words
from cpsim.validation.explanations import why_not
from cpsim.validation.judge import DIRECTION, SHARE, Judged
from cpsim.validation.lives import SPECS
from cpsim.validation.register import RUNS, Pattern
from cpsim.validation.table import CHECKS
from cpsim.validation.targets import patterns_digest

if TYPE_CHECKING:
    from cpsim.validation.at_settings import Asked

BAND = (0.05, 0.95)  # of settings: the ends of the 90 %
SHARES = (SHARE, SHARE.replace("runs", "trials"))
ENOUGH = 0.5  # of the settings need a value, or the measure is not known


@dataclass(frozen=True)
class OverSettings:
    """One measure over settings. `low`, `high`: the 90 %; `known`: settings with a value; `inside`: share of these that
    lie within the target; `reached`: do 90 % and target have anything in common; `place`: share of settings below the
    middle of a target of two ends. NaN and None: not known.
    """

    middle: float
    low: float
    high: float
    known: int
    inside: float
    reached: bool | None
    place: float
    met: bool | None


UNKNOWN = OverSettings(np.nan, np.nan, np.nan, 0, np.nan, None, np.nan, None)


def over_settings(row: Pattern, values: np.ndarray) -> OverSettings:
    """Sum up one value a setting (NaN: it had none)."""
    known = values[~np.isnan(values)]
    if not len(known):
        return UNKNOWN
    middle = float(known.mean() if row.how in SHARES else np.median(known))
    method: Any = "linear" if np.isfinite(known).all() else "nearest"  # a ratio over nothing is infinite
    low, high = (float(np.quantile(known, share, method=method)) for share in BAND)
    enough = len(known) >= ENOUGH * len(values) and not np.isnan(middle)
    return OverSettings(
        middle=middle,
        low=low,
        high=high,
        known=len(known),
        inside=float(np.mean([row.is_met_by(value) for value in known])),
        reached=(row.low is None or high >= row.low) and (row.high is None or low <= row.high),
        place=_place(row, known),
        met=row.is_met_by(middle) if enough else None,
    )


def _place(row: Pattern, known: np.ndarray) -> float:
    """Where the middle of the target lies among settings, 0 to 1; a tie counts half."""
    if row.low is None or row.high is None or row.how == DIRECTION:
        return np.nan
    seen = (row.low + row.high) / 2
    return float(np.mean(known < seen) + np.mean(known == seen) / 2)


@dataclass(frozen=True)
class Held:
    """The model held against patterns. `usual`: a row a measure; `values`: (settings, measures), of the settings at
    the places `chosen` of the set; `failed`: why settings gave nothing.
    """

    scenario: Scenario
    asked: Asked
    usual: Sequence[Judged]
    only: tuple[str, ...] = ()
    settings: NotRuledOut | None = None
    chosen: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    values: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    failed: tuple[str, ...] = ()
    kind: str = "validation"

    @property
    def title(self) -> str:
        """Of the page."""
        return f"The model beside what was found in real teams{', over settings not ruled out' if self.over else ''}"

    @property
    def question(self) -> str:
        """What the page answers."""
        return "Does the simulated team do what was seen in real ones, also where nothing was fitted to it?"

    @property
    def period(self) -> str:
        """How long runs are, each pattern needing its own."""
        weeks = [spec.weeks for spec in SPECS.values()]
        return f"Runs of {min(weeks)} to {max(weeks)} weeks, as each pattern needs"

    @property
    def over(self) -> bool:
        """Was a set run over?"""
        return self.settings is not None

    @cached_property
    def measures(self) -> pd.DataFrame:
        """A row a measure: target, usual values, settings; `met`: over settings where there are any."""
        return pd.DataFrame([self._line(place, row) for place, row in enumerate(self.usual)])

    def _line(self, place: int, row: Judged) -> dict[str, Any]:
        pattern = row.pattern
        found = over_settings(pattern, self.values[:, place]) if self.over else UNKNOWN
        met = found.met if self.over else row.met
        return {
            **{name: getattr(pattern, name) for name in ("id", "measure", "use", "level", "how", "unit", "target")},
            "target_low": np.nan if pattern.low is None else pattern.low,
            "target_high": np.nan if pattern.high is None else pattern.high,
            "usual": row.found,
            "usual_low": row.low,
            "usual_high": row.high,
            "usual_runs": row.runs,
            "usual_met": row.met,
            "middle": found.middle,
            "settings_low": found.low,
            "settings_high": found.high,
            "settings_known": found.known,
            "inside": found.inside,
            "reached": found.reached,
            "place": found.place,
            "met": met,
            "explanation": why_not(pattern.id, pattern.measure) if met is False else "",
            "sentence": pattern.sentence,
            "source": pattern.source,
        }

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """measures: a row a measure; settings: a row a setting and measure."""
        found = {"measures": self.measures}
        if self.over:
            found["settings"] = pd.DataFrame(
                [
                    {
                        "setting": f"s{number + 1:03d}",
                        "id": row.pattern.id,
                        "measure": row.pattern.measure,
                        "found": value,
                    }
                    for number, line in zip(self.chosen, self.values, strict=True)
                    for row, value in zip(self.usual, line, strict=True)
                ]
            )
        return found

    @property
    def facts(self) -> Mapping[str, Any]:
        """For the manifest."""
        told = {
            "command": self._command,
            "seed": self.asked.seed,
            "runs": self.runs,
            "asked": vars(self.asked),
            "patterns": patterns_digest(),
        }
        if self.settings is None:
            return told
        return {
            **told,
            "settings": len(self.chosen),
            "failed": list(self.failed),
            "set": dict(self.settings.facts),
            "doubts": self.settings.doubts(patterns_digest()),
        }

    @property
    def runs(self) -> int:
        """Runs of teams, simulated trials and pilots, all together."""
        each = _runs(self.usual, self.asked.replications_each, self.asked.trials_each)
        return _runs(self.usual, self.asked.replications, self.asked.trials) + len(self.chosen) * each

    @property
    def _command(self) -> str:
        """What to type to have the same again."""
        asked, usual = self.asked, type(self.asked)()
        options = [f"--ensemble {self.settings.asked_as}"] if self.settings else []
        options += [f"--only {name}" for name in self.only]
        names = ("settings", "replications", "trials", "seed") if self.over else ("replications", "trials", "seed")
        options += [f"--{name} {value}" for name in names if (value := getattr(asked, name)) != getattr(usual, name)]
        return " ".join(["cpsim validate", *options, *([] if self.over else ["--out FOLDER"])])

    def headlines(self) -> list[str]:
        """The answer: what was held back first."""
        return held_words.headlines(self)

    def in_words(self) -> str:
        """Everything as text, at most 100 columns wide."""
        return held_words.in_words(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Page, pictures and tables. Raises FolderError."""
        return save_study(self, Path(folder), force)


def _runs(rows: Sequence[Judged], replications: int, trials: int) -> int:
    """So many runs, trials and pilots do these rows need."""
    of_runs = {row.pattern.id for row in rows if row.pattern.needs == RUNS}
    specs = {name for pattern in of_runs for name in CHECKS[pattern].runs}
    studies = {row.pattern.needs for row in rows} - {RUNS}
    return replications * sum(SPECS[name].times for name in specs) + trials * len(studies)
