"""A planner's first hour: new, check, run, look, change one thing, repeat; in a clean folder, as a process."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from tests.house.reading import ROOT

pytestmark = pytest.mark.journey

SMALL = ("--replications", "3", "--weeks", "8")


def cpsim(*words, folder, code=0, **environment):
    """Type a command; no traceback, whatever happens."""
    done = subprocess.run(
        [sys.executable, "-m", "cpsim", *map(str, words)],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "120", **environment},
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_from_new_to_a_page_and_back(tmp_path):
    cpsim("new", "my-team.yaml", folder=tmp_path)
    cpsim("check", "my-team.yaml", folder=tmp_path)
    said = cpsim("run", "my-team.yaml", *SMALL, "--out", "mine", folder=tmp_path)

    left = {file.name for file in (tmp_path / "mine").iterdir()}
    assert {
        "manifest.json",
        "outcomes.parquet",
        "weekly.parquet",
        "barriers.parquet",
        "summary.csv",
        "summary.md",
        "report.html",
    } <= left
    assert "of every 100 people" in " ".join(said.split()).lower()
    assert "could take up CP" in (tmp_path / "mine" / "report.html").read_text("utf-8")
    cpsim("reproduce", "mine", folder=tmp_path)


def test_one_line_makes_another_team(tmp_path):
    runs = {}
    for name, change in {"as it is": (), "smaller": ("--set", "team.caseload_per_wte=20")}.items():
        cpsim("run", "cmht", *SMALL, *change, "--out", name, folder=tmp_path)
        runs[name] = (tmp_path / name / "outcomes.parquet").read_bytes()
    assert runs["as it is"] != runs["smaller"]


def test_a_run_goes_into_runs_and_is_not_overwritten(tmp_path):
    for _ in range(2):
        cpsim("run", "cmht", *SMALL, folder=tmp_path)
    first, second = sorted((tmp_path / "runs").iterdir())
    assert first.name.startswith("cmht-")
    cpsim("run", "cmht", *SMALL, "--out", first, folder=tmp_path, code=2)
    cpsim("run", "cmht", *SMALL, "--out", first, "--force", folder=tmp_path)
    assert json.loads((first / "manifest.json").read_text("utf-8"))
    assert second.is_dir()


def test_what_a_program_reads(tmp_path):
    assert {"cmht", "third-sector"} <= {
        found["name"] for found in json.loads(cpsim("scenarios", "--json", folder=tmp_path))
    }
    assert json.loads(cpsim("parameters", "caseload", "--json", folder=tmp_path))
    assert cpsim("--version", folder=tmp_path).strip()


@pytest.mark.parametrize(
    "words",
    [
        ("run", "cmhtt"),
        ("check", "missing.yaml"),
        ("run", "cmht", "--set", "team.caseload=1"),
        ("run", "cmht", "--replications", "0"),
        ("run", "cmht", "--seed", "-1"),
    ],
)
def test_a_mistake_is_answered_in_words(tmp_path, words):
    cpsim(*words, folder=tmp_path, code=2)
    assert not (tmp_path / "runs").exists()


def test_the_wheel_works_by_itself(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    zipfile.ZipFile(wheel).extractall(site)
    elsewhere.mkdir()

    where = "import cpsim; print(cpsim.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", where],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(site)},
    ).stdout
    assert found.startswith(str(site))
    cpsim("check", "third-sector", folder=elsewhere, PYTHONPATH=str(site))
    cpsim("run", "third-sector", *SMALL, "--out", "run", folder=elsewhere, PYTHONPATH=str(site))
    assert (elsewhere / "run" / "report.html").stat().st_size > 10_000
