"""`cpsim validate` as somebody types it."""

import json

import pytest

pytestmark = pytest.mark.journey

QUICK = ("--replications", 2)


def test_the_answer_in_words(type_in):
    code, out, err = type_in("validate", "--only", "P1,P12", *QUICK)
    assert (code, err) == (0, "")
    assert "Validation: checked, never tuned to" in out
    assert "caseload in crisis or stabilising" in out
    assert "P1: needs the virtual trial" in out
    assert "Calibration:" not in out


def test_a_pattern_that_is_not_met_is_no_error(type_in):
    code, out, _ = type_in("validate", "--only", "P16", *QUICK)
    assert (code, "NOT MET" in out) == (0, True)


def test_for_a_program(type_in):
    code, out, _ = type_in("validate", "--only", "p12", "--json", *QUICK)
    rows = json.loads(out)
    assert (code, [row["id"] for row in rows]) == (0, ["P12", "P12"])
    assert all({"use", "target", "found", "met", "interval"} <= set(row) for row in rows)
    assert rows == json.loads(type_in("validate", "--only", "P12", "--json", *QUICK)[1]), "the same seed"
    assert rows != json.loads(type_in("validate", "--only", "P12", "--json", "--seed", 2, *QUICK)[1])


def test_into_a_file(type_in, tmp_path):
    assert type_in("validate", "--only", "P12", "--out", "found.txt", *QUICK)[:2] == (0, "Wrote found.txt.\n")
    assert "Validation:" in (tmp_path / "found.txt").read_text("utf-8")
    code, _, err = type_in("validate", "--only", "P1", "--out", "no/found.txt")
    assert (code, err) == (2, "no/found.txt: cannot be written: no such file or directory\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "P99"), "--only: P99: no such pattern; they are P1 to P35"),
        (("--replications", 0), "--replications: 0 is not possible; write a whole number from 1 to 1,000,000"),
        (("--seed", -1), "--seed: -1 is not possible; write a whole number from 0 to 9,223,372,036,854,775,807"),
    ],
)
def test_a_slip_is_one_message(type_in, words, said):
    code, out, err = type_in("validate", *words)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert err.count("\n") == 1
