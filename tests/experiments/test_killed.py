"""Killed outright at random moments, or two at once: the same command ends with the same bits."""

import os
import random
import signal
import time
from functools import partial

import pandas as pd
import pytest

from cpsim.experiments.execute import run_design
from cpsim.experiments.status import status
from tests.experiments.processes import ended, parts, start, until
from tests.experiments.studies import POINTS, design

pytestmark = [pytest.mark.journey, pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way")]
WORLDS = 120
POINTS_OF_SCRIPT = (POINTS[0], POINTS[2], POINTS[3])  # those of `processes.STUDY`, by what they are


@pytest.fixture(scope="module")
def whole():
    return run_design(design(range(WORLDS), POINTS_OF_SCRIPT))


def check(folder, whole):
    """Everything is there, once, and to the bit what an undisturbed process gives."""
    rows = pd.concat(map(pd.read_parquet, parts(folder)))
    assert not rows.duplicated(["definition", "world"]).any()
    pd.testing.assert_frame_equal(run_design(design(range(WORLDS), POINTS_OF_SCRIPT), folder), whole, check_exact=True)


def has_come(folder, wanted, process):
    """So many parts, or all there are to be."""
    return len(parts(folder)) >= wanted or process.poll() == 0


def kill_and_go_on(folder, moments, luck):
    """Begin, kill after some new parts and a while, begin again; returns how often it was killed."""
    killed = 0
    for _ in range(moments):
        there = len(parts(folder))
        process = start(folder, WORLDS)
        wanted = there + luck.randint(0, 1)
        until(partial(has_come, folder, wanted, process), process)
        time.sleep(luck.uniform(0, 0.3))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        if found := status(folder) if (folder / "runs" / "manifest.json").exists() else None:
            assert found[0].damaged == 0
    return killed


@pytest.mark.parametrize("moments", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_and_resumed(tmp_path, whole, moments):
    killed = kill_and_go_on(tmp_path, moments, random.Random(moments))
    code, said = ended(start(tmp_path, WORLDS))

    assert killed >= min(2, moments)
    assert (code, said.split()[0]) == (0, "complete")
    check(tmp_path, whole)


def test_two_processes_on_one_folder(tmp_path, whole):
    both = [start(tmp_path, WORLDS, workers=1) for _ in range(2)]
    for process in both:
        assert ended(process)[0] == 0

    pd.testing.assert_frame_equal(
        run_design(design(range(WORLDS), POINTS_OF_SCRIPT), tmp_path), whole, check_exact=True
    )
    assert status(tmp_path)[0].done == 3 * WORLDS
    made = sum(len(pd.read_parquet(path)) for path in parts(tmp_path))
    assert made == 3 * WORLDS


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop(tmp_path, whole, how):
    process = start(tmp_path, WORLDS)
    until(lambda: len(parts(tmp_path)) >= 2, process)
    process.send_signal(how)
    code, said = ended(process)

    assert code == 130
    assert "Stopped after" in said
    assert "the same command goes on from there" in said
    assert ended(start(tmp_path, WORLDS))[0] == 0
    check(tmp_path, whole)
