"""A study at every setting that is not ruled out: its own answer within each, then over all, and two uncertainties.

    found = cpsim.across(across_questions.of_compare(["cmht", "protected-time"]))
    print(found.in_words())

A `Question` (see `across_questions`) is a study as asked at one setting: its design, and what it says of the runs. Here
the design is made at every setting: worlds are the same for all points of a setting, and no two settings share any.
What is not known (how the settings lie apart) and simulation error stand beside each other and are never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.design import Design, Point
from cpsim.experiments.ensemble import SETTING, NotRuledOut, load_set
from cpsim.experiments.estimators.region import representative
from cpsim.experiments.estimators.spread import Spread, spread
from cpsim.experiments.execute import complete, run_design
from cpsim.experiments.over_set import ACROSS, both
from cpsim.outputs import words
from cpsim.scenario.load import Scenario


@dataclass(frozen=True)
class Answer:
    """One number of a study at every setting.

    `heading`: what is asked, of which outcome; `row`: of which plan, value or group; `says`: both in a sentence's
    words. `values` and their standard `errors`: (settings,). `signed`: a difference, told with its sign. `shown`: in
    the picture. `note`: what is said of settings without a value.
    """

    asks: str
    outcome: str
    row: str
    heading: str
    says: str
    unit: str
    values: np.ndarray
    errors: np.ndarray
    signed: bool = True
    shown: bool = False
    note: str = ""

    @cached_property
    def spread(self) -> Spread:
        """Over the settings."""
        return spread(self.values, self.errors)


@dataclass(frozen=True)
class Question:
    """A study as it is asked at one setting.

    `design`: its runs. `answers`: what it says of them, from the runs of each setting in the design's order.
    `scenarios`: all whose own word counts. `same`: what is the same at every setting, in words. `settings`: how many
    are taken if not said; None: all.
    """

    study: str
    title: str
    scenario: Scenario
    scenarios: Sequence[Scenario]
    design: Design
    worlds: int
    answers: Callable[[Sequence[pd.DataFrame]], list[Answer]]
    same: str
    command: str = ""
    settings: int | None = None


def chosen_settings(where: NotRuledOut | str | Path | None, count: int | None, usual: int | None) -> NotRuledOut:
    """The set, or so many of its settings that stand for all. Raises OptionError, and UserError: no such set."""
    found = where if isinstance(where, NotRuledOut) else load_set(where)
    if count is not None and not 2 <= count <= len(found):
        raise OptionError(f"settings: {count} is not possible; the set holds {len(found)}, and it takes at least 2")
    wanted = count or min(usual or len(found), len(found))
    if wanted == len(found):
        return found
    table = found.settings
    rows = representative((table.rank().to_numpy(float) - 0.5) / len(table), wanted)
    return replace(found, settings=table.iloc[np.sort(rows)])


def at_every_setting(question: Question, settings: NotRuledOut) -> Design:
    """The design of the question at each setting in turn: setting by setting, in worlds of its own.

    A number of which one of the scenarios has a word of its own is part of what is asked, and keeps each one's value.
    """
    one = question.design
    told = [replaced(each, held(question, settings)) for each in settings.changes(question.scenario)]
    points = [
        Point(f"{point.name} @ {name}", both(changes, point.changes), point.without, point.scenario)
        for name, changes in zip(names(settings), told, strict=True)
        for point in one.points
    ]
    first = np.arange(len(told))[:, None]
    rows = (first * len(one.points) + one.point).ravel()
    worlds = (first * (int(one.world.max()) + 1) + one.world).ravel()
    return Design.listed(one.base, points, rows, worlds, one.seed, one.outputs)


def names(settings: NotRuledOut) -> list[str]:
    """Of settings, as they are called in the set's file."""
    return [f"s{int(number) + 1:03d}" for number in settings.settings.index]


def held(question: Question, settings: NotRuledOut) -> list[str]:
    """Paths of the set of which one of the scenarios has a word of its own, in the set's order."""
    found = {path for each in question.scenarios for path in settings.held_by(each)}
    return [str(path) for path in settings.settings if path in found]


