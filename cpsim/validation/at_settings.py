"""The patterns at settings that calibration did not rule out: each setting judged from a few runs of its own.

What is kept of a setting is one number a measure, summed up over its runs as the pattern says; a share of runs is a
share of its runs. Settings share no worlds: what they had in common by luck would look like something that is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from cpsim.engine.options import check_options
from cpsim.errors import OptionError
from cpsim.experiments.ensemble import NotRuledOut, digests_now
from cpsim.experiments.estimators.region import representative
from cpsim.experiments.evaluations import Evaluations, Progress
from cpsim.experiments.over_set import ALWAYS
from cpsim.outputs.store import versions
from cpsim.scenario.load import Scenario, load
from cpsim.validation.fitting import BASE, RUNNERS
from cpsim.validation.held import Held
from cpsim.validation.judge import Judged, judge
from cpsim.validation.lives import SPECS
from cpsim.validation.register import RUNS, Pattern, chosen
from cpsim.validation.studies import DEFAULT, READ
from cpsim.validation.validate import REPLICATIONS, computed, read_from_runs, validate

SETTINGS = 40  # of the set, at most
OF_EACH = 10  # runs of each scenario, trials and pilots at one setting
USUAL = -1.0  # the place of the usual values among settings
COLUMNS = ("found", "low", "high", "runs")  # kept of each measure at each setting
STUDIES = tuple(READ)


@dataclass(frozen=True)
class Asked:
    """How much is run: at the usual values, and at each of so many settings of a set."""

    replications: int = REPLICATIONS
    trials: int = DEFAULT
    settings: int = SETTINGS
    replications_each: int = OF_EACH
    trials_each: int = OF_EACH
    seed: int = 1

    def check(self) -> None:
        """Raises OptionError for what makes no sense."""
        check_options(self.replications, self.seed, None, None)
        for name, count in (("trials", self.trials), ("settings", self.settings)):
            if count < 1:
                raise OptionError(f"{name}: {count} is not possible; write a whole number from 1 on")


@dataclass(frozen=True)
class Work:
    """What is evaluated: these rows, at the usual values and at settings of a set (None: no set)."""

    asked: Asked
    rows: tuple[Pattern, ...]
    settings: NotRuledOut | None

    @cached_property
    def scenario(self) -> Scenario:
        """The ordinary team, around which settings were fitted."""
        return load(BASE)

    @cached_property
    def changes(self) -> list[dict[str, Any]]:
        """Of every setting of the set, whole as calibration ran it: on top of each scenario that a pattern needs."""
        rows = self.settings.settings.to_dict("records") if self.settings else []
        return [{f"{ALWAYS}{path}": float(value) for path, value in row.items()} for row in rows]

    @cached_property
    def chosen(self) -> np.ndarray:
        """Places in the set of the settings that are run, those that stand for all first."""
        if self.settings is None:
            return np.zeros(0, int)
        values = self.settings.settings.to_numpy(float)
        spread = values.std(axis=0)
        return representative(values / np.where(spread > 0, spread, 1.0), self.asked.settings)

    def evaluated(self, point: np.ndarray, worlds: range) -> np.ndarray:
        """What is kept of a setting, (1, measures x columns); `point` is its place in the set."""
        asked, place = self.asked, int(point[0])
        if place == USUAL:
            judged = validate(asked.replications, asked.seed, self.ids, with_=STUDIES, trials=asked.trials)
        else:
            judged = at_setting(self.rows, self.changes[place], asked, place)
        return np.array([[number for row in judged for number in (row.found, row.low, row.high, row.runs)]])

    @property
    def ids(self) -> list[str]:
        """The patterns, each once."""
        return list(dict.fromkeys(row.id for row in self.rows))

    @property
    def study(self) -> Mapping[str, Any]:
        """What has to be the same for runs to be gone on with."""
        return {
            "asked": vars(self.asked),
            "measures": [f"{row.id} {row.measure}" for row in self.rows],
            "settings": [self.changes[place] for place in self.chosen],
            "version": versions().get("cpsim", "not installed"),
            **digests_now(),
        }


def at_setting(rows: Sequence[Pattern], changes: Mapping[str, Any], asked: Asked, place: int) -> list[Judged]:
    """The rows at one setting, in worlds that no other place has; scenarios of one setting share theirs, in pairs."""

    def run(name: str) -> Any:
        many = SPECS[name].times * asked.replications_each if name in SPECS else asked.trials_each
        return RUNNERS[name](range(place * many, (place + 1) * many), asked.seed, changes)

    found = {(RUNS, name): numbers for name, numbers in computed(read_from_runs(rows), run)}
    for study in STUDIES:
        wanted = dict.fromkeys(row.id for row in rows if row.needs == study)
        lives = run(study) if wanted else []
        found |= {(study, name): READ[study][name](lives) for name in wanted}
    return [judge(row, found[row.needs, row.id][row.measure]) for row in rows]


def hold(
    settings: NotRuledOut | None = None,
    asked: Asked | None = None,
    *,
    only: Sequence[str] = (),
    folder: str | Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Held:
    """Hold the model against the patterns at the usual values, and at settings of a set where one is given.

    only: ids of patterns, all when empty. folder: keep what each setting gave there; the same call goes on from it.
    Raises OptionError for options that make no sense, FolderError for a folder of something else, Stopped on Ctrl-C.
    """
    work = Work(asked or Asked(), tuple(chosen(only)), settings)
    work.asked.check()
    width = len(work.rows) * len(COLUMNS)
    kept = Evaluations(work.evaluated, width, Path(folder) if folder else None, work.study, workers, progress)
    kept.plan(1 + len(work.chosen))
    usual = kept.stage("usual", np.array([[USUAL]]), 1, 0)
    at_usual = [_judged(row, numbers) for row, numbers in zip(work.rows, _numbers(usual.values)[0], strict=True)]
    if not len(work.chosen):
        return Held(work.scenario, work.asked, at_usual, tuple(only))
    stage = kept.stage("settings", work.chosen[:, None].astype(float), 1, 0)
    return Held(
        work.scenario,
        work.asked,
        at_usual,
        tuple(only),
        settings,
        work.chosen,
        _numbers(stage.values)[:, :, 0],
        tuple(dict.fromkeys(filter(None, stage.failed))),
    )


def _numbers(values: np.ndarray) -> np.ndarray:
    """(settings, measures, columns)."""
    return values[:, 0].reshape(len(values), -1, len(COLUMNS))


def _judged(row: Pattern, numbers: np.ndarray) -> Judged:
    """A row as it was judged, from what was kept of it."""
    found, low, high, runs = map(float, numbers)
    return Judged(row, found, low, high, int(runs), None if np.isnan(found) else row.is_met_by(found))
