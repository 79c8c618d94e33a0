"""Service use in half a year before and one after, priced as studies do: so much a contact, a day.

Interviews ask about the last half year. Where people are recruited before the changes begin, both are counted from day
0 instead of from each person's own interview, as if all were interviewed on its eve.
"""

from __future__ import annotations

import numpy as np

from cpsim.model.panel import WEEKS_BEFORE
from cpsim.observation.days import TeamDays
from cpsim.observation.design import Design

USED = ("contacts", "crisis_days", "crisis_team_days", "bed_days", "own_pocket")


def counted_from(recruited: np.ndarray) -> np.ndarray:
    """The week that tells before from after for people recruited in these weeks: the same, and never before day 0."""
    return np.maximum(recruited, 0)


def before(team: TeamDays, people: np.ndarray, recruited: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """Of the half year before; where the warm-up is no longer than that, counts began with it."""
    last = counted_from(recruited)
    return _between(team, people, last - WEEKS_BEFORE, last, design, np.zeros(len(people)))


def after(team: TeamDays, people: np.ndarray, recruited: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """Of the half year up to the second interview, with a share of what was spent then on putting CP into practice."""
    last = counted_from(recruited) + round(design.followup_weeks)
    first = last - WEEKS_BEFORE
    spent = np.concatenate([[0.0], np.cumsum(team.implementation)])
    whole = np.minimum([first, last], len(spent) - 1)
    return _between(team, people, first, last, design, spent[whole[1]] - spent[whole[0]])


def _between(
    team: TeamDays, people: np.ndarray, first: np.ndarray, last: np.ndarray, design: Design, implementation: np.ndarray
) -> dict[str, np.ndarray]:
    begun = np.maximum(first, int(team.weeks[0]))
    start, end = (team.each_at(_panel_days(team, weeks), people) for weeks in (begun, last))
    start[(begun > first) & (begun < 0)] = np.zeros(1, start.dtype)
    used = {name: (end[name] - start[name]).astype(float) for name in USED}
    return {**used, "service_cost": priced(used, design), "implementation_cost": implementation}


def _panel_days(team: TeamDays, weeks: np.ndarray) -> np.ndarray:
    """The last panel day at or before each of these weeks."""
    return np.array([team.before(int(week)) for week in weeks], np.int64)


def priced(used: dict[str, np.ndarray], design: Design) -> np.ndarray:
    """GBP of contacts, days in hospital and the crisis team."""
    crisis_team = design.crisis_team_contacts_a_day * design.crisis_team_contact_price
    return (
        used["contacts"] * design.contact_price
        + used["bed_days"] * design.bed_day_price
        + used["crisis_team_days"] * crisis_team
    )