def replaced(changes: Mapping[str, Any], without: Sequence[str]) -> dict[str, Any]:
    """A setting less what is held."""
    return {path: value for path, value in changes.items() if path.removeprefix("standing.") not in without}


def across(
    question: Question,
    settings: NotRuledOut | str | Path | None = None,
    count: int | None = None,
    *,
    folder: str | Path | None = None,
    **running: Any,
) -> Across:
    """Ask a question at the settings of a set, the one that comes with cpsim when none is given.

    settings: a set, its file, or the folder of a calibration. count: how many of them, spread so that they stand for
    all. folder: keep the runs there and go on from them. running: workers, part, cluster, progress, as of `run_design`.
    Raises UserError when there is no such set, and what `run_design` raises.
    """
    found = chosen_settings(settings, count, question.settings)
    design = at_every_setting(question, found)
    runs = complete(run_design(design, None if folder is None else Path(folder), **running))
    each = np.split(np.arange(len(runs)), len(found))
    answers = question.answers([runs.iloc[rows].reset_index(drop=True) for rows in each])
    return Across(question, found, tuple(answers), len(runs))


@dataclass(frozen=True, repr=False)
class Across:
    """What a study says over the settings. `runs`: how many were made."""

    kind: ClassVar[str] = "across"
    question: Question
    settings: NotRuledOut
    answers: tuple[Answer, ...]
    runs: int

    def __repr__(self) -> str:
        return f"<Across {self.question.study}: {len(self.settings)} settings, {self.runs:,} runs>"

    @property
    def scenario(self) -> Scenario:
        """The first."""
        return self.question.scenario

    @property
    def title(self) -> str:
        """Of the page."""
        return f"{self.question.title}, {ACROSS}"

    @property
    def shown(self) -> list[Answer]:
        """Those of the picture, in its order."""
        return [each for each in self.answers if each.shown]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """answers: a row a number; by_setting: a row a number and setting; settings: a row a setting."""
        called = names(self.settings)
        about = [{"asks": each.asks, "outcome": each.outcome, "row": each.row} for each in self.answers]
        rows = [
            {**keys, "unit": each.unit, **vars(each.spread)} for keys, each in zip(about, self.answers, strict=True)
        ]
        inside = [
            {**keys, SETTING: name, "value": value, "error": error}
            for keys, each in zip(about, self.answers, strict=True)
            for name, value, error in zip(called, each.values.tolist(), each.errors.tolist(), strict=True)
        ]
        own = self.settings.settings.reset_index(drop=True)
        own.insert(0, SETTING, called)
        return {"answers": pd.DataFrame(rows), "by_setting": pd.DataFrame(inside), "settings": own}

    @property
    def facts(self) -> Mapping[str, Any]:
        """For the manifest."""
        asked = {"command": self.question.command} if self.question.command else {}
        return asked | {
            "asked": self.question.study,
            "seed": self.question.design.seed,
            "runs": self.runs,
            "settings": len(self.settings),
            "worlds": self.question.worlds,
            "set": dict(self.settings.facts),
            "doubts": self.settings.doubts(),
            "kept_as_the_scenario_says": held(self.question, self.settings),
        }

    def warnings(self) -> list[str]:
        """What keeps the answer from being taken as it stands."""
        doubts, kept = self.settings.doubts(), held(self.question, self.settings)
        said = [f"The set does not belong to this version of the model: {'; '.join(doubts)}."] if doubts else []
        if kept:
            said.append(f"Left as the scenario says, at every setting: {words.listed(kept)}.")
        return said

    def headlines(self) -> list[str]:
        """How the page opens."""
        from cpsim.experiments.across_words import headlines

        return headlines(self)

    def in_words(self) -> str:
        """The answer, tables of it, and what the ranges mean."""
        from cpsim.experiments.across_words import in_words

        return in_words(self)

    def save(self, folder: str | Path, force: bool = False) -> Path:
        """Write tables, picture, manifest and page. Raises FolderError."""
        from cpsim.experiments.folder import save_study

        return save_study(self, Path(folder), force)
