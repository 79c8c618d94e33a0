"""The accounts of a run: the team's days and weeks, and the fresh page on the first day reported."""

import math

from cpsim.model.codes import DAYS_A_WEEK, Payer, Stage
from cpsim.model.records import MEMBERSHIPS
from cpsim.model.rule import rule
from cpsim.model.rules import connecting, cost, outcome, pressure, stage, supply


@rule
def this_week(w):
    """The line of the week's account."""
    return w.weekly[(w.team[0].day - w.team[0].first_day) // DAYS_A_WEEK]


@rule
def count_person(person, week):
    """A day of one person on the caseload, under the stage in which it is spent."""
    stage.count_day(person)
    if person.stage == Stage.RECOVERY:
        week.in_recovery += 1
        if person.days_since_contact > person.interval:
            week.late += 1
    elif person.stage == Stage.STABILISING:
        week.stabilising += 1
    elif person.stage == Stage.CRISIS:
        week.in_crisis += 1
        week.crisis_team_days += person.held_by_crisis_team
    else:
        week.in_hospital += 1


@rule
def end_team_day(w):
    """A day of the team, at its end."""
    team, week = w.team[0], this_week(w)
    week.established += team.established
    week.in_post += team.in_post
    week.agency += team.agency
    week.pressure += team.pressure


@rule
def end_week(w):
    """The week is over: sums of days become means, beds and the crisis team are billed, scores are read."""
    team, week = w.team[0], this_week(w)
    p = w.params[team.phase]
    week.week = team.day // DAYS_A_WEEK
    week.bed_days = week.in_hospital
    week.caseload = week.in_crisis + week.stabilising + week.in_recovery + week.in_hospital
    cost.bill(week, Payer.TRUST, week.bed_days * p.bed_day_cost)
    cost.bill(week, Payer.TRUST, week.crisis_team_days * p.crisis_team_contacts_a_day * p.crisis_team_contact_cost)
    week.caseload /= DAYS_A_WEEK
    week.waiting /= DAYS_A_WEEK
    week.in_crisis /= DAYS_A_WEEK
    week.stabilising /= DAYS_A_WEEK
    week.in_recovery /= DAYS_A_WEEK
    week.in_hospital /= DAYS_A_WEEK
    week.established /= DAYS_A_WEEK
    week.in_post /= DAYS_A_WEEK
    week.agency /= DAYS_A_WEEK
    week.pressure /= DAYS_A_WEEK
    read_caseloads(week, p)
    read_people(w, week)
    read_places(w.places, team.day, week)


@rule
def read_caseloads(week, p):
    """The three caseloads: for each post, for each practitioner there to carry it, and by what people weigh."""
    unwell = week.in_crisis * p.weight_crisis + week.stabilising * p.weight_stabilising
    week.weighted = unwell + week.in_recovery + week.in_hospital
    carrying = week.in_post + week.agency
    week.caseload_per_established = week.caseload / week.established if week.established > 0 else math.nan
    week.caseload_per_in_post = week.caseload / carrying if carrying > 0 else math.nan
    week.weighted_per_in_post = week.weighted / carrying if carrying > 0 else math.nan


@rule
def read_people(w, week):
    """Scores, memberships and overdue work of the people on the caseload, at the week's end."""
    team = w.team[0]
    p = w.params[team.phase]
    overdue = 0.0
    for k in range(team.active):
        i = w.active[k]
        person = w.people[i]
        overdue += pressure.overdue(person, p)
        if person.stage == Stage.WAITING:
            continue
        week.capital += person.capital
        week.wellbeing += person.wellbeing
        week.ties += person.ties + person.ties_new
        week.ties_family += person.ties_family
        week.ties_friends += person.ties_friends
        week.ties_neighbours += person.ties_neighbours
        week.ties_groups += person.ties_new
        for slot in range(MEMBERSHIPS):
            if w.memberships[i * MEMBERSHIPS + slot].place >= 0:
                week.members += 1
    week.capital = week.capital / team.caseload if team.caseload > 0 else math.nan
    week.wellbeing = week.wellbeing / team.caseload if team.caseload > 0 else math.nan
    week.ties = week.ties / team.caseload if team.caseload > 0 else math.nan
    mean_ties(week, team.caseload)
    week.backlog_days = overdue * team.averaged / team.available if team.available > 0 else 0.0


@rule
def mean_ties(week, people):
    """Ties by kind, from sums to means; of nobody: not a number."""
    week.ties_family = week.ties_family / people if people > 0 else math.nan
    week.ties_friends = week.ties_friends / people if people > 0 else math.nan
    week.ties_neighbours = week.ties_neighbours / people if people > 0 else math.nan
    week.ties_groups = week.ties_groups / people if people > 0 else math.nan


@rule
def read_places(places, day, week):
    """What the town offers at the week's end."""
    for k in range(len(places)):
        if supply.is_open(places[k], day):
            week.groups_open += 1
            week.places_free += places[k].places - places[k].others - places[k].members


@rule
def start_reporting(w):
    """The first day reported: what was counted before is put aside, and where everybody stands is noted."""
    for i in range(len(w.people)):
        start_person(w.people[i], w.params[0])
    w.team[0].arranged = 0.0
    w.team[0].spent = 0.0
    for k in range(len(w.workers)):
        w.workers[k].adopted = 0
    for role in range(w.minutes.shape[0]):
        for activity in range(w.minutes.shape[1]):
            w.minutes[role, activity] = 0.0


@rule
def start_person(person, p):
    """A fresh page for one person."""
    person.days_in_crisis = 0
    person.days_stabilising = 0
    person.days_in_recovery = 0
    person.days_in_hospital = 0
    person.days_waiting = 0
    person.days_late = 0
    person.crises = 0
    person.admissions = 0
    person.worker_changes = 0
    person.reviews_done = 0
    person.contacts_held = 0
    person.contacts_missed = 0
    person.contact_minutes = 0.0
    person.ordinary_helped = 0
    person.cp_contacts = 0
    person.cp_minutes = 0.0
    person.wished = 0
    person.asked = 0
    person.ties_made = 0.0
    person.ties_renewed = 0.0
    person.joined = 0
    person.own_pocket = 0.0
    person.funded = 0.0
    person.staff_minutes = 0.0
    person.staff_cost = 0.0
    person.days_held = 0
    person.goal_reached = 0
    outcome.note(person)
    person.steps_done_before = connecting.count_done(person, p)
