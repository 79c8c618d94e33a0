"""Typing `cpsim difference`."""

import json

import pytest

from tests.experiments.parts import planted, visits_and_agenda_together

pytestmark = pytest.mark.journey


@pytest.fixture
def no_model(monkeypatch):
    planted(monkeypatch, visits_and_agenda_together)
    monkeypatch.setattr("cpsim.experiments.budget.seconds_of", lambda *_: 1.0)


def test_it_answers_and_leaves_a_page(no_model, type_in, tmp_path):
    code, out, err = type_in("difference", "cmht", "third-sector", "--quick", "--weeks", 26, "--out", "here")
    assert code == 0
    assert "with CP visits" in " ".join(out.split())
    assert "A quick look" in " ".join(out.split())
    assert "runs: about" in err
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert manifest["study"] == "difference"
    assert manifest["command"] == "cpsim difference cmht third-sector --worlds 4 --weeks 26 --seed 1"


def test_for_a_program(no_model, type_in):
    code, out, _ = type_in("difference", "cmht", "protected-time", "--worlds", 2, "--json")
    assert code == 0
    assert {row["group"] for row in json.loads(out)["tables"]["difference"]} >= {"protected", "together"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cmht", "third-sectr"), "third-sector"),
        (("cmht", "cmht"), "do not differ"),
        (("cmht", "third-sector", "--worlds", 1), "--worlds: 1 gives no interval"),
        (("cmht", "third-sector", "--outputs", "reech"), "did you mean 'reach'?"),
        (("cmht", "third-sector", "--quick", "--worlds", 9), "--quick and --worlds: give one of the two"),
        (("cmht", "england"), "compare like with like"),
    ],
)
def test_what_makes_no_sense_is_told_at_once(type_in, words, told):
    code, out, err = type_in("difference", *words)
    assert (code, out) == (2, "")
    assert told in err
