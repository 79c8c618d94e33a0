"""The locality: settlements, homes and places people can go to, in km from the centre.

Homes and groups stand in settlements, or scattered over a square patch. The team's base is in the first settlement,
at the centre.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import KINDS, Purpose
from cpsim.model.records import NEVER
from cpsim.model.rule import rule
from cpsim.model.rules import supply

RESERVE = 500_000  # first address of groups that the team's work could open
GENERATION = 1_000_000  # addresses from a group to the one that opens when it closes


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
def life(number, p, seed):
    """Days that a group lasts; one that is there on the first day lasts as long from then on, as lives without memory
    do.
    """
    return math.ceil(p.group_life_days * draw.exponential(seed, Purpose.PLACE_LIFE, number, 0))


@rule
def draw_place(place, kind, number, opens, since, p, seed):
    """One group or place: where it is, what it asks, how full it is, how long it lasts from the day `since`."""
    place.id = number
    place.kind = kind
    place.x, place.y, centre = somewhere(Purpose.PLACE, number, p, seed)
    bus, free, extras, _ = draw.four(seed, Purpose.PLACE_TERMS, number, 0)
    place.near_bus = 1 if centre == 0 or bus < p.bus_reach else 0
    place.opens = opens
    place.closes = since + life(number, p, seed)
    place.next = -1
    place.funded = 0 if p.budget_limited else 1
    place.places = math.floor(p.places_a_week)
    supply.fill(place, since, seed, p)
    place.fee = 0.0 if free < p.free_share else p.fee
    place.extras = 2.0 * p.extras * extras  # from nothing to twice the mean
    place.welcome = p.welcome
    place.known = p.known_at_start


@rule
def count_places(town, reserve, days, p, seed):
    """Rows for all groups of a run of so many days: those of the town, those that could be opened, and all that follow
    them.
    """
    rows = 0
    for number in range(town):
        rows += count_chain(number, days, p, seed)
    for number in range(RESERVE, RESERVE + reserve):
        rows += count_chain(number, days, p, seed)
    return rows


@rule
def count_chain(number, days, p, seed):
    """Groups that follow each other within so many days, the first among them."""
    lived, rows = 0, 0
    while lived < days:
        lived += life(number + rows * GENERATION, p, seed)
        rows += 1
    return rows


@rule
def populate_places(places, kinds, town, reserve, first_day, last_day, p, seed):
    """All groups that will ever be, sorted by kind; `kinds` gets what each kind has.

    As one closes another opens, elsewhere and on its own terms, so that the town's number stays. A richer locality has
    the same groups and more.
    """
    row = 0
    for kind in range(KINDS):
        first = row
        for number in range(kind, town, KINDS):
            draw_place(places[row], kind, number, -NEVER, first_day, p, seed)
            row += 1
        kinds[kind, 0], kinds[kind, 1] = first, row - first
        for number in range(RESERVE + kind, RESERVE + reserve, KINDS):
            draw_place(
                places[row], kind, number, NEVER, NEVER, p, seed
            )  # its days are counted from NEVER till it opens
            row += 1
        kinds[kind, -1] = row - first
        for head in range(first, row):
            ends = last_day if places[head].opens < NEVER else NEVER + last_day - first_day
            row = draw_successors(places, head, row, ends, p, seed)


@rule
def draw_successors(places, head, row, ends, p, seed):
    """Groups that follow each other from the one in row `head` on, written from `row` on. Returns the next free row."""
    last = head
    while places[last].closes < ends:
        day = places[last].closes
        draw_place(places[row], places[last].kind, places[last].id + GENERATION, day, day, p, seed)
        places[last].next = row
        last = row
        row += 1
    return row
