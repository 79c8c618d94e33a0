"""Two scenarios in the same worlds: the same people, places and luck, so that what differs is what was changed."""

import numpy as np

from cpsim.model.ledgers import OUTCOME
from tests.invariants.worlds import run

WORLDS = 100
MOST = 0.95  # of worlds in which the direction has to hold
ALPHA_1E6 = 4.9  # standard errors: one false alarm in a million


def outcomes(chosen, worlds=WORLDS, warm_up_weeks=26):
    """One OUTCOME row a world."""
    return np.array([tuple(run(chosen, seed, warm_up_weeks)[1].tolist()) for seed in range(worlds)], OUTCOME)


def never_higher(before, after):
    """Not higher in nearly every world, lower on average, and by more than chance."""
    change = np.asarray(after) - np.asarray(before)
    assert np.mean(change <= 0) >= MOST
    assert change.mean() < -ALPHA_1E6 * change.std(ddof=1) / np.sqrt(len(change)) < 0


def no_difference(one, other, margin):
    """Equal means, as far as simulation error can tell; and it could tell the margin (in the measure's own unit)."""
    one, other = np.asarray(one), np.asarray(other)
    noise = ALPHA_1E6 * np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    assert noise < margin, f"too few worlds for this test to be able to fail: {noise:.3g}"
    assert abs(one.mean() - other.mean()) < margin


def no_paired_difference(one, other, margin):
    """The same in pairs of worlds, where far less noise is left."""
    change = np.asarray(other) - np.asarray(one)
    noise = ALPHA_1E6 * change.std(ddof=1) / np.sqrt(len(change))
    assert noise < margin, f"too few worlds for this test to be able to fail: {noise:.3g}"
    assert abs(change.mean()) < margin


def same_bits(one, other, but=()):
    """Every array of two worlds, byte for byte; `but`: fields of people, workers, places or memberships left out."""
    for name in (
        "team",
        "people",
        "workers",
        "places",
        "memberships",
        "weekly",
        "gates",
        "access",
        "minutes",
        "windows",
    ):
        mine, theirs = getattr(one, name), getattr(other, name)
        for field in mine.dtype.names or [None]:
            if field not in but:
                a, b = (mine, theirs) if field is None else (mine[field], theirs[field])
                assert a.tobytes() == b.tobytes(), f"{name}.{field}"
