"""Between a person and a place."""

from cpsim.scenario.declare import Section, measured


class AccessParameters(Section):
    """Between a person and a place."""

    places_considered: float = measured(
        "community_places_considered",
        about="Places thought of at a time",
        unit="places",
        limits=(1, 12),
        group="community",
        shape="uniform",
    )

    first_interest_share: float = measured(
        "community_first_interest_share",
        about="Share of looking that goes to the kind liked best",
        unit="proportion",
        limits=(0, 1),
        group="community",
    )

    interest_match: float = measured(
        "community_interest_match",
        about="Chance that an open group suits a person",
        unit="probability",
        limits=(0, 1),
        group="community",
    )

    first_meeting_share: float = measured(
        "community_befriend_ever_met",
        about="Chance of going to a first meeting, at mean social anxiety",
        unit="proportion",
        limits=(0.01, 0.999),
        group="community",
    )

    anxiety_or: float = measured(
        "community_anxiety_or",
        about="Odds ratio of a first attendance per SD of social anxiety",
        unit="odds ratio",
        limits=(0.05, 1),
        group="community",
        shape="loguniform",
    )

    accompany_or: float = measured(
        "community_accompany_or",
        about="Odds ratio of a first attendance when accompanied",
        unit="odds ratio",
        limits=(1, 20),
        group="community",
        shape="loguniform",
    )

    accompany_full_visits: float = measured(
        "community_accompany_full_visits",
        about="Accompanied first visits from which company helps fully; fewer help in proportion",
        unit="visits",
        limits=(1, 12),
        group="community",
        shape="uniform",
    )

    affordable_share: float = measured(
        "community_affordable_share",
        about="Share of a week's spare income that a person would spend on one visit",
        unit="proportion",
        limits=(0.01, 2),
        group="community",
    )

    walk_km: float = measured(
        "community_walk_km",
        about="Distance that people walk to a group",
        unit="km",
        limits=(0, 20),
        group="community",
    )

    bus_fare: float = measured(
        "cost_bus_return",
        about="Return bus fare",
        unit="GBP",
        limits=(0, 30),
        group="community",
    )

    bus_pass_share: float = measured(
        "person_bus_pass",
        about="People who ride buses for nothing",
        unit="proportion",
        limits=(0, 1),
        group="community",
    )

    own_attempts_per_month: float = measured(
        "community_own_attempts",
        about="Attempts at a connection without help, in recovery",
        unit="per person-month",
        limits=(0, 4),
        group="community",
    )
