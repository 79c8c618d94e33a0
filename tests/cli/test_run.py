"""`cpsim run`: what it leaves, and every way in which it can be told that it cannot."""

import datetime
import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cpsim.cli import run as command
from cpsim.engine import run as engine
from cpsim.errors import OptionError
from cpsim.outputs import store
from cpsim.outputs.run_result import RunResult

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("short_page")]

SMALL = ("third-sector", "--replications", "2", "--weeks", "2")


def left(folder="."):
    return sorted(path.name for path in Path(folder).iterdir())


# ---------------------------------------------------------------- what it leaves


def test_an_answer_a_page_and_tables(type_in):
    code, out, err = type_in("run", *SMALL, "--out", "mine")
    assert (code, err) == (0, "")
    assert out.startswith("A third-sector")
    assert "2 weeks from 1 April 2026; 2 simulated futures, seed 1" in out
    assert out.rstrip().endswith(f"The page: {Path('mine') / 'report.html'}")
    assert max(map(len, out.splitlines())) <= 80
    assert RunResult.load("mine").replications == 2


def test_without_a_folder_it_counts_up(type_in):
    for _ in range(2):
        assert type_in("run", *SMALL)[0] == 0
    today = f"{datetime.date.today():%Y-%m-%d}"
    assert left("runs") == [f"third-sector-{today}-01", f"third-sector-{today}-02"]


def test_a_run_that_came_in_between_is_not_replaced(type_in, monkeypatch):
    """Two runs begun together want one folder: the later one takes the next."""
    assert type_in("run", *SMALL, "--seed", "1")[0] == 0
    [first] = Path("runs").iterdir()
    free = [first, first.with_name(f"{first.name}-next")]  # as `default_folder` found it before the other was saved
    monkeypatch.setattr(store, "check_folder", lambda *_: None)
    monkeypatch.setattr(command, "default_folder", lambda _: free[0] if len(free) == 2 else free[-1])
    saved = RunResult.save

    def save(result, folder, **more):
        try:
            return saved(result, folder, **more)
        finally:
            free[:] = free[-1:]

    monkeypatch.setattr(RunResult, "save", save)
    code, out, _ = type_in("run", *SMALL, "--seed", "2", "--force")
    assert (code, f"{free[0]}" in out) == (0, True)
    assert [RunResult.load(folder).seed for folder in sorted(Path("runs").iterdir())] == [1, 2]


def test_options_reach_the_run(type_in):
    words = ("--seed", "7", "--people", "--workers", "1", "--set", "team.caseload_per_wte=12", "--set", "title=Ours")
    assert type_in("run", *SMALL, *words, "--out", "mine")[0] == 0
    known = store.read_manifest(Path("mine"))
    assert (known["seed"], known["people"], known["replications"]) == (7, True, 2)
    assert (known["scenario"]["weeks"], known["scenario"]["title"]) == (2, "Ours")
    assert known["scenario"]["teams"][0]["changed"]["team"]["caseload_per_wte"] == 12
    assert len(RunResult.load("mine").people)


def test_for_a_program(type_in):
    code, out, err = type_in("run", *SMALL, "--json", "--out", "mine")
    found = json.loads(out)
    assert (code, err, found["folder"], found["replications"]) == (0, "", "mine", 2)
    assert {"measure", "label", "unit", "mean", "ci_low", "ci_high", "p10", "p90"} <= set(found["summary"][0])
    assert found["digest"] == store.read_manifest(Path("mine"))["digest"]
    assert "NaN" not in out


def test_a_precision_finds_its_own_number(type_in):
    words = ("third-sector", "--weeks", "2", "--precision", "pressure=0.1", "--precision", "caseload=5")
    code, out, err = type_in("run", *words, "--out", "mine", "--json")
    result = RunResult.load("mine")
    assert (code, err, json.loads(out)["replications"]) == (0, "", result.replications)
    assert result.replications >= 20
    assert result.estimate("pressure").half_width <= 0.1


def test_a_precision_that_is_not_reached_is_said(type_in, monkeypatch):
    monkeypatch.setattr(engine, "MOST_FOR_PRECISION", 20)
    words = ("third-sector", "--weeks", "2", "--precision", "pressure=0.00001", "--precision", "caseload=500")
    code, _, err = type_in("run", *words, "--out", "mine")
    assert code == 0
    assert re.fullmatch(
        r"pressure is known to within 0\.\d+ after 20 simulated futures, not to within the 1e-05 asked for\.\n", err
    )


