"""A whole calibration on a plain function: planted truth, resuming, failures, an empty set, and the page."""

import json

import numpy as np
import pytest

from cpsim.errors import CpsimError, FolderError, OptionError, Stopped
from cpsim.experiments.calibrate import Asked, fit, runs_of
from cpsim.experiments.calibration import Calibration
from cpsim.experiments.ensemble import NAME, load_set
from cpsim.experiments.evaluations import Stage
from cpsim.experiments.factors import factors
from cpsim.report.study import html
from cpsim.scenario.load import load
from tests.experiments.plain_problem import NUMBERS, evaluate, numbers, outcomes, places, problem

pytestmark = pytest.mark.unit

SMALL = Asked(waves=2, points=30, worlds=3, screening=0, retest=50, retest_worlds=5, keep=40)


@pytest.fixture(scope="module")
def found():
    return fit(problem(), SMALL)


def test_the_set_holds_what_it_should_and_nothing_else(found):
    """One place within 0.4 +- 0.09, the sum within 1.0 +- 0.09, the third anything."""
    settings = found.settings
    assert 15 <= len(settings) <= 40
    misses = np.abs([outcomes(point) - (1.0, 0.4) for point in settings])
    assert misses.max() < 0.09 + 3 * 0.02 / np.sqrt(5)
    assert settings[:, 2].min() < 0.15
    assert settings[:, 2].max() > 0.85


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 8))])
def test_a_planted_truth_is_kept(seed):
    """Data made by the model at a truth, seen with the error that is stated: emulators and the set's box keep it."""
    rng = np.random.default_rng(seed)
    truth = rng.uniform(0.15, 0.85, 3)
    seen = outcomes(truth) + 0.03 * rng.standard_normal(2)
    kept = fit(problem(tuple(seen)), Asked(**{**vars(SMALL), "seed": seed, "retest": 40}))
    assert kept.history.badness(truth[None, :])[0] < 1.0
    assert (kept.settings.min(axis=0) - 0.05 < truth).all()
    assert (kept.settings.max(axis=0) + 0.05 > truth).all()


def test_values_are_written_as_the_scenario_takes_them(found):
    told = Calibration(found)
    for point, row in zip(found.settings, told.settings.to_dict("records"), strict=True):
        assert places({f"standing.{path}": value for path, value in row.items()}) == pytest.approx(point, abs=1e-3)
    load("cmht").with_({f"standing.{path}": value for path, value in told.settings.iloc[0].items()})


def test_it_says_what_was_learnt(found):
    told = Calibration(found)
    left = told.identifiability.set_index("parameter")["left"]
    assert left.idxmin() == "parameters.leaving_per_year"
    assert left["parameters.round_success"] > 0.9
    assert told.agreement["inside"].min() > 0.9
    text = told.in_words()
    assert "not ruled out" in text
    assert "posterior" not in text
    assert told.checks["within_2_sd"].min() > 0.8


def test_screening_finds_the_numbers_that_count():
    """Of some forty numbers two move anything."""
    every = factors(load("cmht"), only=["staffing", *NUMBERS])
    asked = Asked(**{**vars(SMALL), "screening": 150, "retest": 10})
    kept = fit(problem(which=every), asked)
    active = {path.rpartition(".")[2] for path in kept.active.paths}
    assert {"leaving_per_year", "refill_days"} <= active
    assert len(active) <= 4
    assert "switches.dummy" in set(kept.screened["parameter"])


def test_a_stopped_one_goes_on_and_gives_the_same(tmp_path, found):
    calls = []

    def stops(changes, worlds, seed):
        calls.append(worlds)
        if len(calls) == 50:
            raise KeyboardInterrupt
        return evaluate(changes, worlds, seed)

    with pytest.raises(KeyboardInterrupt):
        fit(problem(function=stops), SMALL, tmp_path, workers=1)
    with (tmp_path / "runs" / "wave-2.jsonl").open("a") as file:
        file.write('{"point": 3, "val')  # torn by a crash
    calls.clear()

    def counts(changes, worlds, seed):
        calls.append(worlds)
        return evaluate(changes, worlds, seed)

    again = fit(problem(function=counts), SMALL, tmp_path, workers=2)
    assert len(calls) == 2 * 30 + 50 - 49
    assert np.array_equal(again.settings, found.settings)


