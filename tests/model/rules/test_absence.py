import numpy as np
import pytest

from cpsim.model.codes import Activity
from cpsim.model.records import PRACTITIONER
from cpsim.model.rules import absence
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]


def minutes():
    return np.zeros(len(Activity))


def test_a_spell_of_sickness_runs_on_calendar_days():
    """Three days left: away on these, and well on the fourth when nothing new begins."""
    worker, p = row(PRACTITIONER, sick_days=3), numbers(sick_onset=0.0, leave_share=0.0)
    assert [absence.is_away(worker, day, 1.0, 1, p) for day in range(5)] == [True, True, True, False, False]


def test_sickness_takes_its_share_of_days():
    """Of 4,000 days at an onset of 2 % and spells of 5.5 days on average: 0.02 x 5.5 / (1 + 0.02 x 4.5) = 10.1 %."""
    worker, p = row(PRACTITIONER, id=3), numbers(sick_onset=0.02, sick_mean_days=5.0, leave_share=0.0)
    away = np.array([absence.is_away(worker, day, 1.0, 1, p) for day in range(4000)])
    begun = np.flatnonzero(away & ~np.roll(away, 1))
    assert away.mean() == pytest.approx(0.101, abs=0.03)
    assert len(begun) == pytest.approx(0.02 * 4000 * 0.9, abs=25)


def test_pressure_makes_more_of_the_same_days_the_first_of_a_spell():
    """At twice the hazard everybody who would have fallen sick does, and about as many others."""
    p = numbers(sick_onset=0.02, sick_mean_days=0.1, leave_share=0.0)
    usual, pressed = (
        {day for day in range(4000) if absence.is_away(row(PRACTITIONER, id=3), day, ratio, 1, p)}
        for ratio in (1.0, 2.0)
    )
    assert usual < pressed
    assert len(pressed) == pytest.approx(2 * len(usual), rel=0.2)


def test_a_planned_absence_ends_on_its_day():
    worker, p = row(PRACTITIONER, away_until=13, sick_days=1), numbers(sick_onset=0.0, leave_share=0.0)
    assert [absence.is_away(worker, day, 1.0, 1, p) for day in range(10, 15)] == [True, True, True, False, False]
    assert worker.away == 0


@pytest.mark.parametrize(
    ("fields", "wanted", "sent"),
    [
        ({}, 2.0, 0.8),
        ({}, 0.4, 0.8),
        ({}, 0.3, 0.0),
        ({"filled": 0}, 2.0, 0.0),
        ({"coordinates": 0}, 2.0, 0.0),
        ({"agency": 1}, 2.0, 0.0),
    ],
)
def test_who_is_sent_away(fields, wanted, sent):
    """Somebody employed who carries a caseload; the last post goes if half of it is wanted."""
    worker = row(PRACTITIONER, **{"filled": 1, "coordinates": 1, "wte": 0.8, **fields})
    assert absence.send_away(worker, wanted, 50) == sent
    assert worker.away_until == (50 if sent else 0)


def test_a_newcomers_day_fills_up_little_by_little():
    worker, p = row(PRACTITIONER, settling=0.25), numbers(settling_a_day=0.1)
    shares = []
    for _ in range(4):
        absence.settle_in(worker, p)
        shares.append(float(worker.settling))
    assert shares == pytest.approx([0.15, 0.05, 0, 0])


def test_what_is_settling_in_is_not_there_for_people():
    """Of 400 minutes a quarter is the role's own work, half of the rest settling in; shares are of what remains."""
    worker, spent = row(PRACTITIONER, today=1.0, own_work=0.25, settling=0.5), minutes()
    absence.start_day(worker, spent, False, 0.0, numbers(day_minutes=400, meetings_share=0.1, records_share=0.2))
    assert (spent[Activity.INDUCTION], spent[Activity.MEETINGS]) == pytest.approx((150, 15))
    assert worker.minutes_left == pytest.approx(150 * 0.7)
    absence.end_day(worker, spent)
    assert spent.sum() == pytest.approx(400)


def test_leave_is_taken_by_the_week():
    worker, p = row(PRACTITIONER, id=3), numbers(sick_onset=0.0, leave_share=0.3)
    away = np.array(
        [[absence.is_away(worker, week * 7 + day, 1.0, 1, p) for day in range(7)] for week in range(-20, 80)]
    )
    assert set(away.sum(axis=1)) == {0, 7}
    assert away.mean() == pytest.approx(0.3, abs=0.15)


@pytest.mark.parametrize(
    ("weekday", "weeks_until", "left", "share"),
    [(2, 0, 1.5, 1.0), (2, -3, 0.5, 0.5), (1, 0, 1.0, 0), (2, 1, 1.0, 0), (2, 0, 0, 0)],
)
def test_training_is_a_day_of_the_week_once_it_begins(weekday, weeks_until, left, share):
    worker = row(PRACTITIONER, id=7, training_left=left)  # 7 mod 5: a Wednesday
    assert absence.train(worker, weekday, weeks_until, numbers()) == share
    assert worker.training_left == left - share


