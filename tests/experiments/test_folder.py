"""A study's folder: whole or not there, renewed by the same command, never mixed up with something else."""

import json

import pandas as pd
import pytest

from cpsim.errors import FolderError
from cpsim.experiments.execute import run_design
from cpsim.experiments.folder import check_study_folder, save_study
from tests.experiments.studies import MadeUp, design, known_to_pages

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    known_to_pages(monkeypatch)


def test_a_study_leaves_tables_page_and_manifest(tmp_path):
    save_study(MadeUp(), tmp_path / "mine")

    assert {path.name for path in (tmp_path / "mine").iterdir()} == {
        *("manifest.json", "paired.csv", "paired.parquet", "report.html", "figures")
    }
    assert pd.read_parquet(tmp_path / "mine" / "paired.parquet").equals(MadeUp().tables["paired"])
    told = json.loads((tmp_path / "mine" / "manifest.json").read_text("utf-8"))
    assert (told["study"], told["seed"], told["tables"]["paired"]["rows"]) == ("made_up", 1, 1)


def test_the_page_says_what_was_found_and_how_to_repeat_it(tmp_path):
    save_study(MadeUp(), tmp_path)
    page = (tmp_path / "report.html").read_text("utf-8")

    for said in ("Reach rises by 25 in 100.", "Did it help?", "cpsim made-up", "15 runs, seed 1", "Bars: means."):
        assert said in page
    assert "A table follows" not in page
    assert page.count("<svg") == 1
    assert (tmp_path / "figures" / "paired.svg").is_file()


def test_the_same_command_renews_the_folder_and_keeps_the_runs(tmp_path):
    run_design(design(range(2)), tmp_path)
    save_study(MadeUp(), tmp_path)
    runs = sorted((tmp_path / "runs").iterdir())
    save_study(MadeUp(tables={"other": pd.DataFrame({"a": [1]})}), tmp_path)

    assert sorted((tmp_path / "runs").iterdir()) == runs
    assert (tmp_path / "other.csv").is_file()
    assert not (tmp_path / "paired.csv").exists()


def test_a_page_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    save_study(MadeUp(), tmp_path)
    before = (tmp_path / "report.html").read_bytes()
    monkeypatch.setattr("cpsim.report.study.html", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save_study(MadeUp(), tmp_path)

    assert (tmp_path / "report.html").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_something_else_is_not_written_over(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderError, match="something else"):
        check_study_folder(tmp_path, "made_up")
    with pytest.raises(FolderError, match="something else"):
        check_study_folder(tmp_path, "made_up", force=True)


def test_another_kind_of_study_needs_force(tmp_path):
    save_study(MadeUp(), tmp_path)
    with pytest.raises(FolderError, match="holds made_up, not barriers"):
        check_study_folder(tmp_path, "barriers")
    check_study_folder(tmp_path, "barriers", force=True)


def test_runs_not_yet_analysed_are_gone_on_with(tmp_path):
    run_design(design(range(1)), tmp_path)
    check_study_folder(tmp_path, "made_up")
