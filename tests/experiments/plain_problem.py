"""A calibration whose model is a plain function of three real numbers, so that its answer is known."""

import numpy as np
import pandas as pd

from cpsim.experiments.calibrate import Problem
from cpsim.experiments.ensemble import digests_now
from cpsim.experiments.estimators.history import Target
from cpsim.experiments.factors import factors
from cpsim.scenario.load import load

NUMBERS = ("leaving_per_year", "refill_days", "round_success")
NOISE = 0.02  # of one world


def places(changes):
    """Each number as its place in the unit cube, from 0 to 1, worked out from its value."""
    found = []
    for factor in numbers().varied:
        grid = np.linspace(0.0, 1.0, 4_001)
        found.append(np.interp(changes[factor.set_by], factor.value(grid), grid) if factor.set_by in changes else 0.5)
    return np.array(found)


def numbers(only=NUMBERS):
    """The factors, without the dummy."""
    every = factors(load("cmht"), only=only)
    return every.some([path for path in every.paths if not path.endswith("dummy")])


def outcomes(place):
    """Two outcomes of three places: a sum, and one alone. The third place does nothing."""
    return np.array([place[0] + place[1], place[0]])


def evaluate(changes, worlds, seed):
    """Worlds with noise, each with luck of its own."""
    mean = outcomes(places(changes))
    return np.array([mean + NOISE * np.random.default_rng([seed, world]).standard_normal(2) for world in worlds])


def problem(seen=(1.0, 0.4), sd=0.03, function=evaluate, which=None):
    """Fitted to what was seen of both outcomes."""
    targets = tuple(Target(name, value, sd, 0.0) for name, value in zip(("P1 sum", "P2 one"), seen, strict=True))
    rows = pd.DataFrame(
        [
            {
                "pattern": target.name,
                "id": target.name[:2],
                "measure": target.name[3:],
                "sentence": "It is so.",
                "unit": "",
                "low": target.observed - 3 * sd,
                "high": target.observed + 3 * sd,
                "observed": target.observed,
                "observation_sd": sd,
                "discrepancy_sd": 0.0,
                "side": "both",
                "basis": "source",
                "because": "it was counted",
                "source": "made up",
            }
            for target in targets
        ]
    )
    return Problem(load("cmht"), which or numbers(), targets, function, rows, {**digests_now(), "patterns": "made-up"})
