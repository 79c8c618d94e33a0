"""Typing `cpsim structure`, on the model itself but with two structures and few worlds."""

import json

import pytest

from cpsim.experiments import structure_lists as lists
from results import make

pytestmark = pytest.mark.journey
SMALL = ("structure", "--replications", 2, "--weeks", 8, "--out", "here", "--yes")


@pytest.fixture
def two_structures(monkeypatch):
    first_two = lists.structures()[:2]
    monkeypatch.setattr(lists, "structures", lambda: first_two)


def test_conclusions_asked_again(two_structures, type_in, tmp_path):
    code, out, err = type_in(*SMALL, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert told["command"] == "cpsim structure --replications 2 --weeks 8 --seed 1"
    assert len(told["tables"]["survival"]) == 2 * len(lists.conclusions())
    assert (tmp_path / "here" / "report.html").is_file()
    assert (tmp_path / "here" / "figures" / "survival.svg").is_file()
    code, out, _ = type_in("status", "here")
    assert code == 0
    assert f"{told['runs']} of {told['runs']} runs done" in out
    code, out, _ = type_in(*SMALL)  # goes on from the runs that are there
    assert code == 0
    assert "conclusions hold in every structure tried" in " ".join(out.split())


def test_what_makes_no_sense_is_told_at_once(type_in):
    code, out, err = type_in("structure", "--replications", "1")
    assert (code, out) == (2, "")
    assert "--replications: 1 gives no interval" in err


def test_the_reference_result_is_this_command():
    assert make.STUDIES["structure"] == "structure"
