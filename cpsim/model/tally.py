"""The end of a run: who could have taken up Connecting People, what they got, what stopped it, and the run's one line.

Definitions are those of docs/model.md; `cpsim.outputs.measures` has them in words beside each name.
"""

import math

from cpsim.model import changes, equity
from cpsim.model.codes import BARRIERS, DAYS_A_WEEK, HOUR, STEPS, Activity
from cpsim.model.counted import YEAR, could_take_up, days_on_caseload, mean_travel, share_of
from cpsim.model.records import CLOSED, DELIVERED, MEMBERSHIPS, SEEN
from cpsim.model.rule import rule
from cpsim.model.rules import connecting
from cpsim.model.tally_strategies import tally_strategies

MONTH = 365.25 / 12.0  # days


@rule
def run_tally(w, out):
    """Write the run's line `out` (OUTCOME) and both ledgers; `w` is at the end of its last day."""
    days = w.team[0].last_day
    p = w.params[w.team[0].phase]
    count_windows(w, out, days)
    count_people(w, out, days, p)
    changes.count_changes(w, out, p)
    equity.count_equity(w, out, p)
    count_weeks(w, out, days, p)
    count_minutes(w, out, p)
    tally_strategies(w, out, p)


# ---------------------------------------------------------------- windows


@rule
def count_windows(w, out, days):
    """The delivery ledger, over the windows of people who could take up CP."""
    for i in range(w.team[0].next_referral):
        if not could_take_up(w.people[i], days):
            continue
        for number in range(w.windows.shape[1]):
            found = w.windows[i, number]
            if found & CLOSED:
                out.windows += 1
                out.delivered += (found & DELIVERED) > 0
                count_gates(w.gates, found)
    if out.windows > 0:
        out.delivered /= out.windows


@rule
def count_gates(gates, found):
    """Enter one window."""
    seen = (found & SEEN) > 0
    failed = 0
    for gate in range(len(gates)):
        failed += (found >> gate) & 1
    first = True
    for gate in range(len(gates)):
        line = gates[gate]
        line.windows += 1
        line.windows_seen += seen
        line.delivered += (found & DELIVERED) > 0
        line.imputed += not seen
        if (found >> gate) & 1:
            line.any_failing += 1
            line.first_failing += first
            line.only_failing += failed == 1
            line.any_failing_seen += seen
            line.first_failing_seen += first and seen
            line.only_failing_seen += failed == 1 and seen
            first = False


# ---------------------------------------------------------------- people


@rule
def count_people(w, out, days, p):
    """The headline and the funnel, in people, and how fully CP was done."""
    begun, fidelity = 0.0, 0.0
    for i in range(w.team[0].next_referral):
        person = w.people[i]
        if days_on_caseload(person) > 0:
            out.on_caseload += 1
        done = connecting.count_done(person, p)
        person.steps_done = done
        person.could_take_up = 1 if could_take_up(person, days) else 0
        if not person.could_take_up:
            continue
        out.could_take_up += 1
        out.five_steps += done == STEPS
        out.some_steps += 0 < done < STEPS
        out.no_steps += done == 0
        out.asked += person.asked
        out.materials_explained += person.explained
        out.ordinary_support += person.ordinary_helped
        out.cp_minutes_per_person += person.cp_minutes
        out.cp_visits_per_person += person.cp_contacts
        count_steps(w, i, out, p)
        if person.cp_contacts > 0:
            begun += 1
            fidelity += connecting.dose(person, p)
    out.fidelity = fidelity / begun if begun > 0 else math.nan
    share_people(out)


@rule
def count_steps(w, i, out, p):
    """Which steps the person had done, and whether they belong somewhere now."""
    person = w.people[i]
    for step in range(1, STEPS + 1):
        done = connecting.is_done(person, step, p)
        out.step_1 += done and step == 1
        out.step_2 += done and step == 1 + 1
        out.step_3 += done and step == BARRIERS - 1
        out.step_4 += done and step == BARRIERS
        out.step_5 += done and step == STEPS
    if person.cp_contacts > 0:
        belongs = 0
        for slot in range(MEMBERSHIPS):
            belongs += w.memberships[i * MEMBERSHIPS + slot].place >= 0
        out.still_connected += belongs > 0


