"""First-order indices from any plain sample: RBD-FAST (Tarantola et al. 2006; bias as Tissot & Prieur 2012), by SALib.

Of single runs: luck makes all indices smaller by the share of variance that is not luck.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import problem

SHOWN = 20  # the largest; only they get an interval, which costs a hundred times the index
RESAMPLES = 100


def analyse(names: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int, shown: int = SHOWN) -> pd.DataFrame:
    """A row a factor: `s1`; of the largest also the 95 % bootstrap interval."""
    table = pd.DataFrame({"factor": list(names), "s1": _analysed(names, x, y, seed, resamples=2)["S1"]})
    largest = list(np.argsort(-table["s1"].to_numpy(), kind="stable")[:shown])
    found = _analysed([names[place] for place in largest], x[:, largest], y, seed, RESAMPLES)
    for sign, name in ((-1, "s1_low"), (1, "s1_high")):
        table[name] = np.nan
        table.loc[largest, name] = found["S1"] + sign * found["S1_conf"]
    return table


def _analysed(names: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int, resamples: int) -> dict[str, np.ndarray]:
    from SALib.analyze import rbd_fast

    with np.errstate(invalid="ignore"):  # a resample in which a rare answer is missing
        found = rbd_fast.analyze(problem(names), x, y, num_resamples=resamples, seed=seed)
    return {name: np.asarray(found[name], float) for name in ("S1", "S1_conf")}
