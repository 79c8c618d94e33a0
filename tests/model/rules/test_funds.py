import pytest

from cpsim.model.records import PRACTITIONER, TEAM
from cpsim.model.rules import funds
from tests.tiny import numbers, row

pytestmark = [pytest.mark.unit, pytest.mark.rules]

P = numbers(budget=1000.0, budget_limited=1, spend_effort_minutes=600.0, training_day_cost=400.0)


@pytest.mark.parametrize(
    ("pressure", "knows", "given"), [(0.75, 1, 20), (0.0, 1, 80), (1.0, 1, 0), (1.3, 1, 0), (0.75, 0, 0)]
)
def test_only_time_to_spare_of_those_who_know_goes_into_arranging(pressure, knows, given):
    team, worker = row(TEAM, pressure=pressure), row(PRACTITIONER, minutes_left=80.0, opened=knows)
    assert funds.arrange(team, worker, P) == pytest.approx(given)
    assert (team.arranged, worker.minutes_left) == (pytest.approx(given), pytest.approx(80 - given))


def test_arranging_ends_when_all_is_arranged():
    team, worker = row(TEAM, arranged=590.0), row(PRACTITIONER, minutes_left=80.0, trained=1)
    assert funds.arrange(team, worker, P) == 10
    assert funds.arrange(team, worker, P) == 0
    funds.lead_arranges(team, 90.0, P)
    assert team.arranged == 600


def test_without_a_budget_there_is_nothing_to_arrange():
    assert funds.to_arrange(row(TEAM), numbers()) == 0


def test_money_lasts_as_far_as_it_was_arranged():
    """Half of the hours: half of the thousand pounds, of which 300 are gone."""
    team = row(TEAM, arranged=300.0, spent=300.0)
    assert (funds.arranged(team, P), funds.left(team, P)) == (500, 200)
    assert funds.pay_for_visits(team, P) == 1
    assert [funds.pay(team, 150.0, P) for _ in range(3)] == [150, 50, 0]
    assert (team.spent, funds.left(team, P), funds.pay_for_visits(team, P)) == (500, 0, 0)


def test_without_a_budget_that_is_named_funds_pay_what_is_asked():
    team, p = row(TEAM), numbers(budget_limited=0)
    assert (funds.pay_for_visits(team, p), funds.pay(team, 9.0, p), team.spent) == (1, 9, 0)


def test_money_for_training_pays_no_visits():
    p = P.copy()
    p.budget_buys_training = 1
    assert funds.pay_for_visits(row(TEAM, arranged=600.0), p) == 0


@pytest.mark.parametrize(
    ("fields", "could"),
    [
        ({}, True),
        ({"filled": 0}, False),
        ({"opened": 0}, False),
        ({"trained": 1}, False),
        ({"training_left": 0.5}, False),
    ],
)
def test_training_is_bought_for_those_in_post_who_opened_the_materials_and_have_none(fields, could):
    assert bool(funds.could_be_trained(row(PRACTITIONER, **{"filled": 1, "opened": 1, **fields}))) is could


def test_a_day_of_training_is_bought_while_the_budget_reaches_so_far():
    team, p = row(TEAM, arranged=600.0), P
    bought = []
    for _ in range(4):
        worker = row(PRACTITIONER, wte=1.0)
        bought.append((bool(funds.buy_training(team, worker, p)), float(worker.training_left)))
    assert bought == [(True, 1), (True, 1), (False, 0), (False, 0)]
    assert team.spent == 800
