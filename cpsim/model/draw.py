"""Random numbers by address: a draw is a pure function of (seed, purpose, agent, the agent's n-th event of that kind).

There is no shared stream, so order, threads and switched-off processes change nothing else, and two scenarios with one
seed meet the same people with the same luck. The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011,
"Parallel random numbers: as easy as 1, 2, 3"), held to its published known answers by a test.

All arithmetic is on signed 64-bit integers: a product of two 32-bit words may wrap when compiled and does not in plain
Python, and the masked words are the same both ways.
"""

import math

from cpsim.model.rule import leaf, rule

WORD = 0xFFFFFFFF
MULTIPLIER_A, MULTIPLIER_B = 0xD2511F53, 0xCD9E8D57
WEYL_A, WEYL_B = 0x9E3779B9, 0xBB67AE85
ROUNDS = 10
HALF_UNIT = 1.0 / 4503599627370496.0  # 2^-52: a 52-bit integer plus a half, so never 0 and never 1


@leaf
def philox(a, b, c, d, key_a, key_b):
    """Ten rounds of Philox4x32 on the counter (a, b, c, d) under the key; four 32-bit words."""
    for _ in range(ROUNDS):
        first = MULTIPLIER_A * a
        second = MULTIPLIER_B * c
        a, b, c, d = (
            ((second >> 32) & WORD) ^ b ^ key_a,
            second & WORD,
            ((first >> 32) & WORD) ^ d ^ key_b,
            first & WORD,
        )
        key_a = (key_a + WEYL_A) & WORD
        key_b = (key_b + WEYL_B) & WORD
    return a, b, c, d


@rule
def pair(seed, purpose, agent, event):
    """Two independent uniform numbers in (0, 1) for one address."""
    key = int(seed)
    number = int(event)
    who = int(agent)
    a, b, c, d = philox(number & WORD, (number >> 32) & WORD, who & WORD, purpose + 0, key & WORD, (key >> 32) & WORD)
    first = ((a << 20) | (b >> 12)) + 0.5
    second = ((c << 20) | (d >> 12)) + 0.5
    return first * HALF_UNIT, second * HALF_UNIT


@rule
def four(seed, purpose, agent, event):
    """Four uniform numbers of 32 bits each in (0, 1): enough for chances, not for tails of 1 in 10^9."""
    key = int(seed)
    number = int(event)
    who = int(agent)
    a, b, c, d = philox(number & WORD, (number >> 32) & WORD, who & WORD, purpose + 0, key & WORD, (key >> 32) & WORD)
    unit = 1.0 / 4294967296.0
    return (a + 0.5) * unit, (b + 0.5) * unit, (c + 0.5) * unit, (d + 0.5) * unit


@rule
def uniform(seed, purpose, agent, event):
    """One uniform number in (0, 1)."""
    first, _ = pair(seed, purpose, agent, event)
    return first


@rule
def exponential(seed, purpose, agent, event):
    """One draw from the exponential distribution of mean 1: how much hazard a spell lasts for."""
    first, _ = pair(seed, purpose, agent, event)
    return -math.log(first)


@rule
def normals(seed, purpose, agent, event):
    """Two independent standard normal numbers (Box and Muller 1958)."""
    first, second = pair(seed, purpose, agent, event)
    radius = math.sqrt(-2.0 * math.log(first))
    angle = 2.0 * math.pi * second
    return radius * math.cos(angle), radius * math.sin(angle)


@rule
def world_seed(seed, replication, team):
    """The seed of one team in one replication: 62 bits, so that it stays a positive whole number everywhere."""
    key = int(seed)
    a, b, _, _ = philox(int(replication) & WORD, int(replication) >> 32, int(team), 0, key & WORD, (key >> 32) & WORD)
    return ((a << 31) ^ b) & 0x3FFFFFFFFFFFFFFF
