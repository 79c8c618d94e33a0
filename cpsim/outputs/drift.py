"""Is the team at rest on day 0? What still moves over the last quarter before it, in standard deviations.

A run compares teams from day 0 on; what drifts by itself would be taken for an effect of time. Margins: 0.1 SD, and
3 % for the caseload. SD: between people for their scores and ties, else between simulated teams' weeks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cpsim.model.ledgers import WEEKLY
from cpsim.outputs.measures import measures
from cpsim.outputs.runs import Runs

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult
    from cpsim.scenario.schema import TeamDescription

WEEKS = 13  # the half of the shortest warm-up that is left when its first half has let the team settle
MARGIN, CASELOAD_MARGIN = 0.1, 0.03  # SD; share of the caseload
SURE = 3.0  # standard errors by which a drift must pass its margin to be called one
CASELOAD = "caseload"
ROUNDING = 1e-9  # of a mean: what varies by less does not vary


@dataclass(frozen=True)
class Drift:
    """How one weekly measure moves over some weeks, by a straight line through them.

    change: in its own unit. size: the same in SD (caseload: as a share of it); error: standard error of the size.
    margin: what is allowed of the size.
    """

    measure: str
    label: str
    unit: str
    change: float
    size: float
    error: float
    margin: float

    @property
    def clear(self) -> bool:
        """Is it more than the margin beyond doubt? NaN (one run, or nothing that varies) never is."""
        return abs(self.size) - SURE * self.error > self.margin

    @property
    def in_words(self) -> str:
        """ "caseload up by 4 %", "pressure down by 0.3 SD"."""
        way = "up" if self.size > 0 else "down"
        by = f"{abs(self.size):.1%}" if self.measure == CASELOAD else f"{abs(self.size):.2f} SD"
        return f"{self.label[:1].lower()}{self.label[1:]} {way} by {by}"


def before_day_0(result: RunResult) -> list[Drift]:
    """Drift of every weekly measure over the last 13 weeks of warm-up; empty where it was shorter."""
    return between(result.runs, result.scenario.teams[0].base, -WEEKS)


def between(runs: Runs, base: TeamDescription, first: int, weeks: int = WEEKS) -> list[Drift]:
    """Drift of every weekly measure over so many weeks from week `first` on; empty where not every run has them."""
    found = [_drift(runs, base, name, first, weeks) for name in WEEKLY.names or () if name != "week"]
    return [each for each in found if each is not None]


def _drift(runs: Runs, base: TeamDescription, name: str, first: int, long: int) -> Drift | None:
    weeks, table = runs.of_week(name)
    values = table[:, (weeks >= first) & (weeks < first + long)]
    values = values[~np.isnan(values).any(axis=1)]
    if values.shape[1] < long or not len(values):
        return None
    time = np.arange(long) - (long - 1) / 2
    change = values @ time / (time @ time) * long
    if name == CASELOAD:
        scale, margin = values.mean(), CASELOAD_MARGIN
    else:
        scale, margin = people_sd(base).get(name) or _sd_between_runs(values), MARGIN
    error = change.std(ddof=1) / math.sqrt(len(change)) if len(change) > 1 else math.nan
    varies = scale > ROUNDING * abs(values.mean())
    size, off = (change.mean() / scale, error / scale) if varies else (math.nan, math.nan)
    measure = measures("weekly")[name]
    return Drift(name, measure.label, measure.unit, float(change.mean()), float(size), float(off), margin)


def people_sd(base: TeamDescription) -> dict[str, float]:
    """SD between people of what a week's line gives as their mean."""
    p = base.parameters
    spread = math.sqrt(math.expm1(p.ties_spread * p.ties_spread))
    return {"capital": p.capital_sd, "wellbeing": p.wellbeing_sd, "ties": p.ties_usual * spread}


def _sd_between_runs(values: np.ndarray) -> float:
    return math.sqrt(values.var(axis=0, ddof=1).mean()) if len(values) > 1 else math.nan


def clear(result: RunResult) -> list[Drift]:
    """What drifts clearly before day 0, the most first."""
    return sorted((each for each in before_day_0(result) if each.clear), key=lambda each: -abs(each.size) / each.margin)
