"""The morning: who is in post, who is here, and what the day leaves for people."""

from cpsim.model.account import this_week
from cpsim.model.codes import DAYS_A_WEEK, WORKING_DAYS, Activity, Move
from cpsim.model.records import GONE
from cpsim.model.rule import rule
from cpsim.model.rules import absence, allocation, cost, funds, learning, posts


@rule
def morning(w, k):
    """One post's morning: who is in it, whether they are here, and what the day leaves for people."""
    team, worker = w.team[0], w.workers[k]
    p = w.params[team.phase]
    moved = posts.move(worker, team, w.seed, p)
    if moved == Move.LEFT or moved == Move.REPLACED or moved == Move.COVER_LEFT:
        hand_back(w, k)
    if moved == Move.LEFT:
        this_week(w).leavers += worker.wte * worker.coordinates
    elif moved == Move.JOINED or moved == Move.REPLACED:
        learning.book_induction(worker, p)
        learning.open_materials(worker, p)
    if worker.coordinates and posts.exists(worker, team.day):
        team.established += worker.wte
        team.agency += worker.wte * worker.agency
        team.in_post += worker.wte * (worker.filled - worker.agency)
    if not worker.filled:
        absence.off_duty(worker)
        return
    if team.weekday == 0:
        learning.week(worker, p)
    absence.settle_in(worker, p)
    away = absence.is_away(worker, team.day, team.sick_ratio, w.seed, p)
    if team.weekday >= WORKING_DAYS:
        absence.off_duty(worker)
        return
    start_work(w, k, away)


@rule
def start_work(w, k, away):
    """The working day begins, or the day off is paid."""
    team, worker = w.team[0], w.workers[k]
    p = w.params[team.phase]
    week = this_week(w)
    worker.today = absence.share_of_day(worker, team.weekday)
    if absence.has_day_off(worker):
        absence.off_duty(worker)
        return
    set_aside = 0.0 if away else set_aside_for_cp(w, k)
    absence.start_day(worker, w.minutes[worker.role], away, set_aside, p)
    cost.bill(week, worker.payer, cost.of_day(worker, p))
    week.cp_work += set_aside
    if worker.coordinates:
        team.present += worker.wte * worker.present
        team.available_today += worker.minutes_left
        week.available += worker.minutes_left


@rule
def set_aside_for_cp(w, k):
    """Minutes of today's training, supervision and leading on CP, entered and billed under each."""
    team, worker, week = w.team[0], w.workers[k], this_week(w)
    p = w.params[team.phase]
    spent, weeks = w.minutes[worker.role], (team.day - team.change_day) // DAYS_A_WEEK
    trained = absence.train(worker, team.weekday, weeks_until_training(w, weeks), p)
    learnt = trained * p.day_minutes * worker.wte
    if trained > 0:
        spent[Activity.CP_LEARNING] += learnt
        cost.bill_training(week, worker, trained, learnt, p)
        if worker.training_left <= 0:
            learning.become_trained(worker, p)
    elif not worker.agency:
        learnt = absence.supervise(worker, team.weekday, weeks, p)
        spent[Activity.CP_SUPERVISION] += learnt
        cost.bill_supervision(week, worker, learnt)
    leads = absence.lead(worker, learnt, p) if k == team.lead else 0.0
    spent[Activity.CP_LEADING] += leads
    cost.bill_leading(week, worker, leads)
    funds.lead_arranges(team, leads, p)
    return learnt + leads


@rule
def weeks_until_training(w, weeks):
    """Weeks until CP training is on offer; none where the team has always trained its staff."""
    return 0.0 if w.params[0].training_days_per_person > 0 else w.params[1].training_starts_week - weeks


@rule
def hand_back(w, k):
    """A practitioner has left: their people wait for somebody else."""
    team = w.team[0]
    for j in range(team.active):
        person = w.people[w.active[j]]
        if person.coordinator == k:
            allocation.take_away(person, w.workers[k])
            person.last_coordinator = GONE
        if person.cp_worker == k:
            person.cp_worker = -1
            person.cp_active = 0
    w.workers[k].cp_people = 0