def test_more_waves_on_the_same_runs(tmp_path):
    fit(problem(), SMALL, tmp_path)
    more = fit(problem(), Asked(**{**vars(SMALL), "waves": 3}), tmp_path)
    assert len(more.history.waves) >= 2


def test_runs_of_something_else_are_not_gone_on_with(tmp_path):
    fit(problem(), SMALL, tmp_path)
    with pytest.raises(FolderError, match=r"something else \(other worlds\)"):
        fit(problem(), Asked(**{**vars(SMALL), "worlds": 4}), tmp_path)


def test_a_setting_that_fails_is_a_line_with_a_reason(tmp_path):
    def fails(changes, worlds, seed):
        if places(changes)[2] > 0.8:
            raise ValueError("too much")
        return evaluate(changes, worlds, seed)

    kept = fit(problem(function=fails), SMALL, tmp_path)
    assert kept.failed > 5
    assert kept.settings[:, 2].max() <= 0.8
    lines = [json.loads(line) for line in (tmp_path / "runs" / "wave-1.jsonl").read_text().splitlines()[1:] if line]
    assert {line["failed"] for line in lines} == {"", "ValueError: too much"}
    assert "failed to run" in html(Calibration(kept))


def test_when_all_fail_it_says_so():
    def fails(changes, worlds, seed):
        raise ValueError("always")

    with pytest.raises(CpsimError, match=r"every run failed.*always"):
        fit(problem(function=fails), SMALL)


def test_ctrl_c_is_told(monkeypatch):
    from cpsim.experiments.evaluations import Evaluations

    kept = Evaluations(lambda point, worlds: np.zeros((len(worlds), 1)), 1)
    kept.stop()
    with pytest.raises(Stopped, match="nothing was kept"):
        kept.stage("wave", np.zeros((3, 1)), 2, 0)


def test_an_empty_set_names_the_patterns_in_conflict(tmp_path):
    """The sum is at least as large as the one: 0.3 and 0.9 cannot both be."""
    told = Calibration(fit(problem(seen=(0.3, 0.9)), SMALL))
    assert len(told.settings) == 0
    assert "Every setting is ruled out. No setting meets both P1 sum and P2 one" in told.in_words()
    told.save(tmp_path / "out")
    assert not (tmp_path / "out" / NAME).exists()
    assert "No setting agrees with all patterns" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_the_folder_holds_set_page_and_tables(tmp_path, found):
    told = Calibration(found)
    folder = told.save(tmp_path / "out")
    kept = load_set(folder)
    assert kept.settings.to_numpy() == pytest.approx(told.settings.to_numpy(), rel=1e-5)
    assert kept.doubts("made-up") == []
    assert {path.name for path in (folder / "figures").iterdir()} == {
        f"{name}.svg" for name in ("agreement", "numbers", "directions", "pinned", "profiles")
    }
    page = (folder / "report.html").read_text("utf-8")
    assert "not ruled out" in page
    assert not any(word in page for word in ("posterior", "nan", "credible"))
    facts = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (facts["study"], facts["seed"], facts["patterns"]) == ("calibration", 1, "made-up")


def test_a_world_that_shows_nothing_of_a_target_counts_for_nothing_in_it():
    values = np.array([[[1.0, 1.0], [3.0, np.nan], [np.nan, np.nan]], [[np.nan] * 2] * 3])
    runs = runs_of(Stage(np.zeros((2, 1)), values, ["", "failed"]))
    assert runs.mean[0].tolist() == [2.0, 1.0]
    assert runs.variance[0].tolist() == [1.0, 0.0]  # 2 over 2 worlds
    assert np.isnan(runs.mean[1]).all()


def test_slips_are_told_at_once():
    with pytest.raises(OptionError, match=r"waves: 0 is not possible.*\n.*worlds: 1 is not"):
        fit(problem(), Asked(waves=0, worlds=1))


def test_the_numbers_are_real_ones():
    assert [path.rpartition(".")[2] for path in numbers().paths] == list(NUMBERS)
