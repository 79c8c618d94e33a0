"""The account of a run, on a team whose every number can be worked out beforehand."""

import numpy as np
import pytest

from cpsim.model import tally
from cpsim.model.codes import Activity, Gate, Stage
from cpsim.model.ledgers import GATE_TALLY, OUTCOME, WEEKLY
from cpsim.model.records import CLOSED, DELIVERED, PERSON, SEEN, make
from cpsim.model.simulate import simulate
from tests.tiny import finish, live_through, populated, quiet, row, staffed

pytestmark = [pytest.mark.unit, pytest.mark.rules]

MONTH, YEAR = 365.25 / 12, 365.25
WEEKS = 8


def seen_weekly(changes=None, people=4):
    """So many people in recovery, seen for 50 minutes at the base every seventh day by one therapist; then 8 weeks."""
    weekly = {
        "team.caseload_per_wte": people,
        "parameters.recovery_interval_days": 7,
        "parameters.contact_minutes": 50,
        "parameters.notes_minutes": 10,
        "parameters.groups_per_10k": 0,
        "parameters.wish_mean": 0.99,
        "parameters.wish_spread": 0,
    }
    world = populated(quiet(weekly | (changes or {}), staff=staffed(occupational_therapist=1.0), weeks=WEEKS))
    world.people.days_since_contact[:people] = 6 - np.arange(people)  # due on Monday, Tuesday and so on
    world.people.exit_left[:people] = 9e9
    return world


def test_a_quiet_team_in_numbers():
    world = seen_weekly()
    found = finish(world)
    contacts = 4 * WEEKS
    assert world.people.contacts_held.sum() == contacts
    assert (found.caseload, found.on_caseload, found.could_take_up, found.waiting) == (4, 4, 4, 0)
    assert (found.caseload_per_established, found.caseload_per_in_post, found.weighted_per_in_post) == (4, 4, 4)
    assert (found.vacancy_share, found.turnover, found.adoption) == (0, 0, 0)
    assert found.contacts_per_person_month == pytest.approx(contacts / (4 * WEEKS * 7) * MONTH)
    assert found.contacts_per_person_month == found.contacts_in_recovery
    assert found.contacts_per_wte_month == pytest.approx(contacts / (WEEKS * 7) * MONTH)
    assert np.isnan(found.contacts_in_crisis)
    assert (found.crisis_share_of_contact_time, found.not_seen_share, found.late_share) == (0, 0, 0)
    assert [found[f"share_{name}"] for name in ("in_recovery", "in_crisis", "stabilising", "in_hospital")] == [
        1,
        0,
        0,
        0,
    ]
    paid = float(world.params[0].day_minutes) * 5 * WEEKS
    assert world.minutes.sum() == pytest.approx(paid)
    assert found.face_to_face_share == pytest.approx(50 * contacts / paid)
    assert found.travel_share == 0
    assert found.cp_hours_free == pytest.approx((paid - 60 * contacts) / WEEKS / 60)
    hours = float(world.params[0].day_minutes) / 60 * 5 * WEEKS
    assert found.cost_per_person == pytest.approx(hours * float(world.workers[0].hour_cost) / (4 * WEEKS * 7 / YEAR))
    assert found.cost_per_person == found.cost_trust
    assert (found.reach, found.no_steps, found.delivered) == (0, 1, 0)
    assert np.isnan(found.fidelity)
    assert found.person_days == 4 * WEEKS * 7


def test_crises_admissions_and_turnover_are_rates_a_year():
    world = seen_weekly()
    live_through(world, 20)
    for i, at in ((0, Stage.RECOVERY), (1, Stage.CRISIS)):
        world.people[i].stage, world.people[i].spell_left, world.people[i].relapse = at, 0.0, 0.01
    world.params.admission_hazard[:], world.params.resolve_hazard[:] = 0.5, 0.0
    live_through(world, 1)
    world.people.spell_left[:2] = 9e9
    found = finish(world)
    assert found.crises_per_person_year == pytest.approx(1 / (4 * WEEKS * 7) * YEAR)
    assert found.admissions_per_person_year == pytest.approx(1 / (4 * WEEKS * 7) * YEAR)
    assert world.weekly[:-1].bed_days.sum() == WEEKS * 7 - 21
    assert 0 < found.crisis_share_of_contact_time == found.unwell_share_of_contact_time < 1
    assert found.weighted_per_in_post > found.caseload_per_in_post


