"""The race finds a planted optimum with few runs, and picks wrongly far less often than "the cheapest that passed"."""

import numpy as np
import pytest
from scipy.stats import norm

from cpsim.experiments.estimators import racing
from cpsim.experiments.estimators.racing import Rules, Seen

LEVERS, NEEDED = 8, 0.8
PRICES = np.array([11.0, 17, 23, 9, 30, 14, 21, 6])
HELP = np.array([0.9, 1.3, 1.1, 0.5, 1.6, 0.2, 1.2, 0.1])  # in SDs of a world
BUNDLES = (np.arange(2**LEVERS)[:, None] >> np.arange(LEVERS)) & 1
COST = BUNDLES @ PRICES
MEAN = BUNDLES @ HELP - 3.0
TRUE = norm.cdf(MEAN / np.sqrt(2))  # chance that value, with the world's luck and the bundle's own, is above 0
BEST = COST[TRUE >= NEEDED].min()


class Toy:
    """Value = help + luck of the world, which all bundles share, + the bundle's own luck in it."""

    def __init__(self, seed):
        self.seed, self.runs = seed, 0

    def __call__(self, rows, worlds):
        self.runs += len(rows) * len(worlds)
        value = np.column_stack([self.world(number)[rows] for number in worlds])
        cost = np.repeat(COST[rows][:, None], len(worlds), axis=1)
        harm = BUNDLES[rows, 4][:, None] + 0.5 * np.column_stack([self.world(number)[rows] for number in worlds])
        return Seen(value > 0, value, cost, harm[None])

    def world(self, number):
        stream = np.random.default_rng((self.seed, number))
        return MEAN + stream.normal() + stream.normal(size=len(MEAN))


def picked(seed, rules):
    """The cheapest after the race and fresh worlds: (row, runs)."""
    toy = Toy(seed)
    ended = racing.race(toy, len(COST), rules)
    rows, seen = racing.settle(toy, ended, rules, range(10_000, 10_000 + racing.FRESH))
    fresh = racing.standing(seen, rules)
    ok = racing.passes(fresh, rules)
    return rows[ok][np.argmin(fresh.cost[ok])], ended.runs


def cheapest_that_passed(seed, worlds=10):
    seen = Toy(seed)(np.arange(len(COST)), range(worlds))
    ok = seen.passed.mean(axis=1) >= NEEDED
    return np.flatnonzero(ok)[np.argmin(COST[ok])]


FREE = Rules(NEEDED, margins=(1e9,))


@pytest.mark.unit
def test_wrong_picks_are_rare_where_the_cheapest_that_passed_is_mostly_wrong():
    """Wrong: does not reach the target often enough in truth, by more than 0.02."""
    picks = [picked(seed, FREE) for seed in range(40)]
    naive = [cheapest_that_passed(seed) for seed in range(40)]
    wrong = np.mean([TRUE[row] < NEEDED - 0.02 for row, _ in picks])
    curse = np.mean([TRUE[row] < NEEDED - 0.02 for row in naive])

    assert curse > 0.5, "else this test could not fail"
    assert wrong < 0.1
    assert np.mean([COST[row] for row, _ in picks]) < 1.08 * BEST
    assert np.mean([runs for _, runs in picks]) < 0.5 * len(COST) * max(racing.ROUNDS)


@pytest.mark.unit
def test_the_winner_is_estimated_on_worlds_the_race_has_not_met():
    """After the race the best looks better than it is; on fresh worlds it does not."""
    optimism, honest = [], []
    for seed in range(30):
        toy = Toy(seed)
        ended = racing.race(toy, len(COST), FREE, rounds=(5, 10))
        row = ended.left[np.argmax(ended.last.share[ended.left])]
        optimism.append(ended.last.share[row] - TRUE[row])
        honest.append(toy(np.array([row]), range(10_000, 10_400)).passed.mean() - TRUE[row])
    assert np.mean(optimism) > 0.01
    assert abs(np.mean(honest)) < 0.01


@pytest.mark.unit
def test_a_bundle_that_harms_drops_out_and_a_budget_binds():
    """Lever 4 adds 1 to a harm that may rise by 0.3 only."""
    half = Rules(NEEDED, margins=(3.0,), budget=60.0)
    ended = racing.race(Toy(1), len(COST), half)
    assert len(ended.left) == 0 or COST[ended.left].max() <= 60

    class Harmless(Toy):
        def __call__(self, rows, worlds):
            seen = super().__call__(rows, worlds)
            stream = np.random.default_rng(worlds.start)
            harm = BUNDLES[rows, 4][:, None] + 0.1 * stream.normal(size=(len(rows), len(worlds)))
            return Seen(seen.passed, seen.value, seen.cost, harm[None])

    ended = racing.race(Harmless(1), len(COST), Rules(NEEDED, margins=(0.3,)))
    assert BUNDLES[ended.left, 4].sum() == 0
    assert len(ended.left)


@pytest.mark.unit
def test_the_same_worlds_give_the_same_race():
    one, two = (racing.race(Toy(5), len(COST), FREE) for _ in range(2))
    assert np.array_equal(one.left, two.left)
    assert np.array_equal(one.dropped, two.dropped)
    assert one.runs == two.runs


@pytest.mark.unit
def test_nothing_passes():
    ended = racing.race(Toy(1), 4, FREE)  # at most two weak levers
    assert len(ended.left) == 0
    assert ended.runs == 4 * ended.dropped.max() or ended.runs < 4 * 160
    assert not np.isnan(ended.last.share).any()


@pytest.mark.unit
def test_the_frontier_holds_what_nothing_cheaper_matches():
    cost, value = np.array([3.0, 1, 2, 2, 5]), np.array([0.5, 0.1, 0.4, 0.6, 0.7])
    assert racing.undominated(cost, value).tolist() == [1, 3, 4]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("cost", "alike", "dearest"), [([100.0, 104, 106], 0, 105), ([-10.0, 0], 0, -9.5), ([0.0, 50, 200], 100, 100)]
)
def test_what_is_as_good_as_the_cheapest(cost, alike, dearest):
    assert Rules(alike=alike).dearest(np.array(cost)) == pytest.approx(dearest)


@pytest.mark.unit
def test_a_paired_difference_knows_its_interval():
    mean, low, high = racing.difference(np.zeros(50), np.ones(50) + np.linspace(-1, 1, 50))
    assert mean == pytest.approx(1)
    assert low < 1 < high
    assert np.isnan(racing.difference([0.0], [1.0])[1])
