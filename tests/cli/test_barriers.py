"""Typing `cpsim barriers`."""

import json

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
