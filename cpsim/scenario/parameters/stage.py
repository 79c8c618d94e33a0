"""Stages: crisis, stabilising, recovery, hospital."""

from cpsim.scenario.declare import Section, measured


class StageParameters(Section):
    """Stages: crisis, stabilising, recovery, hospital."""

    relapse_per_year: float = measured(
        "crisis_relapse_rate",
        about="Crises a year in recovery, at mean severity and seen on time",
        unit="per person-year",
        limits=(0, 5),
        group="crisis",
        tag="biology",
    )

    severity_hr: float = measured(
        "crisis_severity_hr",
        about="Ratio of the crisis hazard per SD of severity",
        unit="ratio",
        limits=(1, 10),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    isolation_hr: float = measured(
        "crisis_isolation_hr",
        about="Ratio of the crisis hazard per SD less social capital",
        unit="hazard ratio",
        limits=(1, 5),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    gap_hr: float = measured(
        "crisis_gap_hr",
        about="Ratio of the crisis hazard when contact is long overdue",
        unit="ratio",
        limits=(1, 10),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    gap_days: float = measured(
        "crisis_gap_days",
        about="Days overdue at which that ratio is reached",
        unit="days",
        limits=(1, 365),
        group="crisis",
        tag="biology",
    )

    crisis_days: float = measured(
        "crisis_stage_days",
        about="Mean length of a crisis out of hospital",
        unit="days",
        limits=(2, 365),
        group="crisis",
        tag="biology",
    )

    crisis_contact_effect: float = measured(
        "crisis_contact_effect",
        about="How much faster a crisis passes with contact in the week",
        unit="ratio",
        limits=(1, 10),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    hospital_chance: float = measured(
        "crisis_hospital_prob",
        about="Chance that a crisis ends in hospital",
        unit="probability",
        limits=(0, 0.95),
        group="crisis",
        tag="biology",
    )

    hospital_days: float = measured(
        "crisis_admission_los_days",
        about="Mean length of stay in hospital",
        unit="days",
        limits=(2, 365),
        group="crisis",
        tag="biology",
    )

    stabilising_days: float = measured(
        "crisis_stabilising_days",
        about="Mean length of the stabilising stage",
        unit="days",
        limits=(2, 720),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    stabilising_relapse: float = measured(
        "crisis_stabilising_relapse_ratio",
        about="Crisis hazard while stabilising, relative to recovery",
        unit="ratio",
        limits=(0, 20),
        group="crisis",
        tag="biology",
        shape="loguniform",
    )

    crisis_team_contacts_a_day: float = measured(
        "crisis_crt_contacts_per_day",
        about="Crisis team contacts a day of home treatment",
        unit="contacts/day",
        limits=(0, 5),
        group="crisis",
        tag="biology",
    )
