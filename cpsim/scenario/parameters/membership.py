"""Belonging to a place."""

from cpsim.scenario.declare import Section, measured


class MembershipParameters(Section):
    """Belonging to a place."""

    attendance: float = measured(
        "community_attendance",
        about="Meetings a member attends out of those held",
        unit="proportion",
        limits=(0, 1),
        group="community",
    )

    lapse_3m: float = measured(
        "community_lapse_3m",
        about="Members who have stopped by three months",
        unit="proportion",
        limits=(0, 0.99),
        group="community",
    )

    comfort_start: float = measured(
        "community_comfort_start",
        about="Comfort at the first visits",
        unit="0-1 scale",
        limits=(0, 0.95),
        group="community",
        shape="uniform",
    )

    comfort_gain: float = measured(
        "community_comfort_gain",
        about="Gain in comfort per attendance at a fully welcoming place",
        unit="0-1 scale",
        limits=(0, 1),
        group="community",
    )

    ties_per_month: float = measured(
        "community_tie_rate",
        about="Ties formed per month of regular attendance",
        unit="ties/month",
        limits=(0, 4),
        group="community",
    )
