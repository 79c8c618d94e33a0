"""`cpsim.pilot`: by band of fidelity, beside what was reported, and the same with CP's effect switched off."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments.folder import save_study
from cpsim.experiments.pilot import BAND, TOP, Pilot, bands, comparisons, share_reported
from cpsim.experiments.virtual import by_band
from cpsim.experiments.virtual.read import People
from cpsim.observation.design import PILOT
from cpsim.plots.studies.pilot import pictures
from tests.experiments.virtual.made_up import team

GAIN = 3.0  # points that high fidelity brings


def agencies(seed, gain=0.0, high=0.3):
    luck = np.random.default_rng(seed)
    dose = np.where(np.arange(16) < round(16 * high), 0.9, 0.1) + np.linspace(0, 0.01, 16)
    made = [team(number, luck=luck, arm="trained", true_fidelity=dose) for number in range(14)]
    for each in made:
        each.records["rguk_after"] = each.records["rguk_after"] + gain * (dose > 0.5)
        each.records["cost_before"], each.records["cost_after"] = luck.normal(3000, 900, (2, 16))
    return People(made)


@pytest.fixture(scope="module")
def planted():
    rows = {"pilots": [], "bands": []}
    for number in range(6):
        rows["pilots"] += comparisons(number, "on", agencies(number, GAIN))
        rows["pilots"] += comparisons(number, "off", agencies(number, 0.0))
        rows["bands"] += bands(number, agencies(number, GAIN))
    return Pilot(cpsim.load("pilot"), PILOT, 1, 6, {name: pd.DataFrame(each) for name, each in rows.items()})


@pytest.mark.unit
@pytest.mark.parametrize("by", [BAND, TOP])
def test_what_is_because_of_cp_is_told_apart(planted, by):
    row = planted.beside.set_index(["what", "by"]).loc[("social capital: points", by)]
    assert row["because_of_cp"] == pytest.approx(GAIN, abs=0.8)
    assert row["without_effect"] == pytest.approx(0.0, abs=0.5)
    assert row["found"] == pytest.approx(row["because_of_cp"] + row["without_effect"])


@pytest.mark.unit
def test_the_share_of_high_fidelity_stands_beside_the_pilots(planted):
    row = planted.beside.set_index(["what", "by"]).loc[("share of people with high fidelity", BAND)]
    assert row["reported"] == pytest.approx(30 / 117) == pytest.approx(share_reported())
    assert row["found"] == 5 / 16


@pytest.mark.unit
def test_those_of_highest_fidelity_are_as_many_as_the_pilot_had():
    people = agencies(1)
    assert by_band.top(people, 0.25).sum() == 14 * 16 // 4
    assert people["true_fidelity"][by_band.top(people, 0.25)].min() >= people["true_fidelity"].min()
    none = agencies(1)
    none.fields["true_fidelity"] = np.zeros(14 * 16)
    assert by_band.top(none, 0.25).sum() == 0


@pytest.mark.unit
def test_nobody_in_the_band_is_said():
    rows = comparisons(0, "on", agencies(1, high=0.0)) + comparisons(0, "off", agencies(1, high=0.0))
    rows += comparisons(1, "on", agencies(2, high=0.0)) + comparisons(1, "off", agencies(2, high=0.0))
    made = bands(0, agencies(1, high=0.0))
    found = Pilot(cpsim.load("pilot"), PILOT, 1, 2, {"pilots": pd.DataFrame(rows), "bands": pd.DataFrame(made)})
    assert "too few people in the high band to compare" in " ".join(found.in_words().split())


@pytest.mark.unit
def test_words_picture_and_page(planted, tmp_path):
    said = planted.in_words()
    assert max(map(len, said.splitlines())) <= 80
    assert "the pilot reported 26" in " ".join(said.split())
    (picture,) = pictures(planted)
    assert picture.figure().axes
    save_study(planted, tmp_path)
    assert "Beside what the pilot reported" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.unit
def test_a_pilot_is_run_and_gone_on_with(tmp_path):
    small = cpsim.load("pilot")
    small = replace(small, teams=tuple(replace(each, copies=1) for each in small.teams))
    found = cpsim.pilot(small, 2, 3, folder=tmp_path)
    again = cpsim.pilot(small, 2, 3, folder=tmp_path)
    pd.testing.assert_frame_equal(found.frames["pilots"], again.frames["pilots"])
    assert set(found.frames["pilots"]["effect"]) == {"on", "off"}


@pytest.mark.unit
def test_what_cannot_be_is_said():
    with pytest.raises(OptionError, match="trials: 1 is not possible"):
        cpsim.pilot(pilots=1)
    with pytest.raises(UserError, match="no comparison arm"):
        cpsim.pilot("study-2021", 2)
