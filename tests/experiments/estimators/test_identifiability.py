"""What is pinned by what, on functions where it is known; and which parameters move anything."""

import numpy as np
import pytest

from cpsim.experiments.estimators.history import Target, match
from cpsim.experiments.estimators.identifiability import correlations, directions, marginals, pinned, profiles
from cpsim.experiments.estimators.region import scattered, spread
from cpsim.experiments.estimators.screening import movers
from tests.experiments.estimators.test_history import noisy

pytestmark = pytest.mark.unit

NAMES = ["a", "b", "c"]


def cloud():
    """a + b is known to 0.05, a - b not at all, c not at all."""
    rng = np.random.default_rng(0)
    sums, differences = rng.normal(0.0, 0.05, 4_000), rng.uniform(-0.4, 0.4, 4_000)
    return np.column_stack([0.5 + (sums + differences) / 2, 0.5 + (sums - differences) / 2, rng.random(4_000)])


def test_marginals_say_how_much_is_left():
    table = marginals(spread(2_000, 3, 0), NAMES)
    assert table["left"].tolist() == pytest.approx([1.0] * 3, rel=0.02)
    assert table["low"].tolist() == pytest.approx([0.05] * 3, abs=0.01)


def test_only_the_sum_is_known():
    pairs = correlations(cloud(), NAMES)
    assert {pairs["parameter"][0], pairs["other"][0]} == {"a", "b"}
    assert pairs["correlation"][0] < -0.9
    table = directions(cloud(), NAMES)
    stiff = table[table["direction"] == 1].set_index("parameter")
    assert stiff["left"].iloc[0] == pytest.approx(0.05 / np.sqrt(2) * np.sqrt(12), rel=0.05)
    assert stiff["weight"].abs().tolist() == pytest.approx([np.sqrt(0.5), np.sqrt(0.5), 0.0], abs=0.02)
    assert np.sign(stiff["weight"]["a"]) == np.sign(stiff["weight"]["b"])
    assert table[table["direction"] == 3]["left"].iloc[0] == pytest.approx(1.0, rel=0.05)


def test_which_pattern_pinned_what():
    targets = [Target("of a", 0.5, 0.03, 0.0), Target("of b", 0.5, 0.03, 0.0)]
    history = match(noisy(lambda x: x[:, :2], 0), 3, targets, points=40, most_waves=2, seed=0)
    table = pinned(history.waves, targets, NAMES, seed=0).set_index(["pattern", "parameter"])
    assert table.loc[("of a", "a"), "left_without"] > 0.95
    assert table.loc[("of a", "a"), "left"] < 0.5
    assert table.loc[("of a", "b"), "left_without"] == pytest.approx(table.loc[("of a", "b"), "left"], abs=0.1)
    assert table.loc[("of b", "b"), "left_without"] > 0.95
    assert (table["left_without"] > 0.95).loc[:, "c"].all()


def test_profiles_rise_where_nothing_is_left():
    history = match(noisy(lambda x: 2 * x[:, :1], 3), 3, [Target("y", 1.0, 0.05, 0.0)], points=40, most_waves=2, seed=3)
    table = profiles(history, NAMES, seed=3).set_index(["parameter", "place"])["least"]
    inside = table["a"][lambda line: line < 3.0].index
    assert 0.40 < inside.min() < 0.5 < inside.max() < 0.60  # a within 0.425 and 0.575
    assert table["a"].iloc[0] > 10
    assert table["b"].max() < 0.5


def test_what_moves_is_found_and_what_is_wired_to_nothing_is_not():
    """Of 40 parameters one acts straight and one as a valley; in 20 samples a line is crossed by chance about once."""
    names = [f"p{number}" for number in range(40)]
    crossed = 0
    for seed in range(20):
        points = scattered(256, 40, seed)
        noise = np.random.default_rng(seed).standard_normal((256, 2))
        values = np.column_stack([points[:, 3] - 0.5, 6 * (points[:, 7] - 0.5) ** 2]) + 0.4 * noise
        table = movers(points, values, names, ["straight", "valley"], seed)
        assert set(table["parameter"][:2]) == {"p3", "p7"}
        assert table["moves"][:2].all()
        assert table.set_index("parameter").loc["p7", "outcome"] == "valley"
        crossed += table["moves"].sum() > 2
    assert crossed <= 4  # of 20, expected 1; five or more by chance: 0.3 %
