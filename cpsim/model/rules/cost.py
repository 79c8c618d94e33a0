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
    employed = of_minutes(worker, worker.today * p.day_minutes)
    return employed * (1.0 + p.agency_premium) if worker.agency else employed


@rule
def of_minutes(worker, minutes):
    """A practitioner's working time, GBP."""
    return minutes / HOUR * worker.hour_cost


@rule
def bill_training(week, worker, share, minutes, p):
    """Training is a cost of putting CP into practice, time and trainer; its time is no longer of whoever pays the day.

    share: of the day. minutes: the same in minutes.
    """
    price = share * worker.wte * p.training_day_cost
    week.cost_training += price
    bill(week, worker.payer, -of_minutes(worker, minutes))
    bill(week, Payer.IMPLEMENTATION, price)


@rule
def bill_supervision(week, worker, minutes):
    """Time in CP supervision is a cost of putting CP into practice."""
    week.cost_supervision += move_time(week, worker, minutes)


@rule
def bill_leading(week, worker, minutes):
    """Time of leading on CP and of arranging what funds pay is a cost of putting CP into practice."""
    week.cost_leadership += move_time(week, worker, minutes)


@rule
def move_time(week, worker, minutes):
    """Working time is billed to putting CP into practice, no longer to whoever pays the day. Returns GBP."""
    time = of_minutes(worker, minutes)
    bill(week, worker.payer, -time)
    bill(week, Payer.IMPLEMENTATION, time)
    return time


@rule
def bill_engagement(week, worker, minutes):
    """Time among local groups is a cost of putting CP into practice."""
    week.cost_engagement += move_time(week, worker, minutes)


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
