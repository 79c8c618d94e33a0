"""The day ends: work with local groups, funds, what is left over, pressure, the week's line."""

from cpsim.model import panel
from cpsim.model.account import end_team_day, end_week, this_week
from cpsim.model.codes import DAYS_A_WEEK, WORKING_DAYS, Stage
from cpsim.model.hours.community import arrange_funds, engage
from cpsim.model.rule import rule
from cpsim.model.rules import absence, pressure


@rule
def close_day(w):
    """The day ends: groups, what is left over, pressure, the week's line; people who have left drop off the list."""
    team = w.team[0]
    p = w.params[team.phase]
    if team.weekday < WORKING_DAYS:
        engage(w)
        arrange_funds(w)
        for k in range(len(w.workers)):
            worker = w.workers[k]
            left = absence.end_day(worker, w.minutes[worker.role])
            if worker.coordinates:
                this_week(w).free += left
        pressure.end_day(team, p)
    end_team_day(w)
    drop_leavers(w)
    if (team.day - team.first_day) % DAYS_A_WEEK == DAYS_A_WEEK - 1:
        end_week(w)
        panel.note_people(w)


@rule
def drop_leavers(w):
    """Keep the list of people with the service in row order, without those who have left."""
    team = w.team[0]
    kept = 0
    for k in range(team.active):
        i = w.active[k]
        if w.people[i].stage <= Stage.HOSPITAL:
            w.active[kept] = i
            kept += 1
    team.active = kept
