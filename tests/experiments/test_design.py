"""A design says what is to be run, and refuses what could not be."""

import numpy as np
import pytest

import cpsim
from cpsim.errors import OptionError, ScenarioError
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design
from cpsim.experiments.outcomes import HEADLINES, OTHERS, chosen_outputs, known_outputs, ledger_columns
from cpsim.experiments.runs import Planned
from tests.experiments.studies import design, short

pytestmark = pytest.mark.unit


def test_every_headline_is_a_declared_outcome():
    assert chosen_outputs() == HEADLINES
    assert set(OTHERS) < set(HEADLINES) < set(known_outputs())


def test_an_unknown_output_gets_the_nearest():
    with pytest.raises(OptionError, match="no outcome 'five_stps'; did you mean 'five_steps'"):
        design(outputs=["reach", "five_stps"])


def test_all_outputs():
    assert design(outputs="all").outputs == known_outputs()


def test_crossed_is_world_by_world_within_a_point():
    made = design(range(3, 6))
    assert made.point.reshape(3, 3).tolist() == [[0] * 3, [1] * 3, [2] * 3]
    assert made.world.reshape(3, 3).tolist() == [[3, 4, 5]] * 3


@pytest.mark.parametrize(
    ("points", "point", "world", "said"),
    [
        ([Point("a"), Point("a")], [0], [0], "a: a name is given once"),
        ([Point("a")], [1], [0], "no point number 1 among 1"),
        ([Point("a")], [0], [-1], "numbered from 0"),
        ([Point("a")], [0, 0], [0], "one point and one world a run"),
        ([Point("a")], [], [], "at least one run"),
    ],
)
def test_a_design_that_makes_no_sense(points, point, world, said):
    with pytest.raises(OptionError, match=said):
        Design.listed(short(), points, point, world)


def test_a_seed_that_makes_no_sense():
    with pytest.raises(OptionError, match="seed: -1"):
        design(seed=-1)


def test_every_point_is_checked_before_any_run(monkeypatch):
    monkeypatch.setattr("cpsim.experiments.variants.live", lambda *_, **__: 1 / 0)
    wrong = [
        Point("fine"),
        Point("p1", {"parameters.known_at_strt": 0.5}),
        Point("p2", without=("transprt",)),
        Point("p3", scenario="understafed"),
    ]
    with pytest.raises(ScenarioError) as error:
        run_design(design(points=wrong))

    said = str(error.value)
    for each in (
        "p1: parameters.known_at_strt: no such key; did you mean 'known_at_start'?",
        "p2: without 'transprt': no such barrier; did you mean 'transport'?",
        "p3: 'understafed': no scenario or file of this name; did you mean 'understaffed'?",
    ):
        assert each in said


def test_a_point_is_known_by_what_it_is():
    plain = Point("a", {"parameters.known_at_start": 0.5})
    assert plain.digest == Point("b", {"parameters.known_at_start": np.float64(0.5)}).digest
    assert plain.digest != Point("a", {"parameters.known_at_start": 0.6}).digest
    assert Point("a", scenario="cmht").digest == Point("a", scenario=cpsim.load("cmht")).digest
    assert len({Point("a").digest, Point("a", without=("money",)).digest, Point("a", scenario="cmht").digest}) == 3


def test_runs_that_are_the_same_are_made_once():
    twins = [Point("a"), Point("b"), Point("c", {"parameters.known_at_start": 0.5})]
    made = design(range(4), points=twins)
    assert len(Planned(made)) == 8

    runs = run_design(made)
    assert len(runs) == 12
    assert runs["pressure"][:4].tolist() == runs["pressure"][4:8].tolist()


def test_ledger_columns_are_named_once():
    assert len(set(ledger_columns())) == len(ledger_columns())
    assert {"delivery.windows", "delivery.any.transport", "access.own.only.money"} < set(ledger_columns())
