"""The pictures and the page of a sensitivity study, and what a person types for one."""

import json
import re
import sys

import pytest

from cpsim.cli import main as cli
from cpsim.experiments import sensitivity
from cpsim.experiments.folder import save_study
from cpsim.experiments.sensitivity import SIZES, Size, study
from cpsim.plots.studies import make
from cpsim.plots.svg import drawing
from tests.experiments import one_factor
from tests.experiments.test_sensitivity import TINY, asked
from tests.house.test_words import NOT_SAID

PICTURES = ["indices", "groups", "morris", "pawn", "second_order"]


@pytest.fixture(scope="module")
def found():
    made = study(asked(second_order=True), one_factor.run)
    made.facts["command"] = "cpsim sensitivity cmht"
    return made


@pytest.fixture(scope="module")
def pictures(found):
    return {picture.name: picture for picture in make(found)}


@pytest.mark.unit
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_drawn_and_captioned(pictures, name):
    picture = pictures[name]
    assert "<svg" in drawing(picture).file
    assert re.search(r"[\d,]+ runs, seed 1; 52 weeks\.$", picture.caption)
    assert picture.alt
    assert picture.grid.rows
    assert all(len(row) == len(picture.grid.headings) for row in picture.grid.rows)
    assert not NOT_SAID.search(" ".join([picture.title, picture.caption, picture.alt]))


@pytest.mark.unit
@pytest.mark.parametrize("name", ["indices", "groups", "second_order"])
def test_captions_say_what_the_interval_means(pictures, name):
    assert "95 % interval" in pictures[name].caption


@pytest.mark.unit
def test_titles_name_what_was_planted(pictures):
    assert "relapse per year" in pictures["indices"].title
    assert "crises" in pictures["groups"].title
    assert pictures["pawn"].title.startswith("1 factor moves")


@pytest.mark.unit
def test_the_folder_holds_tables_pictures_and_page(found, tmp_path):
    save_study(found, tmp_path / "study")
    names = {path.name for path in (tmp_path / "study").iterdir()}
    tables = ("indices", "groups", "morris", "pawn", "rbd_fast", "regional", "emulator", "convergence", "factors")
    assert {f"{table}.csv" for table in tables} <= names
    page = (tmp_path / "study" / "report.html").read_text("utf-8")
    for said in ("What the outcomes hang on", "What can be fixed", "How sure this is", "What was varied"):
        assert said in page
    manifest = json.loads((tmp_path / "study" / "manifest.json").read_text("utf-8"))
    assert manifest["study"] == "sensitivity"
    assert sum(manifest["runs_by_step"].values()) == manifest["runs"]


@pytest.mark.unit
def test_a_page_of_one_method_has_its_sections_only(tmp_path):
    made = study(asked("groups"), one_factor.run)
    save_study(made, tmp_path / "study")
    page = (tmp_path / "study" / "report.html").read_text("utf-8")
    assert "What the outcomes hang on" in page
    assert "What can be fixed" not in page


@pytest.fixture
def type_in(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder, with little to run: (exit code, out, err)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sensitivity.SIZES, "quick", TINY)

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["cpsim", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return left.value.code or 0, out, err

    return typed


COMMAND = ("sensitivity", "cmht", "--method", "morris", "--size", "quick", "--only", "economics", "--weeks", "4")


@pytest.mark.journey
def test_a_small_study_says_how_long_and_leaves_a_folder(type_in, tmp_path):
    code, out, err = type_in(*COMMAND, "--out", "here", "--output", "cost_per_person")
    assert code == 0
    assert re.search(r"\d+ runs: about .* on this machine", err)
    assert "Cost per person and year: the largest effects are those of" in out
    assert out.rstrip().endswith("report.html")
    command = json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))["command"]
    options = "--method morris --size quick --output cost_per_person --only economics --weeks 4 --seed 1"
    assert command == f"cpsim sensitivity cmht {options}"


@pytest.mark.journey
def test_json_is_for_a_program(type_in):
    code, out, _ = type_in(*COMMAND, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["study"] == "sensitivity"
    assert {"output", "factor", "mu_star", "share"} <= set(told["tables"]["morris"][0])


@pytest.mark.journey
def test_long_studies_are_not_begun_unasked(type_in, monkeypatch):
    monkeypatch.setitem(SIZES, "full", Size(**vars(SIZES["full"]) | {"plain": 2**24}))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    code, _, err = type_in("sensitivity", "cmht", "--method", "pawn", "--size", "full")
    assert code == 2
    assert "--yes: say it to begin a study of about" in err


@pytest.mark.journey
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--method", "morriss"), "--method: 'morriss': did you mean 'morris'?"),
        (("--only", "crises_"), "--only: there is no factor or group 'crises_'"),
        (("--output", "reech"), "--output: there is no outcome 'reech'; did you mean 'reach'?"),
        (("--target", "x"), "--target 'x': write it like five_steps>=0.3"),
    ],
)
def test_mistakes(type_in, words, said):
    code, _, err = type_in("sensitivity", "cmht", *words)
    assert code == 2
    assert said in err
