"""Shapley, Owen and interaction values: axioms, games whose answers are known, and intervals that keep their word."""

from itertools import permutations
from math import comb, factorial

import numpy as np
import pytest

from cpsim.experiments.estimators import shapley as game

pytestmark = pytest.mark.unit

PLAYERS = 5
FLOAT = 1e-12  # sums of 32 numbers of size 1


def table(players, value):
    """The game in which a coalition, given as a set of players, is worth value(set)."""
    return game.exact([value({i for i in range(players) if s >> i & 1}) for s in range(2**players)])


def made_up(players, seed=0):
    values = np.random.default_rng(seed).normal(size=2**players)
    return game.exact(values - values[0])


def shapley(played):
    return game.estimate(played, game.shapley_weights(played.players)).mean


def over_all_orders(played, orders):
    """The definition: mean contribution over these orders of the players."""
    total, means = np.zeros(played.players), played.means
    for order in orders:
        before = 0
        for player in order:
            total[player] += means[before | 1 << player] - means[before]
            before |= 1 << player
    return total / len(orders)


# ------------------------------------------------------------------------------------------------------------ axioms
@pytest.mark.parametrize("players", [1, 2, 3, PLAYERS, 10])
def test_shares_add_up_to_what_all_bring(players):
    played = made_up(players)
    together = game.estimate(played, game.together_weights(players)).mean
    assert shapley(played).sum() == pytest.approx(together[0], abs=FLOAT)


def test_it_is_the_mean_over_all_orders():
    played = made_up(PLAYERS)
    assert shapley(played) == pytest.approx(over_all_orders(played, list(permutations(range(PLAYERS)))), abs=FLOAT)


def test_who_changes_nothing_gets_nothing():
    values = made_up(4).means
    with_a_null = np.concatenate([values, values])  # player 4 joins, and nothing differs
    found = shapley(game.exact(with_a_null))
    assert found[4] == pytest.approx(0, abs=FLOAT)
    assert found[:4] == pytest.approx(shapley(made_up(4)), abs=FLOAT)


def test_two_who_bring_the_same_get_the_same():
    found = shapley(table(4, lambda s: len(s & {0, 2}) ** 2 + 3 * (1 in s)))
    assert found[0] == pytest.approx(found[2], abs=FLOAT)


def test_shares_of_a_sum_are_sums_of_shares():
    first, second = made_up(PLAYERS, 1), made_up(PLAYERS, 2)
    both = game.exact(first.means + 2 * second.means)
    assert shapley(both) == pytest.approx(shapley(first) + 2 * shapley(second), abs=FLOAT)


def test_weights_of_a_dummy_are_plain_to_see():
    rows = game.shapley_weights(PLAYERS)
    assert rows.sum(axis=1) == pytest.approx(0, abs=FLOAT)
    assert np.abs(rows).sum(axis=1) == pytest.approx(2, abs=FLOAT)


# ------------------------------------------------------------------------------------------------------- known games
def test_glove_game():
    """Two left gloves and a right one: 1/6, 1/6, 4/6."""
    found = shapley(table(3, lambda s: float(2 in s and bool(s & {0, 1}))))
    assert found == pytest.approx([1 / 6, 1 / 6, 2 / 3], abs=FLOAT)


def test_majority_game():
    """The United Nations in small: votes 4, 2, 1, 1 of 8, five needed. Of 24 orders player 0 turns 18."""
    votes = (4, 2, 1, 1)
    found = shapley(table(4, lambda s: float(sum(votes[i] for i in s) >= 5)))
    assert found == pytest.approx([3 / 4, 1 / 12, 1 / 12, 1 / 12], abs=FLOAT)


def test_airport_game():
    """A runway as long as the longest plane needs: each stretch is shared by those who need it (Littlechild 1973)."""
    costs = (1.0, 4.0, 4.5, 10.0)
    stretches = np.diff((0.0, *costs))
    shares = np.cumsum(stretches / np.arange(4, 0, -1))
    found = shapley(table(4, lambda s: max((costs[i] for i in s), default=0.0)))
    assert found == pytest.approx(shares, abs=FLOAT)


def test_unanimity_game():
    """Worth 1 if and only if 0, 1 and 3 are there: a third each, and a pair is worth more by 1/2 each time."""
    found = table(4, lambda s: float({0, 1, 3} <= s))
    assert shapley(found) == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3], abs=FLOAT)
    pairs = dict(zip(game.pairs(4), game.estimate(found, game.interaction_weights(4)).mean, strict=True))
    # SII of unanimity on T: 1 / (|T| - |pair| + 1) for pairs inside T, 0 for others.
    expected = {pair: 1 / 2 if 2 not in pair else 0 for pair in pairs}
    assert pairs == pytest.approx(expected, abs=FLOAT)


