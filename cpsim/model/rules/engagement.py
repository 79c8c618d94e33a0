"""Work with local groups: hours raise what the team knows of places, and win places and waivers.

[implementation_local_knowledge_gain, implementation_engagement_hours_per_group, implementation_engagement_hours_base]
"""

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
def learn(place, hours, p):
    """Knowledge of a place nears 1 with hours among local groups."""
    place.known += p.knowledge_gain * hours * (1.0 - place.known)


@rule
def has_won(team, p):
    """Is there enough work for another thing won: places, or a waiver, in turn?"""
    if team.engagement_hours - team.engagement_spent < p.engagement_hours_per_win:
        return False
    team.engagement_spent += p.engagement_hours_per_win
    team.engagement_wins += 1
    return True


@rule
def win(place, by_waiver, p):
    """A group waives its fee for service users, or opens more places to them."""
    if by_waiver:
        place.waived = 1
    else:
        place.places += p.places_won
