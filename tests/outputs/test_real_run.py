"""A few real runs: what the tables say of them must agree, and a saved run must come back and repeat."""

import numpy as np
import pytest

import cpsim
from cpsim.outputs import store
from cpsim.outputs.run_result import RunResult
from tests.outputs.test_tables import same

YEAR, WEEK = 365.25, 7  # days


@pytest.fixture(scope="module")
def result():
    return cpsim.run(cpsim.load("third-sector"), replications=4, seed=1, people=True)


@pytest.fixture(scope="module")
def reported(result):
    return result.weekly.query("week >= 0").groupby("replication")


@pytest.mark.invariant
def test_each_chance_was_taken_or_stopped_first_by_something(result):
    """V16"""
    delivery = result.barriers.query("ledger == 'delivery'").groupby("replication")
    first, taken, chances = delivery["first_failing"].sum(), delivery["succeeded"].first(), delivery["chances"].first()
    assert (first + taken == chances).all()
    assert (chances == result.outcomes["windows"].to_numpy()).all()
    assert (taken / chances).to_numpy() == pytest.approx(result.outcomes["delivered"].to_numpy())


@pytest.mark.invariant
def test_people_are_counted_once(result):
    runs = result.outcomes
    assert runs["reach"].to_numpy() == pytest.approx(runs["five_steps"] + runs["some_steps"])
    assert (runs["reach"] + runs["no_steps"]).to_numpy() == pytest.approx(1)
    assert (runs["on_caseload"] >= runs["could_take_up"]).all()
    assert (runs["could_take_up"] >= runs["asked"]).all()


@pytest.mark.invariant
def test_weeks_make_the_outcomes(result, reported):
    runs = result.outcomes
    assert reported["caseload"].mean().to_numpy() == pytest.approx(runs["caseload"])
    held = sum(reported[name].sum() for name in ("contacts_crisis", "contacts_stabilising", "contacts_recovery"))
    months = reported["caseload"].sum() * WEEK / (YEAR / 12)
    assert (held / months).to_numpy() == pytest.approx(runs["contacts_per_person_month"])
    years = reported["caseload"].sum() * WEEK / YEAR
    for payer in ("trust", "local_authority", "voluntary", "implementation", "own_pocket"):
        assert (reported[f"cost_{payer}"].sum() / years).to_numpy() == pytest.approx(runs[f"cost_{payer}"])


@pytest.mark.invariant
def test_time_given_to_cp_is_within_time_at_work(result):
    hours = result.time.groupby("replication")["hours_per_week"].sum().to_numpy()
    assert (result.outcomes["cp_hours_delivered"] < hours).all()
    assert (result.outcomes["cp_hours_free"] < hours).all()


@pytest.mark.invariant
def test_groups_make_the_whole(result):
    """The nearer and the farther half are everybody, so the headline lies between them."""
    runs = result.outcomes
    halves = runs[["five_steps_near", "five_steps_far"]].to_numpy()
    assert runs["five_steps"].max() > 0, "nobody has five steps, so this says nothing"
    assert (halves.min(axis=1) <= runs["five_steps"] + 1e-9).all()
    assert (halves.max(axis=1) >= runs["five_steps"] - 1e-9).all()


@pytest.mark.identity
def test_a_saved_run_comes_back_and_repeats(result, tmp_path):
    folder = result.save(tmp_path / "run", report=False)
    back, known = RunResult.load(folder), store.read_manifest(folder)
    again = cpsim.run(
        back.scenario, replications=known["replications"], seed=known["seed"], workers=1, people=known["people"]
    )
    assert same(back.runs, result.runs)
    assert store.differing_tables(again, known) == []


@pytest.mark.unit
def test_people_at_the_end(result):
    people = result.people
    assert people.groupby("replication")["id"].nunique().sum() == len(people)
    assert np.isfinite(people.select_dtypes("number").to_numpy()).all()
