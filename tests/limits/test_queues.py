"""Waiting lists and caseloads, where queueing theory knows the answer."""

import dataclasses

import numpy as np
import pytest

from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.simulate import simulate
from cpsim.population.populate import plan, populate
from tests.limits.theory import crommelin_wait, erlang_c_wait, mean_of, ratio_of, stepped_wait
from tests.tiny import quiet, staffed

YEAR, MONTH = 365.25, 365.25 / 12  # days
WORKING_SHARE = 5 / 7


def weeks_of(scenario, runs, years, warm_up=5):
    """WEEKLY rows of so many long runs, warm-up left out: (runs, weeks)."""
    shared = plan(scenario, scenario.teams[0], warm_up_weeks=warm_up * 52)
    shared = dataclasses.replace(shared, weeks=years * 52)  # longer than a planner may ask for
    rows = []
    for seed in range(runs):
        world = populate(shared, seed)
        simulate(world, make(1, OUTCOME)[0], np.zeros(1, np.int64))
        rows.append(world.weekly[warm_up * 52 : -1])
    return np.array(rows)


def total(weeks, name):
    return weeks[name].sum(axis=1)


# ---------------------------------------------------------------- places: M/M/c

PLACES, STAY = 12, 10.0  # people; days


def capped(utilisation, stay=STAY):
    """A cap of 12 people, all helped briefly, nobody ill or assessed: who waits, waits for a place."""
    return quiet(
        {
            "team.caseload_per_wte": PLACES,
            "policies.caseload_cap_per_wte": PLACES,
            "team.new_people_per_month": utilisation * PLACES / stay * MONTH,
            "parameters.brief_share": 1,
            "parameters.brief_stay_months": stay / MONTH,
            "parameters.assessment_minutes": 0,
            "parameters.recovery_interval_days": 365,
            "parameters.groups_per_10k": 0,
        }
    )


QUEUE_MARGIN = (
    0.05  # of the theory; noise is held below it, and a place more or a cap of 13 moves the wait by over 20 %
)
BUSY = pytest.param(0.9, 300, marks=pytest.mark.slow)


@pytest.mark.limit
@pytest.mark.parametrize(("utilisation", "runs"), [(0.5, 20), (0.8, 100), BUSY])
def test_v19_waiting_list_is_m_m_c(utilisation, runs):
    """Under a hard cap with exponential stays people wait as in an M/M/c queue that moves once a working day.

    The test below shows that this queue is Erlang's when a day is short beside a stay.
    """
    weeks = weeks_of(capped(utilisation), runs, years=50)
    wait, noise = ratio_of(total(weeks, "days_waited"), total(weeks, "waits_ended"))
    expected = stepped_wait(utilisation * PLACES / STAY, STAY, PLACES)

    assert noise < QUEUE_MARGIN * expected, "too few runs for this test to be able to fail"
    assert abs(wait - expected) < QUEUE_MARGIN * expected + noise


@pytest.mark.limit
@pytest.mark.parametrize("stay", [10, 20, 40])
def test_v19_a_queue_that_moves_once_a_day_is_erlangs_when_stays_are_long(stay):
    """Theory against theory: a daily step shortens the wait by half a day in a stay; weekends lengthen it."""
    arrivals = 0.6 * 2 / stay
    erlang = erlang_c_wait(arrivals, 1 / stay, places=2)
    assert stepped_wait(arrivals, stay, 2, working_days=7, longest=100) == pytest.approx(
        erlang * (1 - 0.5 / stay), rel=0.002
    )
    assert 1 < stepped_wait(arrivals, stay, 2, longest=100) / erlang < 1 + 4 / stay


# ---------------------------------------------------------------- assessments: M/D/c

SITTINGS = 10  # working days that one assessment takes a practitioner who does nothing else


