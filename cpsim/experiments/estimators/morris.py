"""Which factors can be fixed: Morris's elementary effects, with one world for each trajectory.

Along a trajectory one factor moves at a time and the people and their luck stay, so a factor without effect moves
nothing at all. SALib samples and analyses; what is added is the rule by which a factor counts as negligible.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cpsim.experiments.estimators.problem import problem

LEVELS = 4
NEGLIGIBLE = 0.05  # of the largest mean effect, upper end of the interval included
POOL = 4  # trajectories drawn for each that is kept, so that those kept lie far apart
MANY = 60  # factors; beyond, choosing trajectories that lie far apart costs more than it brings


def plan(names: Sequence[str], trajectories: int, seed: int, levels: int = LEVELS) -> np.ndarray:
    """Points of the unit cube (trajectories (k + 1), k), one trajectory after the other."""
    from SALib.sample import morris

    if len(names) > MANY:
        return morris.sample(problem(names), trajectories, num_levels=levels, seed=seed)
    pool = POOL * trajectories
    return morris.sample(problem(names), pool, num_levels=levels, optimal_trajectories=trajectories, seed=seed)


def worlds(trajectories: int, k: int) -> np.ndarray:
    """The world of each point: one a trajectory."""
    return np.repeat(np.arange(trajectories), k + 1)


def analyse(names: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int, levels: int = LEVELS) -> pd.DataFrame:
    """A row a factor: `mu`, `mu_star` with half its 95 % interval `mu_star_ci`, `sigma`, all in units of the output.

    `share`, `share_low`, `share_high`: mu_star and its interval over the largest; `negligible`: share_high below 5 %.
    """
    from SALib.analyze import morris

    found = morris.analyze(problem(names), x, y, num_levels=levels, seed=seed)
    table = pd.DataFrame(
        {
            "factor": list(names),
            "mu": np.asarray(found["mu"], float),
            "mu_star": np.asarray(found["mu_star"], float),
            "mu_star_ci": np.asarray(found["mu_star_conf"], float),
            "sigma": np.asarray(found["sigma"], float),
        }
    )
    largest = table["mu_star"].max()
    largest = largest if largest > 0 else np.nan
    table["share"] = table["mu_star"] / largest
    table["share_low"] = (table["mu_star"] - table["mu_star_ci"]).clip(lower=0) / largest
    table["share_high"] = (table["mu_star"] + table["mu_star_ci"]) / largest
    return table.assign(negligible=~(table["share_high"] >= NEGLIGIBLE))
