"""A practitioner works: contacts and what their spare time is used for, assessments, reviews."""

from cpsim.model import draw
from cpsim.model.account import this_week
from cpsim.model.codes import BARRIERS, STEPS, Activity, Contact, Mode, Purpose, Source, Stage, Use
from cpsim.model.hours.joining import join, settle_attempt
from cpsim.model.hours.windows import stop_booking
from cpsim.model.rule import rule
from cpsim.model.rules import access, connecting, contact, gates, referral


@rule
def work(w, k):
    """One practitioner goes through today's list."""
    row = w.workers[k].first_task
    while row >= 0:
        perform(w, row)
        row = w.tasks[row].next
    w.workers[k].planned = 0.0


@rule
def perform(w, row):
    """Do one task, as far as there is time."""
    task, team = w.tasks[row], w.team[0]
    person, worker = w.people[task.person], w.workers[task.worker]
    p = w.params[team.phase]
    spent = w.minutes[worker.role]
    if task.kind == Activity.ASSESSMENT:
        assess(person, worker, spent, p)
    elif task.kind == Activity.REVIEW:
        review(person, worker, spent, p)
    else:
        ended, where, minutes, luck = meet(person, worker, task, team, this_week(w), spent, w.seed, p)
        if ended == Contact.HELD and person.stage != Stage.CRISIS:
            used = use_spare_time(person, worker, task, where, minutes, luck, team, this_week(w), w.seed, p)
            if used:
                follow_up(w, task.person, used)


@rule
def assess(person, worker, spent, p):
    """Some minutes of an assessment; when it is complete the person is taken on or the referral is closed."""
    minutes = min(person.assess_left, p.assessment_sitting_minutes)
    minutes = max(0.0, min(minutes, contact.usable(worker, 0)))
    contact.use(person, worker, minutes, 0)
    spent[Activity.ASSESSMENT] += minutes
    if referral.assess(person, minutes) and not person.accepted:
        person.stage = Stage.NOT_ACCEPTED


@rule
def review(person, worker, spent, p):
    """A review of the care plan, if there is time for a whole one."""
    if contact.usable(worker, 0) < p.review_minutes:
        return
    contact.use(person, worker, p.review_minutes, 0)
    spent[Activity.REVIEW] += p.review_minutes
    person.review_left = p.review_interval_days
    person.reviews_done += 1


@rule
def meet(person, worker, task, team, week, spent, seed, p):
    """Try to hold the contact. Returns (Contact, Mode, minutes, luck of the agenda)."""
    if task.protected:  # what was kept for this visit is free for it now
        worker.protected_promised = max(0.0, worker.protected_promised - task.need)
    ended, where, minutes, luck = contact.attempt(person, worker, task.kind, task.protected, spent, seed, p)
    if ended == Contact.NO_TIME:
        contact.put_off(person, True, worker.crisis_minutes, team, p)
        week.put_off += 1
    elif ended == Contact.NOT_SEEN:
        week.not_seen += 1
    else:
        count_contact(person, worker, task.kind, minutes, week, p)
    return ended, where, minutes, luck


@rule
def count_contact(person, worker, kind, minutes, week, p):
    """Enter a contact held into the week's account, by the person's stage."""
    if person.stage == Stage.CRISIS:
        week.contacts_crisis += 1
        week.minutes_crisis += minutes
        person.window_crisis = 1
        worker.crisis_minutes += minutes
    elif person.stage == Stage.STABILISING:
        week.contacts_stabilising += 1
        week.minutes_stabilising += minutes
    else:
        week.contacts_recovery += 1
        week.minutes_recovery += minutes
    if kind == Activity.CP_VISIT:
        week.contacts_cp += 1
        week.free += minutes + person.travel + p.notes_minutes
        week.cp_work += minutes + person.travel + p.notes_minutes


