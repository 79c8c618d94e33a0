"""Is there a place for this person? Anxiety, knowledge, supply, transport and money, for the best of a few places.

The same question serves CP, ordinary support and the person's own initiative. Every gate is asked of every place
considered; the place at which fewest fail is the one that counts, so nothing has to be imputed.
[community_places_considered, community_interest_match, community_anxiety_or, community_accompany_or,
community_befriend_ever_met, community_affordable_share, community_walk_km]
"""

import math

from cpsim.model import draw
from cpsim.model.codes import Gate, Purpose
from cpsim.model.rule import rule


@rule
def bit(gate):
    """The gate's bit in a mask."""
    return 1 << gate


@rule
def count(mask):
    """Number of gates in a mask; each turn takes the lowest bit away."""
    found = 0
    while mask > 0:
        mask &= mask - 1
        found += 1
    return found


@rule
def dares(person, company, luck, p):
    """Does social anxiety let the person go to a first meeting? Company helps, the more of the first visits the better.

    company: visits that somebody goes along. [community_accompany_or, community_accompany_full_visits]
    """
    logit = p.first_meeting_logit + p.log_anxiety_or * person.social_anxiety
    logit += p.log_accompany_or * min(1.0, company / p.accompany_full_visits)
    return luck < 1.0 / (1.0 + math.exp(-logit))


@rule
def can_get_there(person, place, p):
    """By own transport, on foot, or by a bus that serves both ends."""
    if person.car or (person.near_bus and place.near_bus):
        return True
    return is_near(person, place, p)


@rule
def is_near(person, place, p):
    """Within walking distance?"""
    east, north = person.home_x - place.x, person.home_y - place.y
    return east * east + north * north <= p.walk_km * p.walk_km


@rule
def fare(person, place, p):
    """Bus fare there and back where the person has to take the bus and pay for it, GBP. [person_bus_pass]"""
    return 0.0 if person.car or person.bus_pass or is_near(person, place, p) else p.bus_fare


@rule
def costs(person, place, p):
    """What a visit costs whoever pays, after waivers, GBP."""
    return (0.0 if place.waived else place.fee) + place.extras + fare(person, place, p)


@rule
def asked_of_person(person, place, p):
    """What a visit costs the person after waivers and what funds pay, GBP."""
    return costs(person, place, p) - paid_by_funds(person, place, p)


@rule
def paid_by_funds(person, place, p):
    """What funds pay for a visit while they last, GBP."""
    if not place.funded:
        return 0.0
    fee = 0.0 if place.waived or not p.pay_fees else place.fee
    extras = place.extras if p.pay_extras else 0.0
    return fee + extras + (fare(person, place, p) if p.pay_fares else 0.0)


@rule
def has_room(place, day):
    """Is the group open, with a place free?"""
    return place.opens <= day < place.closes and place.others + place.members < place.places


@rule
def row_now(places, row, day):
    """Row of the group that is there now in the place of one that may have closed."""
    while places[row].closes <= day and places[row].next >= 0:
        row = places[row].next
    return row


@rule
def failing(person, place, day, known_luck, match_luck, p):
    """Bits of the gates that fail at one place."""
    mask = 0
    if known_luck >= place.known:
        mask |= bit(Gate.NOT_KNOWN)
    if not has_room(place, day) or match_luck >= p.interest_match:
        mask |= bit(Gate.NOT_OPEN)
    if not can_get_there(person, place, p):
        mask |= bit(Gate.TRANSPORT)
    if asked_of_person(person, place, p) > p.affordable_share * person.spare_income:
        mask |= bit(Gate.MONEY)
    return mask


@rule
def consider(person, places, kinds, day, purpose, event, company, remembered, seed, p):
    """The best place of a few and what stands in its way. Returns (row of the place or -1, bits of failing gates).

    company: first visits that somebody goes along. remembered: row of a place found before, which is known and
    suits; -1: none.
    """
    nerve, _ = draw.pair(seed, purpose, person.id, event * (p.places_considered + 1))
    anxious = 0 if dares(person, company, nerve, p) else bit(Gate.ANXIETY)
    found = remembered
    least = bit(Gate.NOT_KNOWN) | bit(Gate.NOT_OPEN)
    if remembered >= 0:
        least = failing(person, places[remembered], day, -1.0, -1.0, p)
    for k in range(p.places_considered):
        which, where, known_luck, match_luck = draw.four(
            seed, purpose, person.id, event * (p.places_considered + 1) + 1 + k
        )
        kind = person.interest_a if which < p.first_interest_share else person.interest_b
        supply = kinds[kind, 1]
        if supply == 0:
            continue
        row = row_now(places, kinds[kind, 0] + math.floor(where * supply), day)
        mask = failing(person, places[row], day, known_luck, match_luck, p)
        if found < 0 or count(mask) < count(least):
            found = row
            least = mask
    return found, least | anxious


@rule
def search(person, places, kinds, day, seed, p):
    """Practitioner and person look for a way, place by place, as far as the minutes so far go. Returns the row of a
    place at which nothing stands in the way, or -1.

    What they look at together they know; that it is open, of interest, within reach and means, and that the person
    dares to go, is asked of each. [implementation_search_minutes]
    """
    row = -1
    while row < 0 and (person.looks + 1) * p.search_minutes <= person.search_minutes:
        person.looks += 1
        row = look_at_one_more(person, places, kinds, day, seed, p)
    return row


@rule
def look_at_one_more(person, places, kinds, day, seed, p):
    """Row of one more place of the kinds the person likes, if nothing stands in the way; else -1."""
    person.places_looked_at += 1
    which, where, match_luck, nerve = draw.four(seed, Purpose.SEARCH, person.id, person.places_looked_at)
    kind = person.interest_a if which < p.first_interest_share else person.interest_b
    if kinds[kind, 1] == 0 or not dares(person, p.accompanied_visits, nerve, p):
        return -1
    row = row_now(places, kinds[kind, 0] + math.floor(where * kinds[kind, 1]), day)
    return row if failing(person, places[row], day, -1.0, match_luck, p) == 0 else -1


@rule
def record(tally, mask):
    """Enter one attempt into the account of access; `tally` holds one source's lines, one for each gate."""
    stopped = count(mask)
    first = True
    for gate in range(len(tally)):
        line = tally[gate]
        line.attempts += 1
        if stopped == 0:
            line.succeeded += 1
        if mask & bit(gate):
            line.any_failing += 1
            if first:
                line.first_failing += 1
            if stopped == 1:
                line.only_failing += 1
            first = False
