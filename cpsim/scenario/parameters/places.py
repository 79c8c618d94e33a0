"""What the community offers."""

from cpsim.scenario.declare import Section, measured


class PlacesParameters(Section):
    """What the community offers."""

    groups_per_10k: float = measured(
        "community_groups_per_10k",
        about="Groups open to people per 10,000 residents",
        unit="groups",
        limits=(0, 200),
        group="community",
        shape="loguniform",
    )

    group_lifetime: float = measured(
        "community_group_lifetime",
        about="Mean life of a group; as one closes another opens elsewhere",
        unit="years",
        limits=(0.1, 200),
        group="community",
        shape="loguniform",
    )

    term_weeks: float = measured(
        "community_term_weeks",
        about="Weeks after which others' places in a group change",
        unit="weeks",
        limits=(1, 104),
        group="community",
    )

    places_a_week: float = measured(
        "community_places_week",
        about="Weekly places in a group",
        unit="places",
        limits=(0, 500),
        group="community",
    )

    places_taken: float = measured(
        "community_places_taken",
        about="Share of them taken by others",
        unit="proportion",
        limits=(0, 1),
        group="community",
    )

    free_share: float = measured(
        "community_free_share",
        about="Groups free of charge",
        unit="proportion",
        limits=(0, 1),
        group="community",
    )

    fee: float = measured(
        "community_fee_per_visit",
        about="Fee per visit where one is asked",
        unit="GBP",
        limits=(0, 100),
        group="community",
    )

    extras: float = measured(
        "community_coffee_cost",
        about="Extra spend per visit (drink, bits)",
        unit="GBP",
        limits=(0, 50),
        group="community",
    )

    welcome: float = measured(
        "community_welcome",
        about="Welcome of a group",
        unit="0-1 scale",
        limits=(0, 1),
        group="community",
    )

    known_at_start: float = measured(
        "implementation_local_knowledge_start",
        about="Team's knowledge of each group at the start",
        unit="0-1 scale",
        limits=(0, 1),
        group="community",
    )

    settled_share: float = measured(
        "community_settled_share",
        about="Share of homes and groups in settlements, the rest scattered",
        unit="proportion",
        limits=(0, 1),
        group="community",
        shape="uniform",
    )

    detour: float = measured(
        "community_detour",
        about="Road distance over straight-line distance",
        unit="ratio",
        limits=(1, 3),
        group="community",
    )

    chaining: float = measured(
        "community_chaining",
        about="Travel per visit relative to a separate journey",
        unit="ratio",
        limits=(0.05, 2),
        group="community",
    )
