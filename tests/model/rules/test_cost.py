import pytest

from cpsim.model.codes import Payer
from cpsim.model.ledgers import WEEKLY
from cpsim.model.records import PERSON, PRACTITIONER
from cpsim.model.rules import cost
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

COLUMNS = {
    Payer.TRUST: "cost_trust",
    Payer.LOCAL_AUTHORITY: "cost_local_authority",
    Payer.VOLUNTARY: "cost_voluntary",
    Payer.IMPLEMENTATION: "cost_implementation",
    Payer.OWN_POCKET: "cost_own_pocket",
}


@pytest.mark.parametrize("payer", Payer)
def test_each_payer_has_a_column(payer):
    week = row(WEEKLY)
    cost.bill(week, int(payer), 20.0)
    cost.bill(week, int(payer), 5.0)
    assert {name: week[name] for name in COLUMNS.values()} == {
        name: 25.0 * (payer == of) for of, name in COLUMNS.items()
    }


def test_a_day_costs_its_hours():
    p = numbers(day_minutes=450, agency_premium=0.2)
    assert cost.of_day(row(PRACTITIONER, today=0.5, hour_cost=60.0), p) == 225
    assert cost.of_day(row(PRACTITIONER, today=0.5, hour_cost=60.0, agency=1), p) == pytest.approx(270)


WORKER = {"today": 1.0, "wte": 1.0, "hour_cost": 60.0, "payer": Payer.LOCAL_AUTHORITY}


def test_a_training_day_is_paid_once_with_the_time_in_it():
    """Half a day, 225 minutes at GBP 60 an hour, leaves the payer; half of 400 for time and trainer takes its place."""
    week = row(WEEKLY)
    cost.bill_training(week, row(PRACTITIONER, **WORKER), 0.5, 225.0, numbers(training_day_cost=400))
    assert (week.cost_local_authority, week.cost_training, week.cost_implementation) == (-225, 200, 200)


@pytest.mark.parametrize(
    ("billed", "part"),
    [
        (cost.bill_supervision, "cost_supervision"),
        (cost.bill_leading, "cost_leadership"),
        (cost.bill_engagement, "cost_engagement"),
    ],
)
def test_time_moves_from_the_payer_to_putting_cp_into_practice(billed, part):
    week = row(WEEKLY, cost_local_authority=450.0)
    billed(week, row(PRACTITIONER, **WORKER), 30.0)
    assert (week.cost_local_authority, week[part], week.cost_implementation) == (420, 30, 30)


def test_funds_are_a_part_of_putting_cp_into_practice():
    week = row(WEEKLY)
    cost.bill_funds(week, 7.5)
    assert (week.cost_funds, week.cost_implementation) == (7.5, 7.5)


def test_care_is_minutes_crisis_team_and_ward():
    person = row(PERSON, staff_cost=100.0, days_held=3, days_in_hospital=2)
    p = numbers(crisis_team_contacts_a_day=0.5, crisis_team_contact_cost=200, bed_day_cost=400)
    assert cost.of_care(person, p) == 100 + 300 + 800
