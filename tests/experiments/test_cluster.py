"""A real scheduler and real worker processes on this machine: one dies, one comes late, the bits are the same."""

import os
import re
import subprocess
import sys

import pandas as pd
import pytest

from cpsim.errors import CpsimError, OptionError
from cpsim.experiments import cluster
from cpsim.experiments.execute import run_design
from tests.experiments.processes import ended, environment, parts, start, until
from tests.experiments.studies import design

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
QUIET = ["--no-dashboard", "--host", "127.0.0.1"]


@pytest.fixture
def begin():
    """Start processes; all are ended with the test, workers before the scheduler."""
    started = []

    def start_one(*words, **more):
        command = [sys.executable, "-m", *words]
        err = subprocess.PIPE if "scheduler" in words[0] else subprocess.DEVNULL
        process = subprocess.Popen(command, env={**environment(), **more}, stderr=err, text=True)
        started.append(process)
        return process

    yield start_one
    for process in reversed(started):
        process.kill()
        process.communicate()


@pytest.fixture
def scheduler(begin):
    return begin("distributed.cli.dask_scheduler", "--port", "0", *QUIET)


@pytest.fixture
def address(scheduler):
    for line in scheduler.stderr:
        if found := re.search(r"tcp://127\.0\.0\.1:\d+", line):
            return found.group()
    raise AssertionError("no scheduler")


def worker(begin, address, **more):
    words = ["--nthreads", "1", "--nworkers", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"]
    return begin("distributed.cli.dask_worker", address, *words, **more)


def test_one_worker_is_killed_and_another_comes_late(tmp_path, begin, address):
    first = worker(begin, address)
    study = start(tmp_path / "far", 120, cluster=address)
    until(lambda: len(parts(tmp_path / "far")) >= 2, study)
    worker(begin, address)
    first.kill()
    code, said = ended(study)

    assert (code, said.splitlines()[0]) == (0, "complete 360")
    assert not list((tmp_path / "far" / "runs").glob(".*"))
    ended(start(tmp_path / "near", 120))
    far, near = (pd.concat(map(pd.read_parquet, parts(tmp_path / where))) for where in ("far", "near"))
    keys = ["definition", "world"]
    pd.testing.assert_frame_equal(
        far.sort_values(keys, ignore_index=True), near.sort_values(keys, ignore_index=True), check_exact=True
    )


def test_a_chunk_that_kills_its_workers_is_told_and_the_rest_goes_on(tmp_path, begin, address, monkeypatch):
    words = ["--nthreads", "1", "--nworkers", "1", "--no-dashboard"]  # with a nanny that starts it again
    begin("distributed.cli.dask_worker", address, *words)
    sent = cluster._part_of

    def deadly(planned, runs):
        part = sent(planned, runs)
        return part if 0 not in part.world else Deadly(part)

    monkeypatch.setattr(cluster, "_part_of", deadly)
    monkeypatch.setattr(cluster, "make_chunk", make_or_die)
    with pytest.raises(CpsimError, match=r"All other runs are kept(.|\n)*every worker that took them up died"):
        run_design(design(range(50)), tmp_path, cluster=address)

    made = sum(len(pd.read_parquet(path)) for path in parts(tmp_path))
    assert 50 < made < 150
    monkeypatch.undo()
    assert len(run_design(design(range(50)), tmp_path)) == 150


class Deadly:
    """A part that ends its process when it is unpacked to be made."""

    def __init__(self, part):
        self.part = part


def make_or_die(part, folder, study):
    if isinstance(part, Deadly):
        os._exit(1)
    return cluster.make_chunk(part, folder, study)


def test_the_scheduler_is_lost(tmp_path, begin, address, scheduler):
    worker(begin, address)
    study = start(tmp_path, 120, cluster=address)
    until(lambda: len(parts(tmp_path)) >= 1, study)
    scheduler.kill()
    code, said = ended(study)

    assert code == 1
    assert "The scheduler is gone" in said
    assert ended(start(tmp_path, 120))[1].startswith("complete 360")


def test_nobody_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERS", 1.0)
    with pytest.raises(OptionError, match="nobody answers at tcp"):
        run_design(design(), tmp_path, cluster="tcp://127.0.0.1:9")


def test_another_cpsim_is_refused(tmp_path, begin, address, monkeypatch):
    worker(begin, address)
    monkeypatch.setattr(cluster, "_own_digest", lambda: "another")
    with pytest.raises(OptionError, match="another version of cpsim"):
        run_design(design(), tmp_path, cluster=address)
