"""Today's lists: what is due, in the order of the team's policy; shared work finds somebody with time."""

from cpsim.model.account import this_week
from cpsim.model.codes import WORKING_DAYS, Activity, Due, Mode, Stage
from cpsim.model.records import NEVER
from cpsim.model.rule import rule
from cpsim.model.rules import absence, agenda, contact


@rule
def plan(w):
    """Write each practitioner's list: their own work, and then what the team shares, given out to whoever has time."""
    team = w.team[0]
    team.tasks = 0
    team.first_shared = -1
    for k in range(len(w.workers)):
        w.workers[k].first_task = -1
    if team.weekday >= WORKING_DAYS:
        return
    find_due(w.people, w.active, w.due, team, w.params[team.phase])
    for k in range(team.active):
        if w.due[k]:
            i = w.active[k]
            list_tasks(w.people[i], i, w.due[k], w.workers, w.tasks, team, this_week(w), w.params[team.phase])
    give_out(w)


@rule
def find_due(people, active, due, team, p):
    """What is due today with everybody with the service, as bits of Due."""
    for k in range(team.active):
        due[k] = agenda.is_due(people[active[k]], p)


@rule
def is_covered(person, workers):
    """Is the person's care co-ordinator at work today?"""
    return person.coordinator >= 0 and workers[person.coordinator].present


@rule
def list_tasks(person, i, due, workers, tasks, team, week, p):
    """Put what is due with the person (row `i`) on a list: their practitioners', or the one that the team shares.

    The team shares crises, assessments, and people stabilising whose co-ordinator is away.
    """
    covered = is_covered(person, workers)
    if due & Due.CP_VISIT:
        both = covered and person.cp_worker == person.coordinator and due & Due.CONTACT > 0
        list_cp_visit(person, i, both, workers[person.cp_worker], tasks, team, p)
        due -= Due.CONTACT * both  # nobody calls twice on one day: the visit is the contact
    if due & (Due.ASSESSMENT | Due.CONTACT):
        shared = person.stage != Stage.RECOVERY and not (person.stage == Stage.STABILISING and covered)
        if shared or covered:
            row = agenda.add(tasks, team, kind_due(person), i, urgency(person, team), person.tie_break, 0)
            if shared:
                team.first_shared = agenda.insert(tasks, row, team.first_shared)
            else:
                give(row, workers[person.coordinator], person.coordinator, tasks)
        elif person.coordinator < 0 or not absence.has_day_off(workers[person.coordinator]):
            contact.put_off(person, False, 0.0, team, p)
            week.put_off += 1
    if due & Due.REVIEW and covered:
        row = agenda.add(tasks, team, Activity.REVIEW, i, 0.0 - person.review_left, person.tie_break, 0)
        give(row, workers[person.coordinator], person.coordinator, tasks)


@rule
def kind_due(person):
    """What is due with the person besides reviews and visits for CP."""
    return Activity.ASSESSMENT if person.stage == Stage.WAITING else contact.activity(person)


@rule
def urgency(person, team):
    """Days waited or overdue; urgent referrals before all others."""
    if person.stage == Stage.WAITING:
        return float(team.day - person.wait_since + person.urgent * NEVER)
    return person.days_since_contact - person.interval


@rule
def list_cp_visit(person, i, both, worker, tasks, team, p):
    """A visit for CP; in protected time while that lasts, where the team protects it.

    both: is it also the planned contact? Then it has that one's place in the day.
    """
    if not worker.present:
        if not absence.has_day_off(worker):
            contact.put_off(person, False, 0.0, team, p)
        return
    need = minutes_needed(person, Activity.CP_VISIT, p)
    protected = 1 if agenda.fits_protected(worker, need, p) else 0
    worker.protected_promised += need * protected
    waited = person.days_since_cp - p.cp_visit_every_days
    row = agenda.add(tasks, team, Activity.CP_VISIT, i, waited, person.tie_break, protected)
    tasks[row].need = need
    if both:
        tasks[row].rank = min(tasks[row].rank, agenda.rank(contact.activity(person), 0))
    give(row, worker, person.cp_worker, tasks)


@rule
def give(row, worker, k, tasks):
    """Put a task on the list of a practitioner (row `k`)."""
    tasks[row].worker = k
    worker.first_task = agenda.insert(tasks, row, worker.first_task)


@rule
def give_out(w):
    """Shared work, most urgent first, finds somebody with time or is put off."""
    row = w.team[0].first_shared
    while row >= 0:
        following = w.tasks[row].next
        find_somebody(w, row)
        row = following


@rule
def find_somebody(w, row):
    """Shared work goes to the person's co-ordinator if there is time, else to whoever has most; else it is put off."""
    task = w.tasks[row]
    team, person = w.team[0], w.people[task.person]
    p = w.params[team.phase]
    need = minutes_needed(person, task.kind, p)
    k = person.coordinator
    if k < 0 or not w.workers[k].present or agenda.unpromised(w.workers[k]) < need:
        k = agenda.most_time(w.workers, person.tie_break)
    if k >= 0 and agenda.unpromised(w.workers[k]) >= need:
        w.workers[k].planned += need
        give(row, w.workers[k], k, w.tasks)
    elif task.kind != Activity.ASSESSMENT:
        contact.put_off(person, k >= 0, p.day_minutes, team, p)
        this_week(w).put_off += 1


@rule
def minutes_needed(person, kind, p):
    """Minutes to keep for a shared task: a sitting of an assessment, or a visit with its travel and notes."""
    if kind == Activity.ASSESSMENT:
        return min(person.assess_left, p.assessment_sitting_minutes)
    return contact.length(kind, Mode.VISIT, p) + person.travel + p.notes_minutes
