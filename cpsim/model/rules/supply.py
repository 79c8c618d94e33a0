"""What the town offers: groups fill and drain by the term, and one opens as another closes.

Which groups there will be, and when each opens and closes, is drawn before the run; the number in the town stays what
it is. Others join and leave a group from term to term; nobody who belongs loses a place to them.
[community_group_lifetime, community_term_weeks, community_places_taken]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, Purpose
from cpsim.model.rule import rule


@rule
def is_open(place, day):
    """Does the group exist on this day?"""
    return place.opens <= day < place.closes


@rule
def term(place, day, p):
    """Number of the group's term on this day; groups begin theirs in different weeks."""
    return (day // DAYS_A_WEEK + place.id) // p.term_weeks


@rule
def term_begins(place, day, p):
    """Does a term begin in this day's week?"""
    return (day // DAYS_A_WEEK + place.id) % p.term_weeks == 0


@rule
def fill(place, day, seed, p):
    """Others take their places for the term, as far as members leave them; places won are not for them."""
    taken = draw.uniform(seed, Purpose.PLACE_FILLS, place.id, term(place, day, p))
    others = math.floor(math.floor(p.places_a_week) * math.pow(taken, p.places_exponent))
    place.others = min(others, place.places - place.members)


@rule
def open_from(places, row, day, never):
    """A group that could be opened opens today, and in time those that follow it; their days were counted from
    `never`.
    """
    places[row].known = 1.0  # whoever opened it knows it
    while row >= 0:
        places[row].opens += day - never
        places[row].closes += day - never
        row = places[row].next
