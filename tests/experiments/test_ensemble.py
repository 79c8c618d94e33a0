"""The set on disk, whether it belongs to this version, and designs over it."""

import numpy as np
import pandas as pd
import pytest

from cpsim.errors import OptionError, UserError
from cpsim.experiments.design import Point
from cpsim.experiments.ensemble import NAME, SHIPPED, digests_now, load_set, write_set
from cpsim.experiments.over_set import OverSet, design_over_set, over_set
from cpsim.report.study import html
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import load
from cpsim.validation.targets import patterns_digest

pytestmark = pytest.mark.unit

USUAL = {"parameters.leaving_per_year": 0.136, "parameters.refill_days": 130.0}
SETTINGS = pd.DataFrame(
    {"parameters.leaving_per_year": [0.13, 0.15, 0.14], "parameters.refill_days": [100.0, 150, 200]}
)


@pytest.fixture
def kept(tmp_path):
    write_set(SETTINGS, {"seed": 1, "usual": USUAL, "patterns": "abc", **digests_now()}, tmp_path / NAME)
    return load_set(tmp_path)


def test_what_is_written_is_read(kept):
    assert kept.settings.to_dict() == SETTINGS.to_dict()
    assert len(kept) == 3
    assert kept.facts["patterns"] == "abc"


def test_it_says_whether_it_belongs_to_this_version(kept):
    assert kept.doubts("abc") == []
    assert "It belongs to this version" in kept.in_words("abc")
    assert kept.doubts("other") == ["what is fitted to has changed since"]
    kept.facts["parameters"] = "other"
    assert "does not belong to this version" in kept.in_words()
    assert "130" in kept.ranges_in_words()


@pytest.mark.skipif(SHIPPED.is_file(), reason="a set comes with cpsim")
def test_without_a_set_it_says_how_to_make_one():
    for where in (None, "shipped"):
        with pytest.raises(UserError, match="make one with `cpsim calibrate`"):
            load_set(where)


def test_the_set_that_comes_with_cpsim_lies_within_the_ranges_and_was_fitted_to_what_is_declared():
    """Not whether its code is today's: that changes with every comment, and the set says so itself (`doubts`)."""
    found = load_set("shipped")
    assert 50 <= len(found) <= 200
    for path in found.settings:
        declared, values = declarations()[path], found.settings[path]
        assert declared.low <= values.min() <= values.max() <= declared.high, path
    assert found.facts["patterns"] == patterns_digest()
    assert set(found.facts["usual"]) == set(found.settings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "is not a set"),
        ('# {"format": 1}\nsetting,parameters.leaving_per_year\ns001,\n', "is not a set"),
        ('# {"format": 1}\nsetting,parameters.gone\ns001,1.0\n', "has no parameters.gone"),
    ],
)
def test_a_damaged_file_is_one_message(tmp_path, text, said):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(UserError, match=said):
        load_set(tmp_path)
    with pytest.raises(UserError, match="there is no such set"):
        load_set(tmp_path / "other.csv")


def test_what_a_scenario_says_of_itself_is_left(kept):
    own = load("cmht").with_({"parameters.leaving_per_year": 0.15})
    assert kept.held_by(load("cmht")) == []
    assert kept.held_by(own) == ["parameters.leaving_per_year"]
    assert list(kept.changes(own)[0]) == ["standing.parameters.refill_days"]


def test_points_are_paired_within_a_setting_and_settings_share_no_world(kept):
    points = [Point("a"), Point("b", {"team.caseload_per_wte": 20, "parameters.refill_days": 90.0})]
    design = design_over_set(load("cmht"), points, kept, worlds=2)
    one, other = design.world.reshape(2, 3, 2)
    assert np.array_equal(one, other)
    assert len(np.unique(one)) == 6
    assert design.names == ["a @ s001", "a @ s002", "a @ s003", "b @ s001", "b @ s002", "b @ s003"]
    changed = design.points[4].of(design.base).teams[0]
    assert changed.base.parameters.leaving_per_year == changed.changed.parameters.leaving_per_year == 0.15
    assert changed.changed.team.caseload_per_wte == 20
    assert changed.changed.parameters.refill_days == 90, "what a point says goes before the setting"


def test_settings_reach_the_runs_and_luck_stands_beside(kept, tmp_path):
    found = over_set(load("cmht").with_({}, weeks=4), kept, worlds=2, outputs=("turnover", "pressure"), workers=1)
    assert isinstance(found, OverSet)
    assert len(found.runs) == 6
    text = found.in_words()
    assert "of the settings we could not rule out" in text
    assert "Luck:" in text
    assert "Not known:" in html(found)
    with pytest.raises(OptionError, match="worlds: 0"):
        over_set("cmht", kept, worlds=0)


def test_a_set_of_another_version_is_told_with_the_result(kept):
    kept.facts["code"] = "other"
    found = over_set(load("cmht").with_({}, weeks=2), kept, worlds=1, outputs=("pressure",), workers=1)
    assert "does not belong to this version" in found.in_words()
    assert np.isnan(found.found["pressure"].settings_low), "one world cannot tell luck from settings"
