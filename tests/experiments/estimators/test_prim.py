"""Patient rule induction finds planted boxes, leaves out what is chance, and agrees with the `prim` package."""

import sys
import types

import numpy as np
import pandas as pd
import pytest

from cpsim.experiments.estimators import prim

POINTS, FACTORS = 3000, 12


def cube(seed, points=POINTS, factors=FACTORS):
    stream = np.random.default_rng(seed)
    return pd.DataFrame(stream.random((points, factors)), columns=[f"x{number}" for number in range(factors)])


def planted(seed, noise=0.05):
    """Success where x0 > 0.6, x1 < 0.5, the level is at least 1 and the kind is not "b"; else rarely."""
    stream = np.random.default_rng(seed + 1000)
    points = cube(seed)
    points["level"] = stream.choice([0, 1, 2], POINTS)
    points["kind"] = stream.choice(list("abc"), POINTS)
    inside = (points.x0 > 0.6) & (points.x1 < 0.5) & (points.level >= 1) & (points.kind != "b")
    return points, (inside ^ (stream.random(POINTS) < noise)).to_numpy(), inside.to_numpy()


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(5))
def test_a_planted_box_of_numbers_levels_and_kinds_is_found(seed):
    points, success, inside = planted(seed)
    boxes = prim.trajectory(points, success)
    best = max(boxes, key=lambda each: prim.score(each, points, success).balance)
    box = prim.without_spurious(best, points, success)

    assert set(box.factors) == {"x0", "x1", "level", "kind"}
    assert box.limits["level", "from"] == 1
    assert box.limits["kind", "among"] == {"a", "c"}
    assert box.limits["x0", "from"] == pytest.approx(0.6, abs=0.03)
    assert box.limits["x1", "to"] == pytest.approx(0.5, abs=0.03)
    assert (box.inside(points) == inside).mean() > 0.98


@pytest.mark.unit
def test_the_box_taken_is_the_widest_in_which_8_of_10_succeed():
    points, success, _ = planted(1)
    boxes = prim.trajectory(points, success)
    taken = prim.score(boxes[prim.chosen(boxes, points, success)], points, success)
    wider = [prim.score(box, points, success) for box in boxes]

    assert taken.density >= prim.WORKS
    assert all(each.density < prim.WORKS for each in wider if each.coverage > taken.coverage)


@pytest.mark.unit
def test_density_rises_along_the_peeling_and_coverage_falls():
    points, success, _ = planted(1)
    found = prim.table(prim.trajectory(points, success), points, success)
    peeled = found[: found["mass"].argmin() + 1]

    assert found.loc[0, ["coverage", "mass"]].tolist() == [1, 1]
    assert found.loc[0, "density"] == pytest.approx(success.mean())
    assert peeled["density"].is_monotonic_increasing
    assert peeled["coverage"].is_monotonic_decreasing


@pytest.mark.unit
def test_where_nothing_matters_nothing_is_kept_on_the_hold_out():
    """Success by a coin: what peeling finds is chance, and the hold-out says so."""
    points, success = cube(3), np.random.default_rng(3).random(POINTS) < 0.1
    box = prim.trajectory(points[::2], success[::2])[-1]
    seen, held = (prim.score(box, points[part::2], success[part::2]) for part in (0, 1))

    assert seen.density > 2 * success.mean(), "else this test could not fail"
    assert held.density < 1.3 * success.mean()
    assert len(prim.found_box(points[::2], success[::2]).limits) <= 2


@pytest.mark.unit
def test_a_spurious_restriction_has_a_high_quasi_p_and_is_dropped():
    points, success, _ = planted(2)
    box = prim.found_box(points, success)
    with_spurious = box.having(("x7", "from"), 0.02).having(("x8", "to"), 0.97)
    found = prim.quasi_p(with_spurious, points, success)

    assert found["x7", "from"] > 0.2
    assert found["x0", "from"] < 1e-6
    assert prim.without_spurious(with_spurious, points, success).limits == box.limits


@pytest.mark.unit
def test_stability_tells_what_is_there_from_what_is_chance():
    points, success, _ = planted(4)
    found = prim.stability(points, success, prim.found_box, times=20, seed=1)

    assert found[["x0", "x1", "level", "kind"]].min() >= 0.95
    assert found.drop(["x0", "x1", "level", "kind"]).max() <= 0.5


@pytest.mark.unit
def test_pasting_takes_back_a_slice_too_many():
    points = cube(5)
    narrow = prim.Box({("x0", "from"): 0.75})
    success_by_x0 = (points.x0 > 0.6).to_numpy()
    assert prim._pasted(narrow, points, success_by_x0, 0.05) is None  # the share inside is 1 already

    half = success_by_x0 & (points.x1 < 0.5).to_numpy()
    boxes = prim.trajectory(points, half)
    assert boxes[-1].limits["x0", "from"] == pytest.approx(0.6, abs=0.05)


@pytest.mark.unit
def test_nothing_happened_anywhere():
    points = cube(6, 100)
    none = np.zeros(100, bool)
    assert prim.found_box(points, none) == prim.Box()
    assert np.isnan(prim.score(prim.Box(), points, none).coverage)


@pytest.fixture
def reference(monkeypatch):
    """The package `prim`; it wants mplcursors for its charts, which are not drawn here."""
    monkeypatch.setitem(sys.modules, "mplcursors", types.SimpleNamespace(cursor=None))
    return pytest.importorskip("prim")


@pytest.mark.unit
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_prim_package_finds_the_same_box(reference, seed):
    points = cube(seed)
    inside = (points.x0 > 0.6) & (points.x1 < 0.5)
    success = (inside ^ (np.random.default_rng(seed).random(POINTS) < 0.05)).to_numpy()
    theirs = reference.Prim(points, success.astype(float), threshold=0.5, threshold_type=">").find_box()
    boxes = prim.trajectory(points, success)
    ours = prim.table(boxes, points, success)

    coverage, density = float(theirs.coverage), float(theirs.density)
    same = ours[(ours["coverage"] - coverage).abs() < 0.03]
    assert len(same), "no box of ours covers as much"
    assert same["density"].max() == pytest.approx(density, abs=0.03)
