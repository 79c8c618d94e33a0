"""Does it pay back? The difference in cost or in staff minutes, summed month by month, and when it turns.

Per person on the caseload, since teams may differ in size. Nothing is discounted. A team that is dearer at the end of
its horizon counts as never paying back: nobody knows what comes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cpsim.errors import UserError
from cpsim.model.codes import DAYS_A_WEEK
from cpsim.outputs.intervals import estimate
from cpsim.outputs.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

MONTH = 365.25 / 12  # days
COST = ("cost_trust", "cost_local_authority", "cost_voluntary", "cost_implementation", "cost_own_pocket")
WHAT = {"cost": COST, "minutes": ("called_for", "cp_work")}
UNITS = {"cost": "GBP/person", "minutes": "minutes/person"}
TWO_SIDED_95 = 1.959963984540054  # standard errors


@dataclass(frozen=True)
class Payback:
    """How the difference between b and a grows. `what`: "cost" (GBP, all payers) or "minutes" (work called for by the
    caseload, and CP's own). `months`: 1, 2, ... `paths`: (worlds, months), b less a a person, summed since day 0.
    """

    what: str
    months: np.ndarray
    paths: np.ndarray
    replication: np.ndarray

    @property
    def turns(self) -> np.ndarray:
        """For each world the month from which on b is no dearer than a; 0: it never was; NaN: not within the run."""
        dearer = self.paths > 0
        last = np.where(dearer.any(axis=1), len(self.months) - np.argmax(dearer[:, ::-1], axis=1), 0)
        return np.where(dearer[:, -1], np.nan, np.where(last > 0, last + 1.0, 0.0))

    @property
    def never(self) -> float:
        """Share of worlds in which b is still dearer at the end."""
        return float(np.isnan(self.turns).mean())

    @property
    def never_interval(self) -> tuple[float, float]:
        """95 % interval of that share (Wilson 1927)."""
        n, share, z = len(self.paths), self.never, TWO_SIDED_95
        middle, width = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return float((middle - width) / (1 + z * z / n)), float((middle + width) / (1 + z * z / n))

    @property
    def mean_turns(self) -> float:
        """The month from which on the mean over worlds is no dearer; 0: it never was; NaN: not within the run."""
        whole = Payback(self.what, self.months, self.paths.mean(axis=0, keepdims=True), self.replication[:1])
        return float(whole.turns[0])

    @property
    def dearest(self) -> tuple[int, float]:
        """The month in which the mean is highest, and how high."""
        mean = self.paths.mean(axis=0)
        return int(self.months[mean.argmax()]), float(mean.max())

    @property
    def path(self) -> pd.DataFrame:
        """A row a month: mean difference so far, its interval, the middle 8 in 10 worlds, share of worlds paid back."""
        import pandas as pd

        rows = [
            {"month": month, **vars(estimate(column, self.replication)), "no_dearer": float((column <= 0).mean())}
            for month, column in zip(self.months, self.paths.T, strict=True)
        ]
        return pd.DataFrame(rows)


def payback(a: Runs, b: Runs, what: str) -> Payback:
    """The difference between two runs of the same worlds, month by month. Raises UserError on another `what`."""
    if what not in WHAT:
        raise UserError(f"there is no pay-back in {what!r}; there is one in {' or '.join(WHAT)}")
    weekly = _a_person(b, WHAT[what]) - _a_person(a, WHAT[what])
    days = DAYS_A_WEEK * weekly.shape[1]
    months = np.arange(1, max(1, round(days / MONTH)) + 1)
    ends = np.minimum(np.round(months * MONTH / DAYS_A_WEEK).astype(int), weekly.shape[1]) - 1
    return Payback(what, months, weekly.cumsum(axis=1)[:, ends], a.replication)


def _a_person(runs: Runs, names: tuple[str, ...]) -> np.ndarray:
    """Sum of these columns a person on the caseload, (runs, weeks reported); nothing where nobody is there."""
    weeks, people = runs.of_week("caseload")
    whole = np.sum([runs.of_week(name)[1] for name in names], axis=0)
    share = np.divide(whole, people, out=np.zeros_like(whole), where=people > 0)
    return share[:, weeks >= 0]
