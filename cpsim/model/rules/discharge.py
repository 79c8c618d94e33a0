"""Flow out: discharge from recovery and from stabilising, loss of contact, death.

Two classes of people: many referrals are helped and closed within months; those who stay, stay for years.
Discharge may be agreed sooner when the team is under pressure (`sooner`: the ratio of its hazard).
[flow_secondary_stay_stable_smi, flow_brief_stay_months, flow_dropout_rate, flow_death_rate]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.rule import rule


@rule
def hazard(person, sooner, p):
    """Hazard a day of leaving the caseload, by whichever way."""
    agreed = p.discharge_hazard_long if person.long_stay else p.discharge_hazard_brief
    return agreed * sooner + p.dropout_hazard + p.death_hazard


@rule
def begin(person, seed):
    """A new time on the caseload begins."""
    person.exits += 1
    length, person.exit_luck = draw.pair(seed, Purpose.CASELOAD_EXIT, person.id, person.exits)
    person.exit_left = -math.log(length)


@rule
def leaves(person, sooner, p):
    """Has the person's time on the caseload come to its end today? Nobody is discharged in a crisis or from
    hospital.
    """
    if person.stage == Stage.RECOVERY or person.stage == Stage.STABILISING:
        person.exit_left -= hazard(person, sooner, p)
    return person.exit_left <= 0


@rule
def way_out(person, sooner, p):
    """The way in which it ends: ways share in proportion to their hazards."""
    whole = hazard(person, sooner, p)
    if person.exit_luck < p.death_hazard / whole:
        return Stage.DIED
    if person.exit_luck < (p.death_hazard + p.dropout_hazard) / whole:
        return Stage.DROPPED_OUT
    return Stage.DISCHARGED
