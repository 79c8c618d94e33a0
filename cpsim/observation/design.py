"""How a study is made: whom it recruits and when, how well it measures, whom it loses. Its own declared numbers.

None of these belongs to the model: the same run can be observed by different studies.
"""

from __future__ import annotations

from cpsim.scenario.declare import Section, measured, policy
from cpsim.scenario.evidence import evidence
from cpsim.scenario.load import Scenario

PANEL_EVERY_WEEKS = 2  # how often a study looks whom practitioners have seen


def _known(row: str) -> float:
    return evidence()[row].value


class Design(Section):
    """A study before and after: recruitment, interviews, instruments, losses, questions, prices."""

    # ------------------------------------------------------------------ whom, and when

    people_per_team: float = measured(
        "cp_recruited",
        derive=lambda people: people / (_known("cp_trusts") * _known("cp_teams_per_trust")),
        about="People recruited in each team",
        unit="people",
        limits=(1, 500),
        group="observation",
    )
    recruiting_weeks: float = measured(
        "trial_recruiting_weeks",
        about="Weeks of recruiting",
        unit="weeks",
        limits=(2, 52),
        group="observation",
    )
    recruiting_ends_week: float = policy(
        0.0,
        about="Week in which recruiting ends, counted from day 0; 0: as the changes begin",
        unit="week",
        limits=(0, 104),
        group="observation",
    )
    followup_weeks: float = policy(
        26.0, about="Weeks from the first interview to the second", unit="weeks", limits=(2, 208), group="observation"
    )
    new_within_weeks: float = policy(
        0.0,
        about="Only people new to the team in so many weeks; 0: anybody on the caseload",
        unit="weeks",
        limits=(0, 26),
        group="observation",
    )
    choice_relationship: float = measured(
        "trial_choice_relationship",
        about="How much likelier people are asked whom their practitioner knows as well as can be",
        unit="ratio",
        limits=(0.1, 100),
        group="observation",
    )
    choice_stabilising: float = measured(
        "trial_choice_stabilising",
        about="How much likelier people are asked who are just out of a crisis",
        unit="ratio",
        limits=(0.01, 10),
        group="observation",
    )
    choice_wish: float = measured(
        "trial_choice_wish",
        about="How much likelier people are asked who always want more connection than those who never do",
        unit="ratio",
        limits=(0.1, 100),
        group="observation",
    )
    choice_brief: float = measured(
        "trial_choice_brief",
        about="How much likelier people are asked who will be helped for some months only",
        unit="ratio",
        limits=(0, 10),
        group="observation",
    )
    consent_share: float = measured(
        "trial_consent_share",
        about="Share of people asked who agree",
        unit="proportion",
        limits=(0.05, 1),
        group="observation",
    )
    recruiting_minutes: float = measured(
        "trial_recruiting_minutes",
        about="Practitioner time for each person asked",
        unit="minutes",
        limits=(0, 480),
        group="observation",
    )

    # ------------------------------------------------------------------ whom it loses

    no_baseline_share: float = measured(
        "cp_baseline_interviewed",
        derive=lambda people: 1.0 - people / _known("cp_recruited"),
        about="Share of people recruited who are never interviewed",
        unit="proportion",
        limits=(0, 1),
        group="observation",
    )
    lost_hospital: float = measured(
        "trial_lost_hospital",
        about="Chance of losing somebody who is in hospital",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    lost_crisis: float = measured(
        "trial_lost_crisis",
        about="Chance of losing somebody who is in crisis",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    lost_little_contact: float = measured(
        "trial_lost_little_contact",
        about="Chance of losing somebody who has left the caseload or is hardly seen",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    little_contact_weeks: float = measured(
        "trial_little_contact_weeks",
        about="Weeks without contact that count as hardly seen",
        unit="weeks",
        limits=(1, 52),
        group="observation",
    )
    lost_otherwise: float = measured(
        "trial_lost_otherwise",
        about="Chance of losing anybody else",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )

    # ------------------------------------------------------------------ how well it measures

    rguk_sd: float = measured(
        "outcome_rguk_sd", about="RG-UK, spread of people", unit="points", limits=(0.5, 12), group="observation"
    )
    rguk_retest: float = measured(
        "outcome_rguk_retest", about="RG-UK, test-retest", unit="correlation", limits=(0, 1), group="observation"
    )
    wemwbs_error: float = measured(
        "outcome_wemwbs_sem",
        about="WEMWBS, standard error of measurement",
        unit="points",
        limits=(0, 20),
        group="observation",
    )
    qpr15_sd: float = measured(
        "outcome_qpr15_sd", about="QPR-15, spread of people", unit="points", limits=(0.5, 30), group="observation"
    )
    qpr15_retest: float = measured(
        "outcome_qpr15_retest", about="QPR-15, test-retest", unit="correlation", limits=(0, 1), group="observation"
    )
    health_sd: float = measured(
        "outcome_vas_sd",
        about="Self-rated health, spread of people",
        unit="points of 100",
        limits=(1, 50),
        group="observation",
    )
    health_retest: float = measured(
        "outcome_vas_retest",
        about="Self-rated health, test-retest",
        unit="correlation",
        limits=(0, 1),
        group="observation",
    )

    inclusion_error: float = measured(
        "outcome_inclusion_sem",
        about="Feeling included, standard error of measurement",
        unit="points of 100",
        limits=(0, 50),
        group="observation",
    )

    # ------------------------------------------------------------------ what it asks

    goal_recall: float = measured(
        "trial_goal_recall",
        about="Chance of saying that a social goal was met, in part or in full, when it was",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    goal_acquiescence: float = measured(
        "trial_goal_acquiescence",
        about="Chance of saying so when it was not",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    help_recall: float = measured(
        "trial_help_recall",
        about="Chance of saying that one had help with connections, having had it",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    help_acquiescence: float = measured(
        "trial_help_acquiescence",
        about="Chance of saying so without having had it",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    better_recall: float = measured(
        "trial_better_recall",
        about="Chance of saying that something got better when it did",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    better_acquiescence: float = measured(
        "trial_better_acquiescence",
        about="Chance of saying so when it did not",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )
    better_points: float = measured(
        "outcome_wemwbs_mcid",
        about="Gain in wellbeing that people notice",
        unit="points",
        limits=(0, 20),
        group="observation",
    )
    materials_recall: float = measured(
        "trial_materials_recall",
        about="Chance of remembering that the materials were explained",
        unit="probability",
        limits=(0, 1),
        group="observation",
    )

    # ------------------------------------------------------------------ what service use is priced at

    contact_price: float = measured(
        "cost_cmht_contact",
        about="Price of a contact with the team",
        unit="GBP/contact",
        limits=(0, 2000),
        group="observation",
    )
    bed_day_price: float = measured(
        "cost_inpatient_day", about="Price of a day in hospital", unit="GBP/day", limits=(0, 5000), group="observation"
    )
    crisis_team_contact_price: float = measured(
        "cost_crisis_contact",
        about="Price of a crisis team contact",
        unit="GBP/contact",
        limits=(0, 2000),
        group="observation",
    )
    crisis_team_contacts_a_day: float = measured(
        "crisis_crt_contacts_per_day",
        about="Crisis team contacts a day",
        unit="contacts/day",
        limits=(0, 10),
        group="observation",
    )


STUDY = Design()
PILOT = Design(
    people_per_team=_known("cp_pilot_recruited") / _known("cp_pilot_agencies"),
    recruiting_weeks=26.0,
    recruiting_ends_week=26.0,
    followup_weeks=39.0,
    new_within_weeks=26.0,
)  # after everybody was trained, and over a longer time, because new referrals are few
DESIGNS = {"pilot": PILOT}  # by scenario; any other is observed as the study of 2021 was made


def design_for(scenario: Scenario) -> Design:
    """The design of the study that a scenario stands for, or that of the study of 2021."""
    return DESIGNS.get(scenario.name, STUDY)
