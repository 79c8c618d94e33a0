"""What changed for people over the weeks reported: scores, who is better, the same or worse, connections, crises."""

from cpsim.model.codes import Stage
from cpsim.model.counted import YEAR, days_on_caseload, share_of
from cpsim.model.rule import rule
from cpsim.model.rules import cost


@rule
def count_changes(w, out, p):
    """Scores of the people on the caseload at the end, and what happened to all who were on it."""
    there = 0.0
    crises, admissions = 0.0, 0.0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        person.care_cost = cost.of_care(person, p)
        out.person_days += days_on_caseload(person)
        crises += person.crises
        admissions += person.admissions
        if is_there(person):
            there += 1
            add_scores(person, out)
            add_better(person, out, p)
            add_happenings(person, out)
    share_scores(out, there)
    share_better(out, there)
    share_happenings(out, there)
    if out.person_days > 0:
        out.crises_per_person_year = crises / out.person_days * YEAR
        out.admissions_per_person_year = admissions / out.person_days * YEAR


@rule
def is_there(person):
    """Is the person on the caseload?"""
    return Stage.CRISIS <= person.stage <= Stage.HOSPITAL


@rule
def add_scores(person, out):
    """Scores at the end, and against day 0 or joining."""
    out.rguk_change += person.capital - person.capital_before
    out.rguk_end += person.capital
    out.wemwbs_change += person.wellbeing - person.wellbeing_before
    out.wemwbs_end += person.wellbeing
    out.qpr_change += person.recovery - person.recovery_before
    out.qpr_end += person.recovery
    out.health_change += person.health - person.health_before
    out.health_end += person.health
    out.inclusion_change += person.inclusion - person.inclusion_before
    out.inclusion_end += person.inclusion


@rule
def add_better(person, out, p):
    """Is the change worthwhile for the person, one way or the other?"""
    out.rguk_better += person.capital - person.capital_before >= p.worthwhile_capital
    out.rguk_worse += person.capital_before - person.capital >= p.worthwhile_capital
    out.wemwbs_better += person.wellbeing - person.wellbeing_before >= p.worthwhile_wellbeing
    out.wemwbs_worse += person.wellbeing_before - person.wellbeing >= p.worthwhile_wellbeing
    out.qpr_better += person.recovery - person.recovery_before >= p.worthwhile_recovery
    out.qpr_worse += person.recovery_before - person.recovery >= p.worthwhile_recovery
    out.health_better += person.health - person.health_before >= p.worthwhile_health
    out.health_worse += person.health_before - person.health >= p.worthwhile_health


@rule
def add_happenings(person, out):
    """Goals, ties, places, reviews and changes of worker in the weeks reported."""
    out.goal_reached += person.goal_reached
    out.new_ties += person.ties_made
    out.joined_share += person.joined > 0
    out.reviews_per_person += person.reviews_done
    out.changed_worker += person.worker_changes > 0


@rule
def share_scores(out, there):
    """Sums become means of those who are there; nobody there: not a number."""
    out.rguk_change = share_of(out.rguk_change, there)
    out.rguk_end = share_of(out.rguk_end, there)
    out.wemwbs_change = share_of(out.wemwbs_change, there)
    out.wemwbs_end = share_of(out.wemwbs_end, there)
    out.qpr_change = share_of(out.qpr_change, there)
    out.qpr_end = share_of(out.qpr_end, there)
    out.health_change = share_of(out.health_change, there)
    out.health_end = share_of(out.health_end, there)
    out.inclusion_change = share_of(out.inclusion_change, there)
    out.inclusion_end = share_of(out.inclusion_end, there)


@rule
def share_better(out, there):
    """Counts become shares; who is neither better nor worse is the same."""
    out.rguk_better = share_of(out.rguk_better, there)
    out.rguk_worse = share_of(out.rguk_worse, there)
    out.rguk_same = 1.0 - out.rguk_better - out.rguk_worse
    out.wemwbs_better = share_of(out.wemwbs_better, there)
    out.wemwbs_worse = share_of(out.wemwbs_worse, there)
    out.wemwbs_same = 1.0 - out.wemwbs_better - out.wemwbs_worse
    out.qpr_better = share_of(out.qpr_better, there)
    out.qpr_worse = share_of(out.qpr_worse, there)
    out.qpr_same = 1.0 - out.qpr_better - out.qpr_worse
    out.health_better = share_of(out.health_better, there)
    out.health_worse = share_of(out.health_worse, there)
    out.health_same = 1.0 - out.health_better - out.health_worse


@rule
def share_happenings(out, there):
    """Counts become shares and means."""
    out.goal_reached = share_of(out.goal_reached, there)
    out.new_ties = share_of(out.new_ties, there)
    out.joined_share = share_of(out.joined_share, there)
    out.reviews_per_person = share_of(out.reviews_per_person, there)
    out.changed_worker = share_of(out.changed_worker, there)
