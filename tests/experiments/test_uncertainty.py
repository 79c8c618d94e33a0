"""How sure are we: the layout of runs, what is said of made-up runs whose answer is known, and the real model once."""

import json

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments import uncertainty_tables as made
from cpsim.experiments.ensemble import NAME, digests_now, write_set
from cpsim.experiments.uncertainty import Uncertainty, answer, ask
from cpsim.experiments.vectors import drawn, read
from tests.experiments.studies import short

pytestmark = pytest.mark.unit

VECTORS, WORLDS = 60, 3


@pytest.fixture(scope="module")
def asked():
    return ask("cmht", "training-only", vectors=VECTORS, worlds=WORLDS)


def runs_of(asked, effect, cost):
    """Rows of the design as if the model had given the second scenario this much more; (vectors, worlds) each."""
    design = asked.design()
    random = np.random.default_rng(4)
    each = VECTORS * WORLDS
    frame = pd.DataFrame({name: np.tile(random.random(each), 2) for name in design.outputs})
    frame["rguk_change"] += np.concatenate([np.zeros(each), np.ravel(effect)])
    frame["cost_per_person"] += np.concatenate([np.zeros(each), np.ravel(cost)])
    frame.insert(0, "world", design.world)
    return frame


def found_with(asked, effect, cost):
    return Uncertainty(asked, runs_of(asked, effect, cost))


def test_each_vector_has_worlds_of_its_own_and_both_scenarios_meet_the_same(asked):
    design = asked.design()
    worlds = design.world.reshape(2, VECTORS, WORLDS)
    assert len(np.unique(worlds[0])) == VECTORS * WORLDS
    assert (worlds[0] == worlds[1]).all()
    assert (design.point.reshape(2, VECTORS, WORLDS) == np.arange(2 * VECTORS).reshape(2, VECTORS, 1)).all()


def test_both_scenarios_have_the_same_vectors(asked):
    points = asked.design().points
    assert dict(points[3].changes) == {k: v for k, v in points[VECTORS + 3].changes.items() if k != "weeks"}
    assert points[VECTORS].scenario == "training-only"


def test_what_the_two_scenarios_set_differently_is_not_varied():
    second = cpsim.load("cmht").with_({"parameters.known_at_start": 0.9})
    paths = drawn((cpsim.load("cmht"), second), 16, 1).paths
    assert "parameters.known_at_start" in drawn((cpsim.load("cmht"),), 16, 1).paths
    assert "parameters.known_at_start" not in paths


def test_vectors_stay_within_the_evidence_and_repeat():
    from cpsim.scenario.declare import declarations

    one, other = (drawn((cpsim.load("cmht"),), 64, 5) for _ in range(2))
    assert (one.values == other.values).all()
    for path, column in zip(one.paths, one.values.T, strict=True):
        declared = declarations()[path]
        assert declared.low - 1e-9 <= column.min() <= column.max() <= declared.high + 1e-9
    assert not any("dummy" in path for path in one.paths)


def test_null_has_its_cloud_at_the_centre(asked):
    found = found_with(asked, np.zeros((VECTORS, WORLDS)), np.zeros((VECTORS, WORLDS)))
    assert found.layout.cloud() == pytest.approx(0)
    assert found.acceptability["second"].tolist() == [0.5] * len(found.acceptability)
    assert "no clear difference" in found.in_words()


def test_null_with_luck_alone_settles_nothing(asked):
    random = np.random.default_rng(9)
    found = found_with(asked, *(random.normal(size=(2, VECTORS, WORLDS)) * [[[0.1]], [[50.0]]]))
    low, high = (found.acceptability[name] for name in ("second_low", "second_high"))
    assert (high - low).min() > 0.5
    assert not found.acceptability["settled"].all()
    assert not found.evppi["above_floor"].any()


def test_luck_does_not_widen_the_cloud(asked):
    random = np.random.default_rng(2)
    effect, cost = random.normal(0.5, 0.1, (VECTORS, 1)), random.normal(100, 20, (VECTORS, 1))
    spreads = []
    for luck in (0.0, 0.1):
        noisy = random.normal(size=(2, VECTORS, WORLDS)) * luck
        found = found_with(asked, effect + noisy[0], cost + 200 * noisy[1])
        spreads.append(found.layout.cloud().std(axis=0))
    assert spreads[1] == pytest.approx(spreads[0], rel=0.35)


def test_three_uncertainties_are_told_apart(asked):
    random = np.random.default_rng(3)
    effect = random.normal(1.0, 0.3, (VECTORS, 1)) + random.normal(0, 0.1, (VECTORS, WORLDS))
    table = found_with(asked, effect, np.zeros((VECTORS, WORLDS))).components
    row = table[(table["scenario"] == "difference") & (table["output"] == "rguk_change")].iloc[0]
    assert row["parameter_sd"] == pytest.approx(0.3, rel=0.25)
    assert row["luck_sd"] == pytest.approx(0.1, rel=0.2)
    assert row["error"] == pytest.approx(2.0 * np.hypot(0.3, 0.1 / WORLDS**0.5) / VECTORS**0.5, rel=0.25)


