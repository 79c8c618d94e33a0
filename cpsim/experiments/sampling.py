"""Points that fill the space of the factors, for what is read from a plain sample."""

from __future__ import annotations

import numpy as np


def filling(k: int, n: int, seed: int) -> np.ndarray:
    """Points (n, k) of the unit cube: a Latin hypercube.

    Not a Sobol' sequence: pairs of its columns hang together (of 157 columns and 512 points, some pair has a
    correlation of 0.38 and lies in an eighth of its cells; of 20, in half), so that what is read from the sample alone
    takes one factor for another. In a Latin hypercube pairs are as independent as chance makes them (0.17).
    """
    from scipy.stats import qmc

    return qmc.LatinHypercube(k, rng=seed).random(n)
