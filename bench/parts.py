"""Where a simulated day's time goes, by part of the day: the profile shown beside the speed.

Each part is called from Python once a day; what such a call costs by itself is measured with a rule that does nothing,
and taken off. Merging the parts into one function makes the engine somewhat faster than their sum.
"""

import time

import cpsim
from cpsim.engine.run import team_plans
from cpsim.model import day as model_day
from cpsim.model import draw
from cpsim.model.account import this_week
from cpsim.model.hours import living
from cpsim.model.rule import rule
from cpsim.population.populate import populate


@rule
def nothing(w):
    w.team[0].day += 0


@rule
def mornings(w):
    for k in range(len(w.workers)):
        model_day.morning(w, k)


@rule
def days_alone(w):
    team = w.team[0]
    p = w.params[team.phase]
    living.live_alone(w.people, w.active, w.events, w.memberships, w.places, team, this_week(w), w.seed, p)


@rule
def events(w):
    team = w.team[0]
    for k in range(team.active):
        if w.events[k]:
            living.respond(w, w.active[k], w.events[k])


@rule
def working(w):
    for k in range(len(w.workers)):
        model_day.work(w, k)


PARTS = {
    "mornings of practitioners": mornings,
    "referrals, allocation": model_day.receive,
    "each person's day by itself": days_alone,
    "windows and other events": events,
    "today's lists": model_day.plan,
    "contacts": working,
    "end of the day and week": model_day.close_day,
}


def timed(part, w):
    """Nanoseconds of one call."""
    begun = time.perf_counter_ns()
    part(w)
    return time.perf_counter_ns() - begun


def ns_by_part(scenario="cmht", runs=5):
    """Nanoseconds per active service-user-day of each part of the day."""
    [team] = team_plans(cpsim.load(scenario))
    spent, calls, days = dict.fromkeys(PARTS, 0), 0, 0
    for number in range(runs + 1):  # the first only warms up
        counts = number > 0
        w = populate(team.plan, int(draw.world_seed(1, number, 0)))
        while w.team[0]["day"] < w.team[0]["last_day"] - 1:
            model_day.open_day(w)
            for name, part in PARTS.items():
                spent[name] += timed(part, w) * counts
            calls += timed(nothing, w) * counts
            days += int(w.team[0]["active"]) * counts
    return {name: (whole - calls) / days for name, whole in spent.items()}
