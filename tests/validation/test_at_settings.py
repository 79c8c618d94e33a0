"""Each setting is run in worlds of its own, kept, and read again."""

import json

import numpy as np
import pandas as pd
import pytest

from cpsim.errors import FolderError, OptionError
from cpsim.experiments.ensemble import NAME, digests_now, load_set, write_set
from cpsim.validation import at_settings
from cpsim.validation.at_settings import Asked, hold
from cpsim.validation.lives import SPECS
from cpsim.validation.register import chosen

pytestmark = pytest.mark.unit

TINY = Asked(replications=2, trials=1, settings=2, replications_each=2, trials_each=1)


@pytest.fixture
def settings(tmp_path):
    made = pd.DataFrame({"parameters.refill_days": [100.0, 150, 200], "parameters.leaving_per_year": [0.1, 0.2, 0.15]})
    write_set(made, {"seed": 1, "usual": {}, **digests_now()}, tmp_path / NAME)
    return load_set(tmp_path)


def test_settings_are_run_kept_and_read_again(settings, tmp_path, monkeypatch):
    found = hold(settings, TINY, only=["P12"], folder=tmp_path / "kept", workers=1)
    assert found.values.shape == (2, 2)
    assert len(set(found.values[:, 0])) == 2
    kept = json.loads((tmp_path / "kept" / "runs" / "manifest.json").read_text("utf-8"))
    assert kept["settings"][0].keys() == {"standing.parameters.refill_days", "standing.parameters.leaving_per_year"}
    assert found.tables["settings"]["setting"].nunique() == 2

    monkeypatch.setattr(at_settings, "at_setting", None)
    monkeypatch.setattr(at_settings, "validate", None)
    again = hold(settings, TINY, only=["P12"], folder=tmp_path / "kept")
    pd.testing.assert_frame_equal(again.measures, found.measures)
    with pytest.raises(FolderError, match="something else"):
        hold(settings, TINY, only=["P11"], folder=tmp_path / "kept")


def test_settings_share_no_world_and_scenarios_of_one_share_theirs(monkeypatch):
    seen = {}

    def running(name):
        def run(worlds, seed, changes):
            seen.setdefault(name, []).append(list(worlds))
            return REAL[name](list(worlds)[:1], seed, {})

        return run

    REAL = dict(at_settings.RUNNERS)
    monkeypatch.setattr(at_settings, "RUNNERS", {name: running(name) for name in REAL})
    for place in (0, 3):
        at_settings.at_setting(chosen(["P18"]), {}, TINY, place)
    assert seen == {"base": [[0, 1], [6, 7]], "trained": [[0, 1], [6, 7]]}
    assert SPECS["base"].times == 1


def test_a_setting_reaches_the_runs():
    (row, _) = chosen(["P12"])
    one, other = (
        at_settings.at_setting([row], {f"standing.parameters.{name}": value}, TINY, 0)[0].found
        for name, value in (("leaving_per_year", 0.1), ("leaving_per_year", 0.3))
    )
    assert one != other


def test_a_setting_that_fails_is_a_row_without_values(settings, monkeypatch):
    real = at_settings.at_setting

    def failing(rows, changes, asked, place):
        if place == 1:
            raise ValueError("too much")
        return real(rows, changes, asked, place)

    monkeypatch.setattr(at_settings, "at_setting", failing)
    three = Asked(replications=2, settings=3, replications_each=2)
    found = hold(settings, three, only=["P12"], workers=1)
    assert np.isnan(found.values).any(axis=1).sum() == 1
    assert "too much" in found.failed[0]
    assert "1 setting failed" in " ".join(found.headlines())


@pytest.mark.parametrize("wrong", [{"settings": 0}, {"trials": 0}, {"replications": 0}])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(OptionError, match=next(iter(wrong))):
        hold(None, Asked(**wrong))
