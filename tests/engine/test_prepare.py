"""Two processes compile at once; each finds in the folder what the other has done."""

import os
import subprocess
import sys

import numba
import pytest

from cpsim.engine import prepare
from cpsim.engine.run import team_plans
from cpsim.model.rule import CACHE
from cpsim.population.populate import populate
from cpsim.scenario.load import load


@pytest.mark.unit
def test_what_is_compiled_ahead_is_what_a_run_asks_for():
    """Compiled code belongs to types: a World of other arrays would be compiled again."""
    [team] = team_plans(load("cmht"))
    assert numba.typeof(prepare.blank_world()) == numba.typeof(populate(team.plan, 1))


@pytest.mark.unit
@pytest.mark.parametrize(("compiled", "cores", "helps"), [(True, 2, 0), (False, 1, 0), (False, 2, 1)])
def test_a_second_process_helps_where_there_is_something_to_do(monkeypatch, compiled, cores, helps):
    class Second:
        started = ended = 0

        def __init__(self, command, **_):
            Second.started += command[1:] == ["-m", "cpsim.engine.prepare"]

        def terminate(self):
            Second.ended += 1

        def wait(self):
            pass

    monkeypatch.setattr(prepare, "is_compiled", lambda: compiled)
    monkeypatch.setattr(prepare.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(prepare, "CACHE", CACHE.with_name("rules-of-a-test"))
    monkeypatch.setattr(prepare.subprocess, "Popen", Second)
    with prepare.with_a_second_process():
        assert Second.started == helps
    assert Second.ended == helps


@pytest.mark.journey
@pytest.mark.slow
def test_the_second_process_leaves_compiled_code(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "cpsim.engine.prepare"], env=environment, check=True)
    for name in ("run_tally", "close_day", "work", "plan"):
        assert list(tmp_path.glob(f"**/*.{name}-*.nbc")), name