def assessing(practitioners, utilisation):
    """Each practitioner has one sitting a day; a person needs ten; those taken on ask for nothing and soon leave."""
    a_working_day = utilisation * practitioners / SITTINGS
    return quiet(
        {
            "team.caseload_per_wte": 0,
            "team.new_people_per_month": a_working_day * WORKING_SHARE * MONTH,
            "parameters.brief_share": 1,
            "parameters.brief_stay_months": 0.2,
            "parameters.day_minutes": 60,
            "parameters.assessment_sitting_minutes": 60,
            "parameters.assessment_minutes": 60 * SITTINGS,
            "parameters.recovery_interval_days": 365,
            "parameters.groups_per_10k": 0,
        },
        staff=staffed(social_worker=practitioners),
    )


@pytest.mark.limit
@pytest.mark.parametrize(
    ("practitioners", "utilisation", "runs"), [(1, 0.5, 20), (1, 0.7, 60), (2, 0.8, 60), (4, 0.8, 30)]
)
def test_v19_assessments_are_m_d_c(practitioners, utilisation, runs):
    """Equal assessments, first come first served, as in an M/D/c queue; time runs on working days only.

    From referral to allocation a person waits for the first sitting and through ten of them. In a queue that moves
    once a day the mean wait of M/D/1 is exact; that referrals come at weekends too moves it by less than half a day.
    """
    weeks = weeks_of(assessing(practitioners, utilisation), runs, years=50)
    days, noise = ratio_of(total(weeks, "days_waited"), total(weeks, "waits_ended"))
    wait = crommelin_wait(utilisation * practitioners / SITTINGS, SITTINGS, practitioners)
    expected = (wait + SITTINGS) / WORKING_SHARE
    margin = 0.05 * expected  # a sitting more or less moves it by 10 % or more

    assert noise < margin, "too few runs for this test to be able to fail"
    assert abs(days - expected) < margin + noise


@pytest.mark.limit
@pytest.mark.parametrize("utilisation", [0.3, 0.8, 0.95])
def test_v19_crommelin_with_one_server_is_pollaczek_and_khinchine(utilisation):
    assert crommelin_wait(utilisation / 7, 7, 1) == pytest.approx(7 * utilisation / (2 * (1 - utilisation)), rel=1e-6)


# ---------------------------------------------------------------- Little's law


@pytest.mark.limit
def test_v20_waiting_list_is_rate_times_wait():
    """Little 1961, from three accounts that do not know each other: people counted daily, referrals, waits."""
    weeks = weeks_of(capped(0.8), 40, years=50)
    days = weeks.shape[1] * 7
    waiting = weeks["waiting"].mean(axis=1)
    rate, wait = total(weeks, "referred") / days, total(weeks, "days_waited") / total(weeks, "waits_ended")
    gap, noise = mean_of(waiting - rate * wait)  # the same people make up both sides, so runs are compared one by one
    margin = 0.005 * waiting.mean()  # those who still wait at the end are 1 in 10,000; a wait a day longer is 35 %

    assert noise < margin, "too few runs for this test to be able to fail"
    assert abs(gap) < margin + noise
    assert mean_of(rate) == pytest.approx((0.8 * PLACES / STAY, 0), abs=0.02)


@pytest.mark.limit
@pytest.mark.parametrize("stay", [10.0, 60.0])
def test_v20_caseload_is_rate_times_stay(stay):
    """People on the caseload = people taken on a day x mean stay, where nobody waits for a place."""
    rate = 12 / stay
    scenario = quiet(
        {
            "team.caseload_per_wte": 12,
            "team.new_people_per_month": rate * MONTH,
            "parameters.brief_share": 1,
            "parameters.brief_stay_months": stay / MONTH,
            "parameters.assessment_minutes": 0,
            "parameters.recovery_interval_days": 365,
            "parameters.groups_per_10k": 0,
        }
    )
    weeks = weeks_of(scenario, 20, years=50)
    caseload, noise = mean_of(weeks["caseload"].mean(axis=1))
    in_stages, _ = mean_of(weeks["in_recovery"].mean(axis=1))

    assert noise < 0.02 * rate * stay
    assert in_stages == pytest.approx(rate * stay, rel=0.02)
    assert caseload == pytest.approx(rate * stay, rel=0.02)
