"""Unit costs; the hour costs of roles are in roles.csv."""

from cpsim.scenario.declare import Section, measured


class CostParameters(Section):
    """Unit costs; the hour costs of roles are in roles.csv."""

    bed_day_cost: float = measured(
        "cost_inpatient_day",
        about="A day in an acute ward",
        unit="GBP/day",
        limits=(0, 5000),
        group="economics",
    )

    crisis_team_contact_cost: float = measured(
        "cost_crisis_contact",
        about="A crisis team contact",
        unit="GBP/contact",
        limits=(0, 2000),
        group="economics",
    )

    training_day_cost: float = measured(
        "cost_training_day",
        about="A day of CP training for a practitioner, time and trainer",
        unit="GBP",
        limits=(0, 5000),
        group="economics",
    )

    agency_premium: float = measured(
        "cost_agency_premium",
        about="How much dearer than an employee agency cover is",
        unit="proportion",
        limits=(0, 3),
        group="economics",
    )
