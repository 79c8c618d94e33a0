"""Flow in."""

from cpsim.scenario.declare import Section, measured


class ReferralParameters(Section):
    """Flow in."""

    accept_share: float = measured(
        "flow_accept_share",
        about="Share of assessed referrals taken on",
        unit="proportion",
        limits=(0.05, 1),
        group="staffing",
    )

    start_crisis_share: float = measured(
        "flow_start_in_crisis_share",
        about="Share of people taken on who start in crisis",
        unit="proportion",
        limits=(0, 1),
        group="staffing",
    )

    assessment_minutes: float = measured(
        "time_assessment_minutes",
        about="Assessment of a new referral, all staff time",
        unit="minutes",
        limits=(0, 900),
        group="staffing",
    )

    assessment_sitting_minutes: float = measured(
        "time_assessment_sitting_minutes",
        about="Longest stretch of assessment in a day",
        unit="minutes",
        limits=(15, 450),
        group="staffing",
        shape="uniform",
    )

    return_share: float = measured(
        "flow_rereferral_2y",
        about="Share of people who come back after leaving the caseload",
        unit="proportion/2 years",
        limits=(0, 0.95),
        group="staffing",
    )

    return_median_weeks: float = measured(
        "flow_rereferral_median_weeks",
        about="Median time until they come back",
        unit="weeks",
        limits=(1, 260),
        group="staffing",
    )

    return_crisis_share: float = measured(
        "flow_rereferral_crisis_share",
        about="Share of people coming back who are in crisis",
        unit="proportion",
        limits=(0, 1),
        group="staffing",
    )
