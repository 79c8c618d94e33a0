"""What a user types, and what the terminal answers: words, JSON, exit codes; never a traceback."""

import json
import os
import re
import subprocess
import sys

import pytest

from cpsim.cli import main as cli
from cpsim.errors import Stopped

pytestmark = pytest.mark.journey


@pytest.fixture
def cpsim(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder: (exit code, out, err)."""
    monkeypatch.chdir(tmp_path)

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["cpsim", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return left.value.code, out, err

    return typed


def test_help_names_the_commands_and_gives_examples(cpsim):
    code, out, _ = cpsim("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in ("observe", "scenarios", "new", "check", "parameters", "schema"))
    assert "Examples:" in out
    assert "--install-completion" in out
    assert cpsim("-h")[1] == out


@pytest.mark.parametrize("command", ["settle", "observe", "scenarios", "new", "check", "parameters", "schema"])
def test_each_command_has_help(cpsim, command):
    code, out, _ = cpsim(command, "--help")
    assert code == 0
    assert "Usage: cpsim" in out


def test_version(cpsim):
    code, out, _ = cpsim("--version")
    assert (code, out.split()[0]) == (0, "cpsim")


@pytest.mark.parametrize("words", [["nonsense"], ["check"], ["check", "cmht", "--nonsense"], ["check", "cmht", "more"]])
def test_what_is_typed_wrongly_is_the_users_mistake(cpsim, words):
    code, out, err = cpsim(*words)
    assert (code, out) == (2, "")
    assert "Error: " in err


def test_new_then_check(cpsim):
    code, out, _ = cpsim("new", "my-team.yaml")
    assert (code, "cpsim check my-team.yaml" in out) == (0, True)
    code, out, err = cpsim("check", "my-team.yaml")
    assert (code, err) == (0, "")
    assert out.startswith("My team\n")
    assert "WTE in post" in out
    assert max(map(len, out.splitlines())) <= 96
    code, _, err = cpsim("new", "my-team.yaml")
    assert (code, "exists already" in err) == (2, True)


def test_check_with_options_points_at_what_hardly_fits(cpsim):
    code, out, _ = cpsim("check", "cmht", "--set", "team.caseload_per_wte=90")
    assert code == 0
    assert "is that so?" in out


def test_check_tells_all_mistakes_at_once_on_the_error_stream(cpsim, tmp_path):
    (tmp_path / "bad.yaml").write_text("schema: 1\ntitle: x\nweeks: 0\nteam: {reviws: 3}\n")
    code, out, err = cpsim("check", "bad.yaml", "--set", "nonsense")
    assert (code, out) == (2, "")
    assert [line.split(": ")[0] for line in err.splitlines()] == ["bad.yaml:3", "bad.yaml:4", "--set"]


def test_check_for_a_program(cpsim, tmp_path):
    code, out, err = cpsim("check", "cmht", "--json")
    found = json.loads(out)
    assert (code, err, found["ok"], found["name"]) == (0, "", True, "cmht")
    (tmp_path / "bad.yaml").write_text("schema: 1\ntitle: x\nweeks: 0\n")
    code, out, err = cpsim("check", "bad.yaml", "--json")
    assert (code, err) == (2, "")
    assert json.loads(out) == {
        "ok": False,
        "problems": [{"file": "bad.yaml", "line": 3, "path": "weeks", "message": "0 is outside 1 to 520 weeks"}],
    }


def test_scenarios(cpsim):
    code, out, _ = cpsim("scenarios")
    rows = json.loads(cpsim("scenarios", "--json")[1])
    assert {"name", "title", "question"} == set(rows[0])
    listed = [line.split()[0] for line in out.splitlines() if re.match("  [a-z]", line)]
    assert code == 0
    assert (listed[0], sorted(listed)) == ("cmht", [row["name"] for row in rows]), "each once, the ordinary team first"
    assert max(map(len, out.splitlines())) <= 96


def test_many_teams(cpsim):
    code, out, _ = cpsim("new", "many.yaml", "--teams", "3", "--seed", "4")
    assert (code, out) == (
        0,
        "Wrote 3 teams to many.yaml. Simulate each once with: cpsim run many.yaml --replications 1\n",
    )
    code, out, _ = cpsim("check", "many.yaml")
    assert (code, "Team 3: as Team 1, but" in out) == (0, True)
    assert cpsim("new", "none.yaml", "--teams", "0")[0] == 2


def test_more_teams_than_anybody_reads_are_summed_up(cpsim):
    code, out, _ = cpsim("check", "england")
    assert (code, "There are 200 teams, Team 001 to Team 200." in out) == (0, True)
    assert "The kind of place, in words: city 99, town 68, rural 33." in out
    assert len(out.splitlines()) < 80


def test_parameters(cpsim):
    code, out, _ = cpsim("parameters", "bus", "fare")
    assert code == 0
    assert "parameters.bus_fare = " in out
    assert "source: " in out
    rows = json.loads(cpsim("parameters", "bus", "fare", "--json")[1])
    assert "parameters.bus_fare" in [row["path"] for row in rows]
    assert "Nothing holds 'zzz'" in cpsim("parameters", "zzz")[1]
    assert cpsim("parameters", "--markdown")[1].count("\n| `") > 100


def test_schema(cpsim):
    assert json.loads(cpsim("schema")[1])["title"] == "cpsim scenario"


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(KeyboardInterrupt(), 130, ""), (Stopped("3 of 10 saved"), 130, "3 of 10 saved")],
)
def test_being_stopped_has_its_own_exit_code(cpsim, monkeypatch, error, code, said):
    def stopped(*_):
        raise error

    monkeypatch.setattr("cpsim.scenario.load.grouped_scenarios", stopped)
    left, _, err = cpsim("scenarios")
    assert left == code
    assert said in err


def typed_in_a_shell(*words, **more):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more}
    command = [sys.executable, "-m", "cpsim", *words]
    return subprocess.run(command, capture_output=True, env=environment, check=False, timeout=60)


def test_as_a_module():
    done = typed_in_a_shell("scenarios", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_a_terminal_without_the_signs_still_gets_an_answer():
    done = typed_in_a_shell("parameters", "--markdown", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_early_is_no_error():
    command = f'"{sys.executable}" -m cpsim parameters | head -n 1'
    done = subprocess.run(
        command,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stderr == ""
