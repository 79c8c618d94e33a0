"""V15: what the ledger bills is quantity times unit cost, both counted anew from what practitioners and people did."""

import numpy as np
import pytest

from cpsim.model.codes import HOUR, STEPS, Activity, Payer, Stage
from tests.invariants.scenarios import in_any_world
from tests.invariants.worlds import days, parts, scenario, world

pytestmark = [pytest.mark.invariant, pytest.mark.rules]

COLUMNS = {payer: f"cost_{payer.name.lower()}" for payer in Payer}
MONDAY_TO_FRIDAY = 5  # days
PENNY = 0.01  # of bills of up to some million pounds


def visits(w, before):
    """Rows of memberships attended since `before`."""
    held = (w.memberships["place"] >= 0) & (w.memberships["since"] == before["since"])
    return np.flatnonzero(held & (w.memberships["attended"] > before["attended"]))


def price(w, row):
    """What one visit of this membership costs: (the person, the funds while they last), GBP."""
    p = w.params[w.team[0]["phase"]]
    person, place = w.people[row * len(w.people) // len(w.memberships)], w.places[w.memberships["place"][row]]
    km = np.hypot(person["home_x"] - place["x"], person["home_y"] - place["y"])
    fare = 0.0 if person["car"] or person["bus_pass"] or km <= p["walk_km"] else p["bus_fare"]
    fee = 0.0 if place["waived"] else place["fee"]
    parts_of_it = ((fee, p["pay_fees"]), (place["extras"], p["pay_extras"]), (fare, p["pay_fares"]))
    funded = sum(cost for cost, paid in parts_of_it if paid) if place["funded"] else 0.0
    return sum(cost for cost, _ in parts_of_it) - funded, funded


def budget_left(w):
    """GBP that funds can still pay this day."""
    team, p = w.team[0], w.params[w.team[0]["phase"]]
    if not p["budget_limited"]:
        return np.inf
    return max(0.0, p["budget"] * min(1.0, team["arranged"] / p["spend_effort_minutes"]) - team["spent"])


def bill_anew(w):
    """Run to the end. Returns pounds by payer, from days at work, beds, contacts, training days and visits."""
    pounds = dict.fromkeys(Payer, 0.0)
    p = w.params[0]
    while w.team[0]["day"] < w.team[0]["last_day"] - 1:
        before, spent = w.memberships.copy(), w.minutes.copy()
        for part, k in parts(w):
            if part == "open":
                training, who = np.array(w.workers["training_left"]), np.array(w.workers["spells"])
            elif part == "morning":
                worker = w.workers[k]
                if worker["filled"] and worker["spells"] > who[k]:  # somebody new, to be trained like the others
                    training[k] = w.params[w.team[0]["phase"]]["training_days_per_person"]
                if worker["agency"]:
                    training[k] = 0.0  # what was booked for the post is for whoever fills it
                if w.team[0]["weekday"] < MONDAY_TO_FRIDAY and worker["filled"]:
                    hours = worker["today"] * p["day_minutes"] / HOUR
                    today = (w.minutes - spent)[worker["role"]] / HOUR
                    time = today[Activity.CP_SUPERVISION] + today[Activity.CP_LEADING]
                    dearer = 1.0 + p["agency_premium"] * worker["agency"]
                    of_day = hours * dearer - time - today[Activity.CP_LEARNING]
                    pounds[Payer(int(worker["payer"]))] += of_day * worker["hour_cost"]
                    learnt = max(0.0, training[k] - worker["training_left"]) * worker["wte"]
                    pounds[Payer.IMPLEMENTATION] += learnt * p["training_day_cost"] + time * worker["hour_cost"]
            elif part == "receive":
                beds = (w.people["stage"] == Stage.HOSPITAL).sum()
                held = w.people["held_by_crisis_team"][w.people["stage"] == Stage.CRISIS].sum()
                contacts = held * p["crisis_team_contacts_a_day"]
                left = budget_left(w)
                pounds[Payer.TRUST] += beds * p["bed_day_cost"] + contacts * p["crisis_team_contact_cost"]
            elif part == "live":
                for row in visits(w, before):
                    own, funded = price(w, row)
                    paid = min(funded, left)
                    left -= paid
                    pounds[Payer.OWN_POCKET] += own + funded - paid
                    pounds[Payer.IMPLEMENTATION] += paid
            elif part == "close":
                for activity in (Activity.ENGAGEMENT, Activity.CP_FUNDS):
                    for role in np.flatnonzero((w.minutes - spent)[:, activity]):
                        worker = w.workers[w.workers["role"] == role][0]
                        time = (w.minutes - spent)[role, activity] / HOUR * worker["hour_cost"]
                        pounds[Payer(int(worker["payer"]))] -= time
                        pounds[Payer.IMPLEMENTATION] += time
            spent = w.minutes.copy()
    return pounds


@in_any_world()
def test_v15_the_ledger_bills_quantity_times_unit_cost(start):
    w = start.world()
    pounds = bill_anew(w)
    for payer, column in COLUMNS.items():
        assert w.weekly[:-1][column].sum() == pytest.approx(pounds[payer], rel=1e-9, abs=PENNY), column


@pytest.mark.parametrize(
    "changes",
    [
        {"standing.strategy.pay_fees": True, "parameters.own_attempts_per_month": 4.0},
        {"strategy.pay_fees": True, "strategy.budget_gbp": 60.0, "parameters.own_attempts_per_month": 4.0},
        {"strategy.pay_extras": True, "parameters.affordable_share": 2.0, "parameters.free_share": 0.0},
        {"strategy.pay_fares": True, "strategy.training_days_per_person": 3.0, "strategy.materials": True},
    ],
)
def test_v15_visits_are_paid_by_funds_or_by_the_person(changes):
    always = {"standing.team.caseload_per_wte": 4.0, "parameters.no_car_share": 1.0}
    where = {"place.no_car_share" if path == "parameters.no_car_share" else path: to for path, to in always.items()}
    w = world(scenario("third-sector", where | changes, weeks=8), seed=3, warm_up_weeks=2)
    pounds = bill_anew(w)

    assert pounds[Payer.OWN_POCKET] > 0
    assert pounds[Payer.IMPLEMENTATION] > 0
    for payer, column in COLUMNS.items():
        assert w.weekly[:-1][column].sum() == pytest.approx(pounds[payer], rel=1e-9, abs=PENNY), column


@in_any_world()
def test_v15_each_person_s_own_account_adds_up_to_the_ledger(start):
    w = start.world()
    for _ in days(w):
        pass
    weeks = w.weekly[:-1][w.weekly[:-1]["week"] >= 0]
    assert weeks["cost_own_pocket"].sum() == pytest.approx(w.people["own_pocket"].sum(), abs=PENNY)
    assert weeks["cost_funds"].sum() == pytest.approx(w.people["funded"].sum(), abs=PENNY)


@in_any_world()
def test_v15_putting_cp_into_practice_is_the_sum_of_its_parts(start):
    w = start.world()
    for _ in days(w):
        pass
    weeks = w.weekly[:-1]
    whole = sum(weeks[f"cost_{part}"] for part in ("training", "supervision", "leadership", "engagement", "funds"))
    assert weeks["cost_implementation"] == pytest.approx(whole, rel=1e-9, abs=PENNY)


@in_any_world()
def test_v15_what_is_charged_to_people_is_what_practitioners_spent_on_them(start):
    w = start.world()
    for _ in days(w):
        pass
    kinds = [Activity.CRISIS, Activity.ASSESSMENT, Activity.STABILISING, Activity.ROUTINE, Activity.REVIEW]
    kinds += [Activity.CP_VISIT, Activity.TRAVEL, Activity.NOTES]
    assert w.people["staff_minutes"].sum() == pytest.approx(w.minutes[:, kinds].sum(), rel=1e-9, abs=PENNY)


@in_any_world()
def test_v15_minutes_of_connecting_people_add_up_by_step(start):
    """The dose is a quantity too: what the steps hold is what contacts put in, less what was looked for in vain."""
    w = start.world()
    given_before = looked_before = np.zeros(len(w.people))
    for today in days(w):
        if today < 0:
            given_before = sum(w.people[f"minutes_{step}"] for step in range(1, STEPS + 1))
            looked_before = w.people["search_minutes"].copy()  # counts at the step if a way is found in the window
    at_steps = sum(w.people[f"minutes_{step}"] for step in range(1, STEPS + 1))
    in_vain = w.people["cp_minutes"] - (at_steps - given_before)
    assert (in_vain >= -looked_before - 1e-9).all()
    not_in_community = w.people["step"] <= 1
    assert in_vain[not_in_community] == pytest.approx(np.zeros(not_in_community.sum()))
