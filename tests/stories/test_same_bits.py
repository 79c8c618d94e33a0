"""Watching changes nothing: a day lived part by part leaves the engine's bits, whoever is looked at."""

import pytest

import cpsim
from cpsim.model.day import run_day
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.tally import run_tally
from cpsim.stories.day_sheet import _Watch
from cpsim.stories.future import Future
from cpsim.stories.story import follow
from cpsim.stories.walk import parts
from tests.invariants.scenarios import in_any_world
from tests.mesa_model.walks import differences, small

pytestmark = pytest.mark.identity


@pytest.mark.rules
@in_any_world(most_weeks=4)
def test_a_day_part_by_part_is_the_engines_day(start):
    watched, engine = start.world(), start.world()
    somebody = {0, 1, len(watched.people) - 1}
    while engine.team[0]["day"] < engine.team[0]["last_day"] - 1:
        for _ in parts(watched, people=somebody, workers={0}):
            pass
        run_day(engine)
        assert differences(engine, watched) == []


@pytest.mark.parametrize("name", [name for name, _, _ in cpsim.shipped_scenarios()])
def test_a_story_is_told_of_the_future_that_the_engine_runs(name):
    chosen = cpsim.load(name).with_(weeks=8)
    future = Future.of(chosen, seed=7, replication=1)
    future.live_until(-1)
    assert list(follow(future, person=int(future.world.active[0])))
    outcome = make(1, OUTCOME)
    run_tally(future.world, outcome[0])
    ran = cpsim.run(chosen, replications=2, seed=7).outcomes.query("replication == 1 and team == @future.team").iloc[0]
    found = dict(zip(OUTCOME.names, outcome[0].tolist(), strict=True))
    assert [ran[field] for field in found] == pytest.approx(list(found.values()), rel=0, abs=0, nan_ok=True)


def test_a_day_sheet_leaves_the_engines_bits():
    future = Future.of(small(), seed=5)
    engine = Future.of(small(), seed=5).world
    future.live_until(4)
    _Watch(future, 0).live_the_day()
    while engine.team[0]["day"] < future.day:
        run_day(engine)
    assert differences(engine, future.world) == []
