"""The model as Mesa users meet it: steps, days, the end, the collector, batches."""

import mesa
import numpy as np
import pytest

import cpsim
from cpsim.errors import OptionError, ScenarioError, UserError
from cpsim.mesa_model import REPORTERS, CMHTModel, Practitioner, ServiceUser
from tests.mesa_model.walks import differences, small

pytestmark = pytest.mark.unit


def test_a_step_is_a_day_from_the_first_of_warm_up():
    model = CMHTModel("cmht", seed=2)
    assert (model.day, model.steps) == (-183, 0)
    model.step()
    assert (model.day, model.steps) == (-182, 1)
    unlike_the_saved_start = CMHTModel(small(), seed=2)
    assert unlike_the_saved_start.day == -729
    assert CMHTModel(small(), seed=2, warm_up_weeks=3).day == -22


def test_warm_up_can_be_skipped():
    weeks = {"warm_up_weeks": 6}
    short, long = CMHTModel(small(), seed=2, skip_warm_up=True, **weeks), CMHTModel(small(), seed=2, **weeks)
    assert short.day == -1
    for _ in range(42):
        long.step()
    assert differences(short.world, long.world) == []


def test_the_run_ends_after_its_last_day_and_then_has_an_outcome():
    model = CMHTModel(small(weeks=2), seed=2, skip_warm_up=True)
    with pytest.raises(UserError, match="day -1"):
        model.outcome()
    model.run_model()
    assert (model.day, model.steps, model.running) == (13, 14, False)
    assert model.outcome()["person_days"] > 0
    assert model.outcome() is model.outcome()  # drawn up once: it adds to the ledgers
    with pytest.raises(UserError, match="over after its 2 weeks"):
        model.step()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": -1}, "seed: -1"),
        ({"seed": 2**63}, "seed"),
        ({"replication": -1}, "replication: -1"),
        ({"team": 1}, "teams 0 to 0"),
        ({"team": -1}, "teams 0 to 0"),
    ],
)
def test_options_that_make_no_sense(options, message):
    with pytest.raises(OptionError, match=message):
        CMHTModel(small(), **options)


def test_a_name_that_does_not_exist():
    with pytest.raises(ScenarioError):
        CMHTModel("no-such-team")


def test_seeds_as_mesa_passes_them():
    three, rng, same = CMHTModel(small(), seed=3), CMHTModel(small(), rng=3), CMHTModel(small(), seed=np.int64(3))
    assert differences(three.world, rng.world) == differences(three.world, same.world) == []
    assert three.random.random() == rng.random.random()
    other = CMHTModel(small(), seed=None)
    assert "people.social_anxiety" in differences(three.world, other.world)
    assert differences(other.world, CMHTModel(small(), seed=other.seed).world) == []
    drawn = [CMHTModel(small(), rng=np.random.default_rng(8)) for _ in range(2)]
    assert drawn[0].seed == drawn[1].seed


def test_the_collector_takes_a_line_a_day():
    model = CMHTModel(small(weeks=1), seed=2, skip_warm_up=True)
    model.run_model()
    kept = model.datacollector.get_model_vars_dataframe()
    assert list(kept.columns) == list(REPORTERS)
    assert list(kept.day) == list(range(7))
    last = kept.iloc[-1]
    assert (last.caseload, last.in_crisis, last.cp_minutes) == (model.caseload, model.in_crisis, model.cp_minutes)
    weekly = model.world.weekly[-2]
    assert kept.caseload.mean() == pytest.approx(weekly["caseload"])
    assert last.cp_minutes == pytest.approx(weekly["cp_minutes"])


class Watched(CMHTModel):
    """A user's own collector, for agents too."""

    def __init__(self, **options):
        super().__init__(skip_warm_up=True, **options)
        own = REPORTERS | {"met": lambda model: len(model.service_users)}
        kinds = {ServiceUser: {"stage": "stage_label"}, Practitioner: {"load": "load"}}
        self.datacollector = mesa.DataCollector(own, {"row": "index"}, kinds)


def test_a_collector_of_ones_own():
    model = Watched(scenario=small(weeks=1).with_({"standing.team.new_people_per_month": 20}))
    model.run_model()
    stages = model.datacollector.get_agenttype_vars_dataframe(ServiceUser)
    assert len(stages) == 7 * len(model.service_users)
    assert set(stages.stage) >= {"in recovery", "not yet referred"}
    assert (model.datacollector.get_model_vars_dataframe().met == len(model.service_users)).all()
    assert len(model.datacollector.get_agent_vars_dataframe()) == 7 * len(model.agents)


def batch(**parameters):
    every = {"scenario": small(weeks=1), "skip_warm_up": True, **parameters}
    found = mesa.batch_run(CMHTModel, every, iterations=2, display_progress=False)
    return [{name: run[name] for name in REPORTERS} for run in found]


def test_batches_differ_by_seed_and_by_nothing_else():
    one, two, again_one, again_two = batch(seed=[1, 2])
    assert one == again_one
    assert two == again_two
    assert one != two
    assert one["day"] == 6
    assert batch(rng=[1, 2]) == [one, two, one, two]


def test_a_seed_of_none_is_another_one_each_time():
    first, second = batch(seed=None)
    assert first != second


def test_batches_over_scenarios_and_behaviours():
    runs = mesa.batch_run(
        CMHTModel,
        {"scenario": ["cmht", "small-caseloads"], "practitioner": Practitioner, "replication": [0, 1]},
        max_steps=2,
        display_progress=False,
    )
    assert len({run["caseload"] for run in runs if run["replication"] == 0}) == 2
    assert {run["practitioner"] for run in runs} == {Practitioner}


def test_the_face_of_the_package_has_it():
    assert cpsim.CMHTModel is CMHTModel
