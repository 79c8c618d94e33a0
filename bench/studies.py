"""What studies cost beyond their runs: the store, memory, warm-ups; and the same design through mesa.batch_run."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cpsim
from bench import crn
from bench.measurements import Measurement, process
from cpsim.experiments import store, variants
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design
from cpsim.experiments.status import status

ACTING = {  # each begins on day 0, so all of them share their warm-up
    "protected": crn.PROTECTED,
    "clear": crn.CLEAR,
    "led": {"strategy.leadership": "named lead with time"},
    "paid": {"strategy.budget_gbp": None, "strategy.pay_fees": True, "strategy.pay_fares": True},
    "frozen": {"policies.freeze_vacant_posts": True},
    "agency": {"policies.agency_cover_share": 0.5},
    "visits": {"policies.cp_people_per_wte": 8.0},
}
POINTS = [Point("base"), *(Point(name, changes) for name, changes in ACTING.items())]


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def store_cost(quick):
    """Seconds that the store takes, over seconds of simulation, on one thread."""
    spent = []
    written, opened, read = store.Store.write, store.Store.opened.__func__, store.Store.read

    def watched(work):
        def work_and_tell(*words):
            begun = time.perf_counter()
            try:
                return work(*words)
            finally:
                spent.append(time.perf_counter() - begun)

        return work_and_tell

    design = Design.crossed(cpsim.load("cmht"), POINTS[:2], range(80 if quick else 400))
    store.Store.write, store.Store.read = watched(written), watched(read)
    store.Store.opened = classmethod(watched(opened))
    try:
        with tempfile.TemporaryDirectory() as folder:
            whole = timed(lambda: run_design(design, Path(folder), workers=1))
    finally:
        store.Store.write, store.Store.read, store.Store.opened = written, read, classmethod(opened)
    simulating = whole - sum(spent)
    return [Measurement("the store, of the time to simulate", 100 * sum(spent) / simulating, "%", "at most 5")]


def shared_warm_up(quick):
    """The same design with and without sharing, in turns."""
    key = variants.shared_key
    pairs = []
    rows = []
    for weeks in (52, 13):
        design = Design.crossed(cpsim.load("cmht").with_(weeks=weeks), POINTS, range(3 if quick else 10))
        run_design(design)
        for _ in range(2 if quick else 5):
            together = timed(lambda design=design: run_design(design, workers=1))
            variants.shared_key = lambda plan: object()
            apart = timed(lambda design=design: run_design(design, workers=1))
            variants.shared_key = key
            pairs.append(apart / together)
        name = f"warm-up shared by 8 variants, {weeks} weeks"
        rows.append(Measurement(name, statistics.median(pairs), "times faster", "the same bits"))
        pairs.clear()
    return rows


# A study of which every run is made up at once, so that only what keeps the runs is measured.
MADE_UP = """
import sys, numpy as np
from pathlib import Path
import cpsim
from cpsim.experiments import variants
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design
points, worlds = int(sys.argv[2]), int(sys.argv[3])
variants.Variants.run = lambda self, points, world, stop: [np.random.default_rng(world).random(12) for _ in points]
names = [Point(f"p{n}", {"parameters.known_at_start": 0.1 + 0.8 * n / points}) for n in range(points)]
runs = run_design(Design.crossed(cpsim.load("cmht"), names, range(worlds)), Path(sys.argv[1]))
assert len(runs) == points * worlds
"""


def memory(quick):
    """Peak memory of a process that keeps so many runs and reads them all back."""
    sizes = ((100, 100), (2_000, 50)) if quick else ((100, 100), (10_000, 100))
    rows = []
    for points, worlds in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = process([sys.executable, "-c", MADE_UP, folder, str(points), str(worlds)])
        what = f"study of {points * worlds:,} runs"
        rows.append(Measurement(f"peak memory, {what}", found.megabytes, "MB", "at most 2000"))
        rows.append(Measurement(f"all but the simulation, {what}", found.seconds, "s", ""))
    return rows


def pairing(quick):
    """bench/crn.py."""
    return [
        Measurement(f"pairing, {contrast}", times, "times fewer runs", f"{low:.1f} to {high:.1f}")
        for contrast, times, low, high in crn.measured(crn.QUICK_WORLDS if quick else crn.WORLDS)
    ]


# ---------------------------------------------------------------------------------------------------- mesa.batch_run
BATCH = """
import mesa
from bench.plain_mesa import PlainTeam
if __name__ == "__main__":
    found = mesa.batch_run(PlainTeam, parameters={"people": [240, 280], "practitioners": [8, 10]}, rng=RNG,
                           max_steps=546, number_processes=2, data_collection_period=-1, display_progress=False)
    print("made", len(found))
