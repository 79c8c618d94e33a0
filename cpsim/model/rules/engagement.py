"""Work with local groups: hours raise what the team knows of places, and win new groups, places and waivers.

What a team has always given keeps things as they are: its knowledge of places is already in them. Hours beyond that
raise knowledge and win something now and then; what was learnt of a group, and won there, ends with the group.
[implementation_local_knowledge_gain, implementation_engagement_hours_per_group, implementation_engagement_hours_base]
"""

from cpsim.model.codes import Win
from cpsim.model.rule import rule


@rule
def owe(team, p):
    """A working day's share of the hours that the team means to give; hours not given within a month lapse."""
    team.engagement_bank = min(
        team.engagement_bank + p.engagement_minutes_a_day, p.engagement_minutes_a_day * p.working_days_a_month
    )


@rule
def take(team, worker):
    """A practitioner gives what is left of the day, as far as it is owed. Returns minutes."""
    minutes = min(team.engagement_bank, worker.minutes_left)
    team.engagement_bank -= minutes
    worker.minutes_left -= minutes
    return minutes


@rule
def beyond(hours, before, p):
    """Of the hours done, those beyond what the team has always given; `before`: its parameters then."""
    more = p.engagement_minutes_a_day - before.engagement_minutes_a_day
    return hours * more / p.engagement_minutes_a_day if more > 0 else 0.0


@rule
def learn(place, hours, p):
    """Knowledge of a place nears 1 with hours among local groups."""
    place.known += min(1.0, p.knowledge_gain * hours) * (1.0 - place.known)


@rule
def has_won(team, p):
    """Is there enough work for another thing won: places, a waiver, a new group, in turn?"""
    if team.engagement_hours - team.engagement_spent < p.engagement_hours_per_win:
        return False
    team.engagement_spent += p.engagement_hours_per_win
    team.engagement_wins += 1
    return True


@rule
def could_win(place, what):
    """Could this be won with an open group? A waiver only where a fee is asked."""
    return what != Win.WAIVER or (place.fee > 0 and not place.waived)


@rule
def win(place, what, p):
    """A group waives its fee for service users, or opens more places to them."""
    if what == Win.WAIVER:
        place.waived = 1
    else:
        place.places += p.places_won
