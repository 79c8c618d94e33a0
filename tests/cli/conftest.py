"""Typing a command within the test's own process, in an empty folder; and a page that is made in no time."""

import signal
import sys

import pytest

from cpsim.cli import main as cli
from tests.cli.terminal import terminal

__all__ = ["short_page", "terminal", "type_in"]


@pytest.fixture
def type_in(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder: (exit code, out, err)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cpsim.model.rule.is_compiled", lambda: True)  # else the first test says another line

    def typed(*words):
        monkeypatch.setattr(sys, "argv", ["cpsim", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return left.value.code or 0, out, err

    yield typed
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def short_page(monkeypatch):
    """Drawing takes seconds; what is on the page is tested with the report."""
    monkeypatch.setattr("cpsim.report.write", lambda result, folder: (folder / "report.html").write_text("a page"))
