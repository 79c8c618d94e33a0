"""Flow in: a referral arrives, is assessed for some minutes over some days, and waits to be allocated.

[flow_accept_share, flow_urgent_share, time_assessment_minutes, flow_rereferral_2y, flow_rereferral_crisis_share]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import Purpose, Stage
from cpsim.model.records import NEVER
from cpsim.model.rule import rule


@rule
def arrive(person, day, seed, p):
    """The referral is opened; whether it is to be taken on shows after assessment."""
    event = person.exits
    taken_on, urgent, _, tie = draw.four(seed, Purpose.REFERRAL_OUTCOME, person.id, event)
    person.stage = Stage.WAITING
    person.accepted = 1 if person.returning or taken_on < p.accept_share else 0
    in_crisis = p.return_crisis_share if person.returning else p.start_crisis_share
    person.urgent = 1 if urgent < in_crisis else 0
    person.tie_break = tie
    person.assess_left = p.assessment_minutes
    if p.assessment_minutes <= 0 and not person.accepted:
        person.stage = Stage.NOT_ACCEPTED
    person.wait_since = day
    person.coordinator = -1


@rule
def relapse_waiting(person, p):
    """People who wait can fall into crisis; then they are urgent. True on the day it happens."""
    person.spell_left -= person.relapse
    if person.spell_left > 0 or person.urgent:
        return False
    person.urgent = 1
    return True


@rule
def assess(person, minutes):
    """Spend minutes on the assessment. True when it is complete."""
    person.assess_left -= minutes
    return person.assess_left <= 0


@rule
def plan_return(person, day, seed, p):
    """After leaving: does the person come back, and when? Most who do come within two years, most of them in crisis."""
    comes_back, when = draw.pair(seed, Purpose.RETURN, person.id, person.exits)
    person.return_day = NEVER
    if person.long_stay and comes_back < p.return_share:
        person.return_day = day + 1 + math.floor(-p.return_mean_days * math.log(when))
