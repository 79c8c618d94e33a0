"""Clarity about CP, and its fading."""

from cpsim.scenario.declare import Section, measured


class LearningParameters(Section):
    """Clarity about CP, and its fading."""

    clarity_untrained: float = measured(
        "implementation_clarity_untrained",
        about="Clarity about CP from the materials alone",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    clarity_trained: float = measured(
        "implementation_clarity_trained",
        about="Clarity about CP after training",
        unit="0-1 scale",
        limits=(0, 1),
        group="cp_skills",
    )

    clarity_halflife: float = measured(
        "implementation_halflife_clarity",
        about="Half-life of clarity without supervision",
        unit="months",
        limits=(0.5, 120),
        group="cp_skills",
        shape="loguniform",
    )
