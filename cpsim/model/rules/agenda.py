"""The day's list: what is due, and in which order the team takes it. The order is the team's policy.

Crises first, then assessments, stabilising, planned contacts, reviews and visits for CP; where CP time is protected,
visits that fit into it come before everything else.
"""

import math

from cpsim.model.codes import Due, Stage
from cpsim.model.rule import rule


@rule
def rank(kind, protected):
    """Place of a task in the practitioner's day; smaller is first."""
    return -1 if protected else kind  # the codes of activities stand in this order


@rule
def needs_cp_visit(person, p):
    """Is a booked visit for CP due?"""
    return person.cp_active and person.days_since_cp >= p.cp_visit_every_days and person.stage != Stage.CRISIS


@rule
def comes_before(one, other):
    """Is the first task done before the second?"""
    if one.rank != other.rank:
        return one.rank < other.rank
    if one.urgency != other.urgency:
        return one.urgency > other.urgency
    return one.tie_break < other.tie_break


@rule
def contact_is_due(person):
    """Has the interval between planned contacts run out, and any rebooking after a missed one?

    A crisis does not wait for what was rebooked before or in it: who was not seen is tried again the next day.
    """
    rebooked = person.rebook_left > 0 and person.stage != Stage.CRISIS
    return person.days_since_contact >= person.interval and not rebooked


@rule
def is_due(person, p):
    """Bits of Due: what is to be done with the person today."""
    if person.stage == Stage.WAITING:
        return Due.ASSESSMENT * (person.assess_left > 0)
    if person.stage >= Stage.HOSPITAL:  # whoever left this morning is still on the list, and is not seen any more
        return 0
    due = Due.CONTACT * contact_is_due(person)
    if person.stage == Stage.CRISIS:
        return due
    if person.review_left <= 0 and p.reviews:
        due += Due.REVIEW
    if needs_cp_visit(person, p) and person.rebook_left <= 0:
        due += Due.CP_VISIT
    return due


@rule
def add(tasks, team, kind, i, urgency, tie_break, protected):
    """Write one more task with the person of row `i`; it is on nobody's list yet. Returns its row."""
    row = team.tasks
    task = tasks[row]
    task.kind = kind
    task.person = i
    task.worker = -1
    task.rank = rank(kind, protected)
    task.urgency = urgency
    task.tie_break = tie_break
    task.protected = protected
    team.tasks += 1
    return row


@rule
def insert(tasks, row, first):
    """Put a task into its place in a list that begins at row `first` (-1: empty).

    Returns the row at which it begins now.
    """
    task = tasks[row]
    if first < 0 or comes_before(task, tasks[first]):
        task.next = first
        return row
    before = first
    while tasks[before].next >= 0 and not comes_before(task, tasks[tasks[before].next]):
        before = tasks[before].next
    task.next = tasks[before].next
    tasks[before].next = row
    return first


@rule
def most_time(workers, tie_break):
    """Row of the clinical practitioner at work with most minutes not yet promised; -1: nobody.

    Among equals `tie_break` (0-1) chooses, so that the order of the rows gives nobody an advantage.
    """
    most, equals = -1.0, 0
    for k in range(len(workers)):
        free = could_be_asked(workers[k])
        if free > most:
            most, equals = free, 0
        equals += free == most
    chosen = math.floor(tie_break * equals)
    for k in range(len(workers)):
        if most >= 0 and could_be_asked(workers[k]) == most:
            if chosen == 0:
                return k
            chosen -= 1
    return -1


@rule
def could_be_asked(worker):
    """Minutes for which the practitioner could be asked for shared work today; -1: not at all."""
    return max(0.0, unpromised(worker)) if worker.present and worker.clinical else -1.0


@rule
def unpromised(worker):
    """Minutes of today not yet promised to anybody."""
    return worker.minutes_left - worker.planned - worker.protected_promised


@rule
def fits_protected(worker, need, p):
    """Is there protected time in the bank for one more visit today? It is kept only where it does not give way to
    crises.
    """
    kept = worker.protected_promised + need
    return not p.protected_gives_way and kept <= worker.protected_bank and kept <= worker.minutes_left