@rule
def use_spare_time(person, worker, task, where, minutes, luck, team, week, seed, p):
    """What the time left in a contact is used for: CP if it can move on, otherwise ordinary support.

    Returns bits of Use.
    """
    explain(person, worker, seed, p)
    unwell = contact.is_unwell(person, seed, p)
    spare = 0.0 if unwell else contact.spare_minutes(person, task.kind, where, minutes, luck, p)
    used = try_connecting(person, worker, task.worker, where, spare, unwell, team, week, p)
    if used:
        return used
    if task.kind == Activity.CP_VISIT:
        person.rebook_left = p.rebook_days  # it did not get to CP: another day, but not tomorrow
    if spare >= p.least_minutes:
        return Use.SUPPORTED * supports(person, worker, team, seed, p)
    return 0


@rule
def explain(person, worker, seed, p):
    """A practitioner who has opened the materials may explain them, CP or not; an event of its own."""
    if person.explained or not p.materials or not (worker.opened or worker.trained):
        return
    luck = draw.uniform(seed, Purpose.EXPLAINING, person.id, person.contacts_planned)
    person.explained = 1 if luck < p.explain_chance else 0


@rule
def try_connecting(person, worker, k, where, spare, unwell, team, week, p):
    """Use the contact for CP, if nothing forbids it. Returns bits of Use; 0: it was not used for CP.

    Only contacts of the practitioner who does CP with the person count, and at the steps that touch the community not
    those by phone. Where something stands between the person and a place, the minutes go into looking for a way.
    """
    step = max(1, person.step)
    if not person.window_open or person.step > STEPS or k != person.cp_worker:
        return 0
    if where == Mode.PHONE and gates.in_community(step):
        return 0
    useful = spare - connecting.recap(person, p)
    gates.note_contact(person, unwell, spare >= p.least_minutes, useful >= p.least_minutes)
    if unwell or useful < p.least_minutes or person.window_gates & gates.asked_first():
        return 0
    week.cp_minutes += useful
    used = Use.SEARCHES
    if gates.in_the_way(person, step):
        person.search_minutes += useful
    else:
        if gates.in_community(step):
            person.found_place = person.window_place  # found together, and not forgotten
        used = move_on(person, worker, useful, team, p)
    connecting.spend(person, worker, useful, p)
    return used


@rule
def move_on(person, worker, minutes, team, p):
    """Minutes are added to the step in hand. Returns bits of Use."""
    step = connecting.work(person, worker, minutes, team.in_touch, p)
    return Use.MOVES_ON + Use.JOINS * (step == BARRIERS) + Use.FINISHED * (person.step > STEPS)


@rule
def supports(person, worker, team, seed, p):
    """Ordinary social support, in every team: does it come to an attempt at a connection? Clarity helps it too."""
    chance = p.ordinary_attempts * team.ordinary * (1.0 + worker.clarity)
    if draw.uniform(seed, Purpose.ORDINARY_ATTEMPT, person.id, person.contacts_planned) >= chance:
        return False
    person.ordinary_helped = 1
    return True


@rule
def follow_up(w, i, used):
    """What the spare time of a contact leads to.

    A way to a place, joining it, the end of booked visits, an attempt at a connection.
    """
    team, person = w.team[0], w.people[i]
    if used & Use.SEARCHES:
        used += look_for_a_way(w, i)
    if used & Use.JOINS:
        join(w, i, person.window_place, Source.CP)
    if used & Use.FINISHED and person.cp_active:
        stop_booking(person, w.workers)
    if used & Use.SUPPORTED:
        person.ordinary_attempts += 1
        place, mask = access.consider(
            person, w.places, w.kinds, team.day, Purpose.ORDINARY_PLACES, person.ordinary_attempts, 0, -1, w.seed,
            w.params[team.phase],
        )  # fmt: skip
        settle_attempt(w, i, place, mask, Source.ORDINARY)


@rule
def look_for_a_way(w, i):
    """Something stands between the person and a place, which is the work of steps 2 and 4. Returns bits of Use.

    When a way is found all minutes of the window that went into looking for it count at the step.
    """
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    row = access.search(person, w.places, w.kinds, team.day, w.seed, p)
    if row < 0:
        return 0
    gates.overcome(person, row)
    if team.day >= 0:
        access.record(w.access[Source.CP], 0)
    return move_on(person, w.workers[person.cp_worker], person.search_minutes, team, p)
