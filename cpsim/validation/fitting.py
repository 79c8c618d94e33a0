"""`cpsim calibrate`: the runs that the patterns for calibration need, at one setting of the uncertain numbers."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cpsim.errors import OptionError
from cpsim.experiments.calibrate import Asked, Problem, fit
from cpsim.experiments.calibration import Calibration
from cpsim.experiments.ensemble import digests_now
from cpsim.experiments.evaluations import Progress
from cpsim.experiments.factors import Factors, factors
from cpsim.scenario.load import load
from cpsim.validation import trial_readings
from cpsim.validation.lives import SPECS, Spec, live_spec
from cpsim.validation.targets import Fitted, fitted, patterns_digest, read

BASE = "cmht"
OFTEN_LONGER = 1.5  # a setting that differs from the usual one warms up for longer
FITTED_TO = "parameters."  # what a team or its place is, is not fitted: it is given

Runner = Callable[[Sequence[int], int, Mapping[str, Any]], Any]  # worlds, seed, changes -> what readings read


def _spec(spec: Spec, worlds: Sequence[int], seed: int, changes: Mapping[str, Any]) -> Any:
    return live_spec(spec, worlds, seed, changes)


RUNNERS: dict[str, Runner] = {
    **{name: partial(_spec, spec) for name, spec in SPECS.items()},
    "trial": trial_readings.trials,
    "pilot": trial_readings.pilots,
}


def calibrate(
    asked: Asked | None = None,
    *,
    only: Sequence[str] = (),
    patterns: Sequence[str] = (),
    folder: str | Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] = lambda text: None,
) -> Calibration:
    """Find settings of the uncertain numbers that the patterns for calibration do not rule out.

    only: factors to fit, without screening, such as ("leaving_per_year", "refill_days"); else a screening finds those
    that move any pattern. patterns: ids to fit to, all that can be read when empty. folder: keep the runs there; the
    same call goes on from them. told: is called with a line after each stage.

    Raises OptionError for names that are none, FolderError for a folder that holds something else, Stopped on Ctrl-C.
    """
    work = asked or Asked()
    if only and work.screening:
        work = Asked(**{**vars(work), "screening": 0})
    asked_of = problem(only, patterns)
    found = fit(asked_of, work, Path(folder) if folder else None, workers, progress, told)
    return Calibration(found)


def problem(only: Sequence[str] = (), patterns: Sequence[str] = ()) -> Problem:
    """What is fitted, to what."""
    every = _asked_for(patterns)
    digests = {**digests_now(), "patterns": patterns_digest(), "targets": ", ".join(each.target.name for each in every)}
    return Problem(
        scenario=load(BASE),
        factors=fitted_factors(only),
        targets=tuple(each.target for each in every),
        evaluate=partial(evaluated, every),
        rows=rows_of(every),
        digests=digests,
        runs=len({name for each in every for name in each.reading.runs}),
        options="".join([f" --fit {name}" for name in only] + [f" --patterns {name}" for name in patterns]),
    )


def fitted_factors(only: Sequence[str] = ()) -> Factors:
    """The measured numbers that may be fitted: uncertain, and not what a team or its place is."""
    every = factors(load(BASE), only=only)
    return every.some([path for path in every.paths if path.startswith(FITTED_TO) or path.endswith(".dummy")])


def _asked_for(ids: Sequence[str]) -> list[Fitted]:
    every = fitted()
    known = dict.fromkeys(each.pattern.id for each in every)
    unknown = [name for name in ids if name.upper() not in known]
    if unknown:
        raise OptionError(f"patterns: {unknown[0]} cannot be fitted to; these can: {', '.join(known)}")
    return [each for each in every if not ids or each.pattern.id in [name.upper() for name in ids]]


def evaluated(every: Sequence[Fitted], changes: Mapping[str, Any], worlds: Sequence[int], seed: int) -> np.ndarray:
    """Every measure in every world at one setting, (worlds, measures); each run is made once and shared."""
    names = dict.fromkeys(name for each in every for name in each.reading.runs)
    return read(list(every), {name: RUNNERS[name](worlds, seed, changes) for name in names})


def rows_of(every: Sequence[Fitted]) -> pd.DataFrame:
    """A line a target: what it is, its two errors, and what they rest on."""
    return pd.DataFrame(
        [
            {
                "pattern": each.target.name,
                "id": each.pattern.id,
                "measure": each.pattern.measure,
                "sentence": each.pattern.sentence,
                "unit": each.pattern.unit,
                "low": each.pattern.low,
                "high": each.pattern.high,
                "observed": each.target.observed,
                "observation_sd": each.target.observation_sd,
                "discrepancy_sd": each.target.discrepancy_sd,
                "side": each.target.side,
                "basis": each.basis,
                "because": each.because,
                "source": each.pattern.source,
            }
            for each in every
        ]
    )


def seconds_of(asked: Asked, only: Sequence[str], patterns: Sequence[str], workers: int | None = None) -> float:
    """Seconds that a calibration takes at most on this machine: one point is tried out, at the usual values."""
    every, threads = _asked_for(patterns), min(workers or os.cpu_count() or 1, os.cpu_count() or 1)
    evaluated(every, {}, [0], asked.seed)  # compiled, loaded
    began = time.perf_counter()
    evaluated(every, {}, [1], asked.seed)
    active = len(fitted_factors(only).varied) - 1 if only else asked.most
    return OFTEN_LONGER * (time.perf_counter() - began) * asked.evaluations(active) / threads
