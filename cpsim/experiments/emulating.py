"""The emulator step: learn from the plain sample, be checked at new points, give indices that are "at least"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cpsim.experiments.estimators import emulator
from cpsim.experiments.estimators.emulator import available as available
from cpsim.experiments.sampling import filling

if TYPE_CHECKING:
    from cpsim.experiments.screening import Sample, Study

RUNS_A_POINT = 24  # at the points of the check; what is averaged is luck, and factors that are not looked at
LEFT_OUT = "The emulator was left out: it needs scikit-learn (pip install 'cpsim[analysis]')."
WORLD = 10_000_000  # from here on: worlds that the plain sample has never seen


def runs(points: int) -> int:
    """Runs of a check at so many points."""
    return points * RUNS_A_POINT


def by_emulator(study: Study, sample: Sample, kept: Sequence[str], learn: int, points: int) -> None:
    """A row an output and factor, with the share Q2 that was explained at points never seen."""
    if not available():
        study.left_out.append(LEFT_OUT)
        return
    if not kept or len(kept) > emulator.MOST_FACTORS:
        study.left_out.append(f"The emulator was left out: {len(kept)} factors are left for it.")
        return
    places = [study.factors.paths.index(path) for path in kept]
    x, found = _check(study, places, points)
    for output in study.outputs:
        y = study.measured(output, sample.runs)
        fresh = study.measured(output, found)
        if y is None or fresh is None:
            continue
        model = emulator.fit(sample.x[:learn, places], y[:learn], study.seed)
        seen = fresh.reshape(points, RUNS_A_POINT)
        noise = float(seen.var(axis=1, ddof=1).mean()) / RUNS_A_POINT
        explained = emulator.q2(model, x, seen.mean(axis=1), noise)
        table = emulator.analyse(list(kept), model, explained, study.seed)
        study.add("emulator", output, table.assign(q2=explained, good=explained >= emulator.GOOD))


def _check(study: Study, places: list[int], points: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Points of the factors kept (points, kept), and runs there: each in its own world, the other factors drawn."""
    rng = np.random.default_rng(study.seed + 2)
    x = filling(len(places), points, study.seed + 1)
    everything = rng.random((points * RUNS_A_POINT, len(study.factors.paths)))
    everything[:, places] = np.repeat(x, RUNS_A_POINT, axis=0)
    return x, study.answers("check", everything, WORLD + np.arange(len(everything)))