@pytest.mark.parametrize(
    ("every", "week", "weekday", "found"), [(4, 8, 2, 45), (4, 9, 2, 0), (4, 8, 3, 0), (4, -4, 2, 45), (0, 8, 2, 0)]
)
def test_supervision_comes_every_so_many_weeks(every, week, weekday, found):
    worker = row(PRACTITIONER, id=2, wte=0.5)
    p = numbers(supervision_every_weeks=every, supervision_minutes=90)
    assert absence.supervise(worker, weekday, week, p) == found


def test_a_day_is_shared_out_and_adds_up():
    """400 paid minutes, 40 set aside; a quarter of the rest is the role's own work; shares are of what remains."""
    worker = row(
        PRACTITIONER,
        today=1.0,
        wte=1.0,
        clinical=1,
        own_work=0.25,
        crisis_minutes=80.0,
        protected_promised=9.0,
        planned=9.0,
    )
    p = numbers(day_minutes=400, meetings_share=0.1, records_share=0.2, duty_share=0.3, duty_rota=1, crisis_memory=0.5)
    p.protected_minutes_a_day, p.protected_bank_minutes = 24.0, 200.0
    spent = minutes()
    absence.start_day(worker, spent, False, 40.0, p)

    assert (worker.present, worker.planned, worker.protected_promised, worker.crisis_minutes) == (1, 0, 0, 40)
    own, rest = 90, 270
    expected = {
        Activity.OWN_WORK: own,
        Activity.MEETINGS: 27,
        Activity.RECORDS: 54,
        Activity.DUTY: 81,
    }
    assert {activity: spent[activity] for activity in expected} == pytest.approx(expected)
    assert worker.minutes_left == pytest.approx(rest * 0.4)
    assert worker.protected_bank == 24
    assert absence.end_day(worker, spent) == pytest.approx(108)
    assert worker.minutes_left == 0
    assert spent.sum() == pytest.approx(400 - 40)  # what was set aside is entered where it is decided


@pytest.mark.parametrize(("clinical", "rota"), [(0, 1), (1, 0)])
def test_duty_is_for_clinical_roles_of_teams_that_have_a_rota(clinical, rota):
    worker, spent = row(PRACTITIONER, today=1.0, wte=1.0, clinical=clinical), minutes()
    absence.start_day(worker, spent, False, 0.0, numbers(duty_rota=rota))
    assert spent[Activity.DUTY] == 0


def test_a_day_away_is_paid_and_leaves_no_time():
    worker, spent = row(PRACTITIONER, today=0.6, minutes_left=5.0), minutes()
    absence.start_day(worker, spent, True, 0.0, numbers(day_minutes=450))
    assert (worker.present, worker.minutes_left) == (0, 0)
    assert spent[Activity.ABSENT] == spent.sum() == pytest.approx(270)


def test_protected_time_is_banked_up_to_its_limit():
    worker, p = (
        row(PRACTITIONER, wte=0.5, today=0.5),
        numbers(protected_minutes_a_day=60.0, protected_bank_minutes=225.0),
    )
    banks = []
    for _ in range(5):
        absence.start_day(worker, minutes(), False, 0.0, p)
        banks.append(float(worker.protected_bank))
    assert banks == [30, 60, 90, 112.5, 112.5]


def test_off_duty_nobody_is_there():
    worker = row(PRACTITIONER, present=1, minutes_left=100.0, planned=20.0)
    absence.off_duty(worker)
    assert (worker.present, worker.minutes_left, worker.planned) == (0, 0, 0)


@pytest.mark.parametrize(("set_aside", "found"), [(0.0, 36), (200.0, 25), (225.0, 0)])
def test_a_lead_has_time_for_it_as_far_as_the_day_goes(set_aside, found):
    assert (
        absence.lead(row(PRACTITIONER, today=0.5), set_aside, numbers(lead_minutes_a_day=36.0, day_minutes=450))
        == found
    )


@pytest.mark.parametrize(
    ("wte", "shares"),
    [(1.0, [1, 1, 1, 1, 1]), (0.5, [1, 1, 0.5, 0, 0]), (0.3, [1, 0.5, 0, 0, 0]), (0.1, [0.5, 0, 0, 0, 0])],
)
def test_part_time_posts_work_whole_days_from_a_day_of_their_own(wte, shares):
    for first in range(5):
        worker = row(PRACTITIONER, id=5 + first, wte=wte)
        week = [absence.share_of_day(worker, (first + day) % 5) for day in range(5)]
        assert week == pytest.approx(shares)


@pytest.mark.parametrize(("filled", "today", "off"), [(1, 0.0, True), (1, 0.5, False), (0, 0.0, False)])
def test_a_day_off_is_of_somebody(filled, today, off):
    assert bool(absence.has_day_off(row(PRACTITIONER, filled=filled, today=today))) == off
