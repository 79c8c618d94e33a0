"""Who the people are."""

from cpsim.scenario.declare import Section, measured


class PeopleParameters(Section):
    """Who the people are."""

    wish_mean: float = measured(
        "person_wants_connection_help",
        about="People who want help with connections",
        unit="proportion",
        limits=(0.01, 0.99),
        group="person",
    )

    wish_spread: float = measured(
        "person_wish_spread",
        about="Spread of that wish",
        unit="SD of logits",
        limits=(0, 6),
        group="person",
        shape="uniform",
    )

    spare_income: float = measured(
        "person_spare_income_week",
        about="Money left after essentials, mean",
        unit="GBP/week",
        limits=(0, 500),
        group="person",
    )

    ties_usual: float = measured(
        "person_network_size",
        about="People in the network, mean",
        unit="people",
        limits=(0, 100),
        group="person",
    )

    ties_spread: float = measured(
        "person_ties_spread",
        about="Spread of the network",
        unit="SD of logarithms",
        limits=(0, 2),
        group="person",
        shape="uniform",
    )

    ties_fallen: float = measured(
        "person_ties_fallen",
        about="Ties fallen away that could be renewed",
        unit="people",
        limits=(0, 50),
        group="person",
    )

    family_share: float = measured(
        "person_network_family_share",
        about="Share of the network that is family",
        unit="proportion",
        limits=(0, 1),
        group="person",
    )

    friends_share: float = measured(
        "person_network_friend_share",
        about="Share of the network that are friends, mean; the rest are neighbours and others",
        unit="proportion",
        limits=(0, 1),
        group="person",
    )
