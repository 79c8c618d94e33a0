"""Pressure."""

from cpsim.scenario.declare import Section, measured


class PressureParameters(Section):
    """Pressure."""

    pressure_halflife_days: float = measured(
        "workforce_pressure_halflife_days",
        about="Memory of workload pressure",
        unit="days",
        limits=(1, 365),
        group="staffing",
        shape="loguniform",
    )

    pressure_reference: float = measured(
        "workforce_pressure_reference",
        about="Pressure at which leaving, falling sick and discharge are as usual",
        unit="hours/hour",
        limits=(0, 5),
        group="staffing",
    )

    pressure_span: float = measured(
        "workforce_pressure_span",
        about="How far above or below it pressure is high or low",
        unit="hours/hour",
        limits=(0.01, 5),
        group="staffing",
    )

    pressure_quit_hr: float = measured(
        "workforce_pressure_quit_hr",
        about="Ratio of the hazard of leaving the post, at high to low pressure",
        unit="ratio",
        limits=(1, 10),
        group="staffing",
        shape="loguniform",
    )

    pressure_sick_hr: float = measured(
        "workforce_pressure_sick_hr",
        about="Ratio of the hazard of falling sick, at high to low pressure",
        unit="ratio",
        limits=(1, 10),
        group="staffing",
        shape="loguniform",
    )
