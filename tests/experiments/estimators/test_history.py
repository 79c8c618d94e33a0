"""History matching of plain functions whose answer is known."""

import numpy as np
import pytest

from cpsim.errors import DeclarationError
from cpsim.experiments.estimators.conflict import conflict
from cpsim.experiments.estimators.history import (
    AT_LEAST,
    AT_MOST,
    CUT,
    Runs,
    Target,
    implausibility,
    match,
    survivors,
)
from cpsim.experiments.estimators.region import spread

pytestmark = pytest.mark.unit

WORLDS, NOISE = 4, 0.1  # runs at a point, and the standard deviation of one


def curved(points):
    """Three outcomes of four parameters; the last parameter moves nothing much."""
    one, two, three, four = points.T
    return np.column_stack([one + two**2, np.sin(3 * two) + three, 2 * one * three + 0.2 * four])


def noisy(function, seed):
    """Runs of it as a simulation gives them: means of a few worlds, with the variance of the mean."""
    rng = np.random.default_rng(seed)

    def run(wave, points):
        values = function(points)[:, None, :]
        worlds = values + NOISE * rng.standard_normal((len(points), WORLDS, values.shape[2]))
        return Runs(points, worlds.mean(axis=1), worlds.var(axis=1, ddof=1) / WORLDS)

    return run


def planted(seed):
    """A truth, and what a study with an error of 0.05 saw of it."""
    rng = np.random.default_rng(1_000 + seed)
    truth = rng.random((1, 4))
    seen = curved(truth)[0] + 0.05 * rng.standard_normal(3)
    return truth, [Target(f"outcome {number}", value, 0.05, 0.02) for number, value in enumerate(seen)]


@pytest.mark.parametrize(
    "plants", [range(3), pytest.param(range(3, 20), marks=pytest.mark.slow)], ids=["a few", "many"]
)
def test_a_planted_truth_is_kept_and_the_set_is_as_large_as_it_should_be(plants):
    """Each plant: a study's error beyond 3 SD would lose one in 120 (three patterns); emulators take none more.

    Brute force says how much of the cube no study could rule out; emulators of noisy runs leave that, within a third.
    """
    ratios = []
    for seed in plants:
        truth, targets = planted(seed)
        history = match(noisy(curved, seed), 4, targets, points=50, most_waves=2, seed=seed)
        assert history.badness(truth)[0] < 1.0, f"plant {seed} was ruled out"
        exact = implausibility(curved(spread(2**14, 4, 7)), np.zeros(3), targets).max(axis=1) < CUT
        ratios.append(history.region.share / exact.mean())
    assert 0.9 < np.median(ratios) < 1.4  # noise leaves a little more
    assert min(ratios) > 0.67, "true settings were ruled out"


def test_the_known_answer_of_a_line():
    """y = 2 a, seen as 1.0 with SD 0.05: a within 0.5 +- 3 x 0.05 / 2, whatever b is."""
    history = match(noisy(lambda x: 2 * x[:, :1], 3), 2, [Target("y", 1.0, 0.05, 0.0)], points=40, most_waves=3, seed=3)
    inside = history.region.points
    assert history.region.share == pytest.approx(0.15, abs=0.02)
    assert (inside[:, 0].min(), inside[:, 0].max()) == (
        pytest.approx(0.425, abs=0.015),
        pytest.approx(0.575, abs=0.015),
    )
    assert inside[:, 1].std() == pytest.approx(1 / np.sqrt(12), rel=0.05)


def test_it_stops_when_nothing_more_is_learnt():
    history = match(noisy(lambda x: 2 * x[:, :1], 3), 2, [Target("y", 1.0, 0.2, 0.0)], points=40, most_waves=9, seed=3)
    assert history.settled
    assert len(history.waves) < 5


def test_more_discrepancy_leaves_more():
    left = [
        match(noisy(curved, 1), 4, [Target("y", 1.0, 0.05, more), *planted(1)[1][1:]], points=50, most_waves=1, seed=1)
        for more in (0.0, 0.3)
    ]
    assert left[0].region.share < left[1].region.share


def test_the_same_seed_gives_the_same_points():
    one, other = (
        match(noisy(curved, 5), 4, planted(5)[1], points=40, most_waves=2, seed=5).region.points for _ in range(2)
    )
    assert np.array_equal(one, other)


def test_nothing_left_names_the_one_pattern_that_no_setting_reaches():
    targets = [Target("reached", 1.0, 0.05, 0.0), Target("too far", 9.0, 0.05, 0.0), Target("easy", 0.5, 1.0, 0.0)]
    history = match(noisy(curved, 0), 4, targets, points=50, most_waves=3, seed=0)
    assert len(history.region.points) == 0
    assert history.region.share == 0.0
    assert conflict(history.waves, targets, seed=0).names == ("too far",)


def test_nothing_left_names_the_pair_in_conflict():
    """Each of the two can be met, never both: the same parameter is asked to be high and low."""

    def both(points):
        return np.column_stack([points[:, 0], points[:, 0] + 0.1 * points[:, 1], points[:, 2]])

    targets = [Target("low", 0.2, 0.03, 0.0), Target("high", 0.9, 0.03, 0.0), Target("free", 0.5, 0.1, 0.0)]
    history = match(noisy(both, 0), 3, targets, points=50, most_waves=3, seed=0)
    assert len(history.region.points) == 0
    found = conflict(history.waves, targets, seed=0)
    assert set(found.names) == {"low", "high"}
    assert found.misses > CUT


def test_an_end_counts_on_one_side_only():
    targets = [Target("floor", 1.0, 0.3, 0.4, AT_LEAST), Target("ceiling", 1.0, 0.3, 0.4, AT_MOST)]
    found = implausibility(np.array([[2.0, 2.0], [0.0, 0.0]]), np.zeros((2, 2)), targets)
    assert found == pytest.approx(np.array([[0.0, 2.0], [2.0, 0.0]]))  # a miss of 1 over sqrt(0.3^2 + 0.4^2)


def test_a_side_that_is_none_is_refused():
    with pytest.raises(DeclarationError, match="side is 'at most'"):
        Target("y", 0.0, 1.0, 1.0, "at most")


def test_all_four_variances_add_up():
    one = Target("y", 0.0, 3.0, 4.0)
    assert implausibility(np.array([[13.0]]), np.array([[144.0]]), [one])[0, 0] == pytest.approx(1.0)


def test_real_runs_decide_and_what_they_do_not_show_counts_against():
    target = [Target("y", 0.0, 1.0, 0.0)]
    runs = Runs(np.zeros((4, 1)), np.array([[2.0], [4.0], [np.nan], [4.0]]), np.array([[0.0], [0.0], [0.0], [1.0]]))
    assert survivors(runs, target).tolist() == [True, False, False, True]


def test_with_many_patterns_the_first_wave_forgives_one():
    targets = [Target(f"y{number}", 0.5, 0.1, 0.0) for number in range(12)]

    def function(points):
        return np.column_stack([points[:, 0]] * 11 + [points[:, 1] + 5.0])

    history = match(noisy(function, 0), 2, targets, points=40, most_waves=1, seed=0)
    assert history.waves[0].forgiven == 1
    assert len(history.region.points) > 0
