"""Today's list: what is due, in the order of the team's policy; shared work finds somebody with time."""

from cpsim.model.account import this_week
from cpsim.model.codes import WORKING_DAYS, Activity, Mode, Stage
from cpsim.model.records import NEVER
from cpsim.model.rule import rule
from cpsim.model.rules import agenda, contact


@rule
def plan(w):
    """Write today's list of tasks and put it into the order in which the team takes it."""
    team = w.team[0]
    if team.weekday >= WORKING_DAYS:
        return
    for k in range(team.active):
        list_shared(w, w.active[k])
    agenda.sort(w.tasks, team.tasks)
    for j in range(team.tasks):
        find_somebody(w, j)
    for k in range(team.active):
        list_own(w, w.active[k])
    agenda.sort(w.tasks, team.tasks)


@rule
def list_shared(w, i):
    """Work that the team shares: crises, assessments, and people stabilising whose co-ordinator is away."""
    team, person = w.team[0], w.people[i]
    if person.stage == Stage.WAITING:
        if person.assess_left > 0:
            waited = team.day - person.wait_since + person.urgent * NEVER
            agenda.add(w.tasks, team, Activity.ASSESSMENT, i, -1, waited, person.tie_break, 0)
        return
    if person.stage > Stage.STABILISING or person.stage == Stage.RECOVERY or not contact.is_due(person):
        return
    covered = person.coordinator >= 0 and w.workers[person.coordinator].present
    if person.stage == Stage.CRISIS or not covered:
        late = person.days_since_contact - person.interval
        agenda.add(w.tasks, team, contact.activity(person), i, -1, late, person.tie_break, 0)


@rule
def find_somebody(w, j):
    """Shared work goes to the person's co-ordinator if there is time, else to whoever has most; else it is put off."""
    task = w.tasks[j]
    team, person = w.team[0], w.people[task.person]
    p = w.params[team.phase]
    kept = not p.protected_gives_way
    if task.kind == Activity.ASSESSMENT:
        need = min(person.assess_left, p.assessment_sitting_minutes)
    else:
        need = contact.length(task.kind, Mode.VISIT, p) + person.travel + p.notes_minutes
    row = person.coordinator
    if row < 0 or not w.workers[row].present or agenda.unpromised(w.workers[row], kept) < need:
        row = agenda.most_time(w.workers, p, kept)
    if row < 0 or agenda.unpromised(w.workers[row], kept) < need:
        if task.kind != Activity.ASSESSMENT:
            contact.put_off(person, row >= 0, p.day_minutes, team, p)
            this_week(w).put_off += 1
        return
    task.worker = row
    w.workers[row].planned += need


@rule
def list_own(w, i):
    """What the person's own practitioners have to do with them today."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.stage != Stage.RECOVERY and person.stage != Stage.STABILISING:
        return
    row = person.coordinator
    there = row >= 0 and w.workers[row].present
    if contact.is_due(person):
        if there:
            late = person.days_since_contact - person.interval
            agenda.add(w.tasks, team, contact.activity(person), i, row, late, person.tie_break, 0)
        elif person.stage == Stage.RECOVERY:
            contact.put_off(person, False, 0.0, team, p)
            this_week(w).put_off += 1
    if there and person.review_left <= 0 and p.reviews:
        agenda.add(w.tasks, team, Activity.REVIEW, i, row, -person.review_left, person.tie_break, 0)
    if agenda.needs_cp_visit(person, p) and person.rebook_left <= 0:
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
    need = p.contact_minutes + person.travel + p.notes_minutes
    protected = 0
    if not p.protected_gives_way and worker.protected_left - worker.protected_promised >= need:
        protected = 1
        worker.protected_promised += need
    waited = person.days_since_cp - p.cp_visit_every_days
    agenda.add(w.tasks, team, Activity.CP_VISIT, i, person.cp_worker, waited, person.tie_break, protected)
