"""Being at work: leave, sickness, and what a day holds besides people."""

from cpsim.scenario.declare import Section, measured


class AbsenceParameters(Section):
    """Being at work: leave, sickness, and what a day holds besides people."""

    day_minutes: float = measured(
        "time_day_minutes",
        about="Paid minutes in a full-time day",
        unit="minutes",
        limits=(60, 720),
        group="staffing",
        shape="uniform",
    )

    leave_days: float = measured(
        "workforce_leave_days",
        about="Annual leave and bank holidays, working days a year",
        unit="days/year",
        limits=(0, 100),
        group="staffing",
    )

    sickness_share: float = measured(
        "workforce_sickness_mh",
        about="Share of days off sick",
        unit="proportion of days",
        limits=(0, 0.5),
        group="staffing",
    )

    sick_spell_days: float = measured(
        "workforce_sickness_spell_days",
        about="Mean length of a sickness spell",
        unit="calendar days",
        limits=(1, 90),
        group="staffing",
    )

    meetings_share: float = measured(
        "time_meetings_share",
        about="Share of the day in meetings, supervision and general training",
        unit="proportion",
        limits=(0, 0.6),
        group="staffing",
    )

    records_share: float = measured(
        "time_other_records_share",
        about="Share of the day for records and administration other than notes of contacts",
        unit="proportion",
        limits=(0, 0.6),
        group="staffing",
    )

    duty_share: float = measured(
        "time_duty_share",
        about="Share of the day on the duty rota",
        unit="proportion",
        limits=(0, 0.5),
        group="staffing",
    )

    supervision_minutes: float = measured(
        "implementation_supervision_minutes",
        about="Length of a session of CP supervision",
        unit="minutes",
        limits=(0, 240),
        group="staffing",
    )

    lead_hours: float = measured(
        "implementation_lead_hours",
        about="Time that a named lead with time gives to leading on CP",
        unit="hours/week",
        limits=(0, 20),
        group="staffing",
    )

    training_starts_week: float = measured(
        "implementation_training_starts_week",
        about="Weeks until training begins",
        unit="weeks",
        limits=(0, 52),
        group="staffing",
        shape="uniform",
    )