"""
OURS = """
import sys
from pathlib import Path
import cpsim
from bench.studies import POINTS
from cpsim.experiments.design import Design
from cpsim.experiments.execute import run_design
design = Design.crossed(cpsim.load("cmht"), POINTS[:4], range(WORLDS))
print("made", len(run_design(design, Path(sys.argv[1]), workers=2)))
"""


def batch_text(worlds):
    """The script for the Mesa that is installed: a list of seeds is called `rng` from 3.4 on, else a parameter."""
    import inspect

    import mesa

    if "rng" in inspect.signature(mesa.batch_run).parameters:
        return BATCH.replace("RNG", f"list(range({worlds}))")
    text = BATCH.replace("rng=RNG,", "iterations=1,")
    return text.replace('"practitioners": [8, 10]', f'"practitioners": [8, 10], "seed": list(range({worlds}))')


def batch_run(quick):
    """Four variants in so many worlds, each a year and half a year before: time, memory, and what a kill leaves."""
    worlds = 4 if quick else 10
    runs = 4 * worlds
    with tempfile.TemporaryDirectory() as folder:
        script, ours, longer = (Path(folder, f"{name}.py") for name in ("batch", "ours", "longer"))
        script.write_text(batch_text(worlds), "utf-8")
        ours.write_text(OURS.replace("WORLDS", str(worlds)), "utf-8")
        longer.write_text(OURS.replace("WORLDS", str(20 * worlds)), "utf-8")
        where = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])}
        plain = process([sys.executable, str(script)], **where)
        here = process([sys.executable, str(ours), f"{folder}/ours"], **where)
        more = process([sys.executable, str(longer), f"{folder}/longer"], **where)
        left = killed([sys.executable, str(longer), f"{folder}/killed"], Path(folder, "killed"), where)
        files = set(Path(folder).iterdir())
        killed([sys.executable, str(script)], None, where, plain.seconds / 2)
        lost = set(Path(folder).iterdir()) == files
    return [
        Measurement(f"{runs} runs by mesa.batch_run of bench/plain_mesa.py", plain.seconds, "s", "whole process"),
        Measurement(f"{runs} runs of cpsim's model by run_design", here.seconds, "s", "whole process"),
        Measurement("the same, a further run", 1000 * (more.seconds - here.seconds) / (19 * runs), "ms", "two threads"),
        Measurement("a run by mesa.batch_run", 1000 * plain.seconds / runs, "ms", "two processes"),
        Measurement("peak memory, mesa.batch_run", plain.megabytes, "MB", "largest process"),
        Measurement("peak memory, run_design", here.megabytes, "MB", ""),
        Measurement("runs that a kill left, mesa.batch_run", 0.0 if lost else float("nan"), "runs", "killed half-way"),
        Measurement("runs that a kill left, run_design", left, "runs", "killed right after its first part"),
    ]


def killed(command, folder, where, seconds=None):
    """Kill a process outright after some seconds, or after its first part; returns the runs that are left."""
    begun = subprocess.Popen(
        command,
        env={**os.environ, **where},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    end = time.monotonic() + (seconds or 300)
    while time.monotonic() < end and begun.poll() is None and not (folder and any(folder.glob("runs/part-*"))):
        time.sleep(0.01)
    if begun.poll() is None:
        os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    return float(status(folder)[0].done) if folder else 0.0


STUDIES = [store_cost, shared_warm_up, memory, pairing, batch_run]
