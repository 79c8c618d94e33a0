"""Trials made of a few normal numbers: what is true of them is known."""

import numpy as np

SD, R = 10.0, 0.6


def trial(seed, icc=0.05, trust_icc=0.03, effect=0.0, teams=10, people=127, sd=SD):
    """y, baseline, team, arm, trust: one entry a person; teams in pairs, one pair a trust."""
    luck = np.random.default_rng(seed)
    team = np.sort(np.arange(people) % teams)
    trust, arm = team // 2, (team % 2).astype(float)
    own = luck.normal(size=people)
    place = np.sqrt(trust_icc) * luck.normal(size=teams)[trust]  # of a trust, there before and after
    baseline = sd * (own + place)
    later = R * own + np.sqrt(1 - R * R) * luck.normal(size=people)
    came = np.sqrt(icc) * luck.normal(size=teams)[team]  # of a team, since
    return sd * (np.sqrt(1 - icc - trust_icc) * later + came + place) + effect * arm, baseline, team, arm, trust


def batch(trials, **more):
    """So many, each with luck of its own."""
    return [trial(seed, **more) for seed in range(trials)]
