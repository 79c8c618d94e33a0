"""Posts: leaving and filling."""

from cpsim.scenario.declare import Section, measured


class PostsParameters(Section):
    """Posts: leaving and filling."""

    leaving_per_year: float = measured(
        "workforce_turnover_mh_2016",
        about="Share of practitioners who leave in a year",
        unit="proportion/year",
        limits=(0, 2),
        group="staffing",
    )

    refill_days: float = measured(
        "workforce_time_to_recruit_days",
        about="Days of a round of recruitment to a post that has fallen vacant",
        unit="days",
        limits=(1, 720),
        group="staffing",
    )

    round_success: float = measured(
        "workforce_round_success",
        about="Chance that a round of recruitment ends with a starter, where the vacancies given do not tell",
        unit="probability",
        limits=(0, 1),
        group="staffing",
    )

    recruit_spread: float = measured(
        "workforce_recruit_spread",
        about="How much shorter or longer than its mean a round may be",
        unit="proportion",
        limits=(0, 1),
        group="staffing",
    )

    onboarding_days: float = measured(
        "workforce_onboarding_days",
        about="Days until a starter's whole day is there for people",
        unit="days",
        limits=(1, 365),
        group="staffing",
    )

    onboarding_share: float = measured(
        "workforce_onboarding_share",
        about="Share of a starter's first day that is not yet usable",
        unit="proportion",
        limits=(0, 0.95),
        group="staffing",
    )

    agency_days: float = measured(
        "workforce_agency_days",
        about="Days until an agency covers a vacant post, where it does",
        unit="days",
        limits=(0, 365),
        group="staffing",
    )

    recruit_days: float = measured(
        "workforce_recruit_new_days",
        about="Days of a round of recruitment to a post that a change brings",
        unit="days",
        limits=(1, 720),
        group="staffing",
    )
