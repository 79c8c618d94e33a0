"""The team and its town: the week of groups and funds, and what work with local groups brings."""

import math

from cpsim.model import draw
from cpsim.model.account import this_week
from cpsim.model.codes import HOUR, KINDS, WINS, Activity, Purpose, Win
from cpsim.model.records import NEVER, WINDOW_DAYS
from cpsim.model.rule import rule
from cpsim.model.rules import agenda, cost, engagement, funds, learning, supply


@rule
def begin_week(w):
    """Monday: who leads on CP, whether funds pay, which groups begin a term; training is bought if funds are for it."""
    team = w.team[0]
    p = w.params[team.phase]
    team.lead = learning.choose_lead(w.workers)
    if p.budget_buys_training:
        buy_training(team, w.workers, p)
    pays = funds.pay_for_visits(team, p)
    known, there = 0.0, 0
    for k in range(len(w.places)):
        place = w.places[k]
        place.funded = pays
        if supply.is_open(place, team.day):
            known += place.known
            there += 1
        if supply.term_begins(place, team.day, p):
            supply.fill(place, team.day, w.seed, p)
    team.in_touch = known / there if there > 0 else 0.0


@rule
def buy_training(team, workers, p):
    """Funds pay days of training, the keenest first, as far as they last."""
    for _ in range(len(workers)):
        keenest = -1
        for k in range(len(workers)):
            if funds.could_be_trained(workers[k]) and (keenest < 0 or learning.is_keener(workers[k], workers[keenest])):
                keenest = k
        if keenest < 0 or not funds.buy_training(team, workers[keenest], p):
            return


@rule
def engage(w):
    """Work with local groups, by whoever has most time left, as far as it is owed."""
    team = w.team[0]
    p = w.params[team.phase]
    engagement.owe(team, p)
    done = 0.0
    for _ in range(len(w.workers)):
        k = agenda.most_time(w.workers, team.day % WINDOW_DAYS / WINDOW_DAYS)  # equals in turn, however many posts
        if k < 0 or team.engagement_bank <= 0 or w.workers[k].minutes_left <= 0:
            break
        minutes = engagement.take(team, w.workers[k])
        w.minutes[w.workers[k].role, Activity.ENGAGEMENT] += minutes
        cost.bill_engagement(this_week(w), w.workers[k], minutes)
        this_week(w).cp_work += minutes
        done += minutes
    hours = engagement.beyond(done / HOUR, w.params[0], p)
    if hours > 0:
        learn_places(w, hours)


@rule
def learn_places(w, hours):
    """Hours among local groups raise knowledge of every group there is, and now and then win something."""
    team = w.team[0]
    p = w.params[team.phase]
    team.engagement_hours += hours
    for k in range(len(w.places)):
        if supply.is_open(w.places[k], team.day):
            engagement.learn(w.places[k], hours, p)
    while engagement.has_won(team, p):
        win(w, team.engagement_wins % WINS)


@rule
def win(w, what):
    """Something is won: a new group where the town lacks most, or a waiver or places with one that there is.

    Where no fee is asked any more, or no more groups can be opened, it is places.
    """
    p = w.params[w.team[0].phase]
    if what == Win.GROUP and open_group(w):
        return
    row = find_group(w, what)
    if row >= 0:
        engagement.win(w.places[row], what, p)
    elif what == Win.WAIVER:
        row = find_group(w, Win.PLACES)
        if row >= 0:
            engagement.win(w.places[row], Win.PLACES, p)


@rule
def find_group(w, what):
    """Row of an open group with which this could be won, by chance; -1: none."""
    team, count = w.team[0], len(w.places)
    first = math.floor(count * draw.uniform(w.seed, Purpose.PLACE_WON, 0, team.engagement_wins))
    for k in range(count):
        row = (first + k) % count
        if supply.is_open(w.places[row], team.day) and engagement.could_win(w.places[row], what):
            return row
    return -1


@rule
def open_group(w):
    """A new group opens, of the kind of which there are fewest. Returns whether one could."""
    team = w.team[0]
    kind = -1
    for k in range(KINDS):
        if w.kinds[k, 1] < w.kinds[k, -1] and (kind < 0 or w.kinds[k, 1] < w.kinds[kind, 1]):
            kind = k
    if kind < 0:
        return False
    row = w.kinds[kind, 0] + w.kinds[kind, 1]
    w.kinds[kind, 1] += 1
    supply.open_from(w.places, row, team.day, NEVER)
    supply.fill(w.places[row], team.day, w.seed, w.params[team.phase])
    team.groups_opened += 1
    return True


@rule
def arrange_funds(w):
    """What is left of the day goes into arranging what a budget pays for, where the team has time to spare."""
    team = w.team[0]
    p = w.params[team.phase]
    for k in range(len(w.workers)):
        worker = w.workers[k]
        if funds.to_arrange(team, p) > 0 and worker.present:
            minutes = funds.arrange(team, worker, p)
            w.minutes[worker.role, Activity.CP_FUNDS] += minutes
            cost.bill_leading(this_week(w), worker, minutes)
            this_week(w).cp_work += minutes
