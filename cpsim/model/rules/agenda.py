"""The day's list: what is due, and in which order the team takes it. The order is the team's policy.

Crises first, then assessments, stabilising, planned contacts, reviews and visits for CP; where CP time is protected,
visits that fit into it come before everything else.
"""

from cpsim.model.codes import Stage
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
def add(tasks, team, kind, person_row, worker_row, urgency, tie_break, protected):
    """Write one more task at the end of today's list."""
    task = tasks[team.tasks]
    task.kind = kind
    task.person = person_row
    task.worker = worker_row
    task.rank = rank(kind, protected)
    task.urgency = urgency
    task.tie_break = tie_break
    task.protected = protected
    team.tasks += 1


@rule
def comes_before(one, other):
    """Is the first task done before the second?"""
    if one.worker != other.worker:
        return one.worker < other.worker
    if one.rank != other.rank:
        return one.rank < other.rank
    if one.urgency != other.urgency:
        return one.urgency > other.urgency
    return one.tie_break < other.tie_break


@rule
def copy(to, source):
    """Copy one task."""
    to.kind = source.kind
    to.person = source.person
    to.worker = source.worker
    to.rank = source.rank
    to.urgency = source.urgency
    to.tie_break = source.tie_break
    to.protected = source.protected


@rule
def sort(tasks, count):
    """Order the first `count` tasks by practitioner, then by rank, urgency and tie-break; insertion sort, lists are short.

    The row after the last one is used as scratch.
    """
    held = tasks[count]
    for k in range(1, count):
        copy(held, tasks[k])
        j = k
        while j > 0 and comes_before(held, tasks[j - 1]):
            copy(tasks[j], tasks[j - 1])
            j -= 1
        copy(tasks[j], held)


@rule
def most_time(workers, p, kept):
    """Row of the clinical practitioner at work with most minutes not yet promised; -1: nobody. `kept`: protected time is kept."""
    found = -1
    most = 0.0
    for k in range(len(workers)):
        worker = workers[k]
        if not worker.present or not worker.clinical:
            continue
        free = unpromised(worker, kept)
        if found < 0 or free > most:
            found = k
            most = free
    return found


@rule
def unpromised(worker, kept):
    """Minutes of today not yet promised to anybody."""
    return worker.minutes_left - worker.planned - (worker.protected_left if kept else 0.0)
