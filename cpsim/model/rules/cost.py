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
    employed = worker.wte * p.day_minutes / HOUR * worker.hour_cost
    return employed * (1.0 + p.agency_premium) if worker.agency else employed