@rule
def share_people(out):
    """Counts become shares and means of the people who could take up CP; nobody there: not a number."""
    people = out.could_take_up
    if people == 0:
        out.five_steps = out.some_steps = out.no_steps = out.reach = math.nan
        out.materials_explained = out.ordinary_support = math.nan
        out.cp_minutes_per_person = out.cp_visits_per_person = math.nan
        return
    out.five_steps /= people
    out.some_steps /= people
    out.no_steps /= people
    out.reach = out.five_steps + out.some_steps
    out.materials_explained /= people
    out.ordinary_support /= people
    out.cp_minutes_per_person /= people
    out.cp_visits_per_person /= people


# ---------------------------------------------------------------- weeks


@rule
def count_weeks(w, out, days, p):
    """Capacity, contacts and costs, from the weekly lines of the weeks reported."""
    total = w.weekly[len(w.weekly) - 1]  # a spare line behind the last week
    weeks = days / DAYS_A_WEEK
    add_weeks(w.weekly, total)
    out.caseload = total.caseload / weeks
    out.waiting = total.waiting / weeks
    out.pressure = total.pressure / weeks
    out.backlog_days = total.backlog_days / weeks
    count_per_post(out, total, weeks)
    count_contacts(out, total)
    count_costs(out, total, weeks)
    out.cp_hours_free = total.free / weeks / HOUR
    out.cp_hours_delivered = total.cp_minutes / weeks / HOUR
    visit = p.contact_minutes + p.notes_minutes + mean_travel(w)
    out.cp_hours_needed = out.could_take_up * p.full_dose_minutes / p.contact_minutes * visit / weeks / HOUR
    out.wait_weeks = total.days_waited / total.waits_ended / DAYS_A_WEEK if total.waits_ended > 0 else math.nan


@rule
def add_weeks(weekly, total):
    """Sum the weeks reported into `total`."""
    for k in range(len(weekly) - 1):
        week = weekly[k]
        if week.week < 0:
            continue
        total.caseload += week.caseload
        total.waiting += week.waiting
        total.in_crisis += week.in_crisis
        total.stabilising += week.stabilising
        total.in_recovery += week.in_recovery
        total.in_hospital += week.in_hospital
        total.established += week.established
        total.in_post += week.in_post
        total.agency += week.agency
        total.weighted += week.weighted
        total.pressure += week.pressure
        total.backlog_days += week.backlog_days
        total.contacts_crisis += week.contacts_crisis
        total.contacts_stabilising += week.contacts_stabilising
        total.contacts_recovery += week.contacts_recovery
        total.minutes_crisis += week.minutes_crisis
        total.minutes_stabilising += week.minutes_stabilising
        total.minutes_recovery += week.minutes_recovery
        total.not_seen += week.not_seen
        total.late += week.late
        total.cp_minutes += week.cp_minutes
        total.free += week.free
        total.waits_ended += week.waits_ended
        total.days_waited += week.days_waited
        total.leavers += week.leavers
        add_costs(week, total)


@rule
def add_costs(week, total):
    """A week's pounds on top of those before."""
    total.cost_trust += week.cost_trust
    total.cost_local_authority += week.cost_local_authority
    total.cost_voluntary += week.cost_voluntary
    total.cost_implementation += week.cost_implementation
    total.cost_own_pocket += week.cost_own_pocket
    total.cost_training += week.cost_training
    total.cost_supervision += week.cost_supervision
    total.cost_leadership += week.cost_leadership
    total.cost_engagement += week.cost_engagement
    total.cost_funds += week.cost_funds


@rule
def count_per_post(out, total, weeks):
    """Vacancies and the caseloads, and what falls to a practitioner who is there, in post or as agency cover."""
    if total.established > 0:
        out.caseload_per_established = total.caseload / total.established
        out.vacancy_share = 1.0 - total.in_post / total.established
        out.agency_share = total.agency / total.established
    days = weeks * DAYS_A_WEEK
    carrying = (total.in_post + total.agency) / weeks
    if carrying > 0:
        out.caseload_per_in_post = out.caseload / carrying
        out.weighted_per_in_post = total.weighted / weeks / carrying
        held = total.contacts_crisis + total.contacts_stabilising + total.contacts_recovery
        out.contacts_per_wte_month = held / carrying / days * MONTH
    if total.in_post > 0:
        out.turnover = total.leavers / (total.in_post / weeks) / days * YEAR


