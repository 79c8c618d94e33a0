"""Patterns of teams as they are: caseload and time, contact over years, vacancies, hospital and waits."""

from __future__ import annotations

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK, Stage
from cpsim.validation.lives import Life
from cpsim.validation.reading import Found, Lives, days_there, each, outcome, present_throughout, share

YEAR = 365.25  # days
SETTLED = 104  # weeks after which vacancies no longer remember how the team began
QUARTILES = (0.25, 0.5, 0.75)
INDEX_WEEKS = 4  # a crisis in these is followed for the rest of a year
TOO_LONG = 2  # times the planned interval


def p30(lives: Lives) -> Found:
    """Caseload, contacts per worker and time."""
    base = lives["base"]
    travel = outcome(base, "travel_share")
    return {
        "caseload per filled co-ordinator post": caseload(lives),
        "contacts per full-time co-ordinator a month": contacts(lives),
        "paid time face to face": outcome(base, "face_to_face_share"),
        "paid time in travel": travel,
        "more travel in rural teams": outcome(lives["rural"], "travel_share") > travel,
    }


def caseload(lives: Lives) -> np.ndarray:
    """People per filled co-ordinator post."""
    return outcome(lives["base"], "caseload_per_in_post")


def contacts(lives: Lives) -> np.ndarray:
    """Contacts per full-time co-ordinator and month."""
    return outcome(lives["base"], "contacts_per_wte_month")


def p31(lives: Lives) -> Found:
    """Contact is very unequal, and workers change."""
    held = np.array([_quartiles(life) for life in lives["two years"]])
    return {
        "contacts in two years": held[:, 1],
        "upper over lower quartile": held[:, 2] / np.maximum(held[:, 0], 1.0),
        "another key worker within 12 months": changed_once(lives),
        "several changes within 12 months": changed_often(lives),
    }


def changed_once(lives: Lives) -> np.ndarray:
    """Share with another key worker within a year."""
    return each(lives["year"], lambda life: _changed(life, 1))


def changed_often(lives: Lives) -> np.ndarray:
    """Share with several changes within a year."""
    return each(lives["year"], lambda life: _changed(life, 2))


def _quartiles(life: Life) -> np.ndarray:
    return np.quantile(life.people["contacts_held"][present_throughout(life)], QUARTILES)


def _changed(life: Life, times: int) -> float:
    there = present_throughout(life)
    return share((life.people["worker_changes"][there] >= times).sum(), there.sum())


def p32(lives: Lives) -> Found:
    """Vacancies and turnover: neither is set."""
    return {
        "vacancies with the staffing of 2017-18": vacancies_then(lives),
        "vacancies": vacancies(lives),
        "turnover a year": turnover(lives),
    }


def vacancies(lives: Lives) -> np.ndarray:
    """Share of posts vacant, years after the start."""
    return each(lives["long"], _vacant)


def vacancies_then(lives: Lives) -> np.ndarray:
    """The same with the posts and the leaving of the study's teams."""
    return each(lives["long, 2017-18"], _vacant)


def turnover(lives: Lives) -> np.ndarray:
    """Leavers per post filled and year."""
    return each(lives["long"], _turnover)


def _vacant(life: Life) -> float:
    settled = life.weekly[SETTLED:]
    return 1.0 - share(settled["in_post"].sum(), settled["established"].sum())


def _turnover(life: Life) -> float:
    settled = life.weekly[SETTLED:]
    return share(settled["leavers"].sum(), settled["in_post"].sum() * DAYS_A_WEEK / YEAR)


def p33(lives: Lives) -> Found:
    """Hospital, waits, and people not seen enough."""
    return {
        "mean acute stay": mean_stay(lives),
        "median stay over mean stay": median_over_mean_stay(lives),
        "admitted in a year": admitted(lives),
        "a further crisis within a year of one": _again(lives),
        "median wait at the caseload cap": each(lives["at the cap"], _wait),
        "in recovery, seen less than half as often as planned": each(lives["watched"], _neglected),
    }


def mean_stay(lives: Lives) -> np.ndarray:
    """Days of an acute stay."""
    return each(lives["two years"], lambda life: _stays(life)[0])


def median_over_mean_stay(lives: Lives) -> np.ndarray:
    """Most stays are shorter than the mean."""
    stays = np.array([_stays(life) for life in lives["two years"]])
    return stays[:, 1] / stays[:, 0]


def admitted(lives: Lives) -> np.ndarray:
    """Share of the caseload admitted in a year."""
    return each(lives["year"], _admitted)


def _stays(life: Life) -> tuple[float, float]:
    """Mean and median days of those who were in hospital once and are out again."""
    people = life.people
    once = (people["admissions"] == 1) & (people["stage"] != Stage.HOSPITAL)
    days = people["days_in_hospital"][once]
    return float(days.mean()), float(np.median(days))


def _admitted(life: Life) -> float:
    there = 2 * days_there(life.people) >= life.weeks * DAYS_A_WEEK
    return share((life.people["admissions"][there] > 0).sum(), there.sum())


def _again(lives: Lives) -> np.ndarray:
    """Of people with a crisis in the first weeks: who had another within the year. The same run, read twice."""
    return np.array([_crises_later(early, late) for early, late in zip(lives["month"], lives["year"], strict=True)])


def _crises_later(early: Life, late: Life) -> float:
    people = late.people[: len(early.people)]
    index = (early.people["crises"] > 0) & (early.people["id"] == people["id"])
    return share((people["crises"][index] > 1).sum(), index.sum())


def _wait(life: Life) -> float:
    """Median weeks of waiting of those taken on in the weeks reported; a team below its cap says nothing of this."""
    people = life.people
    if life.outcome["caseload_per_in_post"] < life.p["caseload_cap_per_wte"]:
        return float("nan")
    taken_on = (people["joined_day"] >= 0) & (people["joined_day"] >= people["wait_since"])
    taken_on &= (people["stage"] != Stage.WAITING) & (people["referral_day"] > 0)
    waits = (people["joined_day"] - people["wait_since"])[taken_on]
    return float(np.median(waits) / DAYS_A_WEEK) if len(waits) else float("nan")


def _neglected(life: Life) -> float:
    """Of those who were in recovery for at least half of the time."""
    well = 2 * life.people["days_in_recovery"] >= life.weeks * DAYS_A_WEEK
    return share((life.longest_gap[well] > TOO_LONG).sum(), well.sum())
