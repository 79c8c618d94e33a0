"""Who is counted in the account of a run, and shares of them."""

import math

from cpsim.model.codes import STEPS
from cpsim.model.records import WINDOW_DAYS
from cpsim.model.rule import rule

YEAR = 365.25  # days


@rule
def days_on_caseload(person):
    """Days on the caseload in the weeks reported, waiting not counted."""
    return person.days_in_recovery + person.days_stabilising + person.days_in_crisis + person.days_in_hospital


@rule
def could_take_up(person, days):
    """On the caseload for half of the time, out of crisis and hospital for 28 days, wanting more connection at some
    time.

    People who had finished all five steps before the first day reported are not counted again.
    """
    well = person.days_in_recovery + person.days_stabilising
    there = days_on_caseload(person)
    return there + there >= days and well >= WINDOW_DAYS and person.wished and person.steps_done_before < STEPS


@rule
def share_of(part, whole):
    """A share or a mean; of nobody: not a number."""
    return part / whole if whole > 0 else math.nan


@rule
def mean_travel(w):
    """Minutes there and back to a person on the caseload, mean."""
    whole, people = 0.0, 0
    for k in range(w.team[0].active):
        whole += w.people[w.active[k]].travel
        people += 1
    return whole / people if people > 0 else 0.0
