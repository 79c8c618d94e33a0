"""The five steps."""

from cpsim.scenario.declare import Section, measured


class ConnectingParameters(Section):
    """The five steps."""

    full_dose_minutes: float = measured(
        "implementation_full_dose_minutes",
        about="Practitioner time for all five steps",
        unit="minutes",
        limits=(30, 3000),
        group="cp_skills",
    )

    step_4_share: float = measured(
        "implementation_step4_share",
        about="Share of it for barriers and accompanied visits",
        unit="proportion",
        limits=(0.05, 0.9),
        group="cp_skills",
    )

    step_done_share: float = measured(
        "implementation_step_done_share",
        about="Share of a step's minutes at which it counts as done",
        unit="proportion",
        limits=(0.05, 1),
        group="cp_skills",
        shape="uniform",
    )

    step_done_quality: float = measured(
        "implementation_step_done_quality",
        about="Mean quality at which it counts as done",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
        shape="uniform",
    )

    least_minutes: float = measured(
        "implementation_least_minutes",
        about="Least minutes in which CP can be taken up",
        unit="minutes",
        limits=(0.5, 60),
        group="cp_skills",
    )

    recap_minutes: float = measured(
        "implementation_recap_minutes",
        about="Minutes to pick up the thread after four weeks",
        unit="minutes",
        limits=(0, 60),
        group="cp_skills",
    )

    search_minutes: float = measured(
        "implementation_search_minutes",
        about="Minutes to look at one more place together, when something stands in the way",
        unit="minutes",
        limits=(2, 240),
        group="cp_skills",
    )

    skill_untrained: float = measured(
        "implementation_skill_untrained",
        about="Skill in CP before training",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    skill_trained: float = measured(
        "implementation_skill_trained",
        about="Skill in CP after training",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    skill_gain: float = measured(
        "implementation_skill_gain",
        about="Gain in skill per CP contact",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    can_do: float = measured(
        "implementation_cando",
        about="Can-do attitude, mean",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    practitioner_spread: float = measured(
        "implementation_practitioner_spread",
        about="Spread of can-do attitude",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
        shape="uniform",
    )

    ties_renewed: float = measured(
        "implementation_ties_renewed",
        about="Share of fallen-away ties renewed by a step 1 or 3 that is done",
        unit="proportion",
        limits=(0, 1),
        group="cp_skills",
    )

    fallen_family_share: float = measured(
        "person_ties_fallen_family_share",
        about="Share of fallen-away ties that are family",
        unit="proportion",
        limits=(0, 0.5),
        group="cp_skills",
    )

    fallen_friends_share: float = measured(
        "person_ties_fallen_friends_share",
        about="Share of fallen-away ties that are friends; the rest are neighbours and others",
        unit="proportion",
        limits=(0, 0.5),
        group="cp_skills",
    )

    ordinary_attempts: float = measured(
        "implementation_ordinary_attempts",
        about="Chance that a contact with time left leads ordinary support to try for a connection",
        unit="probability",
        limits=(0, 1),
        group="cp_skills",
    )

    ordinary_spread: float = measured(
        "implementation_ordinary_spread",
        about="Spread of ordinary support between teams",
        unit="SD of logarithms",
        limits=(0, 2),
        group="cp_skills",
        shape="uniform",
    )
