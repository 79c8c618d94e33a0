"""Two models agree if the whole interval of their difference lies within a margin: two one-sided tests."""

import numpy as np

SURE = 3.1  # standard errors: each of the two tests at 0.1 %


def agree(one, other, margin):
    """Is the difference of means surely less than `margin`? Returns (does it hold, words for a failure)."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    gap = one.mean() - other.mean()
    noise = SURE * np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    words = f"{one.mean():.4g} against {other.mean():.4g}: {gap:+.3g} +- {noise:.2g}, margin {margin:.2g}"
    return abs(gap) + noise < margin, words
