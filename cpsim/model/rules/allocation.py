"""Allocation: who becomes a person's care co-ordinator. The lightest weighted load for its hours takes the next person.

[caseload_weight_crisis, caseload_weight_stabilising, workforce_transfer_rate, contact_relationship_after_change]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import NOBODY
from cpsim.model.rule import rule


@rule
def weight(person, p):
    """What a person of this stage weighs in a caseload; somebody in recovery weighs 1."""
    if person.stage == Stage.CRISIS:
        return p.weight_crisis
    if person.stage == Stage.STABILISING:
        return p.weight_stabilising
    return 1.0


@rule
def lightest(workers, but, tie_break):
    """Row of the care co-ordinator in post with the lightest load for the hours, leaving out row `but`; else NOBODY.

    Among equals `tie_break` (0-1) chooses, so that the order of the rows gives no post an advantage.
    """
    least, equals = math.inf, 0
    for k in range(len(workers)):
        load = math.inf if k == but else load_for_hours(workers[k])
        if load < least:
            least, equals = load, 0
        equals += load == least
    chosen = math.floor(tie_break * equals)
    for k in range(len(workers)):
        if least < math.inf and k != but and load_for_hours(workers[k]) == least:
            if chosen == 0:
                return k
            chosen -= 1
    return NOBODY


@rule
def load_for_hours(worker):
    """Weighted load for each usable WTE; infinite for whoever carries no caseload or is away for weeks."""
    takes = worker.filled and worker.coordinates and not worker.away
    return worker.load / (worker.wte * (1.0 - worker.settling)) if takes else math.inf


@rule
def has_room(team, p):
    """May another person be allocated? A cap is people for each co-ordinating WTE that is there to carry them.

    [caseload_policy_max_coordinator]
    """
    return p.caseload_cap_per_wte <= 0 or team.caseload < p.caseload_cap_per_wte * (team.in_post + team.agency)


@rule
def give(person, worker, row, p):
    """The person and the practitioner are joined; what is left of trust is what carries over from the last one."""
    if person.last_coordinator != NOBODY and person.last_coordinator != row:
        person.relationship *= p.relationship_after_change
        person.worker_changes += 1
    person.coordinator = row
    person.last_coordinator = row
    person.uncovered_days = 0
    worker.caseload += 1
    person.weight = weight(person, p)
    worker.load += person.weight


@rule
def reweigh(person, worker, p):
    """The person's stage has changed, and with it what they weigh."""
    worker.load -= person.weight
    person.weight = weight(person, p)
    worker.load += person.weight


@rule
def take_away(person, worker):
    """The person loses the care co-ordinator (a leaver, a transfer, or the end of their time with the team)."""
    worker.caseload -= 1
    worker.load -= person.weight
    person.coordinator = -1


@rule
def begin_transfers(person, seed):
    """The luck of how long the person keeps a worker, leavers apart."""
    person.transfer_left = draw.exponential(seed, Purpose.TRANSFER, person.id, person.transfers)


@rule
def is_transferred(person, seed, p):
    """Reallocation for another reason than a leaver: redesign, moves, step-down."""
    person.transfer_left -= p.transfer_hazard
    if person.transfer_left > 0:
        return False
    person.transfers += 1
    begin_transfers(person, seed)
    return True
