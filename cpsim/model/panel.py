"""The people panel: everybody's state on regular days, kept only when it is asked for.

It begins half a year before day 0, so that service use before and after can be told apart, and it draws nothing: what a
run gives is the same with it and without.
"""

from cpsim.model.codes import DAYS_A_WEEK, Stage
from cpsim.model.records import MEMBERSHIPS
from cpsim.model.rule import rule
from cpsim.model.rules import connecting, cost

WEEKS_BEFORE = 26  # half a year


def panel_days(weeks, every):
    """How many panel days a run of so many weeks has; 0: none is kept."""
    return weeks // every + WEEKS_BEFORE // every + 1 if every else 0


@rule
def note_people(w):
    """A line for everybody referred so far, at the end of a week that is a panel day."""
    team = w.team[0]
    if team.panel_every == 0:
        return
    week = (team.day + 1) // DAYS_A_WEEK
    if week < -WEEKS_BEFORE or week % team.panel_every != 0:
        return
    first = (week // team.panel_every + WEEKS_BEFORE // team.panel_every) * len(w.people)
    p = w.params[team.phase]
    for i in range(team.next_referral):
        line = w.panel[first + i]
        line.week = week
        note_state(line, w.people[i], p)
        note_counts(line, w.people[i], p)
        note_coordinator(line, w.workers)
        note_memberships(line, w.memberships, i * MEMBERSHIPS, w.places)


@rule
def note_state(line, person, p):
    """How the person is and where they stand with the service."""
    line.person = person.id
    line.stage = person.stage
    line.on_caseload = Stage.CRISIS <= person.stage <= Stage.HOSPITAL
    line.joined_day = person.joined_day
    line.returning = person.returning
    line.long_stay = person.long_stay
    line.wish = person.wish
    line.coordinator = person.coordinator
    line.days_since_contact = person.days_since_contact
    line.relationship = person.relationship
    line.capital = person.capital
    line.wellbeing = person.wellbeing
    line.recovery = person.recovery
    line.health = person.health
    line.inclusion = person.inclusion
    line.goal_reached = person.goal_reached
    line.ties = person.ties
    line.ties_new = person.ties_new
    line.step = person.step
    line.steps_done = connecting.count_done(person, p)
    line.fidelity = connecting.dose(person, p)
    line.explained = person.explained
    line.asked = person.asked
    line.ordinary_helped = person.ordinary_helped


@rule
def note_counts(line, person, p):
    """What the person has had so far."""
    line.contacts = person.contacts_held
    line.not_seen = person.contacts_missed
    line.contact_minutes = person.contact_minutes
    line.reviews = person.reviews_done
    line.cp_contacts = person.cp_contacts
    line.cp_minutes = person.cp_minutes
    line.joined = person.joined
    line.ties_made = person.ties_made
    line.crises = person.crises
    line.admissions = person.admissions
    line.crisis_days = person.days_in_crisis
    line.crisis_team_days = person.days_held
    line.bed_days = person.days_in_hospital
    line.worker_changes = person.worker_changes
    line.care_cost = cost.of_care(person, p)
    line.own_pocket = person.own_pocket
    line.funded = person.funded


@rule
def note_coordinator(line, workers):
    """Of which profession the care co-ordinator is."""
    line.role = workers[line.coordinator].role if line.coordinator >= 0 else -1


@rule
def note_memberships(line, memberships, first, places):
    """Where the person belongs."""
    for slot in range(MEMBERSHIPS):
        place = memberships[first + slot].place
        if place >= 0:
            line.memberships += 1
            line.kinds |= 1 << places[place].kind
