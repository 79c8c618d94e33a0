"""The window: 28 days in the life of a person who could take up Connecting People, and what stops it.

Gates that do not depend on what happens are drawn on the window's first day and the days' rules read those same
results. Those between a person and a place are the work of steps 2 and 4: practitioner and person look for a way, and
the gates fail only if none is found before the window ends. Capacity, "too unwell", "no time left" and dose are settled
on its last day from what happened. A window is delivered if and only if no gate failed: one truth, two readings.
[person_wants_connection_help, implementation_supervision_effect, implementation_leadership_effect]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import Gate, Purpose, Stage
from cpsim.model.records import CLOSED, DELIVERED, SEEN
from cpsim.model.rule import rule


@rule
def bit(gate):
    """The gate's bit in a mask."""
    return 1 << gate


@rule
def in_community(step):
    """Steps 2 (explore new opportunities) and 4 (address barriers) touch the community."""
    return step > 1 and step & 1 == 0


@rule
def wants(person, luck):
    """Does the person want more connection in this window?"""
    return luck < person.wish


@rule
def chance_of_priority(worker, p):
    """Chance (0-1) that CP is a priority for this practitioner now.

    Role, threshold, supervision, leadership, materials.
    """
    if not p.materials or not (worker.opened or worker.trained):
        return 0.0
    logit = math.log(worker.orientation / (1.0 - worker.orientation)) - worker.threshold
    if p.supervision_every_weeks > 0:
        logit += p.log_supervision_effect
    logit += p.leadership_level * p.log_leadership_effect
    return 1.0 / (1.0 + math.exp(-logit))


@rule
def draw_gates(person, worker, seed, p):
    """Bits of the gates of person and practitioner that fail in the window that opens today.

    With `separate_gates` off they share one luck: each fails as often as ever, but the lesser failures fall within the
    greater, the other end of what gates that depend on each other could do.
    """
    person.windows_opened += 1
    wish, clear, priority, _ = draw.four(seed, Purpose.WINDOW_PERSON, person.id, person.windows_opened)
    if not p.separate_gates:
        clear = priority = wish
    mask = 0
    if not wants(person, wish):
        mask |= bit(Gate.NOT_WANTED)
    if clear >= worker.clarity:
        mask |= bit(Gate.NOT_CLEAR)
    if priority >= chance_of_priority(worker, p):
        mask |= bit(Gate.NOT_PRIORITY)
    return mask


@rule
def open_window(person, day, mask, place):
    """Begin a window: what was drawn holds until it closes."""
    person.window_open = 1
    person.window_day = day
    person.window_gates = mask
    person.window_place = place
    person.window_step = max(1, person.step)
    person.window_unwell = 1 if person.stage == Stage.CRISIS else 0
    person.window_crisis = 0
    person.window_carry = 0
    person.window_well = 0
    person.window_time = 0
    person.window_dose = 0
    person.window_minutes = 0.0
    person.search_minutes = 0.0
    person.looks = 0
    person.window_hospital = 0
    person.put_off_crisis = 0
    person.put_off_absence = 0
    person.put_off_caseload = 0
    if not mask & bit(Gate.NOT_WANTED):
        person.wished = 1


@rule
def community_gates():
    """Bits of the gates between a person and a place."""
    return bit(Gate.ANXIETY) | bit(Gate.NOT_KNOWN) | bit(Gate.NOT_OPEN) | bit(Gate.TRANSPORT) | bit(Gate.MONEY)


@rule
def asked_first():
    """Bits of the gates that come before CP is raised with the person at all."""
    return bit(Gate.NOT_WANTED) | bit(Gate.NOT_CLEAR) | bit(Gate.NOT_PRIORITY)


@rule
def drawn(person, step):
    """Of the gates drawn, those that apply at a step."""
    return person.window_gates if in_community(step) else person.window_gates & ~community_gates()


@rule
def in_the_way(person, step):
    """Does anything stand between the person and a place, at a step that touches the community?"""
    return drawn(person, step) & community_gates() != 0


@rule
def overcome(person, place):
    """A way was found in this window: nothing stands between the person and this place any more."""
    person.window_gates &= ~community_gates()
    person.window_place = place
    person.found_place = place


@rule
def note_contact(person, unwell, enough_time, gets_on):
    """Note one contact that could have carried CP: was the person well, was there time, and time after the recap?"""
    person.window_carry += 1
    if unwell:
        return
    person.window_well += 1
    if enough_time:
        person.window_time += 1
    if gets_on:
        person.window_dose += 1


@rule
def capacity(person):
    """The cause for which no contact found time, as a bit; 0: capacity did not fail."""
    if person.window_carry > 0:
        return 0
    most = max(person.put_off_crisis, person.put_off_absence, person.put_off_caseload)
    if most == 0:
        return 0
    if person.put_off_crisis == most:
        return bit(Gate.CRISIS_WORK)
    return bit(Gate.ABSENCE) if person.put_off_absence == most else bit(Gate.CASELOAD)


@rule
def settle(person, seed, p):
    """Bits of all gates that failed in the window that ends today.

    Where no contact could carry CP, the later gates are judged by their own draw (a contact's agenda) or by the
    window's first day (unwell); the window is then marked as not seen.
    """
    mask = drawn(person, person.window_step) | capacity(person)
    unwell = person.window_crisis if person.window_carry == 0 else person.window_well == 0
    if unwell or (person.window_carry == 0 and person.window_unwell):
        mask |= bit(Gate.TOO_UNWELL)
    if person.window_well == 0:
        agenda = draw.uniform(seed, Purpose.IMPUTED_CONTACT, person.id, person.windows_opened)
        if not p.free_agenda and p.spare_most_minutes * agenda < p.least_minutes:
            mask |= bit(Gate.NO_TIME_LEFT)
    elif person.window_time == 0:
        mask |= bit(Gate.NO_TIME_LEFT)
    too_seldom = person.window_carry == 0 and not person.window_crisis and capacity(person) == 0
    if too_seldom or (person.window_time > 0 and person.window_dose == 0):
        mask |= bit(Gate.DOSE)
    return mask


@rule
def close_window(person, seed, p):
    """End the window. Returns its bits with DELIVERED, SEEN and CLOSED; 0 when it does not count (hospital)."""
    mask = settle(person, seed, p)
    person.window_open = 0
    if person.window_hospital:
        return 0
    found = mask | CLOSED
    if person.window_minutes > 0:
        found |= DELIVERED
    if person.window_carry > 0:
        found |= SEEN
    return found
