"""Pressure: standard minutes that the caseload calls for, over minutes available, each smoothed with one half-life.

Work due is no measure of it: a late team creates less due work. [workforce_pressure_halflife_days]
"""

from cpsim.model.codes import Stage
from cpsim.model.rule import rule


@rule
def called_for(person, p):
    """Standard minutes a day for one person on the caseload, by stage, with the review."""
    if person.stage == Stage.RECOVERY:
        return p.recovery_minutes_a_day
    if person.stage == Stage.STABILISING:
        return p.stabilising_minutes_a_day
    if person.stage == Stage.CRISIS:
        return p.crisis_shared_minutes_a_day if person.held_by_crisis_team else p.crisis_minutes_a_day
    return 0.0


@rule
def smooth(old, new, kept):
    """One step of an exponentially weighted average."""
    return old * kept + new * (1.0 - kept)


@rule
def end_day(team, p):
    """Fold what was called for since the last working day, and today's minutes, into the averages."""
    team.called_for = smooth(team.called_for, team.called_today, p.pressure_kept)
    team.available = smooth(team.available, team.available_today, p.pressure_kept)
    team.called_today = 0.0
    team.available_today = 0.0
    if team.available > 0:
        team.pressure = team.called_for / team.available
