"""Scenario -> p: the one row of numbers that the compiled rules read.

Declared numbers go in as they are; a number that follows from others (a hazard a day from a mean stay, a logarithm from
a ratio) is worked out here, once, by the function named after it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np

from cpsim.model.codes import DAYS_A_WEEK, HOUR, STEPS, WORKING_DAYS
from cpsim.model.records import make
from cpsim.scenario.declare import Section
from cpsim.scenario.schema import TeamDescription

YEAR = 365.25
MONTH = YEAR / 12
WORKING_YEAR = YEAR * WORKING_DAYS / DAYS_A_WEEK
EPSILON = 1e-9
THIRD = 1.0 / 3.0
CENTRE_OF_SQUARE = (math.sqrt(2.0) + math.log(1.0 + math.sqrt(2.0))) / 6.0  # mean distance to it, in sides

# Read by rules as they are; a number of any other section than `parameters` is read only when it is named here.
TAKEN_AS_THEY_ARE = {
    "policies": (
        "caseload_cap_per_wte",
        "crisis_team_share",
        "duty_rota",
        "reviews",
        "free_agenda",
        "cp_visit_every_days",
        "cp_people_per_wte",
        "accompanied_visits",
        "freeze_vacant_posts",
        "agency_cover_share",
        "away_wte",
        "away_from_week",
        "away_for_weeks",
    ),
    "strategy": (
        "materials",
        "training_days_per_person",
        "supervision_every_weeks",
        "pay_fees",
        "pay_extras",
        "pay_fares",
    ),
    "switches": (
        "capacity_trap",
        "workforce_spiral",
        "discharge_pressure",
        "isolation",
        "separate_gates",
        "cp_effect",
    ),
    "place": (
        "radius_km",
        "speed_km_h",
        "bus_reach",
        "no_car_share",
        "settlements",
        "population",
    ),
}
WHOLE = {
    "places_considered",
    "rebook_days",
    "term_weeks",
    "accompanied_visits",
    "supervision_every_weeks",
    "review_interval_days",
    "settlements",
    "away_from_week",
    "away_for_weeks",
}
LEADERSHIP = {"nobody": 0.0, "someone": 0.5, "named lead with time": 1.0}


def daily(mean_days: float) -> float:
    """Hazard a day of a spell of this mean, corrected for the daily step.

    The spell ends with a day, so its chance is 1/mean.
    """
    return math.inf if mean_days <= 1 else -math.log1p(-1.0 / mean_days)


def yearly(rate: float) -> float:
    """Hazard a day of something that happens at this rate a year."""
    return daily(YEAR / rate) if rate > 0 else 0.0


def logit(share: float) -> float:
    """Logarithm of the odds."""
    return math.log(share / (1.0 - share))


def kept(half_life: float, step: float = 1.0) -> float:
    """Share left after a step of something that halves in half_life."""
    return math.pow(0.5, step / half_life)


def travel_minutes(d: TeamDescription) -> float:
    """Mean minutes of a visit's travel, for homes spread evenly over the square patch."""
    return journey(CENTRE_OF_SQUARE * 2.0 * d.place.radius_km, d)


def journey(km: float, d: TeamDescription) -> float:
    """Minutes there and back, as a share of a chain of visits."""
    return 2.0 * km * d.parameters.detour / d.place.speed_km_h * HOUR * d.parameters.chaining


def standard_contact(d: TeamDescription) -> float:
    """Minutes that a planned contact takes on average, with travel and notes."""
    p = d.parameters
    seen = p.phone_share * p.phone_minutes + (1.0 - p.phone_share) * p.contact_minutes
    return seen + (1.0 - p.phone_share) * (1.0 - p.base_share) * travel_minutes(d) + p.notes_minutes


def standard_crisis_contact(d: TeamDescription) -> float:
    """The same for a contact in a crisis."""
    p = d.parameters
    return p.crisis_minutes + (1.0 - p.base_share) * travel_minutes(d) + p.notes_minutes


def session_share(d: TeamDescription) -> float:
    """Chance of a new tie at one meeting attended: ties a month over meetings attended in a month."""
    p = d.parameters
    meetings = p.attendance * MONTH / DAYS_A_WEEK
    return min(1.0, p.ties_per_month / meetings) if meetings > 0 else 0.0


def relationship_slope(d: TeamDescription) -> float:
    """Fall of the logit of not being seen, from no relationship to a full one."""
    return -math.log(d.parameters.miss_relationship_or)


