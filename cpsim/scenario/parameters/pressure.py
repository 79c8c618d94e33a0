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
