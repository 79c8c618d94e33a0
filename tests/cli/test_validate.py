"""`cpsim validate` as somebody types it."""

import json

import pandas as pd
import pytest

from cpsim.experiments.ensemble import NAME, digests_now, write_set

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


@pytest.fixture
def a_set(tmp_path):
    """A small one, made up."""
    settings = pd.DataFrame(
        {"parameters.refill_days": [90.0, 130, 200], "parameters.leaving_per_year": [0.1, 0.2, 0.15]}
    )
    (tmp_path / "fitted").mkdir()
    write_set(settings, {"seed": 1, "usual": {}, **digests_now()}, tmp_path / "fitted" / NAME)


@pytest.mark.usefixtures("a_set")
def test_over_a_set(type_in, tmp_path):
    words = ("validate", "--ensemble", "fitted", "--only", "P12", "--settings", 2, *QUICK)
    code, out, _ = type_in(*words, "--out", "over")
    assert code == 0
    assert "measures met, over 2 settings that calibration did not rule out." in " ".join(out.split())
    assert "90 % of settings" in out
    assert "The page: over/report.html" in out
    page = (tmp_path / "over" / "report.html").read_text("utf-8")
    assert "cpsim validate --ensemble fitted/not_ruled_out.csv --only P12 --settings 2 --replications 2" in page
    assert (tmp_path / "over" / "figures" / "held-back.svg").is_file()
    assert json.loads((tmp_path / "over" / "manifest.json").read_text("utf-8"))["study"] == "validation"

    told = json.loads(type_in(*words, "--out", "over", "--json")[1])
    assert len(told["tables"]["settings"]) == 4
    assert {"target_low", "usual", "middle", "settings_low", "inside", "met", "explanation"} <= set(
        told["tables"]["measures"][0]
    )
    code, _, err = type_in(*words, "--seed", 2, "--out", "over")
    assert (code, "choose another folder" in err) == (2, True)


def test_a_page_of_the_usual_values(type_in, tmp_path):
    code, out, _ = type_in("validate", "--only", "P12,P9", *QUICK, "--trials", 2, "--out", "page")
    assert (code, "P9" in out, "needs the virtual trial" in out) == (0, True, False)
    assert (tmp_path / "page" / "measures.csv").is_file()
    assert not (tmp_path / "page" / "settings.csv").exists()


def test_why_a_measure_is_not_met_is_told(type_in):
    out = type_in("validate", "--only", "P16", *QUICK)[1]
    assert "P16, engagement too: teams in the high band: " in out
    rows = json.loads(type_in("validate", "--only", "P16", "--json", *QUICK)[1])
    assert all(bool(row["explanation"]) is (row["met"] is False) for row in rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--settings", 3), "--settings: goes with --ensemble"),
        (("--ensemble", "nowhere"), "nowhere: there is no such set"),
        (("--ensemble", "nowhere", "--out", "a.txt"), "--out: a.txt is a file; with --ensemble give a folder"),
        (("--out", "page", "--trials", 0), "--trials: 0 is not possible; write a whole number from 1 on"),
        (("--out", "page", "--with", "trail"), "--with: 'trail' is not known"),
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
