"""How SALib is told of the factors: every one from 0 to 1, so that its methods know nothing of shapes and units.

A sample of the unit cube is turned into values by `cpsim.experiments.factors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

DUMMY = "dummy"  # the last part of the path of a parameter that is wired to nothing
LARGEST = 5  # how many of the largest factors a verdict looks at


def problem(names: Sequence[str], groups: Sequence[str] | None = None) -> dict[str, Any]:
    """SALib's problem of these factors; `groups` gives the group of each."""
    found: dict[str, Any] = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return found | {"groups": list(groups)} if groups else found


def is_dummy(name: str) -> bool:
    """Is it the factor (or the group) that can have no effect?"""
    return name.rpartition(".")[2] == DUMMY


def ranked(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows from the largest to the smallest; equal ones stay in their order."""
    return table.sort_values(by, ascending=False, kind="stable", na_position="last").reset_index(drop=True)


def varies(y: np.ndarray) -> bool:
    """Is there anything to share out?"""
    return bool(np.ptp(y) > np.finfo(float).eps * max(1.0, float(np.abs(y).max(initial=0))))
