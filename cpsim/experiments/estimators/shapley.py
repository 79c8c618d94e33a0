"""Games on coalitions: who a gain is due to, alone, last, on average over all orders, in pairs and in blocks.

A coalition is a number whose bit i says that player i is in it, so a game of k players is a table of 2^k values. All
that is asked of it here is a weighted sum of that table: the functions `*_weights` give the weights, a row each a
question, and `estimate` the sums with their errors from noisy values. Players know nothing of what they stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from scipy.special import stdtrit

CONFIDENCE = 0.95
MOST_PLAYERS = 14  # 16,384 coalitions; beyond that one samples orders


@dataclass(frozen=True)
class Cells:
    """Values of some coalitions. `coalitions`: (c,), their numbers; `values`: (worlds, c).

    `common`: was each row one world that met all of these coalitions? Otherwise every value has a world of its own.
    """

    coalitions: np.ndarray
    values: np.ndarray
    common: bool

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.coalitions):
            raise ValueError(f"{self.values.shape} values do not fit {len(self.coalitions)} coalitions")
        if not np.isfinite(self.values).all():
            raise ValueError("a game needs every value; some are missing")


@dataclass(frozen=True)
class Game:
    """A noisy table of 2^k values, in parts that have no world in common. Raises ValueError when it has gaps."""

    players: int
    parts: tuple[Cells, ...]

    def __post_init__(self) -> None:
        _check_players(self.players)
        found = np.concatenate([part.coalitions for part in self.parts])
        if not np.array_equal(np.sort(found), np.arange(2**self.players)):
            raise ValueError(f"a game of {self.players} players needs each of {2**self.players} coalitions once")

    @property
    def means(self) -> np.ndarray:
        """(2^k,): the mean value of each coalition."""
        means = np.empty(2**self.players)
        for part in self.parts:
            means[part.coalitions] = part.values.mean(axis=0)
        return means


@dataclass(frozen=True)
class Sums:
    """Weighted sums of a game: (rows,) each. `error`: standard error; `low` to `high`: 95 % t interval of the mean."""

    mean: np.ndarray
    error: np.ndarray
    low: np.ndarray
    high: np.ndarray


def common_worlds(values: np.ndarray) -> Game:
    """A game from values (worlds, 2^k) of which each row is one world that met every coalition."""
    return _whole(values, True)


def own_worlds(values: np.ndarray) -> Game:
    """A game from values (worlds, 2^k) each of which comes from a world of its own."""
    return _whole(values, False)


def exact(values: Sequence[float] | np.ndarray) -> Game:
    """A game without noise, from its 2^k values."""
    return _whole(np.asarray(values, float)[None, :], True)


def _whole(values: np.ndarray, common: bool) -> Game:
    players = int(values.shape[1]).bit_length() - 1
    return Game(players, (Cells(np.arange(values.shape[1]), np.asarray(values, float), common),))


# --------------------------------------------------------------------------------------------- sums and their errors
def estimate(game: Game, weights: np.ndarray) -> Sums:
    """The sums of these weights (rows, 2^k) over a game, with 95 % t intervals (Welch and Satterthwaite's degrees).

    Where worlds are common a sum is taken inside each world, and its error is that of a mean over worlds; where each
    value has its own world, the error is sqrt(sum of w^2 s^2 / m). A single world gives no error (NaN).
    """
    rows = np.atleast_2d(weights)
    mean = rows @ game.means
    variance, per_degree = np.zeros(len(rows)), np.zeros(len(rows))
    for part in game.parts:
        for each, its_degrees in _variances(part, rows[:, part.coalitions]):
            variance += each
            per_degree += each**2 / its_degrees if its_degrees else np.nan
    error = np.sqrt(variance)
    degrees = np.divide(variance**2, per_degree, out=np.ones_like(variance), where=per_degree > 0)
    half = stdtrit(degrees, (1 + CONFIDENCE) / 2) * error
    return Sums(mean, error, mean - half, mean + half)


def _variances(part: Cells, weights: np.ndarray) -> list[tuple[np.ndarray, int]]:
    """Variance of each sum, in independent pieces with their degrees of freedom."""
    worlds = len(part.values)
    if worlds < 2:
        return [(np.full(len(weights), np.nan), 0)]
    if part.common:
        return [((part.values @ weights.T).var(axis=0, ddof=1) / worlds, worlds - 1)]
    cells = weights**2 * part.values.var(axis=0, ddof=1) / worlds
    return [(cells[:, place], worlds - 1) for place in range(cells.shape[1])]


def in_each_world(game: Game, weights: np.ndarray) -> np.ndarray:
    """(worlds, rows): the sums in each world. Raises ValueError unless all worlds met all coalitions."""
    if len(game.parts) != 1 or not game.parts[0].common:
        raise ValueError("only worlds that met every coalition have sums of their own")
    part = game.parts[0]
    return part.values @ np.atleast_2d(weights)[:, part.coalitions].T


def bootstrap(game: Game, weights: np.ndarray, seed: int, resamples: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Low and high end of the 95 % percentile interval of sums, worlds drawn again with replacement.

    A second opinion on the t interval, which keeps its promise with fewer worlds (a test shows both).
    """
    each = in_each_world(game, weights)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(each), np.full(len(each), 1 / len(each)), size=resamples)
    means = counts @ each / len(each)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail], axis=0)
    return low, high


