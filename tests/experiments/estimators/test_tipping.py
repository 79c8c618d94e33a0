import numpy as np
import pytest

from cpsim.experiments.estimators.tipping import reached, share, steepest, tipping

pytestmark = pytest.mark.unit
AT = np.arange(15.0, 46.0, 5.0)


def worlds(curve, count=60, luck=0.3, noise=0.1, seed=1):
    """(values, worlds): a curve, what a world adds at every value, and what is left to chance."""
    random = np.random.default_rng(seed)
    return np.asarray(curve)[:, None] + random.normal(0, luck, count) + random.normal(0, noise, (len(curve), count))


def test_a_line_passes_where_algebra_says():
    found = tipping(AT, worlds(1 - (AT - 15) / 30, luck=0, noise=0), 0.4)
    assert found.from_below == found.from_above
    assert (found.from_below.at, found.from_below.rises) == (pytest.approx(33.0), False)
    assert (found.from_below.low, found.from_below.high) == pytest.approx((33.0, 33.0))
    assert (found.as_often, found.above) == (1.0, (True, False))


def test_a_hill_is_met_at_its_two_sides():
    """1 - ((x - 30) / 10)^2 on a fine grid is above 0.5 within 30 +- 7.07."""
    at = np.linspace(15, 45, 301)
    found = tipping(at, worlds(1 - ((at - 30) / 10) ** 2, luck=0.05, noise=0.01), 0.5)
    assert found.from_below.at == pytest.approx(30 - np.sqrt(50), abs=0.2)
    assert found.from_above.at == pytest.approx(30 + np.sqrt(50), abs=0.2)
    assert (found.from_below.rises, found.from_above.rises) == (True, False)
    assert found.above == (False, False)


def test_every_passage_of_a_wave_is_listed():
    at = np.linspace(0.5, 10, 191)
    found = tipping(at, worlds(np.sin(at), luck=0.02, noise=0.01), 0.0)
    assert [round(each.at, 1) for each in found.passages] == pytest.approx([np.pi, 2 * np.pi, 3 * np.pi], abs=0.1)
    assert [each.rises for each in found.passages] == [False, True, False]


@pytest.mark.parametrize(("target", "above"), [(2.0, (False, False)), (-2.0, (True, True))])
def test_a_target_that_is_never_passed_says_on_which_side_all_lies(target, above):
    found = tipping(AT, worlds(np.linspace(1, 0, 7), luck=0), target)
    assert (found.passages, found.from_below, found.from_above, found.above) == ((), None, None, above)


def test_a_passage_that_only_some_resamples_have_says_so():
    """The mean ends hardly above the target: in many resamples it does not get there."""
    found = tipping(AT, worlds(np.linspace(0, 1.0, 7), count=20, luck=0.3), 0.98)
    assert found.from_below is None or 0.2 < found.from_below.found < 0.95


@pytest.mark.parametrize("count", [12, 40])
def test_the_interval_holds_its_promise(count):
    """400 experiments; the whole curve of a world is higher or lower, as luck of a team is."""
    held = 0
    for seed in range(400):
        passage = tipping(
            AT, worlds(1 - (AT - 15) / 30, count=count, luck=0.15, seed=seed), 0.5, resamples=400
        ).from_below
        held += passage.low <= 30.0 <= passage.high
    assert abs(held / 400 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 400)


def test_worlds_that_cannot_say_count_where_they_can():
    table = worlds(1 - (AT - 15) / 30, luck=0, noise=0)
    table[2, :30] = np.nan
    assert tipping(AT, table, 0.4).from_below.at == pytest.approx(33.0)


@pytest.mark.parametrize("at", [[1.0, 1.0], [2.0, 1.0], [1.0]])
def test_values_must_increase(at):
    with pytest.raises(ValueError, match="increasing"):
        tipping(np.array(at), np.ones((len(at), 5)), 0.5)


def test_the_steepest_stretch_is_found_and_says_how_surely():
    found = steepest(AT, worlds([1, 0.95, 0.9, 0.4, 0.35, 0.3, 0.25], noise=0.05))
    assert (found.low, found.high) == (25.0, 30.0)
    assert found.slope == pytest.approx(-0.1, abs=0.02)
    assert found.agree > 0.99
    assert steepest(AT, worlds(np.linspace(1, 0, 7))).agree < 0.9


def test_shares_of_worlds_that_reach_a_target():
    values = np.array([0.1, 0.3, 0.5, np.nan])
    assert np.array_equal(reached(values, 0.3), [0, 1, 1, np.nan], equal_nan=True)
    assert np.array_equal(reached(values, 0.3, at_least=False), [1, 1, 0, np.nan], equal_nan=True)
    p, low, high, n = share(reached(values, 0.3))
    assert (p, n) == (pytest.approx(2 / 3), 3)
    assert 0 < low < p < high < 1
    assert share(np.array([np.nan]))[3] == 0


def test_a_share_has_wilsons_interval():
    """8 of 10: 0.490 to 0.943 (Newcombe 1998 gives these for the method)."""
    assert share(np.array([1.0] * 8 + [0.0] * 2))[1:3] == pytest.approx((0.490, 0.943), abs=0.001)
