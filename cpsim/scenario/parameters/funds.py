"""A budget for CP, and what it takes to spend it."""

from cpsim.scenario.declare import Section, measured


class FundsParameters(Section):
    """A budget for CP, and what it takes to spend it."""

    spend_effort_hours: float = measured(
        "implementation_spend_effort_hours",
        about="Hours that it takes to arrange what a budget pays for",
        unit="hours",
        limits=(0.1, 500),
        group="cp_skills",
        shape="loguniform",
    )
