"""Referrals, people who come back, and allocation from the waiting list."""

import math

from cpsim.model.account import this_week
from cpsim.model.codes import WORKING_DAYS, Stage
from cpsim.model.records import NEVER, NOBODY
from cpsim.model.rule import rule
from cpsim.model.rules import allocation, contact, discharge, outcome, referral, stage


@rule
def receive(w):
    """New referrals, people who come back, and allocation of those who have been assessed."""
    team = w.team[0]
    p = w.params[team.phase]
    while team.next_referral < len(w.people) and w.people[team.next_referral].referral_day <= team.day:
        refer(w, team.next_referral)
        team.next_referral += 1
    if team.day >= team.next_return:
        come_back(w)
    if team.weekday >= WORKING_DAYS:
        return
    row = first_in_queue(w)
    while row >= 0 and (w.people[row].urgent or allocation.has_room(team, p)):
        take_on(w, row)
        row = first_in_queue(w)


@rule
def refer(w, i):
    """A referral is opened; the person is with the service from today."""
    team = w.team[0]
    p = w.params[team.phase]
    referral.arrive(w.people[i], team.day, w.seed, p)
    this_week(w).referred += 1
    call_for(w, p.assessment_minutes)
    if w.people[i].stage == Stage.NOT_ACCEPTED:
        return
    k = team.active
    while k > 0 and w.active[k - 1] > i:
        w.active[k] = w.active[k - 1]
        k -= 1
    w.active[k] = i
    team.active += 1


@rule
def call_for(w, minutes):
    """Standard minutes that today's work calls for, done or not."""
    w.team[0].called_today += minutes
    this_week(w).called_for += minutes


@rule
def come_back(w):
    """People discharged earlier are referred again on their day."""
    team = w.team[0]
    team.next_return = NEVER
    for i in range(team.next_referral):
        person = w.people[i]
        if person.return_day == team.day:
            person.returning = 1
            person.return_day = NEVER
            refer(w, i)
        elif team.day < person.return_day < team.next_return:
            team.next_return = person.return_day


@rule
def first_in_queue(w):
    """Row of the assessed person who is next: urgent ones first, then by time waited, then by their own tie-break.

    -1: nobody.
    """
    found = -1
    for k in range(w.team[0].active):
        person = w.people[w.active[k]]
        if person.stage != Stage.WAITING or person.assess_left > 0:
            continue
        if found < 0 or is_ahead(person, w.people[found]):
            found = w.active[k]
    return found


@rule
def is_ahead(person, other):
    """Does the person come before the other in the waiting list?"""
    if person.urgent != other.urgent:
        return person.urgent > other.urgent
    if person.wait_since != other.wait_since:
        return person.wait_since < other.wait_since
    return person.tie_break < other.tie_break


@rule
def take_on(w, i):
    """The person comes onto the caseload, urgent ones in crisis, and is allocated if anybody is in post."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    week = this_week(w)
    week.taken_on += 1
    week.waits_ended += 1
    week.days_waited += team.day - person.wait_since
    person.joined_day = team.day
    person.last_coordinator = NOBODY
    discharge.begin(person, w.seed)
    stage.enter(person, Stage.CRISIS if person.urgent else Stage.RECOVERY, w.seed, p)
    week.crises += person.urgent
    outcome.arrive(person, p)
    person.urgent = 0
    team.caseload += 1
    person.interval = contact.planned_interval(person, 1.0, p)
    cover(w, i)
    person.days_since_contact = math.ceil(person.interval)  # the first contact is due as soon as somebody has time


@rule
def cover(w, i):
    """Give the person the care co-ordinator with the lightest load, if there is one."""
    row = allocation.lightest(w.workers, NOBODY, w.people[i].tie_break)
    if row >= 0:
        cover_by(w, i, row)


@rule
def cover_by(w, i, row):
    """Give the person this care co-ordinator."""
    person, worker = w.people[i], w.workers[row]
    p = w.params[w.team[0].phase]
    if person.last_coordinator != NOBODY:
        this_week(w).worker_changes += 1
    allocation.give(person, worker, row, p)
    person.interval = contact.planned_interval(person, worker.contact_factor, p)
