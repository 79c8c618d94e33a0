"""Functions whose indices are known, in place of the model; on the unit cube, with a dummy as their last factor."""

import numpy as np

NAMES = ["x1", "x2", "x3", "dummy"]
FIRST = np.array([0.3139, 0.4424, 0.0, 0.0])  # Ishigami, a = 7, b = 0.1
TOTAL = np.array([0.5576, 0.4424, 0.2437, 0.0])
PAIR_13 = 0.2437
VARIANCE = 13.8446  # of Ishigami


def ishigami(x):
    z = np.pi * (2 * x - 1)
    return np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])


WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 0.0])  # Sobol's G: the smaller the more important; the last is a dummy
G_NAMES = ["g1", "g2", "g3", "g4", "g5", "dummy"]


def sobol_g(x):
    return np.prod((np.abs(4 * x[:, :5] - 2) + WEIGHTS[:5]) / (1 + WEIGHTS[:5]), axis=1)


def g_indices():
    """First-order and total indices of Sobol's G (Saltelli & Sobol 1995), the dummy last."""
    alone = 1 / (3 * (1 + WEIGHTS[:5]) ** 2)
    whole = np.prod(1 + alone) - 1
    total = alone * np.prod(1 + alone) / (1 + alone)
    return np.r_[alone, 0] / whole, np.r_[total, 0] / whole


def luck(worlds, size, seed=1):
    """A normal number for each world: whoever shares a world shares it."""
    table = np.random.default_rng(seed).normal(size=int(np.max(worlds)) + 1)
    return size * table[worlds]
