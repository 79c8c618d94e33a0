"""The guide's example runs and answers what it says."""

import doctest

import pytest

from cpsim.cli.main import app
from tests.house.reading import ROOT

pytestmark = pytest.mark.journey

GUIDE = ROOT / "docs" / "howto" / "what-blocks-delivery.md"


def test_the_examples_of_the_guide_run():
    tried = doctest.testfile(str(GUIDE), module_relative=False)
    assert tried.attempted > 4
    assert tried.failed == 0


def test_the_guide_names_the_command_as_it_is():
    names = {command.callback.__name__ for command in app.registered_commands}
    assert "barriers" in names
    assert "cpsim barriers my-team.yaml --quick" in GUIDE.read_text("utf-8")
