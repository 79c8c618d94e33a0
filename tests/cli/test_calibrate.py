"""`cpsim calibrate` and `--ensemble` as somebody types them."""

import json

import pytest

pytestmark = pytest.mark.journey

TINY = (
    *("--fit", "leaving_per_year", "--fit", "refill_days", "--patterns", "P32", "--waves", 1, "--points", 12),
    *("--worlds", 2, "--retest", 8, "--retest-worlds", 2, "--keep", 5, "--out", "fitted"),
)


def test_a_set_is_made_shown_and_run_over(type_in, tmp_path):
    code, out, err = type_in("calibrate", *TINY)
    assert code == 0
    assert "not ruled out" in out
    assert "To run over the set: cpsim run cmht --ensemble fitted" in out
    assert "Wave 1:" in err
    assert (tmp_path / "fitted" / "report.html").is_file()

    again = type_in("calibrate", *TINY)
    assert again[1] == out, "the same command on the same folder"

    code, out, _ = type_in("calibrate", "--show", "fitted")
    assert (code, "It belongs to this version" in out, "parameters.refill_days" in out) == (0, True, True)
    assert json.loads(type_in("calibrate", "--show", "fitted", "--json")[1])["doubts"] == []

    code, out, err = type_in("run", "cmht", "--ensemble", "fitted", "--weeks", 4, "--replications", 2, "--out", "over")
    assert (code, err) == (0, "")
    assert "of the settings we could not rule out" in out
    assert (tmp_path / "over" / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("calibrate", "--fit", "leaving_per_yer"), "only: there is no factor or group 'leaving_per_yer'"),
        (("calibrate", "--patterns", "P15"), "--patterns: P15 cannot be fitted to; these can: P3,"),
        (("calibrate", "--waves", 0), "--waves: 0 is not possible"),
        (("calibrate", "--show", "nowhere"), "nowhere: there is no such set"),
        (("run", "cmht", "--ensemble", "nowhere"), "nowhere: there is no such set"),
        (("run", "cmht", "--ensemble", "nowhere", "--people"), "--people and --ensemble: give one of the two"),
    ],
)
def test_a_slip_is_one_message(type_in, words, said):
    code, out, err = type_in(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
