"""Belonging to a place: joining, going week by week, feeling at ease, making ties, stopping.

[community_attendance, community_lapse_3m, community_comfort_gain, community_tie_rate, community_accompany_or]
"""

from cpsim.model import draw
from cpsim.model.codes import Purpose, Source, Stage
from cpsim.model.rule import rule


@rule
def join(person, membership, place, row, source, day, p):
    """The person begins to go to a place."""
    membership.place = row
    membership.source = source
    membership.since = day
    membership.comfort = p.comfort_start
    membership.attended = 0
    membership.accompanied = p.accompanied_visits if source == Source.CP else 0
    place.members += 1
    person.joined += 1


@rule
def stop(membership, place):
    """The person stops going."""
    membership.place = -1
    place.members -= 1


@rule
def well_enough(person):
    """People in crisis or in hospital do not go; their place is kept."""
    return person.stage != Stage.CRISIS and person.stage != Stage.HOSPITAL


@rule
def chance_of_going(membership, p):
    """Chance (0-1) that a member goes to a meeting; company on the first visits helps. [community_accompany_or]"""
    if not membership.accompanied:
        return p.attendance
    odds = p.attendance * p.accompany_or
    return odds / (1.0 - p.attendance + odds)


@rule
def effect(membership, p):
    """How much meeting people there counts (0-1): fully, but for what CP led to in a world without its effect."""
    return p.cp_effect if membership.source == Source.CP else 1.0


@rule
def ease(membership, p):
    """How much at ease there (0-1), as far as it counts; 0: no longer a member."""
    return membership.comfort * effect(membership, p) if membership.place >= 0 else 0.0


@rule
def week(person, membership, place, day, luck, p):
    """One week of a membership; `luck` is four uniform numbers. Was the person there?"""
    lapse, goes, tie, _ = luck
    at_ease = (1.0 - membership.comfort) / (1.0 - p.comfort_start)
    if day >= place.closes or lapse < p.lapse_a_week * at_ease:
        stop(membership, place)
        return False
    if not well_enough(person) or goes >= chance_of_going(membership, p):
        return False
    membership.attended += 1
    membership.accompanied = max(0, membership.accompanied - 1)
    membership.comfort += p.comfort_gain * place.welcome * (1.0 - membership.comfort)
    if tie < p.ties_a_session * effect(membership, p):
        person.ties_new += 1
        person.ties_made += 1
    return True


@rule
def luck_of_week(person, slot, slots, seed):
    """The luck of this week for one membership: the person's n-th week of meeting."""
    return draw.four(seed, Purpose.ATTENDANCE, person.id, person.sessions * slots + slot)
