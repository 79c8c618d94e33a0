"""A terminal to write to, and what it shows."""

import os
from contextlib import suppress

import pytest


class Terminal:
    """`theirs` is the end that a program writes to."""

    def __init__(self):
        pty = pytest.importorskip("pty", reason="this system has no such terminals")
        self.ours, self.theirs = pty.openpty()
        os.set_blocking(self.ours, False)
        self.seen = ""

    def shown(self):
        """Everything shown up to now."""
        with suppress(OSError):  # nothing new, or nobody there any more
            self.seen += os.read(self.ours, 1_000_000).decode().replace("\r\n", "\n")
        return self.seen

    def close(self):
        for end in (self.ours, self.theirs):
            os.close(end)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    found = Terminal()
    yield found
    found.close()
