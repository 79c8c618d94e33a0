"""One day of one person: stage, leaving, cover, and once a week their connections and scores."""

from cpsim.model import draw
from cpsim.model.account import count_person, this_week
from cpsim.model.codes import DAYS_A_WEEK, Payer, Purpose, Source, Stage
from cpsim.model.hours.arrivals import call_for, cover, cover_by
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
    membership,
    outcome,
    pressure,
    referral,
    stage,
)


@rule
def live(w, i):
    """One day of one person with the service."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.stage == Stage.WAITING:
        person.days_waiting += 1
        this_week(w).waiting += 1
        referral.relapse_waiting(person, p)
        return
    count_person(person, this_week(w))
    change_stage(w, i)
    if discharge.leaves(person, p):
        leave(w, i)
        return
    keep_covered(w, i)
    contact.day_passes(person, p)
    call_for(w, pressure.called_for(person, p))
    if (team.day + person.window_offset) % WINDOW_DAYS == 0:
        close_window(w, i)
        open_window(w, i)
    if (team.day + person.week_offset) % DAYS_A_WEEK == 0:
        live_week(w, i)


@rule
def change_stage(w, i):
    """Competing hazards; a change of stage changes what the person weighs and how often they are to be seen."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    before = allocation.weight(person, p)
    reached = stage.live(person, w.seed, p)
    if reached == Stage.NOT_YET:
        return
    week = this_week(w)
    week.crises += reached == Stage.CRISIS
    week.admissions += reached == Stage.HOSPITAL
    if person.coordinator >= 0:
        worker = w.workers[person.coordinator]
        worker.load += allocation.weight(person, p) - before
        person.interval = contact.planned_interval(person, worker, p)


@rule
def keep_covered(w, i):
    """Somebody without a care co-ordinator gets one after a while; some are moved to another without a leaver."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.coordinator < 0:
        person.uncovered_days += 1
        if person.uncovered_days > p.reallocation_days:
            cover(w, i)
    elif allocation.is_transferred(person, w.seed, p):
        row = allocation.lightest(w.workers, person.coordinator)
        if row >= 0:
            stop_cp_with(w, i, person.coordinator)
            allocation.take_away(person, w.workers[person.coordinator], p)
            cover_by(w, i, row)


@rule
def leave(w, i):
    """The person leaves the caseload, their memberships stay theirs; many come back within two years."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if person.coordinator >= 0:
        allocation.take_away(person, w.workers[person.coordinator], p)
    if person.cp_worker >= 0:
        stop_cp_with(w, i, person.cp_worker)
    person.window_open = 0
    person.stage = discharge.way_out(person, p)
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
def live_week(w, i):
    """A week of connections: memberships, own initiative, ties and scores."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    person.sessions += 1
    meets = False
    for slot in range(MEMBERSHIPS):
        if w.memberships[i * MEMBERSHIPS + slot].place >= 0:
            meets = attend(w, i, slot) or meets
    if person.stage == Stage.RECOVERY:
        own_initiative(w, i)
    outcome.week(person, meets, p)
    person.relapse = stage.relapse_hazard(person, p)


@rule
def attend(w, i, slot):
    """One membership's week; what it costs is paid. Returns whether the person was there."""
    person, belongs = w.people[i], w.memberships[i * MEMBERSHIPS + slot]
    p = w.params[w.team[0].phase]
    place = w.places[belongs.place]
    luck = membership.luck_of_week(person, slot, MEMBERSHIPS, w.seed)
    if not membership.week(person, belongs, place, w.team[0].day, luck, p):
        return False
    week = this_week(w)
    own, funded = access.asked_of_person(person, place, p), access.paid_by_funds(person, place, p)
    person.own_pocket += own
    person.funded += funded
    cost.bill(week, Payer.OWN_POCKET, own)
    cost.bill(week, Payer.IMPLEMENTATION, funded)
    return True


@rule
def own_initiative(w, i):
    """Now and then somebody in recovery tries for a connection without help."""
    team, person = w.team[0], w.people[i]
    p = w.params[team.phase]
    if draw.uniform(w.seed, Purpose.OWN_ATTEMPT, person.id, person.sessions) >= p.own_attempts_a_week:
        return
    person.own_attempts += 1
    place, mask = access.consider(
        person, w.places, w.kinds, team.day, Purpose.OWN_PLACES, person.own_attempts, False, w.seed, p
    )
    settle_attempt(w, i, place, mask, Source.OWN)
