"""A task is done: a contact, what its spare time is used for, an assessment, a review."""

from cpsim.model import draw
from cpsim.model.account import this_week
from cpsim.model.codes import BARRIERS, STEPS, Activity, Contact, Mode, Purpose, Source, Stage
from cpsim.model.hours.joining import join, settle_attempt
from cpsim.model.hours.windows import stop_booking
from cpsim.model.rule import rule
from cpsim.model.rules import access, connecting, contact, gates, referral


@rule
def perform(w, j):
    """Do one task of today's list, as far as there is time."""
    task = w.tasks[j]
    if task.worker < 0:
        return
    if task.kind == Activity.ASSESSMENT:
        assess(w, task.person, task.worker)
    elif task.kind == Activity.REVIEW:
        review(w, task.person, task.worker)
    else:
        ended, where, minutes, luck = meet(w, j)
        if ended == Contact.HELD:
            after_contact(w, j, where, minutes, luck)


@rule
def assess(w, i, k):
    """Some minutes of an assessment; when it is complete the person is taken on or the referral is closed."""
    team, person, worker = w.team[0], w.people[i], w.workers[k]
    p = w.params[team.phase]
    minutes = min(person.assess_left, p.assessment_sitting_minutes)
    minutes = max(0.0, min(minutes, contact.usable(worker, 0, p)))
    contact.use(worker, minutes, 0)
    w.minutes[worker.role, Activity.ASSESSMENT] += minutes
    if referral.assess(person, minutes) and not person.accepted:
        person.stage = Stage.NOT_ACCEPTED


@rule
def review(w, i, k):
    """A review of the care plan, if there is time for a whole one."""
    team, person, worker = w.team[0], w.people[i], w.workers[k]
    p = w.params[team.phase]
    if contact.usable(worker, 0, p) < p.review_minutes:
        return
    contact.use(worker, p.review_minutes, 0)
    w.minutes[worker.role, Activity.REVIEW] += p.review_minutes
    person.review_left = p.review_interval_days
    person.reviews_done += 1


@rule
def meet(w, j):
    """Try to hold the contact. Returns (Contact, Mode, minutes, luck of the agenda)."""
    task = w.tasks[j]
    team, person, worker = w.team[0], w.people[task.person], w.workers[task.worker]
    p = w.params[team.phase]
    week = this_week(w)
    ended, where, minutes, luck = contact.attempt(
        person, worker, task.kind, task.protected, w.minutes[worker.role], w.seed, p
    )
    if task.kind == Activity.CP_VISIT and ended == Contact.HELD:
        week.free += minutes + person.travel + p.notes_minutes
    if ended == Contact.NO_TIME:
        contact.put_off(person, True, worker.crisis_minutes, team, p)
        week.put_off += 1
    elif ended == Contact.NOT_SEEN:
        week.not_seen += 1
    else:
        count_contact(w, j, minutes)
    return ended, where, minutes, luck


@rule
def count_contact(w, j, minutes):
    """Enter a contact held into the week's account, by the person's stage."""
    task, week = w.tasks[j], this_week(w)
    person = w.people[task.person]
    if person.stage == Stage.CRISIS:
        week.contacts_crisis += 1
        week.minutes_crisis += minutes
        person.window_crisis = 1
        w.workers[task.worker].crisis_minutes += minutes
    elif person.stage == Stage.STABILISING:
        week.contacts_stabilising += 1
        week.minutes_stabilising += minutes
    else:
        week.contacts_recovery += 1
        week.minutes_recovery += minutes
    if task.kind == Activity.CP_VISIT:
        week.contacts_cp += 1


@rule
def after_contact(w, j, where, minutes, luck):
    """What the time left in the contact is used for: CP if it can move on, otherwise ordinary support."""
    task = w.tasks[j]
    i, k = task.person, task.worker
    person = w.people[i]
    p = w.params[w.team[0].phase]
    if person.stage == Stage.CRISIS:
        return
    explain(w, i, k)
    unwell = contact.is_unwell(person, w.seed, p)
    spare = 0.0 if unwell else contact.spare_minutes(person, task.kind, where, minutes, luck, p)
    used = try_connecting(w, i, k, where, spare, unwell)
    if used < p.least_minutes <= spare:
        support(w, i, k)


@rule
def explain(w, i, k):
    """A practitioner who has opened the materials may explain them, CP or not; an event of its own."""
    person, worker = w.people[i], w.workers[k]
    p = w.params[w.team[0].phase]
    if person.explained or not p.materials or not (worker.opened or worker.trained):
        return
    luck = draw.uniform(w.seed, Purpose.EXPLAINING, person.id, person.contacts_planned)
    person.explained = 1 if luck < p.explain_chance else 0


@rule
def try_connecting(w, i, k, where, spare, unwell):
    """Ask, gate by gate, whether this contact moves CP on, and move it on if nothing stands in the way. Returns minutes.

    Only contacts of the practitioner who does CP with the person count, and at the steps that touch the community not
    those by phone.
    """
    person = w.people[i]
    p = w.params[w.team[0].phase]
    step = max(1, person.step)
    if not person.window_open or person.step > STEPS or k != person.cp_worker:
        return 0.0
    if where == Mode.PHONE and gates.in_community(step):
        return 0.0
    useful = spare - connecting.recap(person, p)
    enough, gets_on = spare >= p.least_minutes, useful >= p.least_minutes
    gates.note_contact(person, unwell, enough, gets_on)
    if unwell or not gets_on or gates.drawn(person, step):
        return 0.0
    went_to = connecting.work(person, w.workers[k], useful, p)
    this_week(w).cp_minutes += useful
    if went_to == BARRIERS:
        join(w, i, person.window_place, Source.CP)
    if person.step > STEPS and person.cp_active:
        stop_booking(w, i)
    return spare


@rule
def support(w, i, k):
    """Ordinary social support, in every team: now and then it comes to an attempt at a connection; clarity helps it too."""
    team, person, worker = w.team[0], w.people[i], w.workers[k]
    p = w.params[team.phase]
    chance = p.ordinary_attempts * team.ordinary * (1.0 + worker.clarity)
    if draw.uniform(w.seed, Purpose.ORDINARY_ATTEMPT, person.id, person.contacts_planned) >= chance:
        return
    person.ordinary_helped = 1
    person.ordinary_attempts += 1
    place, mask = access.consider(
        person, w.places, w.kinds, team.day, Purpose.ORDINARY_PLACES, person.ordinary_attempts, False, w.seed, p
    )
    settle_attempt(w, i, place, mask, Source.ORDINARY)
