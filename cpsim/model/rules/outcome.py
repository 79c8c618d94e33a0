"""What connections are worth: ties make access to social capital (RG-UK), and that, with the stage, makes wellbeing.

Recovery (QPR-15), self-rated health and feeling included are read from these states and from nothing else; a social
goal is reached in ordinary life, or through CP. Scores are true states, not answers on an instrument's grid.
[community_rguk_per_tie, community_tie_halflife, outcome_rguk_gain_cap, outcome_wemwbs_per_rguk,
outcome_wemwbs_stage_gap, outcome_qpr_per_wemwbs, outcome_vas_per_wemwbs, outcome_inclusion_belonging_share,
outcome_goal_attained_share, outcome_goal_reached_cp]
"""

import math

from cpsim.model.codes import HEALTH_TOP, INCLUSION_TOP, QPR_TOP, RGUK_TOP, WEMWBS_BOTTOM, WEMWBS_TOP, Stage
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
def recovery(person, p):
    """QPR-15 points (0-60): what wellbeing says, and the person's own distance from it."""
    above = p.recovery_per_wellbeing * (person.wellbeing - p.wellbeing_mean)
    return min(QPR_TOP, max(0.0, p.recovery_mean + above + person.recovery_own))


@rule
def health(person, p):
    """Self-rated health (0-100), read in the same way."""
    above = p.health_per_wellbeing * (person.wellbeing - p.wellbeing_mean)
    return min(HEALTH_TOP, max(0.0, p.health_mean + above + person.health_own))


@rule
def inclusion(person, at_ease, p):
    """How included the person feels (0-100): being at ease where they belong, and ties, of which the first count most.

    at_ease: 0-1, at the place where they are most at ease.
    """
    ties = max(0.0, person.ties + person.ties_new)
    connected = ties / (ties + p.ties_usual) if ties > 0 else 0.0
    return INCLUSION_TOP * (p.inclusion_belonging * at_ease + (1.0 - p.inclusion_belonging) * connected)


@rule
def read(person, at_ease, p):
    """What follows from wellbeing, ties and belonging."""
    person.recovery = recovery(person, p)
    person.health = health(person, p)
    person.inclusion = inclusion(person, at_ease, p)


@rule
def note(person):
    """Where the person stands now is what later scores are compared with."""
    person.capital_before = person.capital
    person.wellbeing_before = person.wellbeing
    person.recovery_before = person.recovery
    person.health_before = person.health
    person.inclusion_before = person.inclusion


@rule
def arrive(person, p):
    """The person comes onto the caseload, belonging nowhere yet: people come when they are low."""
    person.wellbeing = wellbeing_target(person, p)
    read(person, 0.0, p)
    note(person)


@rule
def week(person, meets, at_ease, p):
    """Scores are read weekly. meets, at_ease: 0-1, at the places where the person belongs."""
    ties_week(person, meets, p)
    person.capital = capital(person, p)
    person.wellbeing += (wellbeing_target(person, p) - person.wellbeing) * p.wellbeing_moves_a_week
    read(person, at_ease, p)


@rule
def goal_week(person, p):
    """A week out of crisis and hospital brings a social goal nearer, in any kind of care."""
    if person.stage == Stage.CRISIS or person.stage == Stage.HOSPITAL:
        return
    person.goal_left -= p.goal_hazard_a_week
    if person.goal_left <= 0:
        person.goal_reached = 1
