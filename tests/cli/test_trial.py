"""`cpsim trial` as somebody types it."""

import json

import pytest

pytestmark = pytest.mark.journey
SMALL = ("trial", "study-2021", "--trials", 2, "--teams", 4, "--delivery", "observed", "--out", "mine")


def test_the_answer_the_page_and_going_on(type_in, tmp_path):
    code, out, err = type_in(*SMALL)
    assert code == 0, err
    assert "Could this study have seen an effect of the pilot's size?" in out
    assert "The page: mine/report.html" in out
    assert {path.name for path in (tmp_path / "mine").iterdir()} >= {
        "trials.csv",
        "operating.csv",
        "replay.csv",
        "runs",
    }
    code, out, _ = type_in(*SMALL, "--json")
    told = json.loads(out)
    assert (code, told["study"], told["options"]["teams"]) == (0, "trial", 4)
    assert len(told["tables"]["replay"]) == 4
    assert told["command"] == "cpsim trial study-2021 --trials 2 --delivery observed --teams 4 --seed 1"


def test_the_replay(type_in):
    code, out, _ = type_in(*SMALL, "--replay")
    assert code == 0
    assert "implementation teams that trained their staff" in " ".join(out.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("trial", "--delivery", "fuull"), "--delivery: 'fuull' is not known; did you mean 'full'?"),
        (("trial", "cmht", "--trials", 2), "cmht: a trial compares two arms"),
        (("trial", "--trials", 0), "--trials: 0 is not possible"),
        (("trial", "--teams", 3), "--teams: 3 is not possible"),
    ],
)
def test_a_slip_is_one_message(type_in, words, said):
    code, out, err = type_in(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_patterns_of_simulated_studies(type_in):
    code, out, _ = type_in(
        *("validate", "--only", "P9,P26,P12", "--with", "trial", "--trials", 2, "--replications", 2, "--json")
    )
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 0
    assert (rows["P9"]["runs"], rows["P26"]["runs"], rows["P12"]["runs"]) == (2, 0, 2)
    assert rows["P9"]["found"] > 0
    code, _, err = type_in("validate", "--with", "trail")
    assert (code, "did you mean 'trial'?" in err) == (2, True)


def test_the_pilot(type_in):
    code, out, err = type_in("trial", "pilot", "--trials", 2, "--out", "mine")
    assert (code, "the pilot reported 26" in " ".join(out.split())) == (0, True), err
    code, _, err = type_in("trial", "pilot", "--trials", 1)
    assert (code, err.startswith("--trials: 1 is not possible")) == (2, True)