def test_gates_that_multiply_hide_behind_each_other():
    """All of five gates must open: alone nothing, last everything, each a fifth."""
    played = table(5, lambda s: float(len(s) == 5))
    assert game.estimate(played, game.alone_weights(5)).mean == pytest.approx(np.zeros(5))
    assert game.estimate(played, game.last_weights(5)).mean == pytest.approx(np.ones(5))
    assert shapley(played) == pytest.approx(np.full(5, 0.2), abs=FLOAT)


# ----------------------------------------------------------------------------------------------------- interactions
def sii(played, i, j):
    """The definition, a coalition at a time."""
    n, means, total = played.players, played.means, 0.0
    for s in range(2**n):
        if not s >> i & 1 and not s >> j & 1:
            size = s.bit_count()
            a, b = 1 << i, 1 << j
            delta = means[s | a | b] - means[s | a] - means[s | b] + means[s]
            total += delta * factorial(size) * factorial(n - size - 2) / factorial(n - 1)
    return total


def test_interactions_are_as_defined():
    played = made_up(PLAYERS)
    expected = [sii(played, i, j) for i, j in game.pairs(PLAYERS)]
    assert game.estimate(played, game.interaction_weights(PLAYERS)).mean == pytest.approx(expected, abs=FLOAT)


def test_what_only_adds_up_does_not_interact():
    played = table(PLAYERS, lambda s: sum(s))
    assert game.estimate(played, game.interaction_weights(PLAYERS)).mean == pytest.approx(np.zeros(10), abs=FLOAT)


def test_either_of_two_doors_are_substitutes():
    """Getting in takes either player: each makes the other worth nothing, -1."""
    played = table(2, lambda s: float(bool(s)))
    assert game.estimate(played, game.interaction_weights(2)).mean == pytest.approx([-1])


def test_one_player_has_no_pairs():
    assert game.estimate(game.exact([0, 1]), game.interaction_weights(1)).mean.shape == (0,)


# ------------------------------------------------------------------------------------------------------------ blocks
def test_owen_is_shapley_when_everybody_is_a_block():
    alone = [(i,) for i in range(PLAYERS)]
    assert game.owen_weights(PLAYERS, alone) == pytest.approx(game.shapley_weights(PLAYERS), abs=FLOAT)


def test_owen_is_shapley_when_there_is_one_block():
    assert game.owen_weights(4, [(2, 0, 1, 3)]) == pytest.approx(game.shapley_weights(4), abs=FLOAT)


def test_owen_is_the_mean_over_orders_that_keep_blocks_together():
    blocks = [(0, 3), (1,), (2, 4)]
    played = made_up(PLAYERS)
    whole = [
        [p for block in order for p in inner[blocks.index(block)]]
        for order in permutations(blocks)
        for inner in ((a, b, c) for a in permutations((0, 3)) for b in [(1,)] for c in permutations((2, 4)))
    ]
    found = game.estimate(played, game.owen_weights(PLAYERS, blocks)).mean
    assert found == pytest.approx(over_all_orders(played, whole), abs=FLOAT)
    assert found.sum() == pytest.approx(played.means[-1], abs=FLOAT)


def test_a_block_gets_what_it_gets_as_one_player():
    blocks = [(0, 3), (1,), (2, 4)]
    means = made_up(PLAYERS).means
    of_blocks = [sum(sum(1 << p for p in blocks[b]) for b in range(3) if s >> b & 1) for s in range(8)]
    expected = shapley(game.exact(means[of_blocks]))
    found = game.estimate(game.exact(means), game.block_weights(PLAYERS, blocks)).mean
    assert found == pytest.approx(expected, abs=FLOAT)


def test_blocks_must_hold_each_player_once():
    with pytest.raises(ValueError, match="each player once"):
        game.owen_weights(3, [(0, 1), (1, 2)])


# --------------------------------------------------------------------------------------------------------- intervals
TRUTH = np.array([(s.bit_count() / 4) ** 2 for s in range(16)])
GAMES = 2000
COVERED = (0.935, 0.965)  # of a nominal 0.95; three standard errors of 2,000 games are 0.015


def noisy(rng, worlds, shared):
    """Values with unequal noise; `shared`: of a world, which stretches the whole game."""
    own = rng.normal(0, 0.05 * (1 + TRUTH), (worlds, 16))
    return TRUTH * (1 + rng.normal(0, shared, (worlds, 1))) + own