def test_a_run_that_is_stopped_says_so_within_a_week():
    world = seen_weekly()
    assert simulate(world, make(1, OUTCOME)[0], np.ones(1, np.int64)) == -1
    assert 0 <= world.team[0].day < 7


def test_a_team_of_nobody_reports_no_numbers():
    found = finish(populated(quiet({"team.caseload_per_wte": 0}, weeks=4)))
    assert (found.could_take_up, found.caseload, found.windows, found.person_days) == (0, 0, 0, 0)
    for name in ("five_steps", "some_steps", "no_steps", "reach", "fidelity", "materials_explained", "wait_weeks"):
        assert np.isnan(found[name]), name


DAYS = 56


@pytest.mark.parametrize(
    ("recovery", "stabilising", "crisis", "hospital", "wished", "done", "could"),
    [
        (28, 0, 0, 0, 1, 0, True),
        (0, 28, 0, 0, 1, 4, True),
        (28, 0, 0, 0, 0, 0, False),
        (28, 0, 0, 0, 1, 5, False),
        (27, 0, 29, 0, 1, 0, False),
        (14, 14, 28, 0, 1, 0, True),
        (27, 0, 0, 0, 1, 0, False),
        (28, 0, 0, 28, 1, 0, True),
    ],
)
def test_who_could_take_up_cp(recovery, stabilising, crisis, hospital, wished, done, could):
    """Half of 56 days on the caseload, 28 of them out of crisis and hospital, a wish, not all five steps behind."""
    person = row(
        PERSON,
        days_in_recovery=recovery,
        days_stabilising=stabilising,
        days_in_crisis=crisis,
        days_in_hospital=hospital,
    )
    person.wished, person.steps_done_before = wished, done
    assert bool(tally.could_take_up(person, DAYS)) is could


def test_half_of_the_time_is_of_the_whole_run():
    assert not tally.could_take_up(row(PERSON, days_in_recovery=100, wished=1), 201)
    assert tally.could_take_up(row(PERSON, days_in_recovery=100, wished=1), 200)


def test_windows_are_entered_by_first_any_and_only():
    gates = make(len(Gate), GATE_TALLY).view(np.recarray)
    clear, money = 1 << Gate.NOT_CLEAR, 1 << Gate.MONEY
    for found in (DELIVERED | SEEN, SEEN | clear, clear | money, SEEN | clear | money, money):
        tally.count_gates(gates, found | CLOSED)
    assert {name: set(gates[name]) for name in ("windows", "windows_seen", "delivered", "imputed")} == {
        "windows": {5},
        "windows_seen": {3},
        "delivered": {1},
        "imputed": {2},
    }
    names = (
        "any_failing",
        "first_failing",
        "only_failing",
        "any_failing_seen",
        "first_failing_seen",
        "only_failing_seen",
    )
    lines = {gate: tuple(gates[gate][name] for name in names) for gate in Gate}
    assert {gate: line for gate, line in lines.items() if any(line)} == {
        Gate.NOT_CLEAR: (3, 3, 1, 2, 2, 1),
        Gate.MONEY: (3, 1, 1, 1, 0, 0),
    }
    assert gates.first_failing.sum() + gates.delivered[0] == 5


def test_warm_up_is_left_out_of_the_sums():
    weekly = make(5, WEEKLY).view(np.recarray)
    weekly.week[:4] = [-2, -1, 0, 1]
    weekly.caseload[:4] = [100, 100, 3, 4]
    tally.add_weeks(weekly, weekly[4])
    assert weekly[4].caseload == 7


def test_minutes_of_roles_that_see_nobody_are_not_in_the_shares():
    """A psychologist's own work is paid and is not part of how the others' time is used."""
    world = seen_weekly()
    world.minutes[6, Activity.OWN_WORK] = 1e6
    outcome = make(1, OUTCOME).view(np.recarray)[0]
    tally.count_minutes(world, outcome, world.params[0])
    assert outcome.face_to_face_share == 0
    world.minutes[2, Activity.ROUTINE], world.minutes[2, Activity.TRAVEL] = 60.0, 40.0
    tally.count_minutes(world, outcome, world.params[0])
    assert (outcome.face_to_face_share, outcome.travel_share) == (0.6, 0.4)
