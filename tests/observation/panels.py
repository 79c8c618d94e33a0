"""Made-up panels: people on regular days, with nothing behind them but what a test says."""

import numpy as np

from cpsim.model.codes import Stage
from cpsim.model.ledgers import PANEL
from cpsim.observation.days import TeamDays

WEEKS = range(-26, 41, 2)
USUAL = {"stage": Stage.RECOVERY, "on_caseload": 1, "joined_day": -2000, "relationship": 0.5, "capital": 13.0}
USUAL |= {"wellbeing": 41.0, "recovery": 35.0, "health": 60.0, "inclusion": 50.0, "days_since_contact": 3}


def lines(count, week=0, **fields):
    """So many people in recovery on a day, but for these fields (a value for all, or one each)."""
    rows = np.zeros(count, PANEL)
    rows["week"], rows["person"] = week, np.arange(count)
    for name, value in (USUAL | fields).items():
        rows[name] = value
    return rows


def team(count=200, place=0, seed=1, day=lines, **fields):
    """A team whose people are all seen once a fortnight; `day(count, week, **fields)` makes one day."""
    days = [day(count, week, contacts=(week + 26) // 2, **fields) for week in WEEKS]
    return TeamDays(0, "team", place, seed, np.concatenate(days), np.full(52, 2.0))