def coverage(make):
    rng = np.random.default_rng(1)
    rows = np.vstack([game.shapley_weights(4), game.together_weights(4), game.interaction_weights(4)])
    truth = rows @ TRUTH
    found = [game.estimate(make(rng), rows) for _ in range(GAMES)]
    return np.mean([(each.low <= truth) & (truth <= each.high) for each in found], axis=0)


@pytest.mark.parametrize("worlds", [4, 10])
def test_intervals_of_worlds_of_their_own_hold_the_truth(worlds):
    found = coverage(lambda rng: game.own_worlds(noisy(rng, worlds, 0.0)))
    assert found[[0, 4]] == pytest.approx(0.95, abs=0.02)  # Satterthwaite's degrees are an approximation
    assert (found > 0.93).all()


def test_intervals_of_common_worlds_hold_the_truth():
    found = coverage(lambda rng: game.common_worlds(noisy(rng, 6, 0.3)))
    assert ((found > COVERED[0]) & (found < COVERED[1])).all()


def test_intervals_of_mixed_worlds_hold_the_truth():
    """A few coalitions that met common worlds, the others each its own."""
    few, rest = np.array([0, 1, 2, 15]), np.array([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])

    def mixed(rng):
        parts = (
            game.Cells(few, noisy(rng, 12, 0.3)[:, few], common=True),
            game.Cells(rest, noisy(rng, 5, 0.0)[:, rest], common=False),
        )
        return game.Game(4, parts)

    assert (coverage(mixed) > 0.93).all()


def test_taking_common_worlds_for_own_ones_breaks_the_promise():
    """In some worlds player 0 brings more, whoever else is there: a coalition at a time that would average out."""
    with_0 = np.arange(16) & 1

    def taken_for(make):
        return lambda rng: make(noisy(rng, 6, 0.0) + rng.normal(0, 0.3, (6, 1)) * with_0)

    assert coverage(taken_for(game.common_worlds))[0] == pytest.approx(0.95, abs=0.02)
    assert coverage(taken_for(game.own_worlds))[0] < 0.8


def test_resampled_worlds_tell_nearly_the_same():
    played = game.common_worlds(noisy(np.random.default_rng(3), 60, 0.3))
    rows = game.shapley_weights(4)
    low, high = game.bootstrap(played, rows, seed=1)
    found = game.estimate(played, rows)
    assert low == pytest.approx(found.low, abs=0.2 * (found.high - found.low).max())
    assert high == pytest.approx(found.high, abs=0.2 * (found.high - found.low).max())


def test_resampling_promises_too_much_with_few_worlds():
    rng, rows = np.random.default_rng(2), game.shapley_weights(4)
    truth, held = rows @ TRUTH, []
    for _ in range(400):
        low, high = game.bootstrap(game.common_worlds(noisy(rng, 6, 0.3)), rows, seed=1, resamples=300)
        held.append((low <= truth) & (truth <= high))
    assert np.mean(held) < 0.92


def test_axioms_hold_in_each_common_world():
    values = noisy(np.random.default_rng(4), 7, 0.3)
    played = game.common_worlds(values)
    each = game.in_each_world(played, game.shapley_weights(4))
    assert each.sum(axis=1) == pytest.approx(values[:, -1] - values[:, 0], abs=FLOAT)
    with pytest.raises(ValueError, match="of their own"):
        game.in_each_world(game.own_worlds(values), game.shapley_weights(4))


def test_one_world_has_no_error():
    found = game.estimate(game.own_worlds(noisy(np.random.default_rng(4), 1, 0.3)), game.shapley_weights(4))
    assert np.isnan(found.error).all()
    assert np.isfinite(found.mean).all()


# ----------------------------------------------------------------------------------------------------------- refusals
def test_a_table_with_gaps_is_refused():
    values = np.zeros((3, 8))
    values[1, 4] = np.nan
    with pytest.raises(ValueError, match="missing"):
        game.own_worlds(values)
    with pytest.raises(ValueError, match="each of 8 coalitions once"):
        game.Game(3, (game.Cells(np.arange(7), np.zeros((2, 7)), common=True),))
    with pytest.raises(ValueError, match="1 to 14 players"):
        game.shapley_weights(15)


def test_every_size_of_coalition_counts_the_same():
    rows = game.shapley_weights(10)
    inside = game.members(10)
    for size in range(10):
        of_size = ~inside[:, 0] & (inside.sum(axis=1) == size)
        assert rows[0, of_size] == pytest.approx(-1 / 10 / comb(9, size))
