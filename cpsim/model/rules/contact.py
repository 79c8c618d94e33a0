"""Planned contacts: is one due, is there time for it, is the person seen, what does it leave behind.

"No time" is asked before "was the person seen", so that a full day is counted as lack of capacity and never as the
person's choice. Minutes and days throughout; [names] are rows of the evidence register.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import HOUR, Activity, Contact, Mode, Purpose, Stage
from cpsim.model.rule import rule


@rule
def planned_interval(person, factor, p):
    """Days between planned contacts. [contact_recovery_interval_days, contact_stabilising_rate, contact_crisis_rate]

    In hospital nobody is due; the interval is that of stabilising, which follows.
    """
    if person.stage == Stage.RECOVERY:
        return p.recovery_interval_days / factor
    if person.stage == Stage.CRISIS:
        return p.crisis_shared_interval_days if person.held_by_crisis_team else p.crisis_interval_days
    return p.stabilising_interval_days


@rule
def activity(person):
    """What the contact counts as in the account of minutes."""
    if person.stage == Stage.CRISIS:
        return Activity.CRISIS
    if person.stage == Stage.RECOVERY:
        return Activity.ROUTINE
    return Activity.STABILISING


@rule
def chance_of_missing(person, p):
    """Chance (0-1) that the person is not seen at a planned contact.

    [contact_dna_home_visit, contact_miss_anxiety_or]
    """
    logit = p.miss_logit + p.miss_anxiety * person.social_anxiety - p.miss_relationship * person.relationship
    return 1.0 / (1.0 + math.exp(-logit))


@rule
def mode(person, kind, luck, p):
    """Where it takes place. Crises are met face to face; a visit for CP starts at the person's home.

    Of face-to-face contacts about half are at the base and cost no travel. [contact_phone_share,
    contact_in_community_share]
    """
    if kind == Activity.CP_VISIT:
        return Mode.VISIT
    phone = 0.0 if kind == Activity.CRISIS else p.phone_share
    if luck < phone:
        return Mode.PHONE
    if luck < phone + (1.0 - phone) * p.base_share:
        return Mode.BASE
    return Mode.VISIT


@rule
def length(kind, where, p):
    """Minutes face to face or on the phone.

    [time_routine_contact_minutes, time_crisis_contact_minutes, contact_phone_minutes]
    """
    if kind == Activity.CRISIS:
        return p.crisis_minutes
    if where == Mode.PHONE:
        return p.phone_minutes
    return p.contact_minutes


@rule
def usable(worker, protected):
    """Minutes that a task may use: what is kept for visits in protected time is for these alone."""
    return worker.minutes_left if protected else worker.minutes_left - worker.protected_promised


@rule
def attempt(person, worker, kind, protected, spent, seed, p):
    """Try to hold one contact; change both rows in place. Returns (Contact, Mode, minutes held, luck of the agenda).

    spent: the role's row of the account of minutes.
    """
    # Asked of the person and their n-th planned contact, not of the day or the worker: under another staffing
    # plan the same person has the same luck, so two plans differ by their staffing alone.
    event = person.contacts_planned + 1
    seen, place, agenda, _ = draw.four(seed, Purpose.CONTACT, person.id, event)
    where = mode(person, kind, place, p)
    minutes = length(kind, where, p)
    travel = person.travel if where == Mode.VISIT else 0.0
    if usable(worker, protected) < minutes + travel + p.notes_minutes:
        return Contact.NO_TIME, where, 0.0, agenda

    person.contacts_planned = event
    spent[Activity.TRAVEL] += travel
    use(person, worker, travel, protected)
    if seen < chance_of_missing(person, p):
        person.contacts_missed += 1
        person.put_off = 0
        person.rebook_left = 0.0 if kind == Activity.CRISIS else p.rebook_days  # in a crisis, tried again the next day
        return Contact.NOT_SEEN, where, 0.0, agenda  # the journey is lost; the hour itself can be used again

    spent[kind] += minutes
    spent[Activity.NOTES] += p.notes_minutes
    use(person, worker, minutes + p.notes_minutes, protected)
    hold(person, minutes, p)
    return Contact.HELD, where, minutes, agenda


@rule
def use(person, worker, minutes, protected):
    """Minutes go to a person; those of a visit in protected time come out of its bank."""
    person.staff_minutes += minutes
    person.staff_cost += minutes / HOUR * worker.hour_cost
    worker.minutes_left -= minutes
    if protected:
        worker.protected_bank -= minutes


@rule
def hold(person, minutes, p):
    """The person was seen: time starts anew and the relationship grows; it nears 1 and never passes it."""
    person.days_since_contact = 0
    person.put_off = 0
    person.contacts_held += 1
    person.contact_minutes += minutes
    person.relationship += p.relationship_gain * (1.0 - person.relationship)


@rule
def spare_minutes(person, kind, where, minutes, luck, p):
    """Minutes of a contact that its agenda leaves for social matters. [time_social_in_routine_minutes]

    A visit for CP, and any contact of a team with a free agenda, is all theirs; by phone in proportion to its length.
    """
    if kind == Activity.CP_VISIT or p.free_agenda:
        return minutes
    spare = p.spare_most_minutes * luck
    if person.stage == Stage.STABILISING:
        spare *= p.spare_stabilising
    if where == Mode.PHONE:
        spare *= p.phone_minutes / p.contact_minutes
    return spare


@rule
def is_unwell(person, seed, p):
    """Is the person too unwell at this contact for anything social? Asked of their n-th planned contact."""
    luck = draw.uniform(seed, Purpose.CONTACT_LENGTH, person.id, person.contacts_planned)
    return luck < (p.unwell_stabilising if person.stage == Stage.STABILISING else p.unwell_recovery)


@rule
def put_off(person, worker_there, recent_crisis, team, p):
    """A due contact finds no time: count the day, by its cause, for the window's account.

    Cause: nobody there -> absence; as much crisis work in the last days as the contact would have taken -> crisis work;
    the work would fit if every post were filled -> vacant post; otherwise the caseload is too high.
    """
    person.put_off += 1
    if not worker_there:
        person.put_off_absence += 1
    elif recent_crisis >= p.contact_minutes + p.notes_minutes:
        person.put_off_crisis += 1
    elif team.pressure * (team.in_post + team.agency) <= team.established < team.pressure * team.established:
        person.put_off_absence += 1
    else:
        person.put_off_caseload += 1


@rule
def day_passes(person, p):
    """A day without anything: contact ages and the relationship fades. [contact_relationship_halflife]"""
    person.days_since_contact += 1
    person.days_since_cp += 1
    person.rebook_left -= 1
    person.review_left -= 1
    person.relationship *= p.relationship_kept
