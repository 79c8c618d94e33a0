"""Doors from Python into the compiled rules: what the day's loops do, for one person or one task, by row number.

The World crosses into compiled code in 2 us, a row of a hundred fields in 20: so nothing here takes a row. There is no
arithmetic here; each door opens onto one rule of `cpsim.model` and hands it the rows it works on.
"""

from cpsim.model.account import this_week
from cpsim.model.hours import living, working
from cpsim.model.records import MEMBERSHIPS, World
from cpsim.model.rule import rule


@rule
def pass_day(w: World, i: int) -> int:
    """What the day does to person `i` alone. Returns bits of Event."""
    team = w.team[0]
    return living.pass_day(w.people[i], team, this_week(w), w.seed, w.params[team.phase])


@rule
def pass_week(w: World, i: int) -> int:
    """A week of connections of person `i`. Returns Event.TRIES or 0."""
    team = w.team[0]
    return living.pass_week(
        w.people[i], w.memberships, i * MEMBERSHIPS, w.places, team, this_week(w), w.seed, w.params[team.phase]
    )


@rule
def assess(w: World, row: int) -> None:
    """Some minutes of the assessment that is task `row`."""
    task = w.tasks[row]
    worker = w.workers[task.worker]
    working.assess(w.people[task.person], worker, w.minutes[worker.role], w.params[w.team[0].phase])


@rule
def review(w: World, row: int) -> None:
    """The review that is task `row`."""
    task = w.tasks[row]
    worker = w.workers[task.worker]
    working.review(w.people[task.person], worker, w.minutes[worker.role], w.params[w.team[0].phase])


@rule
def meet(w: World, row: int) -> tuple:
    """The contact that is task `row`. Returns (Contact, Mode, minutes, luck of the agenda)."""
    task, team = w.tasks[row], w.team[0]
    person, worker = w.people[task.person], w.workers[task.worker]
    spent = w.minutes[worker.role]
    return working.meet(person, worker, task, team, this_week(w), spent, w.seed, w.params[team.phase])


@rule
def use_spare_time(w: World, row: int, where: int, minutes: float, luck: float) -> int:
    """What the time left in the contact that was task `row` is used for. Returns bits of Use."""
    task, team = w.tasks[row], w.team[0]
    person, worker = w.people[task.person], w.workers[task.worker]
    p = w.params[team.phase]
    return working.use_spare_time(person, worker, task, where, minutes, luck, team, this_week(w), w.seed, p)
