"""What is measured. Each function returns one or more of (name, value, unit, reference).

Ratios and flatness are taken within one run, minutes apart, because machines differ and are shared. Whole processes are
timed where that is what a user feels. A person judges; nothing is asserted.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import cpsim
from bench.parts import ns_by_part
from bench.plain_mesa import seconds_per_person_day

NANO = 1e9
CPSIM = [sys.executable, "-m", "cpsim"]


class Measurement(NamedTuple):
    name: str
    value: float
    unit: str
    reference: str  # "at most 80", "at least 50": what is asked for; else a remark


class Process(NamedTuple):
    seconds: float
    megabytes: float  # largest resident memory


# ---------------------------------------------------------------------------------------------------- how to measure
# A small process in between: a child's peak memory counts what its parent had when it was made.
WATCH = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def process(command, **environment):
    """Run a command to its end, quietly; wall time and peak memory."""
    seconds, memory = python("-c", WATCH, *command, **environment)
    bytes_a_unit = 1 if sys.platform == "darwin" else 1024
    return Process(seconds, memory * bytes_a_unit / 2**20)


def python(*words, **environment):
    """The numbers that Python prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, *words], env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True
    )
    return [float(number) for number in done.stdout.split()]


def command(*words, folder, **environment):
    """A whole `cpsim` command that leaves its results in this folder."""
    return process([*CPSIM, *words, "--out", str(folder), "--force"], **environment)


def active_days(result):
    """Days that people spent on the caseload or waiting, warm-up included: what the engine had to walk through."""
    weekly = result.weekly
    return 7 * float((weekly["caseload"] + weekly["waiting"]).sum())


def engine(scenario, replications, workers=1):
    """Seconds of one run, and its person-days."""
    begun = time.perf_counter()
    result = cpsim.run(scenario, replications=replications, seed=1, workers=workers)
    return time.perf_counter() - begun, active_days(result)


def engine_ns(scenario, replications, repeats=3):
    """Nanoseconds per active service-user-day, the best of some repeats: what the machine can do undisturbed."""
    timings = [engine(scenario, replications) for _ in range(repeats)]
    return min(seconds / days for seconds, days in timings) * NANO


def copies(folder, teams):
    """A scenario of so many teams like cmht's."""
    path = Path(folder) / f"teams-{teams}.yaml"
    path.write_text(
        f"schema: 1\ntitle: {teams} teams\nquestion: How does time grow with size?\nextends: cmht\n"
        f"teams:\n  - {{name: team, copies: {teams}}}\n",
        "utf-8",
    )
    return path


def best(measure, repeats):
    return min(measure() for _ in range(repeats))


# ---------------------------------------------------------------------------------------------------- what is measured
def engine_and_plain_mesa(quick):
    scenario = cpsim.load("cmht")
    engine(scenario, 1)  # compiled and loaded
    ours, plain = [], []
    for seed in range(2 if quick else 5):  # in turns, so that a busy minute falls on both
        plain.append(seconds_per_person_day(seed=seed) * NANO)
        ours.append(engine_ns(scenario, 20 if quick else 50, repeats=1))
    return [
        Measurement("engine, one thread", min(ours), "ns per active service-user-day", "at most 80"),
        Measurement("plain Mesa", min(plain), "ns per service-user-day", "bench/plain_mesa.py"),
        Measurement("engine against plain Mesa", min(plain) / min(ours), "times faster", "at least 50"),
        Measurement(
            "the same, median of pairs",
            statistics.median(p / o for p, o in zip(plain, ours, strict=True)),
            "times faster",
            "at least 50",
        ),
    ]


def threads(quick):
    scenario, replications = cpsim.load("cmht"), 50 if quick else 200
    engine(scenario, 1)
    pairs = [[engine(scenario, replications, workers)[0] for workers in (1, 2)] for _ in range(2 if quick else 5)]
    one, two = (min(column) for column in zip(*pairs, strict=True))
    return [Measurement("two threads against one", one / two, "times faster", "at least 1.7")]


def profile(quick):
    """Where the engine's time goes; what falls short is shown with this."""
    return [
        Measurement(f"of this: {name}", ns, "ns per active service-user-day", "")
        for name, ns in ns_by_part(runs=2 if quick else 10).items()
    ]


def flatness(quick):
    """The same number of team-years as one team often and as many teams once."""
    sizes, team_years = ((1, 10, 100), 100) if quick else ((1, 10, 100, 1000, 3000), 300)
    with tempfile.TemporaryDirectory() as folder:
        found = {n: engine_ns(cpsim.load(copies(folder, n)), max(1, team_years // n), repeats=2) for n in sizes}
    rows = [
        Measurement(f"{n:,} team{'s' * (n > 1)}", ns, "ns per active service-user-day", "") for n, ns in found.items()
    ]
    spread = 100 * (max(found.values()) / min(found.values()) - 1)
    return [*rows, Measurement("flat from first to last size", spread, "% apart", "at most 15")]


def everybody(_quick):
    """3,000 teams, about 900,000 people, in one command; memory beyond what 30 teams need."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (
            command("run", str(copies(folder, teams)), "--replications", "1", folder=f"{folder}/{teams}")
            for teams in (30, 3000)
        )
        rows = sum(file.stat().st_size for file in Path(folder, "3000").rglob("weekly*.parquet")) / 2**20
    return [
        Measurement("3,000 teams for a year, whole command", large.seconds, "s", ""),
        Measurement("peak memory, 30 teams", small.megabytes, "MB", ""),
        Measurement("peak memory, 3,000 teams", large.megabytes, "MB", f"weekly rows on disk: {rows:.0f} MB"),
    ]


def the_main_command(quick):
    words = ("run", "cmht", "--replications", "100")
    with tempfile.TemporaryDirectory() as folder:
        command(*words, folder=f"{folder}/first")
        warm = min(
            (command(*words, folder=f"{folder}/warm") for _ in range(1 if quick else 3)), key=lambda p: p.seconds
        )
        cold = command(*words, folder=f"{folder}/cold", NUMBA_CACHE_DIR=f"{folder}/cache")
    return [
        Measurement("`cpsim run cmht --replications 100`, warm", warm.seconds, "s", "at most 10"),
        Measurement("the same, nothing compiled", cold.seconds, "s", "at most 60"),
        Measurement("peak memory of it", warm.megabytes, "MB", ""),
    ]


def compiling(_quick):
    code = """
import time, cpsim
def timed():
    begun = time.perf_counter()
    cpsim.run(scenario, replications=1, workers=1)
    return time.perf_counter() - begun
scenario = cpsim.load("cmht").with_(weeks=1)
print(timed() - timed())
"""
    with tempfile.TemporaryDirectory() as folder:
        [seconds] = python("-c", code, NUMBA_CACHE_DIR=folder)
    return [Measurement("compiling everything, once per version", seconds, "s", "at most 30")]


def starting(quick):
    repeats = 3 if quick else 7
    face = "import time; begun = time.perf_counter(); import cpsim; print(time.perf_counter() - begun)"
    return [
        Measurement("`cpsim --help`", best(lambda: process([*CPSIM, "--help"]).seconds, repeats), "s", "at most 0.4"),
        Measurement("`import cpsim`", best(lambda: python("-c", face)[0], repeats), "s", "at most 0.1"),
    ]


ESSENTIAL = [starting, engine_and_plain_mesa, profile, threads, flatness, the_main_command]
ALL = [starting, engine_and_plain_mesa, profile, threads, flatness, compiling, the_main_command, everybody]
