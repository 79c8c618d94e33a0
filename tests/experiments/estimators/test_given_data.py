"""PAWN, RBD-FAST, regional analysis and the emulator: all from one plain sample."""

import numpy as np
import pytest
from SALib.analyze import pawn as salib_pawn
from scipy.stats import qmc

from cpsim.experiments.estimators import emulator, pawn, rbd_fast, regional
from tests.experiments.estimators.known import FIRST, NAMES, TOTAL, VARIANCE, ishigami


def sample(n, k=4, seed=1):
    return qmc.Sobol(k, seed=seed).random(n)


@pytest.mark.limit
def test_rbd_fast_finds_first_order_indices():
    x = sample(2048)
    table = rbd_fast.analyse(NAMES, x, ishigami(x), 1)
    np.testing.assert_allclose(table["s1"], FIRST, rtol=0, atol=0.03)  # RMSE .01 at 2,000 (methods, section 2)
    assert (table["s1_low"] <= table["s1_high"]).all()


@pytest.mark.limit
def test_pawn_puts_the_dummy_below_its_floor_and_the_others_above():
    x = sample(2048)
    table = pawn.analyse(NAMES, x, ishigami(x), 1)
    assert list(table["above"]) == [True, True, True, False]


@pytest.mark.limit
def test_the_floor_is_where_salib_puts_factors_without_effect():
    """What SALib gives the largest of 20 factors without effect, 95 of 100 times: 0.075 at 2,000 runs, 0.149 at 500."""
    y = np.random.default_rng(1).normal(size=2000)
    assert pawn.floor(y, 20, 1) == pytest.approx(0.075, abs=0.006)
    assert pawn.floor(y[:500], 20, 1) == pytest.approx(0.149, abs=0.012)


@pytest.mark.identity
def test_the_floor_shuffles_what_salib_measures():
    """With equal answers among them, as when most teams have no one with five steps."""
    rng = np.random.default_rng(2)
    y, x = np.maximum(rng.normal(size=600), 0), rng.random((600, 1))
    theirs = salib_pawn.analyze({"num_vars": 1, "names": ["x"], "bounds": [[0, 1]]}, x, y, S=10)["median"][0]
    ordered = np.argsort(y, kind="stable")
    edges = np.nanquantile(x[:, 0], np.arange(0, 1.1, 0.1))
    slice_of = np.searchsorted(edges, x[ordered, 0], side="right") - 1
    last = np.r_[np.diff(y[ordered]) != 0, True]
    assert pawn._median_distance(slice_of, last, 10) == pytest.approx(theirs, abs=0.006)  # SALib drops the largest x


@pytest.mark.limit
def test_regional_analysis_finds_what_separates_and_not_the_dummy():
    x = sample(2048)
    y = 3 * x[:, 0] + x[:, 1]
    table = regional.analyse(NAMES, x, y > np.quantile(y, 0.8))
    assert list(table["differs"]) == [True, True, False, False]
    assert table["median_inside"][0] > table["median_outside"][0]


@pytest.mark.unit
def test_regional_analysis_refuses_few_runs():
    x = sample(256)
    with pytest.raises(regional.TooFew, match="17 runs have the result"):
        regional.analyse(NAMES, x, np.arange(256) < 17)


@pytest.mark.limit
def test_the_emulator_explains_what_it_can_and_says_how_much():
    pytest.importorskip("sklearn")
    x, fresh = sample(256), sample(128, seed=9)
    noise = np.random.default_rng(1).normal(size=256) * np.sqrt(VARIANCE) * 0.2
    model = emulator.fit(x, ishigami(x) + noise, 1)
    explained = emulator.q2(model, fresh, ishigami(fresh))
    table = emulator.analyse(NAMES, model, explained, 1)

    assert explained > emulator.GOOD
    assert (table["s1_at_least"] <= FIRST + 0.05).all()
    assert (table["st_at_least"] <= TOTAL + 0.05).all()
    assert table["st_at_least"][0] > 0.35
    assert table["st_at_least"][3] < 0.02


@pytest.mark.unit
def test_noise_of_the_check_is_not_counted_against_the_emulator():
    pytest.importorskip("sklearn")
    x, fresh = sample(128), sample(512, seed=5)
    model = emulator.fit(x, x[:, 0], 1)
    noisy = fresh[:, 0] + np.random.default_rng(1).normal(size=512) * 0.2
    assert emulator.q2(model, fresh, noisy) < 0.8
    assert emulator.q2(model, fresh, noisy, noise=0.04) == pytest.approx(1, abs=0.1)
