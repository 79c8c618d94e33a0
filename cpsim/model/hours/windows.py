"""The window opens: who would do CP, what stands in the way, whether visits are booked; and it closes."""

from cpsim.model.codes import STEPS, Purpose, Source, Stage
from cpsim.model.records import MEMBERSHIPS, WINDOW_DAYS
from cpsim.model.rule import rule
from cpsim.model.rules import access, gates


@rule
def close_window(w, i):
    """The window ends: what stopped CP in it is written down, if it began in the weeks reported."""
    team, person = w.team[0], w.people[i]
    if not person.window_open:
        return
    found = gates.close_window(person, w.seed, w.params[team.phase])
    if person.window_day >= 0:
        w.windows[i, person.window_day // WINDOW_DAYS] = found


@rule
def open_window(w, i):
    """A window begins for a person on the caseload, not in hospital, whose five steps are not yet worked through."""
    row = who_considers(w, i)
    if row >= 0:
        begin_window(w, i, consider_cp(w, i, row))


@rule
def who_considers(w, i):
    """Row of the practitioner who thinks about CP with the person in the window that begins today; -1: none begins."""
    person = w.people[i]
    if person.stage == Stage.HOSPITAL or person.step > STEPS:
        return -1
    choose_cp_worker(w, i)
    return person.cp_worker if person.cp_worker >= 0 else max(0, person.last_coordinator)


@rule
def begin_window(w, i, mask):
    """The window begins: what stands in the way is written down; visits are booked if nothing does."""
    person = w.people[i]
    gates.open_window(person, w.team[0].day, mask, person.window_place)
    book(w, i)


@rule
def choose_cp_worker(w, i):
    """Who would do CP with the person: a support or link worker with room, who then stays.

    Else the care co-ordinator.
    """
    person = w.people[i]
    if person.cp_worker >= 0 and person.cp_worker != person.coordinator and w.workers[person.cp_worker].filled:
        return
    if person.cp_worker >= 0:
        stop_cp_with(w, i, person.cp_worker)
    person.cp_worker = person.coordinator
    for k in range(len(w.workers)):
        worker = w.workers[k]
        if worker.filled and worker.helps > worker.cp_people and not worker.coordinates:
            person.cp_worker = k
            return


@rule
def consider_cp(w, i, row):
    """Ask every gate of this window, for this practitioner and the best of a few places. Returns bits of those failing.

    The place is noted with the person. The bits are handed on, so that a Mesa practitioner can think otherwise.
    """
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    mask = gates.draw_gates(person, w.workers[row], w.seed, p)
    place, in_the_way = access.consider(
        person, w.places, w.kinds, team.day, Purpose.WINDOW_PLACES, person.windows_opened,
        p.accompanied_visits > 0, person.found_place, w.seed, p,
    )  # fmt: skip
    if belongs_to(w, i, place):
        in_the_way = 0
    person.window_place = place
    return mask | in_the_way


@rule
def belongs_to(w, i, place):
    """Is the person a member there already? Then nothing stands between them and the place."""
    found = False
    for slot in range(MEMBERSHIPS):
        found = found or (place >= 0 and w.memberships[i * MEMBERSHIPS + slot].place == place)
    return found


@rule
def book(w, i):
    """With nothing in the way, visits for CP are booked, as far as the practitioner takes on so many people at a
    time.
    """
    person = w.people[i]
    p = w.params[w.team[0].phase]
    if person.cp_active:
        stop_booking(w, i)
    if person.cp_worker < 0:
        return
    if gates.drawn(person, person.window_step) & gates.asked_first():
        release_helper(w, i)
        return
    worker = w.workers[person.cp_worker]
    person.asked = 1
    if gates.drawn(person, person.window_step):
        tally_cp_attempt(w, i)
        return
    if gates.in_community(person.window_step):
        tally_cp_attempt(w, i)
    room = worker.helps if not worker.coordinates else p.cp_people_per_wte * worker.wte
    if worker.cp_people < room:
        person.cp_active = 1
        worker.cp_people += 1


@rule
def stop_booking(w, i):
    """Booked visits end; the practitioner stays the same."""
    person = w.people[i]
    person.cp_active = 0
    w.workers[person.cp_worker].cp_people -= 1


@rule
def stop_cp_with(w, i, row):
    """Booked visits with this practitioner end."""
    person = w.people[i]
    if person.cp_worker != row:
        return
    if person.cp_active:
        w.workers[row].cp_people -= 1
    person.cp_worker = -1
    person.cp_active = 0


@rule
def release_helper(w, i):
    """A support or link worker is not kept for somebody who does not take CP up just now."""
    person = w.people[i]
    if person.cp_worker != person.coordinator:
        person.cp_worker = person.coordinator


@rule
def tally_cp_attempt(w, i):
    """At steps 2 and 4 CP tries for a connection: what stands in its way is written into the account of access."""
    person = w.people[i]
    if w.team[0].day >= 0:
        access.record(w.access[Source.CP], person.window_gates & gates.community_gates())