def test_a_planted_number_is_the_one_worth_studying(asked):
    place = asked.vectors.paths.index("parameters.capital_per_tie")
    column = asked.vectors.values[:, place]
    effect = np.repeat(1.0 + (column - column.mean())[:, None] / column.std(), WORLDS, axis=1)
    found = found_with(asked, effect, np.full((VECTORS, WORLDS), 250.0))
    assert found.evppi["parameter"].iloc[0] == "parameters.capital_per_tie"
    assert found.evppi["above_floor"].iloc[0]


def test_quadrants_and_prices_are_said(asked):
    random = np.random.default_rng(6)
    found = found_with(asked, random.normal(2, 0.1, (VECTORS, WORLDS)), random.normal(500, 10, (VECTORS, WORLDS)))
    text = " ".join(found.in_words().split())
    assert "better and dearer in 100 (100 to 100) of 100 settings" in text
    assert "£250 a point, mean cost over mean effect" in text
    assert "Nobody has agreed what a point is worth" in text


def test_consequences_are_paired_and_have_no_total(asked):
    found = found_with(asked, np.ones((VECTORS, WORLDS)), np.full((VECTORS, WORLDS), 10.0))
    table = found.consequences
    assert set(table["subject"]) == {"people", "others", "payer", "perspective"}
    row = table[table["output"] == "rguk_change"].iloc[0]
    assert row["mean_b"] - row["mean_a"] == pytest.approx(row["difference"])
    assert (row["difference"], row["higher_in"]) == (pytest.approx(1.0), 1.0)


def test_perspectives_are_sums_of_payers(asked):
    values = found_with(asked, np.zeros((VECTORS, WORLDS)), np.zeros((VECTORS, WORLDS))).layout.values
    parts = values["cost_trust"] + values["cost_local_authority"] + values["cost_implementation"]
    assert values[made.NHS] == pytest.approx(parts)


@pytest.mark.parametrize(("weeks", "rates"), [(26, 1), (52, 1), (104, 2)])
def test_nothing_is_discounted_within_a_year(weeks, rates):
    asked = ask(cpsim.load("cmht").with_(weeks=weeks), "training-only", vectors=VECTORS, worlds=WORLDS)
    found = found_with(asked, np.ones((VECTORS, WORLDS)), np.ones((VECTORS, WORLDS)))
    effect, cost = found.layout.incremental().mean(axis=0)
    years = weeks * 7 / 365.25
    assert found.acceptability["rate"].nunique() == rates
    assert effect == pytest.approx(1.0 if rates == 1 else 1 / 1.035)
    assert cost == pytest.approx(years if rates == 1 else 1 + (years - 1) / 1.035)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"vectors": 3}, "vectors: 3"),
        ({"worlds": 1}, "worlds: 1"),
        ({"pay_up_to": 0.0}, "pay-up-to"),
        ({"effect": "rguk_chnge"}, "did you mean 'rguk_change'"),
    ],
)
def test_mistakes_are_told(options, message):
    with pytest.raises(OptionError, match=message):
        ask("cmht", **options)


def test_teams_must_be_as_many():
    with pytest.raises(UserError, match="number of teams"):
        ask("cmht", "study-2021")


def a_set(folder, count=8):
    """A calibration's set of one number, as its folder holds it."""
    table = pd.DataFrame({"parameters.known_at_start": np.linspace(0.1, 0.5, count)})
    usual = {"parameters.known_at_start": cpsim.load("cmht").teams[0].base.parameters.known_at_start}
    write_set(table, {"usual": usual, **digests_now()}, folder / NAME)
    return folder


def test_a_set_that_was_not_ruled_out_is_read(tmp_path):
    cmht = cpsim.load("cmht")
    vectors = read(a_set(tmp_path), (cmht,), 5)
    assert (vectors.drawn, vectors.paths, len(vectors)) == (False, ("parameters.known_at_start",), 5)
    assert vectors.changes[0] == {"standing.parameters.known_at_start": 0.1}
    own = cmht.with_({"parameters.known_at_start": 0.9})
    with pytest.raises(OptionError, match="numbers that vary here"):
        read(tmp_path, (cmht, own))


def test_of_the_model_itself(tmp_path):
    found = answer(ask(short(), "community-engaged", vectors=8), workers=1)
    assert "How sure are we?" in found.in_words()
    assert set(found.tables) >= {"components", "consequences", "plane", "acceptability", "vectors"}
    from cpsim.experiments.folder import save_study

    folder = save_study(found, tmp_path / "study")
    page = (folder / "report.html").read_text("utf-8")
    assert all(text in page for text in ("Nothing here is a cost per QALY", "Cost by payer", "no total score"))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (manifest["study"], manifest["runs"]) == ("uncertainty", 32)
    assert {path.stem for path in (folder / "figures").iterdir()} >= {"uncertainties", "plane", "acceptability"}


def test_one_scenario_alone():
    found = answer(ask(short(), vectors=8), workers=1)
    assert set(found.tables) == {"components", "consequences", "vectors"}
    assert "by luck" in found.in_words()
