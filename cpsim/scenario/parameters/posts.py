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

    recruit_days: float = measured(
        "workforce_recruit_new_days",
        about="Days from advertising a new post to the starter arriving",
        unit="days",
        limits=(1, 720),
        group="staffing",
    )
