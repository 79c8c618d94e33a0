"""How long a study takes, before it begins: runs x seconds a run / threads."""

from __future__ import annotations

import math
import os
import time

from cpsim.engine.run import live, team_plans
from cpsim.outputs import words
from cpsim.scenario.load import Scenario

LONG = 600.0  # seconds from which to ask
TRIED = 3  # runs timed, the quickest counts


def seconds_a_run(scenario: Scenario) -> float:
    """Seconds of one run of all teams on one thread of this machine, tried out on the first team."""
    team, *others = team_plans(scenario)
    live(team, 0, 1)  # compiled, loaded

    def timed(number: int) -> float:
        began = time.perf_counter()
        live(team, number, 1)
        return time.perf_counter() - began

    return min(timed(number) for number in range(TRIED)) * (1 + len(others))


def seconds_of(runs: int, scenario: Scenario, workers: int | None = None) -> float:
    """Seconds that so many runs take on so many threads of this machine."""
    threads = min(workers or os.cpu_count() or 1, os.cpu_count() or 1)
    return runs * seconds_a_run(scenario) / threads


def in_time(seconds: float) -> str:
    """Whole units that a person plans by: "40 seconds", "12 minutes", "3.5 hours", "2 days"."""
    if seconds < 90:
        return words.one_of(max(1, round(seconds)), "second", "seconds")
    if seconds < 90 * 60:
        return f"{math.ceil(seconds / 60):,} minutes"
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"
