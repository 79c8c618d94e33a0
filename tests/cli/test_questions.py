"""`cpsim plan` and `cpsim discover` as typed: a folder with tables and a page, resumed by the same command."""

import json

import pytest
from typer.testing import CliRunner

from cpsim.cli.main import app

pytestmark = pytest.mark.journey
SMALL = ["third-sector", "--set", "weeks=6", "--seed", "3"]
PLAN = ["plan", *SMALL, "--target", "cp_minutes_per_person>=1", "--levers", "company,funds", "--fresh", "10"]
DISCOVER = ["discover", *SMALL, "--target", "cp_minutes_per_person>=3", "--samples", "100", "--only", "team"]


def typed(*words):
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(
    ("command", "tables"),
    [
        (PLAN, {"bundles", "frontier", "drop_one", "race", "levers"}),
        (DISCOVER, {"settings", "thresholds"}),
    ],
)
def test_a_folder_with_tables_and_a_page(command, tables, tmp_path):
    done = typed(*command, "--out", str(tmp_path / "found"), "--yes")
    assert done.exit_code == 0, done.output + str(done.exception)
    folder = tmp_path / "found"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["study"] == command[0]
    assert tables <= set(manifest["tables"])
    target = command[command.index("--target") + 1]
    assert manifest["command"].startswith(f"cpsim {command[0]} third-sector --target '{target}' --set weeks=6 ")
    assert "--out" not in manifest["command"]
    assert "Simulated people" in (folder / "report.html").read_text("utf-8")

    again = typed(*command, "--out", str(folder), "--yes", "--json")
    told = json.loads(again.stdout[again.stdout.index("{") :])
    assert told["study"] == command[0]
    assert told["runs"] == manifest["runs"]


def test_mistakes_end_with_the_right_words(tmp_path):
    from cpsim.errors import UserError

    for words, said in (
        ((*PLAN[:-1], "1"), "at least 2 worlds"),
        (("plan", "cmht", "--target", "reech>=0.3"), "did you mean 'reach'"),
        (("plan", "cmht", "--target", "reach>=0.3", "--budget", "much"), "150000/year"),
        (("discover", "cmht", "--target", "reach>=0.3", "--only", "stafing"), "did you mean"),
    ):
        done = typed(*words, "--out", str(tmp_path / "x"))
        assert isinstance(done.exception, UserError), done.output
        assert said in str(done.exception)
