"""One day of the people with the service: stage, the week's connections and scores; then what asks something of others.

Most days ask nothing of anybody else: first everybody's day passes by rules on their own row alone, which is what
makes the engine fast; what asks something of others is left as bits of `Event`, and `respond` sees to it afterwards.
"""

from cpsim.model import draw
from cpsim.model.account import count_person, this_week
from cpsim.model.codes import DAYS_A_WEEK, Event, Payer, Purpose, Source, Stage
from cpsim.model.hours.arrivals import cover, cover_by
from cpsim.model.hours.joining import settle_attempt
from cpsim.model.hours.windows import close_window, open_window, stop_cp_with
from cpsim.model.records import MEMBERSHIPS, WINDOW_DAYS
from cpsim.model.rule import rule
from cpsim.model.rules import (
    access,
    allocation,
    contact,
    cost,
    discharge,
    funds,
    membership,
    outcome,
    pressure,
    referral,
    stage,
)


@rule
def live(w):
    """One day of everybody with the service, in the order of their rows."""
    team = w.team[0]
    p = w.params[team.phase]
    live_alone(w.people, w.active, w.events, w.memberships, w.places, team, this_week(w), w.seed, p)
    for k in range(team.active):
        if w.events[k]:
            respond(w, w.active[k], w.events[k])


@rule
def live_alone(people, active, events, memberships, places, team, week, seed, p):
    """What the day does to each person alone; `events` gets what it asks of others."""
    for k in range(team.active):
        i = active[k]
        asked = pass_day(people[i], team, week, seed, p)
        if asked & Event.WEEK:
            asked += pass_week(people[i], memberships, i * MEMBERSHIPS, places, team, week, seed, p) - Event.WEEK
        events[k] = asked


@rule
def pass_day(person, team, week, seed, p):
    """What the day does to the person alone. Returns bits of Event."""
    if person.stage == Stage.WAITING:
        person.days_waiting += 1
        week.waiting += 1
        referral.relapse_waiting(person, p)
        return 0
    count_person(person, week)
    events = 0
    reached = stage.live(person, seed, p)
    if reached != Stage.NOT_YET:
        events |= Event.CHANGED
        week.crises += reached == Stage.CRISIS
        week.admissions += reached == Stage.HOSPITAL
    if discharge.leaves(person, team.discharge_ratio, p):
        return events | Event.LEAVES
    if person.coordinator < 0:
        person.uncovered_days += 1
        events |= Event.UNCOVERED * (person.uncovered_days > p.reallocation_days)
    elif allocation.is_transferred(person, seed, p):
        events |= Event.TRANSFERRED
    contact.day_passes(person, p)
    called_for = pressure.called_for(person, p)
    team.called_today += called_for
    week.called_for += called_for
    if (team.day + person.window_offset) % WINDOW_DAYS == 0:
        events |= Event.WINDOW
    if (team.day + person.week_offset) % DAYS_A_WEEK == 0:
        events |= Event.WEEK
    return events


@rule
def pass_week(person, memberships, first, places, team, week, seed, p):
    """A week of connections: memberships, ties and scores. Returns Event.TRIES when the person tries for a new one."""
    person.sessions += 1
    meets, at_ease = 0.0, 0.0
    for slot in range(MEMBERSHIPS):
        belongs = memberships[first + slot]
        if belongs.place >= 0:
            meets = max(meets, attend(person, belongs, slot, places[belongs.place], team, week, seed, p))
            at_ease = max(at_ease, membership.ease(belongs, p))
    outcome.week(person, meets, at_ease, p)
    if team.day >= 0:
        outcome.goal_week(person, p)
    person.relapse = stage.relapse_hazard(person, p)
    if person.stage != Stage.RECOVERY:
        return 0
    tries = draw.uniform(seed, Purpose.OWN_ATTEMPT, person.id, person.sessions) < p.own_attempts_a_week
    return Event.TRIES * tries


@rule
def attend(person, belongs, slot, place, team, week, seed, p):
    """One membership's week; what it costs is paid. Returns how much meeting people there counts (0-1)."""
    luck = membership.luck_of_week(person, slot, MEMBERSHIPS, seed)
    if not membership.week(person, belongs, place, team.day, luck, p):
        return 0.0
    funded = funds.pay(team, access.paid_by_funds(person, place, p), p)
    own = access.costs(person, place, p) - funded
    person.own_pocket += own
    person.funded += funded
    cost.bill(week, Payer.OWN_POCKET, own)
    cost.bill_funds(week, funded)
    return membership.effect(belongs, p)


@rule
def respond(w, i, events):
    """See to what the person's day asks of others."""
    person = w.people[i]
    p = w.params[w.team[0].phase]
    if events & Event.CHANGED:
        change_stage(person, w.workers, p)
    if events & Event.LEAVES:
        leave(w, i)
        return
    if events & Event.UNCOVERED:
        cover(w, i)
    if events & Event.TRANSFERRED:
        transfer(w, i)
    if events & Event.WINDOW:
        close_window(w, i)
        open_window(w, i)
    if events & Event.TRIES:
        try_alone(w, i)


@rule
def change_stage(person, workers, p):
    """Another stage: how often the person is to be seen, and what they weigh in a caseload."""
    factor = 1.0
    if person.coordinator >= 0:
        worker = workers[person.coordinator]
        allocation.reweigh(person, worker, p)
        factor = worker.contact_factor
    person.interval = contact.planned_interval(person, factor, p)


@rule
def transfer(w, i):
    """The person is given another care co-ordinator without a leaver, if there is another."""
    person = w.people[i]
    row = allocation.lightest(w.workers, person.coordinator, person.tie_break)
    if row >= 0:
        stop_cp_with(person, w.workers, person.coordinator)
        allocation.take_away(person, w.workers[person.coordinator])
        cover_by(w, i, row)


@rule
def leave(w, i):
    """The person leaves the caseload and the places found through it; many come back within two years."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.coordinator >= 0:
        allocation.take_away(person, w.workers[person.coordinator])
    stop_cp_with(person, w.workers, person.cp_worker)
    person.window_open = 0
    person.stage = discharge.way_out(person, team.discharge_ratio, p)
    for slot in range(MEMBERSHIPS):
        belongs = w.memberships[i * MEMBERSHIPS + slot]
        if belongs.place >= 0:
            membership.stop(belongs, w.places[belongs.place])
    if person.stage != Stage.DIED:
        referral.plan_return(person, team.day, w.seed, p)
        team.next_return = min(team.next_return, person.return_day)
    team.caseload -= 1
    this_week(w).discharged += 1


@rule
def try_alone(w, i):
    """Now and then somebody in recovery tries for a connection without help."""
    team, person = w.team[0], w.people[i]
    person.own_attempts += 1
    place, mask = access.consider(
        person,
        w.places,
        w.kinds,
        team.day,
        Purpose.OWN_PLACES,
        person.own_attempts,
        0,
        -1,
        w.seed,
        w.params[team.phase],
    )
    settle_attempt(w, i, place, mask, Source.OWN)
