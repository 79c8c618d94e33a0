"""The day's list: what is due, and in which order the team takes it. The order is the team's policy.

Crises first, then assessments, stabilising, planned contacts, reviews and visits for CP; where CP time is protected,
visits that fit into it come before everything else.
"""

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
    """Has the interval between planned contacts run out, and any rebooking after a missed one?"""
    return person.days_since_contact >= person.interval and person.rebook_left <= 0


@rule
def is_due(person, p):
    """Bits of Due: what is to be done with the person today."""
    if person.stage == Stage.WAITING:
        return Due.ASSESSMENT * (person.assess_left > 0)
    if person.stage == Stage.HOSPITAL:
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
def most_time(workers):
    """Row of the clinical practitioner at work with most minutes not yet promised; -1: nobody."""
    found = -1
    most = 0.0
    for k in range(len(workers)):
        worker = workers[k]
        if not worker.present or not worker.clinical:
            continue
        free = unpromised(worker)
        if found < 0 or free > most:
            found = k
            most = free
    return found


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
