"""What runs with a certain result have in common: the factors whose values differ between them and the others.

Regional sensitivity analysis (Hornberger & Spear 1981): a two-sample Kolmogorov-Smirnov test a factor, Bonferroni's
correction for their number. With few runs on one side it finds little, whatever there is; so it asks for a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

LEAST = 100  # runs on either side


class TooFew(ValueError):
    """Fewer runs on one side than the method needs."""


def analyse(names: Sequence[str], x: np.ndarray, chosen: np.ndarray, least: int = LEAST) -> pd.DataFrame:
    """A row a factor: `distance` (0-1), `p` times the number of factors, `differs` (p < 0.05), medians on both sides.

    chosen: which runs had the result (a boolean a run). Medians in parts of the factor's range (0-1 of probability).
    Raises TooFew.
    """
    from scipy.stats import ks_2samp

    inside, outside = int(chosen.sum()), int((~chosen).sum())
    if min(inside, outside) < least:
        raise TooFew(f"{inside} runs have the result and {outside} have not; at least {least} of each are needed")
    rows = []
    for place, name in enumerate(names):
        ours, others = x[chosen, place], x[~chosen, place]
        test = ks_2samp(ours, others)
        p = min(1.0, test.pvalue * len(names))
        medians = {"median_inside": np.median(ours), "median_outside": np.median(others)}
        rows.append({"factor": name, "distance": test.statistic, "p": p, "differs": p < 0.05, **medians})
    return pd.DataFrame(rows)
