"""A calibration of the real model, tiny: a planted truth is kept, and something is learnt."""

import dataclasses

import numpy as np
import pytest

from cpsim.experiments.calibrate import Asked, fit
from cpsim.experiments.estimators.history import implausibility
from cpsim.validation import fitting

pytestmark = [pytest.mark.limit, pytest.mark.slow]

NUMBERS = ("relapse_per_year", "transfers_per_year", "recovery_interval_days")
WORLDS = 60  # of the truth, so that what was seen has next to no simulation error


@pytest.mark.parametrize("plant", range(3))
def test_a_planted_truth_of_the_model_is_kept(plant):
    """Three numbers, three measures that the model itself shows at a truth drawn at random, seen with a small error."""
    rng = np.random.default_rng(plant)
    real = fitting.problem(only=NUMBERS, patterns=["P31", "P33"])
    truth = rng.uniform(0.1, 0.9, 3)
    factors = real.factors.some([path for path in real.factors.paths if not path.endswith("dummy")])
    (changes,) = factors.changes(truth[None, :])
    worlds = real.evaluate(dict(changes.items()), range(10_000_000, 10_000_000 + WORLDS), 1)
    seen = worlds.mean(axis=0)
    sd = np.maximum(worlds.std(axis=0) / 5, 1e-6)
    targets = tuple(
        dataclasses.replace(
            target, observed=float(value), observation_sd=float(error), discrepancy_sd=float(error), side="both"
        )
        for target, value, error in zip(real.targets, seen + sd * rng.standard_normal(len(sd)), sd, strict=True)
    )
    planted = dataclasses.replace(real, targets=targets)
    asked = Asked(waves=2, points=45, worlds=3, screening=0, retest=40, retest_worlds=8, keep=40)
    found = fit(planted, asked)

    assert found.history.badness(truth[None, :])[0] < 1.0
    assert implausibility(seen[None, :], worlds.var(axis=0)[None, :] / WORLDS, targets).max() < 3.0
    assert len(found.settings) > 5
    assert found.history.region.share < 0.9, "what was seen says something"