# ---------------------------------------------------------------------------------------------------- the questions
def members(players: int) -> np.ndarray:
    """(2^k, k) of bool: is player i in coalition S?"""
    _check_players(players)
    return (np.arange(2**players)[:, None] >> np.arange(players) & 1).astype(bool)


def shapley_weights(players: int) -> np.ndarray:
    """(k, 2^k): a player's mean contribution over all orders (Shapley 1953)."""
    inside = members(players)
    size = inside.sum(axis=1)
    chance = np.array([factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)])
    joined = np.append(0.0, chance)  # of coalitions that hold the player: the chance of what was there before
    left = np.append(chance, 0.0)
    return np.where(inside, joined[size][:, None], -left[size][:, None]).T


def alone_weights(players: int) -> np.ndarray:
    """(k, 2^k): what a player brings when nobody else is there."""
    rows = np.zeros((players, 2**players))
    rows[:, 0] = -1.0
    rows[np.arange(players), 1 << np.arange(players)] = 1.0
    return rows


def last_weights(players: int) -> np.ndarray:
    """(k, 2^k): what a player brings when everybody else is there already."""
    everybody = 2**players - 1
    rows = np.zeros((players, 2**players))
    rows[np.arange(players), everybody - (1 << np.arange(players))] = -1.0
    rows[:, everybody] += 1.0
    return rows


def together_weights(players: int) -> np.ndarray:
    """(1, 2^k): what all bring together."""
    rows = np.zeros((1, 2**players))
    rows[0, 0], rows[0, -1] = -1.0, 1.0
    return rows


def pairs(players: int) -> list[tuple[int, int]]:
    """The pairs of players in the order of `interaction_weights`."""
    return [(i, j) for i in range(players) for j in range(i + 1, players)]


def interaction_weights(players: int) -> np.ndarray:
    """(pairs, 2^k): Shapley interaction index of each pair (Grabisch and Roubens 1999).

    Above 0: each is worth more where the other is there too (complements); below 0: less (substitutes).
    """
    if players < 2:
        return np.zeros((0, 2**players))
    inside = members(players)
    size = inside.sum(axis=1)
    chance = [factorial(s) * factorial(players - s - 2) / factorial(players - 1) for s in range(players - 1)]
    rows = []
    for i, j in pairs(players):
        both = inside[:, i].astype(int) + inside[:, j]
        others = np.clip(size - both, 0, players - 2)
        rows.append(np.where(both == 1, -1.0, 1.0) * np.array(chance)[others])
    return np.array(rows)


def owen_weights(players: int, blocks: Sequence[Sequence[int]]) -> np.ndarray:
    """(k, 2^k): a player's mean contribution over the orders that keep blocks together (Owen 1977).

    Raises ValueError unless the blocks hold each player once. With blocks of one player each it is Shapley's.
    """
    if sorted(player for block in blocks for player in block) != list(range(players)):
        raise ValueError("blocks must hold each player once")
    masks = np.array([sum(1 << player for player in block) for block in blocks])
    between = shapley_weights(len(blocks))  # of coalitions of whole blocks
    rows = np.zeros((players, 2**players))
    for place, block in enumerate(blocks):
        before = np.flatnonzero(~members(len(blocks))[:, place])  # blocks that came first
        there = members(len(blocks))[before] @ masks
        inner = shapley_weights(len(block))
        within = members(len(block)) @ (1 << np.array(block))
        chance = -between[place, before]
        for row, player in enumerate(block):
            rows[player, np.add.outer(there, within)] = np.multiply.outer(chance, inner[row])
    return rows


def block_weights(players: int, blocks: Sequence[Sequence[int]]) -> np.ndarray:
    """(blocks, 2^k): what is due to each block as a whole; the Owen values of its players add up to it."""
    rows = owen_weights(players, blocks)
    return np.array([rows[list(block)].sum(axis=0) for block in blocks])


def _check_players(players: int) -> None:
    if not 1 <= players <= MOST_PLAYERS:
        raise ValueError(f"a game has 1 to {MOST_PLAYERS} players, not {players}")
