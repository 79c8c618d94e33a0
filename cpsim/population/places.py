"""The locality: settlements, homes and places people can go to, in km from the centre.

Homes and groups stand in settlements, or scattered over a square patch. The team's base is in the first settlement,
at the centre.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import KINDS, Purpose
from cpsim.model.records import NEVER
from cpsim.model.rule import rule


@rule
def settlement(number, p, seed):
    """Where a settlement lies; the first is the centre."""
    if number == 0:
        return 0.0, 0.0
    east, north = draw.pair(seed, Purpose.SETTLEMENT, number, 0)
    return p.radius_km * (east + east - 1.0), p.radius_km * (north + north - 1.0)


@rule
def somewhere(purpose, who, p, seed):
    """A point of the patch. Returns (km east, km north, number of the settlement or -1)."""
    east, north, settled, which = draw.four(seed, purpose, who, 0)
    x, y = p.radius_km * (east + east - 1.0), p.radius_km * (north + north - 1.0)
    if settled >= p.settled_share:
        return x, y, -1
    number = math.floor(which * p.settlements)
    centre_x, centre_y = settlement(number, p, seed)
    size = 1.0 / (p.settlements + 1.0)  # of a settlement, relative to the patch
    return centre_x + size * x, centre_y + size * y, number


@rule
def draw_place(place, kind, number, p, seed):
    """One group or place: where it is, what it asks, how full it is."""
    place.id = number
    place.kind = kind
    place.x, place.y, centre = somewhere(Purpose.PLACE, number, p, seed)
    bus, free, taken, _ = draw.four(seed, Purpose.PLACE_TERMS, number, 0)
    place.near_bus = 1 if centre == 0 or bus < p.bus_reach else 0
    place.opens = -NEVER
    place.closes = NEVER
    place.places = math.floor(p.places_a_week)
    place.others = math.floor(place.places * math.pow(taken, p.places_exponent))
    place.fee = 0.0 if free < p.free_share else p.fee
    place.extras = p.extras
    place.welcome = p.welcome
    place.known = p.known_at_start


@rule
def populate_places(places, kinds, p, seed):
    """All places, sorted by kind; `kinds` gets the first row of each.

    A richer locality has the same places and more.
    """
    row = 0
    for kind in range(KINDS):
        kinds[kind] = row
        for number in range(kind, len(places), KINDS):
            draw_place(places[row], kind, number, p, seed)
            row += 1
    kinds[KINDS] = row
