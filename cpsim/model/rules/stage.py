"""Stages by competing hazards: recovery -> crisis -> stabilising -> recovery, and crisis -> hospital -> stabilising.

One unit exponential is drawn for a spell and the hazard of each day is counted down from it, so that a scenario that
changes the hazard on some day changes nothing else about the person's luck. Hazards are corrected for the daily step:
a mean of T days is a chance of 1/T a day. [crisis_relapse_rate, crisis_severity_hr, crisis_gap_hr, crisis_isolation_hr,
crisis_stage_days, crisis_hospital_prob, crisis_contact_effect, crisis_admission_los_days, crisis_stabilising_days]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, Purpose, Stage
from cpsim.model.rule import rule


@rule
def relapse_hazard(person, p):
    """Hazard a day of a crisis in recovery, seen often enough.

    Rises with severity and with isolation (where that is on).
    """
    log_ratio = p.log_severity_hr * person.severity
    if p.isolation:
        log_ratio -= p.log_isolation_hr * (person.capital - p.capital_mean) / p.capital_sd
    return p.relapse_hazard * math.exp(log_ratio)


@rule
def lateness(person, p):
    """Ratio of the crisis hazard for overdue contact.

    1 on time, up to its bound when late by the time of its evidence row.
    """
    late = person.days_since_contact - person.interval
    if late <= 0 or not p.capacity_trap:
        return 1.0
    return 1.0 + (p.gap_hr - 1.0) * min(1.0, late / p.gap_days)


@rule
def hazard(person, p):
    """Total hazard of leaving the present stage today."""
    if person.stage == Stage.RECOVERY:
        return person.relapse * lateness(person, p)
    if person.stage == Stage.STABILISING:
        return p.settle_hazard + person.relapse * p.stabilising_relapse * lateness(person, p)
    if person.stage == Stage.CRISIS:
        return to_hospital(p) + resolution(person, p)
    return p.hospital_hazard


@rule
def resolution(person, p):
    """Hazard of a crisis passing: contact in the last week, or a crisis team, makes it pass sooner."""
    helped = person.held_by_crisis_team or person.days_since_contact < DAYS_A_WEEK
    return p.resolve_hazard * (1.0 if helped else 1.0 / p.crisis_contact_effect)


@rule
def to_hospital(p):
    """Hazard of an admission during a crisis."""
    return p.admission_hazard


@rule
def next_stage(person, seed, p):
    """Where the person goes now that the spell has ended; competing ways out share in proportion to their hazards."""
    if person.stage == Stage.RECOVERY:
        return Stage.CRISIS
    if person.stage == Stage.HOSPITAL:
        return Stage.STABILISING
    if person.stage == Stage.STABILISING:
        one_way, way = p.settle_hazard, Stage.RECOVERY
        other = Stage.CRISIS
    else:
        one_way, way = to_hospital(p), Stage.HOSPITAL
        other = Stage.STABILISING
    share = one_way / hazard(person, p)
    return way if draw.uniform(seed, Purpose.STAGE_EXIT, person.id, person.stage_spells) < share else other


@rule
def enter(person, stage, seed, p):
    """Begin a spell in a stage; the luck of its length is the person's n-th."""
    person.stage = stage
    person.stage_spells += 1
    person.spell_left = draw.exponential(seed, Purpose.STAGE_SPELL, person.id, person.stage_spells)
    if stage == Stage.CRISIS:
        person.crises += 1
        held = draw.uniform(seed, Purpose.CRISIS_HELD_BY, person.id, person.stage_spells)
        person.held_by_crisis_team = 1 if held < p.crisis_team_share else 0
    elif stage == Stage.HOSPITAL:
        person.admissions += 1
    if stage != Stage.CRISIS:
        person.held_by_crisis_team = 0


@rule
def live(person, seed, p):
    """One day of the stage. Returns the stage entered today; NOT_YET: no change."""
    person.spell_left -= hazard(person, p)
    if person.spell_left > 0:
        return Stage.NOT_YET
    reached = next_stage(person, seed, p)
    enter(person, reached, seed, p)
    return reached


@rule
def count_day(person):
    """Count the day under the stage in which it is spent."""
    if person.stage == Stage.RECOVERY:
        person.days_in_recovery += 1
        if person.days_since_contact > person.interval:
            person.days_late += 1
    elif person.stage == Stage.STABILISING:
        person.days_stabilising += 1
    elif person.stage == Stage.CRISIS:
        person.days_in_crisis += 1
        person.days_held += person.held_by_crisis_team
    elif person.stage == Stage.HOSPITAL:
        person.days_in_hospital += 1
        person.window_hospital = 1
    else:
        person.days_waiting += 1
