"""Who is at work today, and what is left of the day after leave, sickness, meetings, records and duty.

Sickness and leave are things of the calendar: their draws are keyed by the day and the week, so that the same
practitioner is away on the same days whatever else a scenario changes.
"""

import math

from cpsim.model import draw
from cpsim.model.codes import DAYS_A_WEEK, WORKING_DAYS, Activity, Purpose
from cpsim.model.rule import rule


@rule
def send_away(worker, still_wanted, until):
    """A planned absence begins for this practitioner, if so much of it is still wanted. Returns the WTE away."""
    employed = worker.filled > worker.agency and worker.coordinates > 0
    if not employed or still_wanted < worker.wte / 2:  # half: the nearest whole post
        return 0.0
    worker.away_until = until
    return worker.wte


@rule
def settle_in(worker, p):
    """A newcomer's day of settling in; little by little the whole day is there for people.

    [workforce_onboarding_days]
    """
    worker.settling = max(0.0, worker.settling - p.settling_a_day)


@rule
def is_away(worker, day, sick_ratio, seed, p):
    """Is the practitioner sick, on a planned absence or on leave today? Sickness runs on calendar days.

    sick_ratio: what pressure makes of falling sick. [workforce_sickness_mh, workforce_leave_days]
    """
    worker.away = 1 if day < worker.away_until else 0
    if worker.sick_days > 0:
        worker.sick_days -= 1
        return True
    if worker.away:
        return True
    onset, length = draw.pair(seed, Purpose.SICKNESS, worker.id, day)
    if onset < p.sick_onset * sick_ratio:
        worker.sick_days = math.ceil(-p.sick_mean_days * math.log(length)) - 1
        return True
    return draw.uniform(seed, Purpose.LEAVE, worker.id, day // DAYS_A_WEEK) < p.leave_share


@rule
def share_of_day(worker, weekday):
    """Share of this working day (0-1) that the post is for: part-time posts work whole days, and the rest on the next.

    Their week begins on a day of their own, on which training and supervision take place.
    """
    return min(1.0, max(0.0, worker.wte * WORKING_DAYS - (weekday - worker.id) % WORKING_DAYS))


@rule
def has_day_off(worker):
    """Is this a working day on which a part-time post is not for?"""
    return worker.filled and worker.today == 0


@rule
def train(worker, weekday, weeks_until, p):
    """Share of today that CP training takes; training days are spread over the team's week.

    weeks_until: weeks until training is on offer; not more than 0: it is. [implementation_training_days]
    """
    if worker.training_left <= 0 or weeks_until > 0 or weekday != worker.id % WORKING_DAYS:
        return 0.0
    share = min(1.0, worker.training_left)
    worker.training_left -= share
    return share


@rule
def supervise(worker, weekday, week, p):
    """Minutes of CP supervision today, every so many weeks. [implementation_supervision_minutes]"""
    every = p.supervision_every_weeks
    if every == 0 or week % every > 0 or weekday != worker.id % WORKING_DAYS:
        return 0.0
    return min(p.supervision_minutes, p.day_minutes) * worker.wte


@rule
def lead(worker, set_aside, p):
    """Minutes that a named lead gives to leading on CP today. [implementation_lead_hours]"""
    return min(p.lead_minutes_a_day, p.day_minutes * worker.today - set_aside)


@rule
def start_day(worker, spent, away, set_aside, p):
    """Set the minutes that today leaves for people; `spent` is the role's row of the account of minutes.

    set_aside: minutes of CP training, supervision and leading today, accounted for already.
    """
    paid = p.day_minutes * worker.today
    worker.planned = 0.0
    worker.protected_promised = 0.0
    worker.present = 0 if away else 1
    worker.crisis_minutes *= p.crisis_memory
    if away:
        worker.minutes_left = 0.0
        spent[Activity.ABSENT] += paid
        return
    left = paid - set_aside
    own = left * worker.own_work
    settling = (left - own) * worker.settling
    usable = left - own - settling
    meetings = usable * p.meetings_share
    records = usable * p.records_share
    duty = usable * p.duty_share if worker.clinical and p.duty_rota else 0.0
    spent[Activity.OWN_WORK] += own
    spent[Activity.INDUCTION] += settling
    spent[Activity.MEETINGS] += meetings
    spent[Activity.RECORDS] += records
    spent[Activity.DUTY] += duty
    worker.minutes_left = usable - meetings - records - duty
    worker.protected_bank = min(
        worker.protected_bank + p.protected_minutes_a_day * worker.today, p.protected_bank_minutes * worker.wte
    )


@rule
def end_day(worker, spent):
    """What nobody used is left over; together with the rest it fills the paid day exactly."""
    spent[Activity.LEFT_OVER] += worker.minutes_left
    left = worker.minutes_left
    worker.minutes_left = 0.0
    return left


@rule
def off_duty(worker):
    """A weekend day, or a vacant post that nobody covers: nobody is there and nobody is paid."""
    worker.present = 0
    worker.minutes_left = 0.0
    worker.planned = 0.0
