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
    """Row of the practitioner who thinks about CP with the person in the window that begins today; -1: none begins.

    In a team that has no post at all there is nobody who could.
    """
    person = w.people[i]
    if person.stage == Stage.HOSPITAL or person.step > STEPS or len(w.workers) == 0:
        return -1
    choose_cp_worker(person, w.workers)
    return person.cp_worker if person.cp_worker >= 0 else max(0, person.last_coordinator)


@rule
def begin_window(w, i, mask):
    """The window begins: what stands in the way is written down; visits are booked unless it forbids them."""
    person, team = w.people[i], w.team[0]
    gates.open_window(person, team.day, mask, person.window_place)
    if person.cp_active:
        stop_booking(person, w.workers)
    if person.cp_worker >= 0:
        book(person, w.workers[person.cp_worker], w.access[Source.CP], team.day, w.params[team.phase])


@rule
def choose_cp_worker(person, workers):
    """Who would do CP with the person: a support or link worker with room, who stays; else the care co-ordinator."""
    if person.cp_worker >= 0 and person.cp_worker != person.coordinator and workers[person.cp_worker].filled:
        return
    stop_cp_with(person, workers, person.cp_worker)
    person.cp_worker = person.coordinator
    most = 0
    for k in range(len(workers)):
        room = room_to_help(workers[k])
        if room > most:
            person.cp_worker = k
            most = room


@rule
def room_to_help(worker):
    """People with whom a support or link worker could begin CP now; nobody, unless they know of it at all."""
    knows = worker.opened or worker.trained
    return worker.helps - worker.cp_people if worker.filled and knows and not worker.coordinates else 0


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
        p.accompanied_visits, person.found_place, w.seed, p,
    )  # fmt: skip
    person.window_place = place
    return mask if belongs_to(w.memberships, i, place) else mask | in_the_way


@rule
def belongs_to(memberships, i, place):
    """Is the person (row `i`) a member there already? Then nothing stands between them and the place."""
    found = False
    for slot in range(MEMBERSHIPS):
        found = found or (place >= 0 and memberships[i * MEMBERSHIPS + slot].place == place)
    return found


@rule
def book(person, worker, attempts, day, p):
    """Visits are booked with whoever can be asked, as far as the practitioner takes on so many people at a time; what
    stands between the person and a place is then the work of these visits.

    Nobody raises CP with somebody in crisis.

    attempts: CP's lines in the account of access, where tries for a connection (steps 2 and 4) are written down.
    """
    if person.window_unwell or person.window_gates & gates.asked_first():
        person.cp_worker = person.coordinator  # a support or link worker is not kept for somebody who is not asked
        return
    person.asked = 1
    if gates.in_community(person.window_step) and day >= 0:
        access.record(attempts, person.window_gates & gates.community_gates())
    room = p.cp_people_per_wte * worker.wte if worker.coordinates else worker.helps
    if worker.cp_people < room:
        person.cp_active = 1
        worker.cp_people += 1


@rule
def stop_booking(person, workers):
    """Booked visits end; the practitioner stays the same."""
    person.cp_active = 0
    workers[person.cp_worker].cp_people -= 1


@rule
def stop_cp_with(person, workers, row):
    """The practitioner of this row does CP with the person no more; -1: nobody did."""
    if row < 0 or person.cp_worker != row:
        return
    if person.cp_active:
        stop_booking(person, workers)
    person.cp_worker = -1
