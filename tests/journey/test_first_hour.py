"""A planner's first hour: new, check, run, look, repeat; in a clean folder, as processes.

What each command says to each mistake is tested with the commands.
"""

import json
import os
import subprocess
import sys

import pytest

from cpsim.outputs.run_result import RunResult
from tests.journey.typing import cpsim

pytestmark = pytest.mark.journey

SMALL = ("--replications", "3", "--weeks", "8")
LEFT = {
    *(f"{name}.parquet" for name in ("outcomes", "weekly", "barriers", "time", "people")),
    *("manifest.json", "summary.csv", "summary.md", "drift.csv", "data-dictionary.csv", "data-dictionary.md"),
    *("report.html", "figures"),
}


def test_from_new_to_a_page_and_back(tmp_path):
    cpsim("new", "my-team.yaml", folder=tmp_path)
    assert cpsim("check", "my-team.yaml", folder=tmp_path).startswith("My team\n")
    said = cpsim("run", "my-team.yaml", *SMALL, "--people", folder=tmp_path)

    [folder] = (tmp_path / "runs").iterdir()
    assert f"The page: {(folder / 'report.html').relative_to(tmp_path)}" in said
    assert {file.name for file in folder.iterdir()} == LEFT
    assert all(file.stat().st_size for file in (folder / "figures").iterdir())
    page = (folder / "report.html").read_text("utf-8")
    headline = RunResult.load(folder).headline()
    assert " ".join(said.split()).count(headline) == 1
    assert headline in page
    assert cpsim("reproduce", folder, folder=tmp_path).startswith("The same to the bit: outcomes, weekly,")


def test_what_a_program_reads(tmp_path):
    names = {found["name"] for found in json.loads(cpsim("scenarios", "--json", folder=tmp_path))}
    assert {"cmht", "cmht-rural", "small-caseloads", "protected-time", "crisis-separate", "third-sector"} <= names
    assert json.loads(cpsim("parameters", "caseload", "--json", folder=tmp_path))
    assert cpsim("--version", folder=tmp_path).startswith("cpsim ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "cmhtt"), "'cmhtt': no scenario or file of this name; did you mean 'cmht'?\n"),
        (("run", "cmht", "--seed", "-1"), "--seed: -1 is not possible; write a whole number"),
        (("reproduce", "."), ". is not a run folder"),
        (("run",), "Error: Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_mistake_is_answered_in_words(tmp_path, words, said):
    assert said in cpsim(*words, folder=tmp_path, code=2)
    assert not list(tmp_path.iterdir())


# ---------------------------------------------------------------- where the answer goes

QUICK_PAGE = """
import sys
import cpsim.report
from cpsim.__main__ import main
cpsim.report.write = lambda result, folder: (folder / "report.html").write_text("a page")
sys.argv = ["cpsim", "run", "third-sector", "--replications", "2", "--weeks", "2", "--out", "mine"]
main()
"""


def run_into(stdout, folder):
    return subprocess.run(
        [sys.executable, "-c", QUICK_PAGE], cwd=folder, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
    )


def test_a_reader_that_has_left_is_no_failure_of_ours(tmp_path):
    """As `cpsim run ... | head -1` may: nobody reads the answer, the run is saved and nothing complains."""
    nobody, pipe = os.pipe()
    os.close(nobody)
    done = run_into(pipe, tmp_path)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (1, "")
    assert RunResult.load(tmp_path / "mine").replications == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
def test_an_answer_to_a_full_disk_is_said_in_words(tmp_path):
    with open("/dev/full", "w") as full:
        done = run_into(full, tmp_path)
    assert (done.returncode, done.stderr) == (1, "The answer could not be shown: no space left on device\n")
    assert RunResult.load(tmp_path / "mine").replications == 2
