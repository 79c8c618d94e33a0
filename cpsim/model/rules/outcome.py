"""What connections are worth: ties make access to social capital (RG-UK), and that, with the stage, makes wellbeing.

[community_rguk_per_tie, community_tie_halflife, outcome_rguk_gain_cap, outcome_wemwbs_per_rguk,
outcome_wemwbs_stage_gap]
"""

import math

from cpsim.model.codes import RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP, Stage
from cpsim.model.rule import rule


@rule
def ties_week(person, meets, p):
    """A week of ties: old ones return to the person's usual level, new ones fade as far as the person meets nobody."""
    person.ties = person.ties_usual + (person.ties - person.ties_usual) * p.tie_kept_a_week
    person.ties_new *= p.tie_kept_a_week + (1.0 - p.tie_kept_a_week) * meets


@rule
def capital(person, p):
    """Access to social capital, RG-UK points 0-27: the first tie adds most, further ones less."""
    more = person.ties_new + person.ties - person.ties_start
    gain = p.capital_gain_cap * (1.0 - math.exp(-more * p.capital_per_tie / p.capital_gain_cap))
    return min(RGUK_TOP, max(0.0, person.capital_own + gain))


@rule
def wellbeing_target(person, p):
    """WEMWBS points (14-70) that the person's wellbeing moves towards."""
    target = person.wellbeing_own + p.wellbeing_per_capital * (person.capital - person.capital_own)
    if person.stage == Stage.CRISIS or person.stage == Stage.HOSPITAL:
        target -= p.wellbeing_stage_gap
    elif person.stage == Stage.STABILISING:
        target -= p.wellbeing_stage_gap * p.stabilising_gap_share
    return min(WEMWBS_TOP, max(WEMWBS_BOTTOM, target))


@rule
def week(person, meets, p):
    """Scores are read weekly."""
    ties_week(person, meets, p)
    person.capital = capital(person, p)
    person.wellbeing += (wellbeing_target(person, p) - person.wellbeing) * p.wellbeing_moves_a_week
