"""A bar on a terminal, and nothing of it in a file or a pipe."""

import os
import sys
from contextlib import contextmanager

import pytest

from cpsim.cli import run as command

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("short_page")]

SMALL = ("third-sector", "--replications", "6", "--weeks", "2", "--out", "mine", "--force")
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"  # the cursor


@contextmanager
def errors_to(terminal, monkeypatch):
    """The error stream is this terminal. Within a test only: pytest sets its own streams before each."""
    with os.fdopen(os.dup(terminal.theirs), "w", encoding="utf-8") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        yield


def test_a_bar_counts_and_leaves(type_in, terminal, monkeypatch):
    with errors_to(terminal, monkeypatch):
        code, out, _ = type_in("run", *SMALL)
    shown = terminal.shown()
    assert code == 0
    assert "Simulating" in shown
    assert "6/6" in shown
    assert shown.index(HIDDEN) < shown.rindex(SHOWN), "the cursor must come back"
    assert "\x1b" not in out


def test_a_bar_leaves_when_something_fails(type_in, terminal, monkeypatch):
    def fails(*_, progress, **__):
        progress(1, 6)
        raise ZeroDivisionError

    monkeypatch.setattr("cpsim.engine.run.run", fails)
    with errors_to(terminal, monkeypatch), pytest.raises(ZeroDivisionError):
        type_in("run", *SMALL)
    assert terminal.shown().index(HIDDEN) < terminal.shown().rindex(SHOWN)


def test_no_bar_before_anything_is_finished(terminal, monkeypatch):
    """Ctrl-C may end the process at once then, and nobody would bring the cursor back."""
    with errors_to(terminal, monkeypatch), command.showing_progress() as progress:
        assert terminal.shown() == ""
        progress(1, 2)
        assert HIDDEN in terminal.shown()


def test_no_bar_in_a_pipe(type_in):
    assert type_in("run", *SMALL)[::2] == (0, "")


def test_no_bar_where_there_is_no_error_stream(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        with command.showing_progress() as progress:
            assert progress is None
