"""What the commands of studies share: options, the question of time, and how they end."""

import json
import sys

import pytest
import typer

from cpsim.cli import experiment_options as options
from cpsim.errors import FolderError, OptionError, Stopped
from cpsim.experiments import budget
from tests.experiments.studies import MadeUp, known_to_pages, short

pytestmark = pytest.mark.unit


def test_a_part():
    assert options._part("3/40") == (3, 40)
    for wrong in ("3", "a/b", "3/", ""):
        with pytest.raises(typer.BadParameter, match="write it like 3/40"):
            options._part(wrong)


def test_where_a_study_goes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = options.study_folder(None, "barriers", short())
    assert first.parts[0] == "runs"
    assert first.name.startswith("barriers-third-sector-")
    first.mkdir(parents=True)
    assert options.study_folder(None, "barriers", short()) != first

    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderError, match="the folder you are in"):
        options.study_folder(tmp_path, "barriers", short())


def test_a_short_study_is_not_asked_about(monkeypatch, capsys):
    monkeypatch.setattr(budget, "seconds_of", lambda *_: 130.0)
    options.ask_about_time(1_000, short(), None, yes=False)
    assert capsys.readouterr().err.endswith("1,000 runs: about 3 minutes on this machine.\n")


def test_a_long_study_is_asked_about(monkeypatch, capsys):
    monkeypatch.setattr(budget, "seconds_of", lambda *_: 4_000.0)
    options.ask_about_time(1_000, short(), None, yes=True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(OptionError, match="--yes: say it to begin a study of about 67 minutes"):
        options.ask_about_time(1_000, short(), None, yes=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    with pytest.raises(typer.Exit):
        options.ask_about_time(1_000, short(), None, yes=False)
    capsys.readouterr()


def test_seconds_of_a_study():
    alone = budget.seconds_of(10, short(), workers=1)
    assert 0 < alone < 60
    assert budget.seconds_of(0, short()) == 0.0
    for seconds, said in ((0.2, "1 second"), (40, "40 seconds"), (700, "12 minutes"), (3 * 3600, "3.0 hours")):
        assert budget.in_time(seconds) == said
    assert budget.in_time(86_400 * 4.5) == "4.5 days"


def test_mistakes_in_options_have_their_dashes():
    with pytest.raises(OptionError, match=r"^--workers: 0\n--seed: x$"), options.making_runs():
        raise OptionError("workers: 0\nseed: x")


def test_the_end_of_a_study(tmp_path, monkeypatch, capsys):
    known_to_pages(monkeypatch)
    options.save_and_tell(MadeUp(), tmp_path / "mine", as_json=False)
    assert capsys.readouterr().out.startswith("Reach rises by 25 in\n100.")

    options.save_and_tell(MadeUp(), tmp_path / "mine", as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["study"], told["tables"]) == ("made_up", {"paired": [{"outcome": "reach", "difference": 0.25}]})


def test_ctrl_c_while_the_page_is_made(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    known_to_pages(monkeypatch)
    monkeypatch.setattr("cpsim.report.study.html", stopped)
    with pytest.raises(Stopped, match="the same command makes it from the runs"):
        options.save_and_tell(MadeUp(), tmp_path / "mine", as_json=False)
    assert not list((tmp_path / "mine").iterdir())
