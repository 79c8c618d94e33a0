"""An attempt at a connection is written down, and ends in joining if nothing stood in the way."""

from cpsim.model.records import MEMBERSHIPS
from cpsim.model.rule import rule
from cpsim.model.rules import access, membership


@rule
def settle_attempt(w, i, place, mask, source):
    """Write the attempt into the account of access; join if nothing stood in the way."""
    if w.team[0].day >= 0:
        access.record(w.access[source], mask)
    if mask == 0:
        join(w, i, place, source)


@rule
def join(w, i, place, source):
    """Join a place, unless the person belongs to it already or to as many as they can."""
    if place < 0:
        return
    team, free = w.team[0], -1
    for slot in range(MEMBERSHIPS):
        row = w.memberships[i * MEMBERSHIPS + slot].place
        if row == place:
            return
        if row < 0 and free < 0:
            free = i * MEMBERSHIPS + slot
    if free >= 0 and access.has_room(w.places[place], team.day):
        p = w.params[team.phase]
        membership.join(w.people[i], w.memberships[free], w.places[place], place, source, team.day, p)
