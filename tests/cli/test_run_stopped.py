"""Ctrl-C and worse, pressed on a real process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cpsim
from cpsim.cli import run as command
from cpsim.cli import stopping
from cpsim.errors import Stopped
from cpsim.outputs.run_result import RunResult
from tests.cli.test_run_on_a_terminal import HIDDEN, SHOWN
from tests.outputs import made_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way"),
]

# Two seconds are promised on a machine that has nothing else to do; tests run beside other tests.
PROMISED, ALLOWED = 2.0, 3 * 2.0
ENDLESS = ("cmht", "--replications", "100000", "--workers", "1")
NONE_FINISHED = "Stopped before the first simulated future was finished; nothing was saved.\n"
SHORT = ("third-sector", "--replications", "3", "--weeks", "4")


@pytest.fixture(scope="module", autouse=True)
def prepared():
    """Rules are compiled before any process starts, so that the tests need not guess how long that takes."""
    cpsim.run(cpsim.load("cmht").with_(weeks=1), replications=1, workers=1)


@pytest.fixture
def start(tmp_path):
    """Start `cpsim run` into the folder `mine`; ended with the test if it was not before."""
    started = []

    def begin(*words, stderr=subprocess.PIPE, **environment):
        command = [sys.executable, "-m", "cpsim", "run", *words, "--out", "mine"]
        places = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        environment = {**os.environ, **places, **environment}
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=stderr, text=True, env=environment
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def press(process, times=1):
    """Press Ctrl-C; returns exit code, what was said and how long it took."""
    pressed = time.monotonic()
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    said = "".join(filter(None, process.communicate(timeout=60)))
    assert "Traceback" not in said, said
    return process.returncode, said, time.monotonic() - pressed


def until(found, process):
    """Wait until something is seen."""
    for _ in range(6_000):
        if found():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    raise AssertionError("it never came")


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_is_finished_is_saved(start, tmp_path, terminal):
    process = start(*ENDLESS, stderr=terminal.theirs)
    until(lambda: "Simulating" in terminal.shown(), process)
    code, printed, took = press(process, times=3)
    assert (code, took < ALLOWED) == (130, True), took
    kept = RunResult.load(tmp_path / "mine")
    said = terminal.shown()
    assert "Traceback" not in printed + said
    assert said.index(HIDDEN) < said.rindex(SHOWN), "the cursor must come back"
    assert said.endswith(
        f"{command.SAVING}\n"
        f"Stopped after {kept.replications:,} of 100,000 simulated futures. They are saved, without the page: mine\n"
        f"For the page, type the same command with --replications {kept.replications} --force.\n"
    )
    assert (1 <= kept.replications < 100_000, kept.asked) == (True, 100_000)
    assert left(tmp_path) == ["mine"]


@pytest.mark.parametrize("after", [0.3, 1.0])  # seconds: at the first imports, at the heavy ones
def test_nothing_is_saved_at_the_start_and_that_is_said(start, tmp_path, after):
    process = start(*ENDLESS)
    time.sleep(after)
    code, said, took = press(process, times=2)
    assert (code, took < ALLOWED) == (130, True), (said, took)
    assert said in (f"{stopping.NOTHING_SAVED}\n", NONE_FINISHED)  # a fast machine is further on by then
    assert left(tmp_path) == []


def test_nobody_waits_while_rules_are_prepared(start, tmp_path):
    process = start(*ENDLESS, NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    assert process.stderr.readline() == f"{command.COMPILING}\n"
    time.sleep(2.5)
    code, said, took = press(process, times=2)
    assert (code, took < ALLOWED) == (130, True), (said, took)
    assert said == NONE_FINISHED
    assert left(tmp_path) == ["cache"]


def test_while_the_page_is_drawn_the_tables_are_saved(start, tmp_path):
    process = start(*SHORT)
    until(lambda: list(tmp_path.glob(".mine.*.part/summary.md")), process)
    code, said, took = press(process, times=2)
    assert (code, took < ALLOWED) == (130, True), (said, took)
    assert said.splitlines() == [
        command.SAVING,
        "Stopped while the page was being made, after all 3 simulated futures. They are saved, without the page: mine",
        "For the page, type the same command with --replications 3 --force.",
    ]
    assert RunResult.load(tmp_path / "mine").replications == 3
    assert left(tmp_path) == ["mine"]


def test_a_killed_run_leaves_no_half_folder(start, tmp_path):
    process = start(*SHORT)
    until(lambda: list(tmp_path.glob(".mine.*.part/weekly.parquet")), process)
    process.kill()
    process.communicate()
    assert not (tmp_path / "mine").exists()
    assert all(name.startswith(".mine.") for name in left(tmp_path))


# ---------------------------------------------------------------- in this process


def test_a_stopped_run_says_how_to_get_its_page(tmp_path, capsys):
    stopped = Stopped("Stopped after 3 of 9 simulated futures.", made_up.result(3))
    said = str(command.kept(stopped, tmp_path / "mine", False))
    assert said.endswith("For the page, type the same command with --replications 3 --force.")
    assert capsys.readouterr().err == f"{command.SAVING}\n"
    assert not (tmp_path / "mine" / "report.html").exists()


def test_a_stop_in_the_default_folder_needs_no_force(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = str(command.kept(Stopped("Stopped.", made_up.result(3)), None, False))
    assert said.endswith("with --replications 3.")
    assert f"without the page: {Path('runs') / 'made-up'}" in said


def test_a_stop_with_nothing_to_keep_is_passed_on():
    nothing = Stopped("nothing was saved")
    assert command.kept(nothing, None, False) is nothing
