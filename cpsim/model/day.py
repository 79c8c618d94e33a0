"""A day of the team, in order: the model's table of contents.

    open_day     the calendar moves on; on the day the changes begin, posts are advertised and training is booked; a
                 planned absence begins; on Mondays groups begin their terms and funds are looked at
    morning      each post: people leave and join; sickness, leave, meetings, records, duty
    receive      referrals and people who come back; allocation from the waiting list
    live         each person: stage, the week's connections and scores; then leaving, cover, the window opens or closes
    plan         what is due today, in the order of the team's policy; crises and assessments find somebody with time
    work         each practitioner's tasks: contacts, Connecting People, ordinary support, reviews
    close_day    work with local groups, funds; what is left over; pressure; the week's line

The engine calls `run_day`; the Mesa model calls the same functions agent by agent. Both give the same bits.
"""

from cpsim.model.account import start_reporting
from cpsim.model.codes import DAYS_A_WEEK
from cpsim.model.hours.arrivals import receive
from cpsim.model.hours.community import begin_week
from cpsim.model.hours.evening import close_day
from cpsim.model.hours.living import live
from cpsim.model.hours.morning import morning
from cpsim.model.hours.planning import plan
from cpsim.model.hours.working import work
from cpsim.model.rule import rule
from cpsim.model.rules import absence, learning, posts


@rule
def run_day(w):
    """One whole day of one team."""
    open_day(w)
    for k in range(len(w.workers)):
        morning(w, k)
    receive(w)
    live(w)
    plan(w)
    for k in range(len(w.workers)):
        work(w, k)
    close_day(w)


@rule
def open_day(w):
    """The calendar moves on by a day."""
    team = w.team[0]
    team.day += 1
    team.weekday = (team.day + team.first_weekday) % DAYS_A_WEEK
    if team.day == 0:
        start_reporting(w)
    if team.day == team.change_day:
        begin_changes(w)
    if team.phase and team.day == team.change_day + w.params[1].away_from_week * DAYS_A_WEEK:
        begin_absence(w)
    if team.weekday == 0:
        begin_week(w)
    team.established = 0.0
    team.in_post = 0.0
    team.agency = 0.0
    team.present = 0.0


@rule
def begin_changes(w):
    """From today the scenario's changes act: vacant posts are advertised, training is put into the diary."""
    team = w.team[0]
    team.phase = 1
    p = w.params[1]
    for k in range(len(w.workers)):
        worker = w.workers[k]
        if not worker.agency:
            learning.book_training(worker, w.params[0], p)
            learning.open_materials(worker, p)
        if posts.begin_changes(worker, w.params[0], p):
            posts.begin_round(worker, posts.round_days(worker, 1, p), False, w.seed, p)


@rule
def begin_absence(w):
    """A planned absence begins: of practitioners who carry a caseload, in the order of their posts."""
    p = w.params[1]
    wanted, until = p.away_wte, w.team[0].day + p.away_for_weeks * DAYS_A_WEEK
    for k in range(len(w.workers)):
        if wanted > 0:
            wanted -= absence.send_away(w.workers[k], wanted, until)
