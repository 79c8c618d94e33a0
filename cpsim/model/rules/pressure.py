"""Pressure: standard minutes that the caseload calls for, over minutes available, each smoothed with one half-life.

Work due is no measure of it: a late team creates less due work. [workforce_pressure_halflife_days]
"""

import math

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
    team.averaged = smooth(team.averaged, 1.0, p.pressure_kept)
    team.called_today = 0.0
    team.available_today = 0.0
    if team.available > 0:
        team.pressure = team.called_for / team.available
    respond(team, p)


@rule
def respond(team, p):
    """What pressure makes of leaving, of falling sick and of discharge, each with its switch.

    At its reference it changes nothing; a team with less of it loses fewer people. Discharge is only ever brought
    forward. [workforce_pressure_quit_hr, workforce_pressure_sick_hr, flow_pressure_discharge_hr]
    """
    felt = strain(team.pressure, p)
    if p.workforce_spiral:
        team.quit_ratio = math.exp(p.half_log_quit_hr * felt)
        team.sick_ratio = math.exp(p.half_log_sick_hr * felt)
    if p.discharge_pressure:
        team.discharge_ratio = math.exp(p.log_discharge_hr * max(0.0, felt))


@rule
def strain(pressure, p):
    """How far pressure is from its reference: -1 low, 0 usual, 1 high; bounded, so that no team spins out of reach.

    [workforce_pressure_reference, workforce_pressure_span]
    """
    return min(1.0, max(-1.0, (pressure - p.pressure_reference) / p.pressure_span))


@rule
def overdue(person, p):
    """Standard minutes of the work that is overdue with one person: a contact, a review, an assessment still to do."""
    if person.stage == Stage.WAITING:
        return person.assess_left
    if person.stage == Stage.HOSPITAL:
        return 0.0
    minutes = 0.0
    if person.days_since_contact > person.interval:
        minutes += p.standard_crisis_minutes if person.stage == Stage.CRISIS else p.standard_minutes
    if p.reviews and person.review_left < 0:
        minutes += p.review_minutes
    return minutes