@rule
def per_month(contacts, people_weeks):
    """Contacts per person-month."""
    return contacts / (people_weeks * DAYS_A_WEEK) * MONTH if people_weeks > 0 else math.nan


@rule
def count_contacts(out, total):
    """Contacts by stage, and the share of contact time that those least well take."""
    held = total.contacts_crisis + total.contacts_stabilising + total.contacts_recovery
    minutes = total.minutes_crisis + total.minutes_stabilising + total.minutes_recovery
    people = total.caseload
    out.contacts_per_person_month = per_month(held, people)
    out.contacts_in_crisis = per_month(total.contacts_crisis, total.in_crisis)
    out.contacts_stabilising = per_month(total.contacts_stabilising, total.stabilising)
    out.contacts_in_recovery = per_month(total.contacts_recovery, total.in_recovery)
    if minutes > 0:
        out.crisis_share_of_contact_time = total.minutes_crisis / minutes
        out.unwell_share_of_contact_time = (total.minutes_crisis + total.minutes_stabilising) / minutes
        out.not_seen_share = total.not_seen / (held + total.not_seen)
    there = total.in_crisis + total.stabilising + total.in_recovery + total.in_hospital
    out.share_in_crisis = share_of(total.in_crisis, there)
    out.share_stabilising = share_of(total.stabilising, there)
    out.share_in_recovery = share_of(total.in_recovery, there)
    out.share_in_hospital = share_of(total.in_hospital, there)
    if total.in_recovery > 0:
        out.late_share = total.late / total.in_recovery / DAYS_A_WEEK


@rule
def count_costs(out, total, weeks):
    """Pounds per person on the caseload and year, by who pays."""
    people_years = total.caseload * DAYS_A_WEEK / YEAR
    if people_years <= 0:
        return
    out.cost_trust = total.cost_trust / people_years
    out.cost_local_authority = total.cost_local_authority / people_years
    out.cost_voluntary = total.cost_voluntary / people_years
    out.cost_implementation = total.cost_implementation / people_years
    out.cost_own_pocket = total.cost_own_pocket / people_years
    out.cost_training = total.cost_training / people_years
    out.cost_supervision = total.cost_supervision / people_years
    out.cost_leadership = total.cost_leadership / people_years
    out.cost_engagement = total.cost_engagement / people_years
    out.cost_funds = total.cost_funds / people_years
    out.cost_per_person = (
        out.cost_trust + out.cost_local_authority + out.cost_voluntary + out.cost_implementation + out.cost_own_pocket
    )


# ---------------------------------------------------------------- minutes


@rule
def count_minutes(w, out, p):
    """Where the paid time of practitioners who carry or help a caseload went; and how many did any CP."""
    paid, face, travel = 0.0, 0.0, 0.0
    adopted, practitioners = 0.0, 0.0
    for k in range(len(w.workers)):
        worker = w.workers[k]
        if worker.filled and (worker.coordinates or worker.helps > 0):
            practitioners += 1
            adopted += worker.adopted
    out.adoption = adopted / practitioners if practitioners > 0 else math.nan
    for role in range(w.minutes.shape[0]):
        if w.minutes[role, Activity.ROUTINE] + w.minutes[role, Activity.CRISIS] <= 0:
            continue
        for activity in range(w.minutes.shape[1]):
            paid += w.minutes[role, activity]
        travel += w.minutes[role, Activity.TRAVEL]
        face += (
            w.minutes[role, Activity.ROUTINE]
            + w.minutes[role, Activity.CRISIS]
            + w.minutes[role, Activity.STABILISING]
            + w.minutes[role, Activity.CP_VISIT]
        )
    if paid > 0:
        out.face_to_face_share = face / paid
        out.travel_share = travel / paid
