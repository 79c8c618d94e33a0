"""Ctrl-C while futures are simulated: what is finished comes back, whole and the same as a shorter run."""

import os
import signal
import threading
import time

import pytest

import cpsim
from cpsim.engine import ctrl_c
from cpsim.engine import run as engine
from cpsim.errors import Stopped
from cpsim.scenario.load import load
from tests.outputs.test_tables import same


@pytest.fixture(scope="module")
def one():
    return load("third-sector").with_(weeks=2)


@pytest.fixture
def press():
    """Press Ctrl-C; whatever a test leaves behind, Python handles it afterwards as it did before."""
    yield lambda: os.kill(os.getpid(), signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def stopped(scenario, **more):
    with pytest.raises(Stopped) as raised:
        cpsim.run(scenario, **more)
    return raised.value


@pytest.mark.identity
def test_what_is_finished_is_a_shorter_run(one, press):
    error = stopped(one, replications=1000, people=True, progress=lambda done, _: done >= 12 and press())
    kept = error.result
    assert 1 <= kept.replications < 1000
    assert kept.asked == 1000
    assert str(error) == f"Stopped after {kept.replications} of 1,000 simulated futures."
    assert same(kept.runs, cpsim.run(one, replications=kept.replications, people=True).runs)


@pytest.mark.unit
def test_pressing_again_and_again_changes_nothing(one, press):
    def presses(*_):
        for _ in range(3):
            press()

    assert stopped(one, replications=1000, workers=1, progress=presses).result.replications >= 1


@pytest.mark.unit
def test_a_precision_that_is_stopped_does_not_speak_of_a_number(one, press):
    error = stopped(one, precision={"pressure": 1e-9}, progress=lambda done, _: done >= 12 and press())
    assert str(error) == f"Stopped after {error.result.replications} simulated futures."


@pytest.mark.unit
def test_replications_after_a_gap_are_left_out(one, press, monkeypatch):
    """Futures that are quick to simulate would be favoured, and no other run could repeat what was kept."""
    whole = engine.run_team

    def team(team, replication, seed, *, stop, **kept):
        while replication == 2 and not stop[0]:
            time.sleep(0.01)
        return None if replication == 2 else whole(team, replication, seed, **kept)

    monkeypatch.setattr(engine, "run_team", team)
    finished = []

    def progress(done, _):
        finished.append(done)
        if done >= 5:
            press()

    error = stopped(one, replications=1000, workers=2, progress=progress)
    assert finished[-1] >= 5
    assert error.result.outcomes["replication"].tolist() == [0, 1]


@pytest.mark.unit
def test_a_replication_counts_when_all_its_teams_are_finished(tmp_path, press, monkeypatch):
    file = tmp_path / "two.yaml"
    file.write_text("schema: 1\ntitle: Two\nextends: third-sector\nweeks: 2\nteams: [{name: A, copies: 2}]\n")
    whole = engine.run_team

    def team(team, replication, seed, *, stop, **kept):
        if (replication, team.index) == (1, 1):
            press()
            return None
        return whole(team, replication, seed, **kept)

    monkeypatch.setattr(engine, "run_team", team)
    kept = stopped(load(file), replications=50, workers=1).result
    assert kept.outcomes[["replication", "team"]].to_numpy().tolist() == [[0, "A 1"], [0, "A 2"]]


@pytest.mark.unit
def test_nothing_finished_is_said_so(one, press, monkeypatch):
    def team(team, replication, seed, *, stop, **kept):
        press()
        while not stop[0]:
            time.sleep(0.01)

    monkeypatch.setattr(engine, "run_team", team)
    error = stopped(one, replications=5)
    assert (error.result, error.exit_code) == (None, 130)
    assert str(error) == "Stopped before the first simulated future was finished; nothing was saved."


@pytest.mark.unit
def test_nobody_waits_for_a_thread_that_compiles(one, press, monkeypatch):
    """It cannot be stopped; `let_go` stands for the half minute that it takes."""
    let_go = threading.Event()

    def compiling(*_, **__):
        press()
        let_go.wait(60)

    monkeypatch.setattr(engine, "run_team", compiling)
    assert stopped(one, replications=5).result is None
    assert not let_go.is_set()
    assert any(thread.name.startswith(engine.THREADS) for thread in threading.enumerate())
    let_go.set()


@pytest.mark.unit
def test_ctrl_c_is_given_back(one, press):
    before = signal.getsignal(signal.SIGINT)
    cpsim.run(one, replications=1)
    assert signal.getsignal(signal.SIGINT) is before
    stopped(one, replications=1000, progress=lambda *_: press())
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.unit
def test_who_was_told_to_ignore_it_goes_on(one, press):
    """As a script's background processes are: Ctrl-C is meant for the one in front."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert cpsim.run(one, replications=10, progress=lambda *_: press()).replications == 10
    assert ctrl_c.from_now_on(ctrl_c.RAISE) is None
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.unit
def test_for_a_while_and_back(press):
    before = signal.getsignal(signal.SIGINT)
    heard = []
    with ctrl_c.during(lambda *_: heard.append("once")):
        with ctrl_c.during(lambda *_: heard.append("inside")):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        with ctrl_c.during(ctrl_c.IGNORE):
            signal.raise_signal(signal.SIGINT)
    assert heard == ["inside", "once"]
    assert signal.getsignal(signal.SIGINT) is before
