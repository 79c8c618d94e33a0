"""The people panel as the engine hands it over: the lines that were written, with counts unbroken at day 0.

The model begins its counts afresh on day 0. In the panel the count at the end of the warm-up is added to all later
ones, so that the difference of any two panel days is what lies between them.
"""

from __future__ import annotations

import numpy as np

from cpsim.model.panel import WEEKS_BEFORE

SO_FAR = (
    "contacts",
    "not_seen",
    "contact_minutes",
    "reviews",
    "cp_contacts",
    "cp_minutes",
    "joined",
    "ties_made",
    "crises",
    "admissions",
    "crisis_days",
    "crisis_team_days",
    "bed_days",
    "worker_changes",
    "care_cost",
    "own_pocket",
    "funded",
)


def written(panel: np.ndarray, people: int, every: int) -> np.ndarray:
    """The lines of everybody referred by then, ordered by day and person.

    people: lines kept for each panel day. every: weeks between two of them.
    """
    days = np.array(panel).reshape(-1, people)
    eve = days[WEEKS_BEFORE // every]
    for day in days[WEEKS_BEFORE // every + 1 :]:
        for name in SO_FAR:
            day[name] += eve[name]
    return days[days["stage"] > 0]
