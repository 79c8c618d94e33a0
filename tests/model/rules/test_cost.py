import pytest

from cpsim.model.codes import Payer
from cpsim.model.ledgers import WEEKLY
from cpsim.model.records import PRACTITIONER
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
    assert cost.of_day(row(PRACTITIONER, wte=0.5, hour_cost=60.0), p) == 225
    assert cost.of_day(row(PRACTITIONER, wte=0.5, hour_cost=60.0, agency=1), p) == pytest.approx(270)
