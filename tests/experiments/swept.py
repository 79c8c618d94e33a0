"""Sweeps of plain functions in place of the model."""

import itertools

import numpy as np
import pandas as pd

from cpsim.experiments.outcomes import HEADLINES
from cpsim.experiments.sweep import Sweep
from cpsim.experiments.vary import factor, target
from tests.outputs import made_up


def sweep(vary, function, targets=(), worlds=40, own=0.0, luck=0.05, output="five_steps"):
    """`function` of the varied values gives the output; each world adds its own luck, the same in every cell."""
    factors = tuple(factor(text) for text in vary)
    random = np.random.default_rng(1)
    of_world = random.normal(0, luck, worlds)
    levels = [own, *(function(*cell) for cell in itertools.product(*(each.values for each in factors)))]
    runs = pd.DataFrame({name: np.zeros(len(levels) * worlds) for name in HEADLINES})
    runs[output] = np.concatenate([level + of_world for level in levels])
    runs["failed"] = ""
    wanted = tuple(target(text) for text in targets)
    return Sweep(made_up.scenario(teams=made_up.described(["Moorland"])), factors, wanted, HEADLINES, runs, worlds, 1)
