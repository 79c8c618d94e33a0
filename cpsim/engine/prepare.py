"""Compile in two processes: this one from the morning on, another one from the evening back.

Rules are compiled one after the other when they are first called, close to a minute for all of them on one core. Both
processes keep what they compile in the same folder, so each finds there what the other has done.

    python -m cpsim.engine.prepare     the other process: the later parts of the day, and the account at the end
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numba

from cpsim.model.hours.evening import close_day
from cpsim.model.hours.planning import plan as list_the_day
from cpsim.model.hours.working import work
from cpsim.model.ledgers import OUTCOME
from cpsim.model.records import make
from cpsim.model.rule import CACHE, is_compiled
from cpsim.model.tally import run_tally
from cpsim.population.populate import blank, plan
from cpsim.scenario.load import load


@contextmanager
def with_a_second_process() -> Iterator[None]:
    """While anything has yet to be compiled, a second process helps; where none can be started, nothing is lost."""
    shared = CACHE.name.startswith("rules-")  # and not a temporary folder of this process alone
    if is_compiled() or not shared or (os.cpu_count() or 1) < 2 or not sys.executable:
        yield
        return
    command = [sys.executable, "-m", "cpsim.engine.prepare"]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "NUMBA_CACHE_DIR": str(CACHE.parent)}
    null = subprocess.DEVNULL
    second = subprocess.Popen(command, env={**os.environ, **paths}, stdin=null, stdout=null, stderr=null)
    collecting = gc.isenabled()
    gc.disable()  # a tenth of the time
    try:
        yield
    finally:
        if collecting:
            gc.enable()
        second.terminate()
        second.wait()


def blank_world() -> Any:
    """A World without anybody: what it is made of is all that a compiler asks."""
    scenario = load("cmht")
    return blank(plan(scenario, scenario.teams[0]), 1, 1, 1)


def compile_from_the_evening() -> None:
    """The account at the end of a run and the later parts of a day, the last first."""
    gc.disable()
    world, outcome = numba.typeof(blank_world()), numba.typeof(make(1, OUTCOME)[0])
    run_tally.compile((world, outcome))
    close_day.compile((world,))
    work.compile((world, numba.int64))
    list_the_day.compile((world,))


if __name__ == "__main__":
    compile_from_the_evening()
