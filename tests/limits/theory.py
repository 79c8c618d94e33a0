"""What theory says, written from the textbooks and not from the code; and how sure a mean over runs is."""

import math

import numpy as np
from scipy import integrate, signal, stats

SURE = 3  # standard errors on either side


def mean_of(values):
    """Mean over runs, and three standard errors of it."""
    return np.mean(values), SURE * stats.sem(values)


def ratio_of(sums, counts):
    """Sum over count, all runs together (so that long runs weigh more), and three standard errors of it."""
    sums, counts = np.asarray(sums, float), np.asarray(counts, float)
    ratio = sums.sum() / counts.sum()
    return ratio, SURE * stats.sem(sums - ratio * counts) / counts.mean()


def erlang_c_wait(arrivals, ends, places):
    """Mean wait in an M/M/c queue (Erlang 1917). arrivals, ends: a day, of a place when taken."""
    load = arrivals / ends
    blocked = 1.0
    for number in range(1, places + 1):
        blocked = load * blocked / (number + load * blocked)
    busy = load / places
    return blocked / (1 - busy * (1 - blocked)) / (places * ends - arrivals)


def stepped_wait(arrivals, mean_stay, places, working_days=5, longest=400):
    """Mean wait in the same queue when it moves once a day and places are given only on working days.

    A day: Poisson arrivals; on working days free places are given; then each stay ends with the chance 1 / mean stay.
    Exact: chances of (places taken, people waiting) are carried from day to day until one week is like the last.
    """
    taken = np.arange(places + 1)
    ends = stats.binom.pmf(taken[:, None] - taken, taken[:, None], 1 / mean_stay)  # from (row) to (column)
    come = stats.poisson.pmf(np.arange(longest), arrivals)
    come = come[: np.flatnonzero(come > 1e-16)[-1] + 1]
    chance = np.zeros((places + 1, longest))
    chance[0, 0] = 1
    before, waiting = -1.0, 0.0
    while abs(waiting - before) > 1e-9:
        before, waiting = waiting, 0.0
        for weekday in range(7):
            chance = signal.lfilter(come, [1.0], chance, axis=1)
            if weekday < working_days:
                chance = _give_places(chance)
            waiting += (chance.sum(0) @ np.arange(longest)) / 7
            chance = ends.T @ chance
    return waiting / arrivals


def _give_places(chance):
    """Nobody waits beside a free place: only the number there matters."""
    places, longest = len(chance) - 1, chance.shape[1]
    there = np.zeros(places + longest)
    for taken, row in enumerate(chance):
        there[taken : taken + longest] += row
    given = np.zeros_like(chance)
    given[:places, 0] = there[:places]
    given[places] = there[places:]
    return given


def crommelin_wait(arrivals, service, servers, longest=600):
    """Mean wait in an M/D/c queue (Crommelin 1932): who is there a service time later follows from who is there now."""
    come = stats.poisson.pmf(np.arange(longest), arrivals * service)
    chance, before = come, np.zeros(longest)
    while np.abs(chance - before).sum() > 1e-12:
        before = chance
        left = np.concatenate([[chance[: servers + 1].sum()], chance[servers + 1 :], np.zeros(servers)])
        chance = np.convolve(left, come)[:longest]
    return (chance @ np.arange(longest) - arrivals * service) / arrivals


def stationary(chain):
    """Long-run shares of a Markov chain given as a matrix of chances from (row) to (column)."""
    size = len(chain)
    equations = np.vstack([chain.T - np.eye(size), np.ones(size)])
    return np.linalg.lstsq(equations, np.append(np.zeros(size), 1), rcond=None)[0]


def split_by_hazard(chances):
    """Chances a day of each of several ends that compete, from the chance that each would have alone."""
    hazards = -np.log1p(-np.asarray(chances))
    whole = hazards.sum()
    return -math.expm1(-whole) * hazards / whole


def distance_from_centre(side):
    """Mean distance of a square's points from its centre, by adding it up."""
    half = side / 2
    found, _ = integrate.dblquad(lambda x, y: math.hypot(x, y), 0, half, 0, half)
    return found / half**2
