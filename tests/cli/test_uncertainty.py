"""`cpsim uncertainty` as it is typed."""

import json

import pandas as pd
import pytest

import cpsim
from cpsim.experiments.ensemble import digests_now, write_set

pytestmark = pytest.mark.journey

SMALL = ("third-sector", "--weeks", "2", "--vectors", "8", "--workers", "1")


def test_two_scenarios_leave_a_folder_and_go_on_in_it(type_in, tmp_path):
    code, out, _ = type_in("uncertainty", "third-sector", "community-engaged", *SMALL[1:], "--out", "sure")
    assert (code, "How sure are we? community-engaged beside third-sector" in out) == (0, True)
    folder = tmp_path / "sure"
    names = ("components", "consequences", "plane", "acceptability", "vectors")
    assert all((folder / f"{name}.csv").is_file() for name in names)
    first = pd.read_csv(folder / "components.csv")
    code, again, _ = type_in("uncertainty", "third-sector", "community-engaged", *SMALL[1:], "--out", "sure")
    assert (code, again) == (0, out)
    pd.testing.assert_frame_equal(pd.read_csv(folder / "components.csv"), first)
    command = json.loads((folder / "manifest.json").read_text("utf-8"))["command"]
    options = "--vectors 8 --worlds 2 --effect rguk_change --weeks 2 --seed 1"
    assert command == f"cpsim uncertainty third-sector community-engaged {options}"


def test_settings_of_a_calibration_are_used_and_said(type_in, tmp_path):
    path = "parameters.known_at_start"
    usual = {path: cpsim.load("third-sector").teams[0].base.parameters.known_at_start}
    table = pd.DataFrame({path: [0.1 * place for place in range(1, 9)]})
    write_set(table, {"usual": usual, **digests_now()}, tmp_path / "set.csv")
    code, out, _ = type_in("uncertainty", *SMALL, "--ensemble", "set.csv", "--out", "sure", "--json")
    told = json.loads(out)
    assert (code, told["study"], told["options"]["vectors"]) == (0, "uncertainty", 8)
    assert "not ruled out" in told["options"]["vectors_from"]
    assert told["options"]["doubts"] == []
    assert len(told["tables"]["vectors"]) == 8


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--worlds", "1"), "--worlds: 1"),
        (("--vectors", "2"), "--vectors: 2"),
        (("--effect", "rguk"), "--effect: there is no outcome 'rguk'"),
        (("--ensemble", "none.csv"), "none.csv: there is no such set"),
        (("no-such-scenario",), "no-such-scenario"),
    ],
)
def test_mistakes_are_said_in_the_words_of_the_option(type_in, words, message):
    code, out, err = type_in("uncertainty", "third-sector", *words)
    assert (code, out) == (2, "")
    assert message in err
