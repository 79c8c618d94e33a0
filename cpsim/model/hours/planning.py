"""Today's lists: what is due, in the order of the team's policy; shared work finds somebody with time."""

from cpsim.model.account import this_week
from cpsim.model.codes import WORKING_DAYS, Activity, Due, Mode, Stage
from cpsim.model.records import NEVER
from cpsim.model.rule import rule
from cpsim.model.rules import agenda, contact


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
            list_shared(w, w.active[k], w.due[k])
            list_own(w, w.active[k], w.due[k])
    give_out(w)


@rule
def find_due(people, active, due, team, p):
    """What is due today with everybody with the service, as bits of Due."""
    for k in range(team.active):
        due[k] = agenda.is_due(people[active[k]], p)


@rule
def is_covered(w, person):
    """Is the person's care co-ordinator at work today?"""
    return person.coordinator >= 0 and w.workers[person.coordinator].present


@rule
def list_shared(w, i, due):
    """Work that the team shares: crises, assessments, and people stabilising whose co-ordinator is away."""
    team, person = w.team[0], w.people[i]
    if due & Due.ASSESSMENT:
        waited = team.day - person.wait_since + person.urgent * NEVER
        share(w, agenda.add(w.tasks, team, Activity.ASSESSMENT, i, -1, waited, person.tie_break, 0))
    elif due & Due.CONTACT and person.stage != Stage.RECOVERY:
        if person.stage == Stage.CRISIS or not is_covered(w, person):
            late = person.days_since_contact - person.interval
            share(w, agenda.add(w.tasks, team, contact.activity(person), i, -1, late, person.tie_break, 0))


@rule
def share(w, row):
    """Put a task on the list that the team shares."""
    w.team[0].first_shared = agenda.insert(w.tasks, row, w.team[0].first_shared)


@rule
def give(w, row, k):
    """Put a task on a practitioner's list."""
    w.tasks[row].worker = k
    w.workers[k].first_task = agenda.insert(w.tasks, row, w.workers[k].first_task)


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
        k = agenda.most_time(w.workers)
    if k >= 0 and agenda.unpromised(w.workers[k]) >= need:
        w.workers[k].planned += need
        give(w, row, k)
    elif task.kind != Activity.ASSESSMENT:
        contact.put_off(person, k >= 0, p.day_minutes, team, p)
        this_week(w).put_off += 1


@rule
def minutes_needed(person, kind, p):
    """Minutes to keep for a shared task: a sitting of an assessment, or a visit with its travel and notes."""
    if kind == Activity.ASSESSMENT:
        return min(person.assess_left, p.assessment_sitting_minutes)
    return contact.length(kind, Mode.VISIT, p) + person.travel + p.notes_minutes


@rule
def list_own(w, i, due):
    """What the person's own practitioners have to do with them today."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.stage != Stage.RECOVERY and person.stage != Stage.STABILISING:
        return
    k = person.coordinator
    covered = is_covered(w, person)
    if due & Due.CONTACT:
        if covered:
            late = person.days_since_contact - person.interval
            give(w, agenda.add(w.tasks, team, contact.activity(person), i, k, late, person.tie_break, 0), k)
        elif person.stage == Stage.RECOVERY:
            contact.put_off(person, False, 0.0, team, p)
            this_week(w).put_off += 1
    if due & Due.REVIEW and covered:
        give(w, agenda.add(w.tasks, team, Activity.REVIEW, i, k, -person.review_left, person.tie_break, 0), k)
    if due & Due.CP_VISIT:
        list_cp_visit(w, i)


@rule
def list_cp_visit(w, i):
    """A visit for CP; in protected time while that lasts, where the team protects it."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    worker = w.workers[person.cp_worker]
    if not worker.present:
        contact.put_off(person, False, 0.0, team, p)
        return
    need = minutes_needed(person, Activity.CP_VISIT, p)
    protected = 1 if agenda.fits_protected(worker, need, p) else 0
    worker.protected_promised += need * protected
    waited = person.days_since_cp - p.cp_visit_every_days
    row = agenda.add(w.tasks, team, Activity.CP_VISIT, i, person.cp_worker, waited, person.tie_break, protected)
    w.tasks[row].need = need
    give(w, row, person.cp_worker)
