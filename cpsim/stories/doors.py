"""The one door into the compiled rules that the walk needs and `cpsim.model.day` has not: everybody's own day alone."""

from cpsim.model.account import this_week
from cpsim.model.hours.living import live_alone
from cpsim.model.records import World
from cpsim.model.rule import rule


@rule
def pass_days(w: World) -> None:
    """What the day does to each person alone; `w.events` gets what it asks of others."""
    team = w.team[0]
    live_alone(w.people, w.active, w.events, w.memberships, w.places, team, this_week(w), w.seed, w.params[team.phase])
