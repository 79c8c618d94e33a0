"""`--ensemble` of studies as somebody types it."""

import json
import shlex

import pandas as pd
import pytest

from cpsim.experiments.ensemble import NAME, SHIPPED, digests_now, write_set

pytestmark = pytest.mark.journey

SHORT = ("--ensemble", "set", "--workers", 1, "--out", "here")
STUDIES = {
    "compare": ("compare", "third-sector", "--set", "place.bus_reach=0.2", "--weeks", 8, "--replications", 2),
    "sweep": ("sweep", "third-sector", "--vary", "place.bus_reach=0.2,0.8", "--weeks", 8, "--target", "reach>=0.9"),
    "barriers": ("barriers", "third-sector", "--groups", "priority,knowledge", "--set", "weeks=8"),
    "difference": ("difference", "third-sector", "other.yaml", "--weeks", 8),
    "counterfactuals": ("counterfactuals", "cmht", "--weeks", "4,8", "--worlds", 2),
    "same-money": ("same-money", "third-sector", "--budget", "90k", "--levers", "training,supervision", "--weeks", 8),
}


@pytest.fixture(autouse=True)
def made_up(type_in, tmp_path):
    """A made-up set of three settings in the folder in which commands are typed, and another team."""
    settings = pd.DataFrame(
        {"parameters.leaving_per_year": [0.1, 0.2, 0.3], "parameters.refill_days": [90.0, 150, 200]}
    )
    usual = {"parameters.leaving_per_year": 0.136, "parameters.refill_days": 130.0}
    (tmp_path / "set").mkdir()
    write_set(settings, {"seed": 1, "usual": usual, **digests_now()}, tmp_path / "set" / NAME)
    other = "schema: 1\ntitle: Another\nextends: third-sector\nplace: {bus_reach: 0.2}\nteam: {caseload_per_wte: 30}\n"
    (tmp_path / "other.yaml").write_text(other, "utf-8")


@pytest.mark.parametrize("study", STUDIES)
def test_each_study_over_a_set(type_in, tmp_path, study):
    code, out, err = type_in(*STUDIES[study], *SHORT)
    assert code == 0, err
    assert "across the settings we could not rule out" in " ".join(out.split())
    assert "simulation error" in out
    assert out.endswith("The page: here/report.html\n")
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))
    assert (manifest["asked"], manifest["settings"], manifest["doubts"]) == (study.replace("-", "_"), 3, [])
    typed = [str(word) for word in STUDIES[study]]
    assert manifest["command"].startswith(f"cpsim {study} {typed[1]} ")
    assert set(typed) <= set(shlex.split(manifest["command"]))
    assert "--ensemble set" in manifest["command"]
    answers = pd.read_csv(tmp_path / "here" / "answers.csv")
    assert not answers.duplicated(["asks", "outcome", "row"]).any()
    assert {"mean", "half_width", "low", "high", "settings"} <= set(answers)
    assert (tmp_path / "here" / "figures").is_dir()


def test_some_settings_for_a_program_and_again_into_the_same_folder(type_in):
    words = (*STUDIES["compare"], *SHORT, "--settings", 2, "--json")
    first, again = (json.loads(type_in(*words)[1]) for _ in range(2))
    assert first == again
    assert (first["study"], first["settings"], first["runs"]) == ("across", 2, 8)
    assert "--settings 2" in first["command"]


def test_a_part_of_the_runs_and_then_the_rest(type_in):
    words = (*STUDIES["sweep"], *SHORT, "--replications", 8)
    _, out, err = type_in(*words, "--part", "0/2")
    assert "Part 0/2 is done" in out + err
    code, out, _ = type_in(*words, "--part", "1/2")
    assert code == 0
    assert "The page: here/report.html" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "cmht", "protected-time", "--settings", 2), "--settings: give --ensemble too"),
        (("compare", "cmht", "protected-time", "--ensemble", "none"), "there is no such set"),
        (("compare", "cmht", "protected-time", "--ensemble", "set", "--settings", 9), "--settings: 9 is not possible"),
        (("compare", "cmht", "protected-time", "--ensemble", "set", "--replications", 1), "--replications: 1 of a"),
        (("barriers", "cmht", "--quick", "--ensemble", "set"), "--quick and --ensemble: give one of the two"),
        (("barriers", "cmht", "--common", "--ensemble", "set"), "--common and --ensemble: give one of the two"),
        (("difference", "cmht", "third-sector", "--quick", "--ensemble", "set"), "--quick and --ensemble"),
        ((*STUDIES["sweep"], "--ensemble", "set", "--part", "0/2"), "--part: give --out FOLDER too"),
        (("counterfactuals", "cmht", "--worlds", 1, "--ensemble", "set"), "--worlds: 1 gives no interval"),
        (("same-money", "cmht", "--budget", "0", "--ensemble", "set"), "--budget: 0 buys nothing"),
    ],
)
def test_mistakes_are_said_before_anything_runs(type_in, words, said):
    code, out, err = type_in(*words)
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())


@pytest.mark.skipif(SHIPPED.is_file(), reason="a set comes with cpsim")
@pytest.mark.parametrize("study", STUDIES)
def test_without_a_set_it_says_how_to_make_one(type_in, study):
    code, out, err = type_in(*STUDIES[study], "--ensemble", "shipped")
    assert (code, out) == (2, "")
    assert "make one with `cpsim calibrate`" in err