def test_it_says_when_rules_must_be_prepared(type_in, monkeypatch):
    for compiled in (False, True):
        monkeypatch.setattr("cpsim.model.rule.is_compiled", lambda compiled=compiled: compiled)
        code, out, err = type_in("run", *SMALL, "--force", "--out", "mine")
        assert (code, err) == (0, "" if compiled else f"{command.COMPILING}\n")
        assert command.COMPILING not in out


# ---------------------------------------------------------------- what is typed wrongly


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cmhtt",), ["'cmhtt': no scenario or file of this name; did you mean 'cmht'?"]),
        (("missing.yaml",), ["'missing.yaml': no scenario or file of this name; `cpsim scenarios` lists those that"]),
        (("cmht", "--replications", "0"), ["--replications: 0 is not possible; write a whole number from 1 to"]),
        (("cmht", "--replications", "-5"), ["--replications: -5 is not possible"]),
        (("cmht", "--replications", "100000000"), ["--replications: 100000000 is not possible"]),
        (("cmht", "--seed", "-1"), ["--seed: -1 is not possible; write a whole number from 0 to"]),
        (("cmht", "--seed", "9" * 30), [f"--seed: {'9' * 30} is not possible"]),
        (("cmht", "--workers", "0"), ["--workers: 0 is not possible"]),
        (("cmht", "--workers", "99999"), ["--workers: 99999 is not possible"]),
        (("cmht", "--seed", "-1", "--workers", "0"), ["--seed: -1", "--workers: 0"]),
        (("cmht", "--weeks", "0"), ["--weeks: 0 is outside 1 to 520 weeks"]),
        (("cmht", "--weeks", "521"), ["--weeks: 521 is outside 1 to 520 weeks"]),
        (("cmht", "--weeks", "9" * 20), [f"--weeks: {'9' * 20} is outside 1 to 520 weeks"]),
        (("cmht", "--weeks", "0", "--set", "weeks=5"), ["--weeks and --set weeks=...: give one of the two"]),
        (("cmht", "--set", "weeks=0"), ["--set: weeks: 0 is outside 1 to 520 weeks"]),
        (("cmht", "--set", "team.caseload"), ["--set: 'team.caseload': write a path, '=' and a value"]),
        (("cmht", "--set", "team.x=1", "--set", "place.y=1"), ["--set: team.x: no such key", "--set: place.y:"]),
        (("cmht", "--set", "team.caseload_per_wte=x"), ["--set: team.caseload_per_wte: 'x' is not a number"]),
        (("cmht", "--precision", "five_steps"), ["--precision five_steps: write it like five_steps=0.02"]),
        (("cmht", "--precision", "five_steps=2%"), ["--precision five_steps=2%: write it like five_steps=0.02"]),
        (("cmht", "--precision", "five_step=1"), ["--precision: there is no outcome 'five_step'; did you mean"]),
        (("cmht", "--precision", "five_steps=0"), ["--precision: five_steps=0.0 is not possible; write a half-width"]),
        (("cmht", "--precision", "five_steps=nan"), ["--precision: five_steps=nan is not possible"]),
        (("cmht", "--precision", "reach=1", "--replications", "5"), ["--replications and --precision: give one of"]),
        (("cmht", "--out", ""), [". is the folder you are in: choose one below it, such as runs/mine"]),
    ],
    ids=" ".join,
)
def test_a_mistake_is_answered_line_by_line(type_in, words, said):
    code, out, err = type_in("run", *words)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(expected) for line, expected in zip(lines, said, strict=True)), err
    assert left() == []


@pytest.mark.parametrize("option", ["--replications", "--weeks", "--seed", "--workers"])
@pytest.mark.parametrize("value", ["1.5", "ten", "", "1e3"])
def test_what_is_no_whole_number_is_quoted(type_in, option, value):
    code, out, err = type_in("run", "cmht", option, value)
    assert (code, out) == (2, "")
    assert f"Error: Invalid value for '{option}': {value!r} is not a whole number" in err


def test_nothing_is_prepared_for_a_mistake(type_in, monkeypatch):
    monkeypatch.setattr("cpsim.model.rule.is_compiled", lambda: False)
    assert command.COMPILING not in type_in("run", "cmht", "--seed", "-1")[2]


def test_options_that_are_none_are_refused_in_words():
    with pytest.raises(OptionError, match="write it like"):
        command.asked_precision(["=0.1", "x"], None)


# ---------------------------------------------------------------- folders


@pytest.fixture
def finished(type_in):
    """A folder `mine` with a run of seed 1."""
    type_in("run", *SMALL, "--out", "mine")
    return Path("mine")


