"""Work with local groups."""

from cpsim.scenario.declare import Section, measured


class EngagementParameters(Section):
    """Work with local groups."""

    knowledge_gain: float = measured(
        "implementation_local_knowledge_gain",
        about="Gain in knowledge of each place per engagement hour",
        unit="0-1 scale/hour",
        limits=(0, 1),
        group="community",
        shape="loguniform",
    )

    engagement_hours_per_win: float = measured(
        "implementation_engagement_hours_per_group",
        about="Hours per place or waiver won",
        unit="hours",
        limits=(1, 1000),
        group="community",
        shape="loguniform",
    )

    places_won: float = measured(
        "community_places_won",
        about="Weekly places won at a time",
        unit="places",
        limits=(0, 100),
        group="community",
    )
