"""The generator and its helpers: published answers, distributions, and no echo between neighbouring addresses."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from cpsim.model import draw

ALPHA = 1e-6  # for each assertion: seeds are fixed, so a false alarm can only come when the draws themselves change
FULL = 0xFFFFFFFF

# Random123 (Salmon, Moraes, Dror and Shaw 2011), kat_vectors, "philox4x32 10": counter, key, words.
KNOWN = {
    "zeros": ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    "ones": ((FULL, FULL, FULL, FULL), (FULL, FULL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    "digits of pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}


def textbook(counter, key):
    """Philox4x32-10 as the paper has it, in whole numbers of any size: nothing here can wrap."""
    a, b, c, d = counter
    for _ in range(10):
        high_a, low_a = divmod(0xD2511F53 * a, 1 << 32)
        high_c, low_c = divmod(0xCD9E8D57 * c, 1 << 32)
        a, b, c, d = high_c ^ b ^ key[0], low_c, high_a ^ d ^ key[1], low_a
        key = (key[0] + 0x9E3779B9) % (1 << 32), (key[1] + 0xBB67AE85) % (1 << 32)
    return a, b, c, d


@pytest.mark.unit
@pytest.mark.rules
@pytest.mark.parametrize("name", KNOWN)
def test_v01_philox_gives_its_published_answers(name):
    counter, key, words = KNOWN[name]
    assert textbook(counter, key) == words
    assert draw.philox(*counter, *key) == words


@pytest.mark.unit
@pytest.mark.rules
@pytest.mark.parametrize("seed", [0, 1, FULL, FULL + 1, 2**62 - 1])
@pytest.mark.parametrize("agent", [0, 20_000_000])
@pytest.mark.parametrize("event", [0, 7, FULL + 1, -182])
def test_v01_an_address_is_a_counter_and_the_seed_a_key(seed, agent, event):
    """Every bit of seed and event counts; days before the first day reported are negative events."""
    counter = (event & FULL, (event >> 32) & FULL, agent, 23)
    a, b, c, d = textbook(counter, (seed & FULL, seed >> 32))

    assert draw.four(seed, 23, agent, event) == tuple((word + 0.5) / 2**32 for word in (a, b, c, d))
    first, second = draw.pair(seed, 23, agent, event)
    assert first == (((a << 32 | b) >> 12) + 0.5) / 2**52  # the upper 52 bits of two words
    assert second == (((c << 32 | d) >> 12) + 0.5) / 2**52
    assert draw.uniform(seed, 23, agent, event) == first
    assert draw.exponential(seed, 23, agent, event) == -math.log(first)
    radius = math.sqrt(-2 * math.log(first))
    expected = radius * math.cos(2 * math.pi * second), radius * math.sin(2 * math.pi * second)
    assert draw.normals(seed, 23, agent, event) == pytest.approx(expected, rel=1e-12)


COUNT = 100_000


def drawn(helper, purpose=1):
    """(draws, numbers a draw) of a helper, over agents."""
    return np.array([helper(3, purpose, agent, 5) for agent in range(COUNT)]).reshape(COUNT, -1)


def assert_looks_like(values, law):
    """Mean, variance, shape (Kolmogorov-Smirnov) and 100 equally likely boxes (chi-square) of a law."""
    mean, variance, _, kurtosis = (float(moment) for moment in law.stats("mvsk"))
    at_most = stats.norm.isf(ALPHA / 2)
    assert abs(values.mean() - mean) < at_most * math.sqrt(variance / COUNT)
    assert abs(values.var() - variance) < at_most * variance * math.sqrt((kurtosis + 2) / COUNT)
    assert stats.kstest(values, law.cdf).pvalue > ALPHA
    boxes = np.bincount((law.cdf(values) * 100).astype(int), minlength=100)
    assert stats.chisquare(boxes).pvalue > ALPHA


def assert_unrelated(one, other):
    """Ranks on a 16 x 16 board, which sees more than a correlation does."""
    board = np.histogram2d(stats.rankdata(one), stats.rankdata(other), bins=16)[0]
    assert stats.chi2_contingency(board).pvalue > ALPHA


LAWS = [(draw.uniform, stats.uniform), (draw.pair, stats.uniform), (draw.four, stats.uniform)]
LAWS += [(draw.normals, stats.norm), (draw.exponential, stats.expon)]


@pytest.mark.unit
@pytest.mark.parametrize(("helper", "law"), LAWS, ids=["uniform", "pair", "four", "normals", "exponential"])
def test_v02_helpers_have_the_laws_they_name(helper, law):
    columns = drawn(helper).T
    for values in columns:
        assert_looks_like(values, law())
    for one, other in itertools.combinations(columns, 2):
        assert_unrelated(one, other)


@pytest.mark.unit
@pytest.mark.parametrize("bad", [lambda u: u**1.02, lambda u: 0.99 * u, lambda u: np.round(u, 2)])
def test_v02_a_law_slightly_off_is_seen(bad):
    """The check bites: an exponent of 1.02, a range 1 % short, two decimals only."""
    with pytest.raises(AssertionError):
        assert_looks_like(bad(drawn(draw.uniform)[:, 0]), stats.uniform())


LAGS = (1, 2, 7, 28, 64)
NEIGHBOURS = {
    "seeds": lambda k: draw.uniform(k, 23, 5, 9),
    "agents": lambda k: draw.uniform(11, 23, k, 9),
    "events": lambda k: draw.uniform(11, 23, 5, k),
    "days of warm-up": lambda k: draw.uniform(11, 15, 5, k - COUNT),
    "worlds": lambda k: draw.world_seed(1, k, 0) / 2**62,
    "teams": lambda k: draw.world_seed(1, 0, k) / 2**62,
    "people of neighbouring worlds": lambda k: draw.uniform(draw.world_seed(1, k, 0), 2, 5, 0),
}


def echoes(values):
    """Correlations at each lag."""
    return [np.corrcoef(values[:-lag], values[lag:])[0, 1] for lag in LAGS]


@pytest.mark.unit
@pytest.mark.parametrize("neighbours", NEIGHBOURS)
def test_v04_neighbours_have_nothing_in_common(neighbours):
    """Lag correlations of 100,000 neighbours are those of chance: below 4.9 / sqrt(100,000) = 0.0155."""
    values = np.array([NEIGHBOURS[neighbours](k) for k in range(COUNT)])
    at_most = stats.norm.isf(ALPHA / 2) / math.sqrt(COUNT)
    assert np.abs(echoes(values)).max() < at_most
    assert_looks_like(values, stats.uniform())
    assert len(np.unique(values)) == COUNT


@pytest.mark.unit
def test_v04_purposes_have_nothing_in_common():
    """The same agent and event under two purposes: another number, and no relation."""
    columns = [drawn(draw.uniform, purpose)[:, 0] for purpose in (1, 2, 42)]
    for one, other in itertools.combinations(columns, 2):
        assert_unrelated(one, other)


@pytest.mark.unit
def test_v04_an_echo_is_seen():
    """The check bites: a tenth of the neighbour's number mixed in."""
    values = drawn(draw.uniform)[:, 0]
    mixed = 0.9 * values[1:] + 0.1 * values[:-1]
    assert np.abs(echoes(mixed)).max() > stats.norm.isf(ALPHA / 2) / math.sqrt(COUNT)
    with pytest.raises(AssertionError):
        assert_unrelated(mixed, values[:-1])


@pytest.mark.unit
@pytest.mark.rules
def test_v04_a_world_seed_is_a_positive_whole_number_of_its_own():
    found = {
        draw.world_seed(seed, number, team) for seed in (0, 1, 2**63 - 1) for number in range(40) for team in range(9)
    }
    assert len(found) == 3 * 40 * 9
    assert all(0 <= seed < 2**62 for seed in found)
