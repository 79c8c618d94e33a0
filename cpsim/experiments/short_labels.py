"""Short names of outcomes for narrow columns and beside small pictures; their units with them."""

from __future__ import annotations

from cpsim.outputs import words
from cpsim.outputs.measures import measures

SHORT = {
    "caseload": "people on the caseload",
    "five_steps": "all five steps, in 100",
    "some_steps": "some steps, in 100",
    "no_steps": "no step, in 100",
    "reach": "at least one step, in 100",
    "fidelity": "how closely followed, 0-1",
    "cp_minutes_per_person": "CP minutes a person",
    "rguk_change": "change in RG-UK, points",
    "wemwbs_change": "change in wellbeing, points",
    "cost_per_person": "cost a person and year",
    "late_share": "overdue contact, in 100",
    "reviews_per_person": "reviews a person",
    "wait_weeks": "wait, weeks",
    "crises_per_person_year": "crises a person and year",
    "pressure": "pressure, work per hour",
    "turnover": "leavers per WTE and year",
    "cost_trust": "mental health trust",
    "cost_local_authority": "local authority",
    "cost_voluntary": "voluntary sector",
    "cost_implementation": "putting CP into practice",
    "cost_own_pocket": "people's own pockets",
}
OF_GROUPS = {
    "low_income": "lowest third of income",
    "high_income": "highest third of income",
    "low_anxiety": "lowest third of anxiety",
    "high_anxiety": "highest third of anxiety",
    "near": "nearer half",
    "far": "farther half",
}
GAPS = {"high_income": "income, highest - lowest", "low_anxiety": "anxiety, lowest - highest", "near": "near - far"}


def short_label(outcome: str) -> str:
    """The short name of an outcome; of a group, the group; else the declared label with its unit."""
    if outcome in SHORT:
        return SHORT[outcome]
    if ": " in outcome:  # a gap, "five_steps: near less far"
        return GAPS[outcome.split(": ")[1].split(" less ")[0]]
    for group, label in OF_GROUPS.items():
        if outcome.endswith(f"_{group}"):
            return label
    measure = measures("outcomes")[outcome]
    unit = words.unit_name(measure.unit)
    return f"{measure.label}, {unit}" if unit else measure.label
