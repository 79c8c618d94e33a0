"""Typing `cpsim barriers`."""

import html
import json
import shlex

import pytest

from tests.experiments import planted

pytestmark = pytest.mark.journey


@pytest.fixture
def no_model(monkeypatch):
    planted.only_transport(monkeypatch)
    monkeypatch.setattr("cpsim.experiments.budget.seconds_of", lambda *_: 1.0)


def test_it_answers_and_leaves_a_page(no_model, type_in, tmp_path):
    code, out, err = type_in("barriers", "cmht", "--groups", "money,transport", "--worlds", 4, "--out", "here")
    assert code == 0
    assert "Met first most often: transport" in " ".join(out.split())
    assert "The page: here" in out
    assert "runs: about" in err
    assert (tmp_path / "here" / "report.html").is_file()
    assert json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))["study"] == "barriers"


def test_the_command_on_the_page_makes_the_same_again(no_model, type_in, tmp_path):
    """With the file, its changes and what --quick stands for; without what changes no number."""
    (tmp_path / "my team.yaml").write_text("schema: 1\ntitle: Ours\nextends: cmht\n", "utf-8")
    words = ("--set", "place.bus_reach=0.3", "--set", "weeks=20", "--quick", "--groups", "money,transport", "--common")
    _, first, _ = type_in("barriers", "my team.yaml", *words, "--workers", 1, "--yes", "--json")
    command = json.loads(first)["command"]
    changed = "--set place.bus_reach=0.3 --set weeks=20 --worlds 6 --groups money,transport --common --seed 1"
    assert command == f"cpsim barriers 'my team.yaml' {changed}"

    _, again, _ = type_in(*shlex.split(command)[1:], "--json")
    assert json.loads(again)["tables"] == json.loads(first)["tables"]
    assert json.loads(again)["command"] == command
    assert type_in("barriers", "my team.yaml", *words, "--out", "here")[0] == 0
    assert command in html.unescape((tmp_path / "here" / "report.html").read_text("utf-8"))


def test_quick_says_so(no_model, type_in):
    code, out, _ = type_in("barriers", "cmht", "--groups", "money,transport", "--quick")
    assert code == 0
    assert "A quick look: the intervals are wide." in " ".join(out.split())


def test_for_a_program(no_model, type_in):
    code, out, _ = type_in("barriers", "cmht", "--groups", "money,transport", "--worlds", 3, "--json")
    assert code == 0
    found = json.loads(out)
    assert found["study"] == "barriers"
    assert {row["group"] for row in found["tables"]["shapley"]} >= {"money", "transport", "together", "dummy"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--groups", "transprt"), "--groups: 'transprt': no such barrier; did you mean 'transport'?"),
        (("--outputs", "reech"), "did you mean 'reach'?"),
        (("--worlds", 1), "--worlds: 1 gives no interval; write at least 2"),
        (("--quick", "--worlds", 9), "--quick and --worlds: give one of the two"),
        (("--seed", -1), "--seed"),
    ],
)
def test_what_makes_no_sense_is_told_at_once(type_in, words, told):
    code, out, err = type_in("barriers", "cmht", *words)
    assert (code, out) == (2, "")
    assert told in err