def own_spread(sd: float, slope: float, d: TeamDescription) -> float:
    """SD of a score around what wellbeing says, so that the whole has its own SD; 0 where wellbeing says more."""
    return math.sqrt(max(0.0, sd * sd - (slope * d.parameters.wellbeing_sd) ** 2))


def sick_onset(d: TeamDescription) -> float:
    """Chance a day of falling sick that gives the share of days off."""
    share = d.parameters.sickness_share
    return share / (1.0 - share) / d.parameters.sick_spell_days


DERIVED: dict[str, Callable[[TeamDescription], float]] = {
    "leave_post_hazard": lambda d: yearly(d.parameters.leaving_per_year),
    "settling_a_day": lambda d: d.parameters.onboarding_share / d.parameters.onboarding_days,
    "sick_onset": sick_onset,
    "sick_mean_days": lambda d: d.parameters.sick_spell_days - 0.5,  # spells end with a day
    "leave_share": lambda d: d.parameters.leave_days / WORKING_YEAR,
    "crisis_memory": lambda d: kept(WORKING_DAYS),
    "protected_minutes_a_day": lambda d: d.policies.protected_cp_hours_per_week * HOUR / WORKING_DAYS,
    "protected_bank_minutes": lambda d: d.parameters.day_minutes / 2.0,  # half a day
    "protected_gives_way": lambda d: d.policies.when_the_day_is_full == "crisis_first",
    "clarity_kept_a_week": lambda d: kept(d.parameters.clarity_halflife * MONTH, DAYS_A_WEEK),
    "return_mean_days": lambda d: d.parameters.return_median_weeks * DAYS_A_WEEK / math.log(2.0),
    "relapse_hazard": lambda d: yearly(d.parameters.relapse_per_year),
    "log_severity_hr": lambda d: math.log(d.parameters.severity_hr),
    "log_isolation_hr": lambda d: math.log(d.parameters.isolation_hr),
    "resolve_hazard": lambda d: daily(d.parameters.crisis_days) * (1.0 - d.parameters.hospital_chance),
    "admission_hazard": lambda d: daily(d.parameters.crisis_days) * d.parameters.hospital_chance,
    "settle_hazard": lambda d: daily(d.parameters.stabilising_days),
    "hospital_hazard": lambda d: daily(d.parameters.hospital_days),
    "discharge_hazard_long": lambda d: daily(d.parameters.long_stay_years * YEAR),
    "discharge_hazard_brief": lambda d: daily(d.parameters.brief_stay_months * MONTH),
    "dropout_hazard": lambda d: yearly(d.parameters.dropouts_per_year),
    "death_hazard": lambda d: yearly(d.parameters.deaths_per_year),
    "transfer_hazard": lambda d: yearly(d.parameters.transfers_per_year),
    "miss_anxiety": lambda d: math.log(d.parameters.miss_anxiety_or),
    "miss_relationship": relationship_slope,
    "miss_logit": lambda d: logit(d.parameters.miss_share) + 0.5 * relationship_slope(d),  # at half a relationship
    "spare_most_minutes": lambda d: 2.0 * d.parameters.spare_minutes,  # evenly spread from none to this
    "relationship_kept": lambda d: kept(d.parameters.relationship_halflife_days),
    "step_4_minutes": lambda d: d.parameters.full_dose_minutes * d.parameters.step_4_share,
    "step_minutes": lambda d: d.parameters.full_dose_minutes * (1.0 - d.parameters.step_4_share) / (STEPS - 1),
    "log_supervision_effect": lambda d: math.log(d.parameters.supervision_effect),
    "log_leadership_effect": lambda d: math.log(d.parameters.leadership_effect),
    "leadership_level": lambda d: LEADERSHIP[d.strategy.leadership],
    "first_meeting_logit": lambda d: logit(d.parameters.first_meeting_share),
    "log_anxiety_or": lambda d: math.log(d.parameters.anxiety_or),
    "log_accompany_or": lambda d: math.log(d.parameters.accompany_or),
    "own_attempts_a_week": lambda d: -math.expm1(-d.parameters.own_attempts_per_month * DAYS_A_WEEK / MONTH),
    "lapse_a_week": lambda d: 1.0 - math.pow(1.0 - d.parameters.lapse_3m, DAYS_A_WEEK / (3.0 * MONTH)),
    "ties_a_session": session_share,
    "tie_kept_a_week": lambda d: kept(d.parameters.tie_halflife_months * MONTH, DAYS_A_WEEK),
    "recovery_spread": lambda d: own_spread(d.parameters.recovery_sd, d.parameters.recovery_per_wellbeing, d),
    "health_spread": lambda d: own_spread(d.parameters.health_sd, d.parameters.health_per_wellbeing, d),
    "goal_hazard_a_week": lambda d: -math.log1p(-d.parameters.goal_attained_share) * DAYS_A_WEEK / (6.0 * MONTH),
    "wellbeing_moves_a_week": lambda d: 1.0 - kept(d.parameters.wellbeing_halflife_days, DAYS_A_WEEK),
    "pressure_kept": lambda d: kept(d.parameters.pressure_halflife_days * WORKING_DAYS / DAYS_A_WEEK),
    "engagement_minutes_a_day": lambda d: d.strategy.community_engagement_hours_per_week * HOUR / WORKING_DAYS,
    "working_days_a_month": lambda d: WORKING_YEAR / 12.0,
    "group_life_days": lambda d: d.parameters.group_lifetime * YEAR,
    "lead_minutes_a_day": lambda d: (
        d.parameters.lead_hours * HOUR / WORKING_DAYS * (d.strategy.leadership == "named lead with time")
    ),
    "budget": lambda d: d.strategy.budget_gbp or 0.0,
    "budget_limited": lambda d: d.strategy.budget_gbp is not None,
    "budget_buys_training": lambda d: bool(d.strategy.budget_gbp) and d.strategy.budget_for == "training",
    "spend_effort_minutes": lambda d: d.parameters.spend_effort_hours * HOUR,
    "travel_a_km": lambda d: journey(1.0, d),
    "places_exponent": lambda d: (
        1.0 / max(d.parameters.places_taken, EPSILON) - 1.0
    ),  # so that the mean share is places_taken
    "low_income": lambda d: -d.parameters.spare_income * math.log(1.0 - THIRD),  # cuts between thirds of people
    "high_income": lambda d: -d.parameters.spare_income * math.log(THIRD),
    "low_anxiety": lambda d: NormalDist().inv_cdf(THIRD),
    "high_anxiety": lambda d: NormalDist().inv_cdf(1.0 - THIRD),
    "wish_logit": lambda d: logit(d.parameters.wish_mean),
    "half_log_quit_hr": lambda d: math.log(d.parameters.pressure_quit_hr) / 2.0,
    "half_log_sick_hr": lambda d: math.log(d.parameters.pressure_sick_hr) / 2.0,
    "log_discharge_hr": lambda d: math.log(d.parameters.pressure_discharge_hr),
    "standard_minutes": standard_contact,
    "standard_crisis_minutes": standard_crisis_contact,
    "recovery_minutes_a_day": lambda d: (
        standard_contact(d) / d.parameters.recovery_interval_days
        + d.policies.reviews * d.parameters.review_minutes / d.parameters.review_interval_days
    ),
    "stabilising_minutes_a_day": lambda d: standard_contact(d) / d.parameters.stabilising_interval_days,
    "crisis_minutes_a_day": lambda d: standard_crisis_contact(d) / d.parameters.crisis_interval_days,
    "crisis_shared_minutes_a_day": lambda d: standard_crisis_contact(d) / d.parameters.crisis_shared_interval_days,
}


def values(description: TeamDescription) -> dict[str, float]:
    """Every number that rules can read, by name."""
    sections: dict[str, Section] = {name: getattr(description, name) for name in type(description).model_fields}
    named: dict[str, Any] = dict(sections["parameters"])
    for section, names in TAKEN_AS_THEY_ARE.items():
        named.update({name: getattr(sections[section], name) for name in names})
    return {**named, **{name: work_out(description) for name, work_out in DERIVED.items()}}


DTYPE = np.dtype(
    [
        (name, "i8" if name in WHOLE or isinstance(value, bool) else "f8")
        for name, value in values(TeamDescription()).items()
    ]
)


def parameters(descriptions: list[TeamDescription]) -> np.ndarray:
    """One row of `DTYPE` a description."""
    rows = make(len(descriptions), DTYPE)
    for row, description in zip(rows, descriptions, strict=True):
        for name, value in values(description).items():
            row[name] = value
    return rows
