"""Questions at the second interview: goals, help with connections, whether something got better, the materials.

An answer is yes with one chance where it is so and with another where it is not: people forget, and people are kind.
"""

from __future__ import annotations

import numpy as np

from cpsim.observation.design import Design
from cpsim.observation.luck import Drawn, uniforms

QUESTIONS = ("goal_met", "had_help", "something_better", "materials_remembered")


def answers(seed: int, then: np.ndarray, now: np.ndarray, eve: np.ndarray, design: Design) -> dict[str, np.ndarray]:
    """1 for yes and 0 for no. `then`, `now`: PANEL lines at the two interviews; `eve`: on the eve of day 0."""
    helped = (now["ordinary_helped"] > 0) | (now["cp_contacts"] > eve["cp_contacts"])
    belongs = (now["joined"] > eve["joined"]) | (now["memberships"] > 0)
    better = belongs | (now["wellbeing"] - then["wellbeing"] >= design.better_points)
    explained = (now["explained"] > 0).astype(float)
    chances = (
        (Drawn.GOAL, np.where(now["goal_reached"] > 0, design.goal_recall, design.goal_acquiescence)),
        (Drawn.HAD_HELP, np.where(helped, design.help_recall, design.help_acquiescence)),
        (Drawn.SOMETHING_BETTER, np.where(better, design.better_recall, design.better_acquiescence)),
        (Drawn.MATERIALS, explained * design.materials_recall),
    )
    return {
        name: (uniforms(seed, now["person"], what, now["week"]) < chance).astype(float)
        for name, (what, chance) in zip(QUESTIONS, chances, strict=True)
    }
