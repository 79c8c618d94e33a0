"""`cpsim compare` and `cpsim sweep` as somebody types them."""

import json

import pytest

pytestmark = pytest.mark.journey

FEW = ("--replications", 3)


@pytest.fixture(autouse=True)
def short_study_page(monkeypatch):
    """Drawing takes seconds; pages have tests of their own."""
    monkeypatch.setattr("cpsim.report.study.write", lambda found, folder: (folder / "report.html").write_text("a page"))


def test_compare_two_scenarios(type_in, tmp_path):
    code, out, err = type_in("compare", "cmht", "protected-time", *FEW, "--horizon", 4, "--out", "mine")
    assert code == 0, err
    assert "B: protected-time, against A: cmht" in out
    assert out.endswith("The page: mine/report.html\n")
    assert (tmp_path / "mine" / "paired.csv").is_file()
    manifest = json.loads((tmp_path / "mine" / "manifest.json").read_text("utf-8"))
    assert manifest["command"] == "cpsim compare cmht protected-time --weeks 4 --replications 3 --seed 1"


def test_compare_variants_of_one(type_in):
    code, out, _ = type_in("compare", "cmht", "--set", "place.bus_reach=0.9", "--without", "money", "--weeks", 4, *FEW)
    assert code == 0
    assert "B: bus reach 0.9" in out
    assert "C: without money" in out


def test_compare_for_a_program_and_again_into_the_same_folder(type_in):
    words = ("compare", "cmht", "protected-time", *FEW, "--weeks", 4, "--out", "mine", "--json")
    first, again = (json.loads(type_in(*words)[1]) for _ in range(2))
    assert first == again
    assert {"paired", "equity", "costs", "payback"} <= set(first["tables"])


def test_compare_in_parts_and_how_far_it_is(type_in, tmp_path):
    """Each part makes whole plans; the last one answers, and with the same numbers as without parts."""
    words = ("compare", "cmht", "protected-time", "--without", "money", *FEW, "--weeks", 4, "--json")
    code, out, err = type_in(*words, "--out", "mine", "--part", "1/2")
    assert code == 0
    assert "Part 1/2 is done; 2 of 3 plans are still to be made." in out + err
    assert type_in("status", "mine")[1] == ".: 3 of 9 runs done.\n"
    code, out, _ = type_in(*words, "--out", "mine", "--part", "0/2")
    assert code == 0
    assert type_in("status", tmp_path)[1] == "mine: 9 of 9 runs done; complete.\n"
    whole = json.loads(type_in(*words, "--out", "whole")[1])
    assert json.loads(out)["tables"] == whole["tables"]
    assert json.loads(out)["command"] == whole["command"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "cmht"), "give 2 to 6 scenarios"),
        (("compare", "cmht", "england"), "numbers of teams differ (cmht 1 and england 200)"),
        (("compare", "cmht", "cmth"), "did you mean 'cmht'?"),
        (("compare", "cmht", "third-sector", "--part", "0/2"), "--part: give --out FOLDER too"),
        (("compare", "cmht", "third-sector", "--part", "2/2", "--out", "x"), "--part"),
        (("compare", "cmht", "--without", "trnsport"), "did you mean 'transport'?"),
        (("sweep", "cmht", "--vary", "team.caselod_per_wte=15:45:5"), "--vary: team.caselod_per_wte: no such key"),
        (("sweep", "cmht", "--vary", "team.caseload_per_wte=15:450:5"), "205 is outside 0 to 200"),
        (("sweep", "cmht", "--vary", "weeks=26,52", "--target", "reech>=1"), "did you mean 'reach'?"),
        (("sweep", "cmht", "--vary", "place.bus_reach=0,1", "--part", "0/2"), "--part: give --out FOLDER too"),
    ],
)
def test_mistakes_are_said_before_anything_runs(type_in, words, said):
    code, out, err = type_in(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_sweep(type_in, tmp_path):
    vary = ("--vary", "team.caseload_per_wte=15,25")
    code, out, _ = type_in("sweep", "cmht", *vary, "--target", "reach>=0.2", "--weeks", 4, *FEW, "--out", "mine")
    assert code == 0
    assert "caseload per WTE (people per WTE): 15 to 25 (2 values)" in out
    for name in ("surface.csv", "thresholds.csv", "reached.csv", "worlds.csv"):
        assert (tmp_path / "mine" / name).is_file()