@pytest.fixture
def no_simulation(monkeypatch):
    """Folders are looked at before anybody waits for a result."""

    def never(*_, **__):
        raise AssertionError("simulated for nothing")

    monkeypatch.setattr(command, "simulated", never)


def test_an_earlier_run_stays_unless_forced(type_in, finished):
    code, out, err = type_in("run", *SMALL, "--seed", "2", "--out", "mine")
    assert (code, out) == (2, "")
    assert err == "mine is there already: choose another folder, or replace it with --force\n"
    assert RunResult.load("mine").seed == 1
    assert type_in("run", *SMALL, "--seed", "2", "--out", "mine", "--force")[0] == 0
    assert RunResult.load("mine").seed == 2
    assert left() == ["mine"]


@pytest.mark.usefixtures("no_simulation")
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_what_is_no_run_always_stays(type_in, force):
    Path("thesis").mkdir()
    Path("thesis", "chapter1.doc").write_text("dear")
    code, _, err = type_in("run", *SMALL, "--out", "thesis", *force)
    assert (code, err) == (2, "thesis holds something else than a run: choose another folder\n")
    assert left("thesis") == ["chapter1.doc"]


@pytest.mark.usefixtures("no_simulation")
@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("note.txt", "note.txt is a file: choose another folder\n"),
        ("note.txt/below", "because note.txt is a file: choose another folder\n"),
        ("note.txt/far/below", "because note.txt is a file: choose another folder\n"),
        ("dangling", "dangling is a file: choose another folder\n"),
        (".", ". is the folder you are in: choose one below it, such as runs/mine\n"),
        ("x" * 300, "cannot be written: file name too long\n"),
    ],
)
def test_a_place_that_cannot_be_is_known_at_once(type_in, out, said):
    Path("note.txt").write_text("dear")
    Path("dangling").symlink_to("nowhere")
    code, printed, err = type_in("run", *SMALL, "--out", out)
    assert (code, printed) == (2, "")
    assert err.endswith(said)
    assert len(err.splitlines()) == 1
    assert left() == ["dangling", "note.txt"]


def test_an_empty_folder_and_one_below_others_are_fine(type_in):
    Path("empty").mkdir()
    for out in ("empty", "north/moor/first"):
        assert type_in("run", *SMALL, "--out", out)[0] == 0
        assert RunResult.load(out).replications == 2


@pytest.mark.usefixtures("no_simulation")
def test_a_folder_of_somebody_else_is_known_at_once(type_in, monkeypatch):
    """Asked of the system, since the superuser may write everywhere."""
    asked = []
    monkeypatch.setattr(os, "access", lambda path, mode: asked.append(path))
    code, _, err = type_in("run", *SMALL, "--out", "theirs/mine")
    assert (code, err) == (2, "theirs/mine cannot be written: choose a folder of yours with --out\n")
    assert asked == [Path.cwd()]


@pytest.mark.usefixtures("no_simulation")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_closed_folder_is_known_at_once(type_in):
    Path("closed").mkdir(mode=0o500)
    code, _, err = type_in("run", *SMALL, "--out", "closed/mine")
    assert (code, err) == (2, "closed/mine cannot be written: choose a folder of yours with --out\n")


def test_a_full_disk_is_said_and_leaves_nothing(type_in, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cpsim.report.write", full)
    code, out, err = type_in("run", *SMALL, "--out", "mine")
    assert (code, out, err) == (2, "", "there is no room left for mine; nothing was written\n")
    assert left() == []


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of 48 kB, where the system lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only the superuser can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a memory disk")
def test_a_disk_that_is_really_full(type_in, tiny_disk):
    code, out, err = type_in("run", *SMALL, "--out", tiny_disk / "mine")
    assert (code, out) == (2, "")
    assert err == f"there is no room left for {tiny_disk / 'mine'}; nothing was written\n"
    assert left(tiny_disk) == []


# ---------------------------------------------------------------- barriers taken away


def test_barriers_are_taken_away(type_in):
    code, out, _ = type_in("run", *SMALL, "--without", "transport", "--without", "money", "--out", "mine")
    assert code == 0
    assert out.startswith("A third-sector team; barriers taken away: transport, money")
    strategy = RunResult.load("mine").scenario.teams[0].changed.strategy
    assert (strategy.pay_fees, strategy.pay_extras, strategy.pay_fares) == (True, True, True)


def test_a_barrier_that_is_none_is_told_in_one_line(type_in):
    code, out, err = type_in("run", *SMALL, "--without", "transprt")
    assert (code, out) == (2, "")
    assert err == "--without 'transprt': no such barrier; did you mean 'transport'?\n"
