"""The end of a run: ties by kind, what the town offers, and the hours that each strategy took."""

from cpsim.model.codes import HOUR, Activity, Stage
from cpsim.model.rule import rule
from cpsim.model.rules import funds, supply


@rule
def tally_strategies(w, out, p):
    """Write this part of the run's line."""
    count_ties(w, out)
    count_groups(w, out)
    count_strategies(w, out, p)


@rule
def count_ties(w, out):
    """Ties by kind of the people on the caseload at the end, and those renewed in the weeks reported."""
    there = 0.0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if person.stage < Stage.CRISIS or person.stage > Stage.HOSPITAL:
            continue
        there += 1
        out.ties_family += person.ties_family
        out.ties_friends += person.ties_friends
        out.ties_neighbours += person.ties_neighbours
        out.ties_groups += person.ties_new
        out.ties_renewed += person.ties_renewed
    people = max(1.0, there)
    out.ties_family /= people
    out.ties_friends /= people
    out.ties_neighbours /= people
    out.ties_groups /= people
    out.ties_renewed /= people


@rule
def count_groups(w, out):
    """Groups open at the end, how many of them the team knows, and how many its work has opened."""
    for k in range(len(w.places)):
        if supply.is_open(w.places[k], w.team[0].day):
            out.groups_open += 1
            out.groups_known += w.places[k].known
    if out.groups_open > 0:
        out.groups_known /= out.groups_open
    out.groups_opened = w.team[0].groups_opened


@rule
def count_strategies(w, out, p):
    """Hours of each strategy in the weeks reported, and what became of a budget; costs are in the weekly lines."""
    for role in range(len(w.minutes)):
        spent = w.minutes[role]
        out.training_hours += spent[Activity.CP_LEARNING] / HOUR
        out.supervision_hours += spent[Activity.CP_SUPERVISION] / HOUR
        out.leadership_hours += spent[Activity.CP_LEADING] / HOUR
        out.engagement_hours += spent[Activity.ENGAGEMENT] / HOUR
        out.funds_hours += spent[Activity.CP_FUNDS] / HOUR
    out.funds_spent = paid_by_funds(w, p)
    if p.budget_limited:
        out.funds_unspent_no_time = p.budget - funds.arranged(w.team[0], p)
        out.funds_unspent_no_use = funds.left(w.team[0], p)


@rule
def paid_by_funds(w, p):
    """GBP that funds paid: of a budget what is gone, without one what they paid of taking part."""
    if p.budget_limited:
        return w.team[0].spent
    paid = 0.0
    for i in range(w.team[0].next_referral):
        paid += w.people[i].funded
    return paid
