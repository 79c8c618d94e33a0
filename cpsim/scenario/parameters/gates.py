"""What stops Connecting People before it is begun."""

from cpsim.scenario.declare import Section, measured


class GatesParameters(Section):
    """What stops Connecting People before it is begun."""

    supervision_effect: float = measured(
        "implementation_supervision_effect",
        about="Odds of giving CP priority, with CP supervision against none",
        unit="ratio",
        limits=(1, 20),
        group="cp_skills",
        shape="loguniform",
    )

    leadership_effect: float = measured(
        "implementation_leadership_effect",
        about="Odds of giving CP priority, with an active lead against none",
        unit="ratio",
        limits=(1, 20),
        group="cp_skills",
        shape="loguniform",
    )

    materials_opened: float = measured(
        "implementation_materials_opened_share",
        about="Practitioners who open the materials without training",
        unit="proportion",
        limits=(0, 1),
        group="cp_skills",
    )

    threshold_spread: float = measured(
        "implementation_threshold_spread",
        about="Spread between practitioners of the threshold for using CP",
        unit="SD of logits",
        limits=(0, 10),
        group="cp_skills",
        shape="uniform",
    )

    explain_chance: float = measured(
        "implementation_explain_chance",
        about="Chance at a contact that the materials are explained",
        unit="probability",
        limits=(0, 1),
        group="cp_skills",
    )
