"""The command of a study: what it takes to have the same again, or nothing where that cannot be typed."""

import pytest

import cpsim
from cpsim.cli.main import app
from cpsim.cli.typed import CHANGE_NOTHING
from cpsim.experiments.command import asked_in_python, command_line
from cpsim.experiments.ensemble import digests_now, write_set
from cpsim.experiments.over_set import over_set

pytestmark = pytest.mark.unit


def test_options_are_repeated_bare_or_left_out():
    options = {"--set": ["a=1", "b=x y"], "--levers": True, "--common": False, "--weeks": None, "--seed": 0}
    assert command_line("sweep", ["my team.yaml"], options) == (
        "cpsim sweep 'my team.yaml' --set a=1 --set 'b=x y' --levers --seed 0"
    )


def test_in_python_a_name_or_a_file_can_be_typed_and_a_changed_scenario_cannot():
    said = "cpsim plan cmht --no-worse crises,waits --seed 2"
    for same in ("cmht", cpsim.load("cmht")):
        assert asked_in_python("plan", same, no_worse=["crises", "waits"], levers=(), seed=2) == said
    assert asked_in_python("plan", "my-team.yaml", seed=2) == "cpsim plan my-team.yaml --seed 2"
    for changed in (cpsim.load("cmht").with_({"place.bus_reach": 0.3}), cpsim.load("cmht").without("transport")):
        assert asked_in_python("plan", changed, seed=2) == ""


def test_only_options_that_exist_are_said_to_change_nothing():
    every = {name for command in app.registered_commands for name in command.callback.__annotations__}
    assert every >= CHANGE_NOTHING


def test_a_page_without_a_command_says_where_the_scenario_is(tmp_path, settings):
    from cpsim.experiments.folder import save_study

    made = over_set("third-sector", settings, worlds=1, outputs=["reach"], workers=1)
    page = (save_study(made, tmp_path / "a") / "report.html").read_text("utf-8")
    assert "To repeat it: <code>cpsim run third-sector --ensemble" in page
    changed = over_set(cpsim.load("third-sector").with_(weeks=4), settings, worlds=1, outputs=["reach"], workers=1)
    page = (save_study(changed, tmp_path / "b") / "report.html").read_text("utf-8")
    assert "To repeat it" not in page
    assert "It was asked for in Python; the scenario with all its changes is in manifest.json." in page


@pytest.fixture
def settings(tmp_path):
    import pandas as pd

    table = pd.DataFrame({"parameters.leaving_per_year": [0.1, 0.2]})
    write_set(table, {"usual": {"parameters.leaving_per_year": 0.136}, **digests_now()}, tmp_path / "set.csv")
    return tmp_path / "set.csv"
