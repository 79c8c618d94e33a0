"""Bands of fidelity, and which of them a team is in."""

from __future__ import annotations

import math

from cpsim.scenario.evidence import evidence

# Fidelity from which a band begins. Set once, on the pilot's share of people in the high band (P26): at the low end of
# their ranges, which comes nearest to it.
MODERATE, HIGH = (evidence()[f"implementation_fidelity_cut_{name}"].value for name in ("moderate", "high"))
FEWEST = 0.1  # of those who could take CP up: a team in which fewer had any is low


def fidelity_of_team(fidelity: float, could: float, begun: float) -> float:
    """A team's fidelity as its band sees it: 0 where hardly anybody who could take CP up had any."""
    few = could == 0 or begun < FEWEST * could or math.isnan(fidelity)
    return 0.0 if few else float(fidelity)


def band(fidelity: float) -> str:
    """Its name."""
    return "high" if fidelity >= HIGH else "moderate" if fidelity >= MODERATE else "low"
