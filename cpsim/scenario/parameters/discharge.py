"""Flow out."""

from cpsim.scenario.declare import Section, measured


class DischargeParameters(Section):
    """Flow out."""

    brief_share: float = measured(
        "flow_brief_share",
        about="Share of people taken on who are helped and closed within months",
        unit="proportion",
        limits=(0, 1),
        group="staffing",
    )

    brief_stay_months: float = measured(
        "flow_brief_stay_months",
        about="Mean stay of people helped briefly",
        unit="months",
        limits=(0.2, 24),
        group="staffing",
    )

    long_stay_years: float = measured(
        "flow_secondary_stay_stable_smi",
        about="Mean time to agreed discharge of people who stay",
        unit="years",
        limits=(0.2, 60),
        group="staffing",
    )

    dropouts_per_year: float = measured(
        "flow_dropout_rate",
        about="Loss of contact without agreed discharge",
        unit="per person-year",
        limits=(0, 2),
        group="staffing",
    )

    deaths_per_year: float = measured(
        "flow_death_rate",
        about="Deaths",
        unit="per person-year",
        limits=(0, 1),
        group="staffing",
    )

    pressure_discharge_hr: float = measured(
        "flow_pressure_discharge_hr",
        about="Ratio of the hazard of agreed discharge, at high to usual pressure",
        unit="ratio",
        limits=(1, 10),
        group="staffing",
        shape="loguniform",
    )
