"""Typing `cpsim counterfactuals` and `cpsim same-money`; and every command that the guides name."""

import json
import re
import shlex

import pytest
from typer.main import get_command

from cpsim.cli.main import app
from cpsim.experiments import counterfactuals as study
from cpsim.scenario.source import shipped
from tests.experiments import plain
from tests.experiments.test_counterfactuals import planted
from tests.house.reading import ROOT

pytestmark = pytest.mark.journey
GUIDES = [ROOT / "docs" / "howto" / f"{name}.md" for name in ("third-sector", "counterfactuals")]
COMMANDS = [
    line for guide in GUIDES for line in re.findall(r"^cpsim .*?(?=\s*(?:#|$))", guide.read_text("utf-8"), re.M)
]


@pytest.fixture
def no_model(monkeypatch):
    plain.in_place_of_the_model(monkeypatch)
    monkeypatch.setattr(study, "run_design", planted)
    monkeypatch.setattr("cpsim.experiments.budget.seconds_of", lambda *_: 1.0)


def test_what_if(no_model, type_in, tmp_path):
    code, out, _ = type_in("counterfactuals", "cmht", "--worlds", 3, "--weeks", "26,52", "--out", "here")
    assert code == 0
    assert "Third-sector delivery, against the team as it is" in out
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert manifest["command"] == "cpsim counterfactuals cmht --weeks 26,52 --worlds 3 --seed 1"


def test_the_same_money(no_model, type_in, tmp_path):
    code, out, _ = type_in("same-money", "cmht", "--budget", "20k/year", "--worlds", 3, "--out", "here", "--json")
    assert code == 0
    assert json.loads(out)["budget"] == 20_000
    assert (tmp_path / "here" / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("counterfactuals", "cmht", "--weeks", "26;52"), "--weeks 26;52: write numbers of weeks"),
        (("counterfactuals", "cmht", "--weeks", "0"), "--weeks: write one or more"),
        (("same-money", "cmht", "--budget", "much"), "--budget much: write pounds a year"),
        (("same-money", "cmht", "--budget", "0"), "--budget: 0 buys nothing"),
        (("same-money", "cmht", "--budget", "5000", "--levers", "trainng"), "did you mean 'training'?"),
    ],
)
def test_what_makes_no_sense_is_told_at_once(type_in, words, told):
    code, out, err = type_in(*words)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_guides_is_one_that_can_be_typed(line):
    _, name, *words = shlex.split(line)
    get_command(app).commands[name].make_context(name, list(words))
    names = [word for word in words if not word.startswith("-") and re.fullmatch(r"[a-z][a-z-]+", word)]
    assert all(each in shipped() for each in names), names
    assert "my-team.yaml" in words or names
