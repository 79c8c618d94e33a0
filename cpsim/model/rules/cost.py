"""Money: what a day of practitioners, beds, a crisis team, implementation and taking part costs, by who pays.

[roles.csv names the rows of hour costs; cost_inpatient_day, cost_crisis_contact, crisis_crt_contacts_per_day,
cost_training_day]
"""

from cpsim.model.codes import HOUR, Payer
from cpsim.model.rule import rule


@rule
def bill(week, payer, pounds):
    """Enter pounds under their payer."""
    if payer == Payer.TRUST:
        week.cost_trust += pounds
    elif payer == Payer.LOCAL_AUTHORITY:
        week.cost_local_authority += pounds
    elif payer == Payer.VOLUNTARY:
        week.cost_voluntary += pounds
    elif payer == Payer.IMPLEMENTATION:
        week.cost_implementation += pounds
    else:
        week.cost_own_pocket += pounds


@rule
def of_day(worker, p):
    """A practitioner's paid day, GBP; agency cover is dearer. [cost_agency_premium]"""
    employed = of_minutes(worker, worker.wte * p.day_minutes)
    return employed * (1.0 + p.agency_premium) if worker.agency else employed


@rule
def of_minutes(worker, minutes):
    """A practitioner's working time, GBP."""
    return minutes / HOUR * worker.hour_cost


@rule
def bill_day(week, worker, trained, learnt, p):
    """A paid day: time for CP training and supervision is a cost of putting CP into practice, the rest is the payer's.

    trained: share of the day in training, whose cost holds the time and the trainer. learnt: minutes of training or
    supervision.
    """
    time = of_minutes(worker, learnt)
    bill(week, worker.payer, of_day(worker, p) - time)
    if trained > 0:
        week.cost_training += trained * worker.wte * p.training_day_cost
        bill(week, Payer.IMPLEMENTATION, trained * worker.wte * p.training_day_cost)
    else:
        week.cost_supervision += time
        bill(week, Payer.IMPLEMENTATION, time)


@rule
def bill_engagement(week, worker, minutes):
    """Time among local groups is a cost of putting CP into practice, no longer of whoever pays the day."""
    time = of_minutes(worker, minutes)
    week.cost_engagement += time
    bill(week, worker.payer, -time)
    bill(week, Payer.IMPLEMENTATION, time)


@rule
def bill_funds(week, pounds):
    """Funds pay for taking part."""
    week.cost_funds += pounds
    bill(week, Payer.IMPLEMENTATION, pounds)


@rule
def of_care(person, p):
    """What was done for one person, GBP: practitioners' minutes, the crisis team, the ward."""
    held = person.days_held * p.crisis_team_contacts_a_day * p.crisis_team_contact_cost
    return person.staff_cost + held + person.days_in_hospital * p.bed_day_cost
