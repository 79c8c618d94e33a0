"""Which file a name means: shipped, one's own, or two at once."""

from pathlib import Path

import pytest

from cpsim.errors import ScenarioError
from cpsim.scenario.load import load
from tests.scenario.small import SMALL

pytestmark = pytest.mark.unit


def complaint(name):
    with pytest.raises(ScenarioError) as caught:
        load(name, schema=SMALL)
    return str(caught.value)


def test_a_shipped_name_works_in_any_folder(write, shipped_folder):
    assert load("cmht", schema=SMALL).title == "Shipped"
    assert load(write("mine.yaml", "extends: cmht\n"), schema=SMALL).teams[0].changed.strategy.training_days == 1


def test_a_file_is_found_by_path_or_by_its_name(write, shipped_folder):
    write("mine.yaml", "")
    titles = {
        load(name, schema=SMALL).title
        for name in ("mine.yaml", "mine", Path("mine.yaml"), str(Path("mine.yaml").resolve()))
    }
    assert titles == {"A team"}
    assert load("mine", schema=SMALL).name == "mine"


def test_a_name_that_means_two_things_is_refused_and_names_both(write, shipped_folder):
    write("cmht.yaml", "")
    both = "'cmht' means two things: the scenario that comes with cpsim and the file cmht.yaml"
    assert both in complaint("cmht")
    assert load("cmht.yaml", schema=SMALL).title == "A team"
    assert load("./cmht.yaml", schema=SMALL).title == "A team"


def test_a_parent_that_means_two_things_is_refused_with_its_line(write, shipped_folder):
    write("cmht.yaml", "")
    assert complaint(write("mine.yaml", "extends: cmht\n")).startswith("mine.yaml:3: extends: 'cmht' means two things")
    assert load(write("mine.yaml", "extends: cmht.yaml\n"), schema=SMALL).teams[0].changed.strategy.training_days == 0


def test_the_shipped_file_itself_is_no_clash(shipped_folder, monkeypatch):
    monkeypatch.chdir(shipped_folder)
    assert load("cmht", schema=SMALL) == load("cmht.yaml", schema=SMALL)


def test_the_nearest_name_is_offered(write, shipped_folder):
    write("moorland.yaml", "")
    assert complaint("cmth") == "'cmth': no scenario or file of this name; did you mean 'cmht'?"
    assert complaint("moreland.yaml").endswith("did you mean 'moorland'?")
    assert complaint("zzz").endswith("; `cpsim scenarios` lists those that come with cpsim")
    assert complaint(write("mine.yaml", "extends: morland\n")).endswith("did you mean 'moorland'?")


@pytest.mark.parametrize(
    "parent", ["../x", "/etc/passwd", "sub/x", "..", "'a\\b'", "'C:x'", "x..yaml", ".hidden", "3", "[a]", "''"]
)
def test_a_parent_is_a_name_never_a_path(write, parent):
    said = complaint(write("mine.yaml", f"extends: {parent}\n"))
    assert said.startswith("mine.yaml:3: extends: give a shipped name or the name of a file beside this one")


def test_a_circle_is_refused(write):
    for child, parent in ("ab", "bc", "ca"):
        write(f"{child}.yaml", f"extends: {parent}\n")
    assert complaint("a") == "c.yaml:3: extends: goes round in a circle: a.yaml > b.yaml > c.yaml > a.yaml"
    assert "goes round in a circle" in complaint(write("self.yaml", "extends: self\n"))


def test_a_parent_is_looked_for_beside_its_child(write, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    write("folder/parent.yaml", "team: {reviews: 99}\n")
    write("parent.yaml", "team: {reviews: 5}\n")
    write("folder/child.yaml", "extends: parent\n")
    assert complaint("folder/child.yaml").startswith(f"{Path('folder/parent.yaml')}:3: team.reviews: 99")
