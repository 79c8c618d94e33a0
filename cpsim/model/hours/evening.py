"""The day ends: work with local groups, what is left over, pressure, the week's line."""

from cpsim.model.account import end_team_day, end_week, this_week
from cpsim.model.codes import DAYS_A_WEEK, HOUR, WORKING_DAYS, Activity, Stage
from cpsim.model.rule import rule
from cpsim.model.rules import absence, agenda, cost, engagement, pressure


@rule
def close_day(w):
    """The day ends: groups, what is left over, pressure, the week's line; people who have left drop off the list."""
    team = w.team[0]
    p = w.params[team.phase]
    if team.weekday < WORKING_DAYS:
        engage(w)
        for k in range(len(w.workers)):
            worker = w.workers[k]
            left = absence.end_day(worker, w.minutes[worker.role])
            if worker.coordinates:
                this_week(w).free += left
        pressure.end_day(team, p)
    end_team_day(w)
    drop_leavers(w)
    if (team.day - team.first_day) % DAYS_A_WEEK == DAYS_A_WEEK - 1:
        end_week(w)


@rule
def engage(w):
    """Work with local groups, by whoever has most time left, as far as it is owed."""
    team = w.team[0]
    p = w.params[team.phase]
    engagement.owe(team, p)
    done = 0.0
    for _ in range(len(w.workers)):
        k = agenda.most_time(w.workers, team.day % len(w.workers) / len(w.workers))
        if k < 0 or team.engagement_bank <= 0 or w.workers[k].minutes_left <= 0:
            break
        minutes = engagement.take(team, w.workers[k])
        w.minutes[w.workers[k].role, Activity.ENGAGEMENT] += minutes
        cost.bill_engagement(this_week(w), w.workers[k], minutes)
        this_week(w).cp_work += minutes
        done += minutes
    if done > 0:
        learn_places(w, done / HOUR)


@rule
def learn_places(w, hours):
    """Hours among local groups raise knowledge of every place, and now and then win something."""
    team = w.team[0]
    p = w.params[team.phase]
    team.engagement_hours += hours
    for k in range(len(w.places)):
        engagement.learn(w.places[k], hours, p)
    while engagement.has_won(team, p) and len(w.places) > 0:
        wins = team.engagement_wins
        engagement.win(w.places[wins // 2 % len(w.places)], wins & 1, p)


@rule
def drop_leavers(w):
    """Keep the list of people with the service in row order, without those who have left."""
    team = w.team[0]
    kept = 0
    for k in range(team.active):
        i = w.active[k]
        if w.people[i].stage <= Stage.HOSPITAL:
            w.active[kept] = i
            kept += 1
    team.active = kept
