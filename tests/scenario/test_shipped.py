"""The scenarios that come with cpsim, the start that `cpsim new` writes, and the real schema."""

import io
import json
from pathlib import Path

import pytest

from cpsim.errors import FolderError, OptionError, ScenarioError
from cpsim.scenario.declare import declarations
from cpsim.scenario.describe import describe
from cpsim.scenario.load import from_document, load, shipped_scenarios
from cpsim.scenario.schema import TeamDescription
from cpsim.scenario.sheet import SECTIONS
from cpsim.scenario.start import start_text, write_new

pytestmark = pytest.mark.unit

NAMES = [
    "agency-cover",
    "cmht",
    "cmht-rural",
    "community-engaged",
    "crisis-separate",
    "england",
    "everything",
    "fully-staffed",
    "funded-places",
    "more-contact",
    "pilot",
    "protected-time",
    "small-caseloads",
    "social-work-led",
    "staff-away",
    "study-2021",
    "third-sector",
    "training-and-supervision",
    "training-only",
    "understaffed",
]


def test_these_come_with_cpsim():
    assert [name for name, _, _ in shipped_scenarios()] == NAMES
    assert all(title and question.endswith("?") for _, title, question in shipped_scenarios())


@pytest.mark.parametrize("name", NAMES)
def test_each_is_valid_fits_together_and_can_be_stored(name):
    scenario = load(name)
    stored = json.loads(json.dumps(scenario.document))
    assert describe(scenario).warnings == ()
    assert from_document(stored) == scenario


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cmht"])
def test_each_gives_a_reason_for_what_differs(name):
    assert load(name).because


@pytest.mark.parametrize("name", ["cmht-rural", "small-caseloads", "crisis-separate", "third-sector"])
def test_standing_worlds_differ_from_the_start_and_change_as_cmht_does(name):
    (here,), (cmht,) = load(name).teams, load("cmht").teams
    assert here.base != cmht.base


def test_protected_time_shares_its_past_with_cmht():
    (here,), (cmht,) = load("protected-time").teams, load("cmht").teams
    assert here.base == cmht.base
    assert here.changed != cmht.changed


def test_the_sections_of_a_scenario_are_those_of_the_schema():
    assert tuple(TeamDescription.model_fields) == SECTIONS


def test_measured_numbers_never_change_on_a_day_unless_they_are_levers():
    for path, found in declarations().items():
        if path.startswith("parameters."):
            assert (found.kind, found.tag != "lever") == ("measured", True), path


def test_with_is_like_an_option():
    scenario = load("cmht")
    assert scenario.with_({"team.caseload_per_wte": 25}, weeks=26) == load(
        "cmht", ["team.caseload_per_wte=25", "weeks=26"]
    )
    with pytest.raises(ScenarioError, match="with_: weeks: 0 is outside 1 to 520 weeks"):
        scenario.with_(weeks=0)


def write_start(file):
    write_new(file, start_text(file))


def test_the_start_is_accepted_and_has_the_eight_things(tmp_path):
    write_start(tmp_path / "ours.yaml")
    text = (tmp_path / "ours.yaml").read_text("utf-8")
    understood = describe(load(tmp_path / "ours.yaml"))
    assert understood.warnings == understood.own_numbers == ()
    assert all(f"{number}. " in text for number in range(1, 9))
    assert "cpsim check ours.yaml" in text


def test_a_start_never_overwrites(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text("precious")
    with pytest.raises(FolderError, match="exists already and stays as it is"):
        write_start(file)
    assert file.read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("ours", OptionError, "such as ours.yaml"),
        ("cmht.yaml", OptionError, "choose another name"),
        ("no/ours.yaml", FolderError, "cannot be written"),
    ],
)
def test_a_start_that_cannot_be_written(tmp_path, name, error, said):
    with pytest.raises(error, match=said):
        write_start(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_start(tmp_path, monkeypatch):
    class Full(io.StringIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    def opened(path, *_, **__):
        path.touch()
        return Full()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(FolderError, match="cannot be written: no space left on device"):
        write_start(tmp_path / "ours.yaml")
    assert list(tmp_path.iterdir()) == []
