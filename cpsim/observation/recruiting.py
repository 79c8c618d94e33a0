"""Recruiting: practitioners choose, among the people they have just seen and who are not in crisis, whom to ask.

Everybody seen between two looks has a chance, and another at each further look at which they were seen; it is larger
for those whom their practitioner knows well, and small for those who will soon be gone. So people in much contact are
recruited more than their share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK, Stage
from cpsim.observation.days import TeamDays
from cpsim.observation.design import Design
from cpsim.observation.luck import Drawn, uniforms


@dataclass(frozen=True)
class Recruits:
    """The people of one team who take part. `lines`: PANEL, each on the day of recruitment. `asked`: how many were."""

    lines: np.ndarray
    asked: int


def quota(design: Design, place: int) -> int:
    """People to recruit in the team at this place of the list, so that all teams together come to the whole number."""
    return round(design.people_per_team * (place + 1)) - round(design.people_per_team * place)


def recruit(team: TeamDays, design: Design) -> Recruits:
    """Ask one after the other until the quota is full or nobody is left."""
    chances = _chances(team, design)
    eager = _eagerness(team, design, chances)
    order = np.argsort(-eager, kind="stable")
    _, first = np.unique(chances["person"][order], return_index=True)  # each person when they are asked first
    asked = chances[order[np.sort(first)]]
    agrees = uniforms(team.seed, asked["person"], Drawn.AGREES) < design.consent_share
    wanted = quota(design, team.place)
    taken = np.flatnonzero(agrees)[:wanted]
    return Recruits(asked[taken], int(taken[-1]) + 1 if len(taken) == wanted else len(asked))


def _chances(team: TeamDays, design: Design) -> np.ndarray:
    """Every look of the window at which somebody could have been asked: one line each, whoever it is."""
    ends = design.recruiting_ends_week
    weeks = [week for week in team.weeks if ends - design.recruiting_weeks < week <= ends]
    return np.concatenate([_could_be_asked(team, int(week), design) for week in weeks])


def _could_be_asked(team: TeamDays, week: int, design: Design) -> np.ndarray:
    lines = team.day(week)
    earlier = team.at(team.before(week - 1), lines["person"])
    seen = lines["contacts"] > earlier["contacts"]
    well = np.isin(lines["stage"], (Stage.STABILISING, Stage.RECOVERY))
    able = seen & well & (lines["coordinator"] >= 0)
    if design.new_within_weeks:
        joined = lines["joined_day"] >= (week - design.new_within_weeks) * DAYS_A_WEEK
        able &= joined & (lines["returning"] == 0)
    return lines[able]


def _eagerness(team: TeamDays, design: Design, chances: np.ndarray) -> np.ndarray:
    """The higher, the sooner asked: taking them in this order is drawing by weight without putting back."""
    luck = uniforms(team.seed, chances["person"], Drawn.CHOSEN, chances["week"])
    weight = design.choice_relationship ** chances["relationship"] * design.choice_wish ** chances["wish"]
    weight = np.where(chances["stage"] == Stage.STABILISING, weight * design.choice_stabilising, weight)
    weight = np.where(chances["long_stay"] == 0, weight * design.choice_brief, weight)
    with np.errstate(divide="ignore"):  # a weight of 0: asked last
        return np.log(luck) / weight
