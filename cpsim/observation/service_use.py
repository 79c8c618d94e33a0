"""Service use in the half year before the changes began and after, priced as studies do: so much a contact, a day."""

from __future__ import annotations

import numpy as np

from cpsim.model.panel import WEEKS_BEFORE
from cpsim.observation.days import TeamDays
from cpsim.observation.design import Design

USED = ("contacts", "crisis_days", "crisis_team_days", "bed_days", "own_pocket")


def before(team: TeamDays, people: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """Of the half year before day 0; where the warm-up is no longer than that, counts began with it."""
    return _between(team, people, int(team.weeks[0]), 0, design, 0.0)


def after(team: TeamDays, people: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """Of the half year from day 0 on, with a share of what the team spent on putting CP into practice."""
    spent = float(team.implementation[:WEEKS_BEFORE].sum())
    return _between(team, people, 0, team.before(WEEKS_BEFORE), design, spent)


def _between(
    team: TeamDays, people: np.ndarray, first: int, last: int, design: Design, implementation: float
) -> dict[str, np.ndarray]:
    end = team.at(last, people)
    start = np.zeros_like(end) if -WEEKS_BEFORE < first < 0 else team.at(first, people)
    used = {name: (end[name] - start[name]).astype(float) for name in USED}
    return {
        **used,
        "service_cost": priced(used, design),
        "implementation_cost": np.full(len(people), implementation),
    }


def priced(used: dict[str, np.ndarray], design: Design) -> np.ndarray:
    """GBP of contacts, days in hospital and the crisis team."""
    crisis_team = design.crisis_team_contacts_a_day * design.crisis_team_contact_price
    return (
        used["contacts"] * design.contact_price
        + used["bed_days"] * design.bed_day_price
        + used["crisis_team_days"] * crisis_team
    )
