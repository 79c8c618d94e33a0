"""What a study knows at its end of each person it recruited in one team: one entry a person, NaN where nobody asked.

The same answers as `observe` gives in frames, in one row, for studies by the thousand. What lay behind the answers is
here too, under names that begin with `true_`; no study sees it.
"""

from __future__ import annotations

import numpy as np

from cpsim.model.panel import WEEKS_BEFORE
from cpsim.observation import instruments, losses, questions, service_use
from cpsim.observation.days import TeamDays
from cpsim.observation.design import Design
from cpsim.observation.instruments import SCORES
from cpsim.observation.recruiting import Recruits

MONTH = 365.25 / 12 / 7  # weeks
Records = dict[str, np.ndarray]


def records(team: TeamDays, recruits: Recruits, design: Design) -> Records:
    """Answers, losses, questions, service use and the states behind them; scores end in _before and _after."""
    then = recruits.lines
    later = np.array([team.before(week + round(design.followup_weeks)) for week in then["week"]], np.int64)
    now, eve = team.each_at(later, then["person"]), team.each_at(service_use.counted_from(then["week"]), then["person"])
    interviewed = losses.at_baseline(team.seed, then, design)
    why = np.where(interviewed, losses.at_followup(team.seed, now, design), losses.NO_BASELINE)
    followed = why == losses.FOLLOWED
    return {
        "person": then["person"],
        "role": then["role"],
        "interviewed": interviewed,
        "followed": followed,
        "hard_to_meet": _hard_to_meet(now, design),
        **_scores(team.seed, then, "before", interviewed, design),
        **_scores(team.seed, now, "after", followed, design),
        **_asked(team.seed, then, now, eve, followed, design),
        **_used(team, then, interviewed, followed, design),
        **_behind(team, now, eve, later),
    }


def _scores(seed: int, lines: np.ndarray, when: str, there: np.ndarray, design: Design) -> Records:
    found = instruments.answers(seed, lines, design)
    return {f"{name}_{when}": np.where(there, found[name], np.nan) for name in SCORES}


def _asked(
    seed: int, then: np.ndarray, now: np.ndarray, eve: np.ndarray, followed: np.ndarray, design: Design
) -> Records:
    found = questions.answers(seed, then, now, eve, design)
    return {name: np.where(followed, answer, np.nan) for name, answer in found.items()}


def _used(team: TeamDays, then: np.ndarray, interviewed: np.ndarray, followed: np.ndarray, design: Design) -> Records:
    """Service use in the half years before and after; meetings of everybody interviewed at baseline."""
    before, after = (
        used(team, then["person"], then["week"], design) for used in (service_use.before, service_use.after)
    )
    meetings = after["contacts"] / (WEEKS_BEFORE / MONTH)
    return {
        "cost_before": np.where(interviewed, before["service_cost"], np.nan),
        "cost_after": np.where(followed, after["service_cost"] + after["implementation_cost"], np.nan),
        "meetings_a_month": np.where(interviewed, meetings, np.nan),
    }


def _hard_to_meet(now: np.ndarray, design: Design) -> np.ndarray:
    """1: in crisis, in hospital or with little contact when the second interview is due."""
    *named, _ = losses.ways(now, design)
    return np.any([there for _, there, _, _ in named], axis=0).astype(float)


def _behind(team: TeamDays, now: np.ndarray, eve: np.ndarray, later: np.ndarray) -> Records:
    states = {f"true_{name}": values.astype(float) for name, values in instruments.states(now).items()}
    return {
        **states,
        "true_fidelity": now["fidelity"].astype(float),
        "true_some_cp": (now["cp_contacts"] > eve["cp_contacts"]).astype(float),
        "true_explained": now["explained"].astype(float),
        "true_connected": ((now["memberships"] > 0) | (now["ties_new"] > 0)).astype(float),
        "true_new_ties": (now["ties_made"] - eve["ties_made"]).astype(float),
        "true_old_ties": np.maximum(0.0, now["ties"] - eve["ties"]),
        "true_kinds": _kinds_between(team, now["person"], eve["week"], later),
    }


def _kinds_between(team: TeamDays, people: np.ndarray, begun: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Bits of the kinds of places to which each has belonged on any panel day between."""
    found = np.zeros(len(people), np.int64)
    for week in team.weeks[team.weeks >= 0]:
        kinds = team.at(int(week), people)["kinds"]
        found |= np.where((begun <= week) & (week <= later), kinds, 0)
    return found
