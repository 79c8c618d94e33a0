"""`cpsim.trial`: small trials of the study, the same to the bit, and what is told and drawn of them."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError, UserError
from cpsim.experiments import trial as home
from cpsim.experiments.ensemble import NAME, write_set
from cpsim.experiments.folder import save_study
from cpsim.experiments.trial import Trial
from cpsim.experiments.virtual import read, tables, telling
from cpsim.experiments.virtual.telling_numbers import world
from cpsim.observation.design import STUDY
from cpsim.plots.studies.trial import pictures
from cpsim.report.studies.trial import sections
from tests.experiments.virtual.made_up import gained, trial

FULL_GAIN, OWN_GAIN = 4.0, 1.0  # points of RG-UK that CP does


def small():
    whole = cpsim.load("study-2021")
    return replace(whole, teams=whole.teams[:4])


@pytest.fixture(scope="module")
def found():
    return cpsim.trial(small(), 2, seed=3, workers=1)


@pytest.fixture(scope="module")
def planted():
    """Forty made-up trials whose truth is known: 4 points delivered fully, 1 as delivered, noise as it comes."""
    made = []
    for number in range(40):
        worlds = {}
        for name, gain in (("observed", OWN_GAIN), ("full", FULL_GAIN)):
            for effect in ("on", "off"):
                lives = trial(number)
                for lived in lives[::2]:
                    lived.records["true_fidelity"] = np.linspace(0, 0.8 if name == "full" else 0.2, 16)
                    lived.records["true_some_cp"] = np.ones(16)
                worlds[name, effect] = [
                    gained(each, "rguk", gain) if effect == "on" and each.arm == "implementation" else each
                    for each in lives
                ]
        worlds["alike", "on"] = trial(number)
        made.append(read.rows(number, worlds, 1))
    frames = {name: pd.DataFrame([row for each in made for row in each[name]]) for name in home.TABLES}
    options = {"people": None, "months": None, "teams": None, "as_written": False}
    return Trial(cpsim.load("study-2021"), STUDY, 1, 40, ("observed", "full"), frames, options)


@pytest.mark.unit
def test_the_decomposition_finds_what_was_planted(planted):
    steps = telling.step_values(planted)
    assert steps[tables.DELIVERED_FULLY] == pytest.approx(FULL_GAIN)
    assert steps[tables.AS_DELIVERED] == pytest.approx(OWN_GAIN)
    assert steps[tables.SHARE] == pytest.approx(OWN_GAIN / FULL_GAIN)
    # a baseline that is heard for both arms together takes a little of the difference with it
    assert steps[tables.BECAUSE_OF_CP] == pytest.approx(OWN_GAIN, abs=0.1)
    assert steps[tables.ARMS] == pytest.approx(OWN_GAIN, abs=0.3)
    assert steps[tables.WITHOUT] == pytest.approx(0.0, abs=0.3)
    assert steps[tables.SEEN_FULL] == 1.0 > steps[tables.SEEN] > steps[tables.SEEN_NOTHING]


@pytest.mark.unit
def test_the_smallest_difference_is_about_three_errors(planted):
    rows = tables.of(planted.operating, delivery="observed", effect="off", measure="rguk", analysis="team means")
    assert float(rows["detectable"].iloc[0]) == pytest.approx(3.2 * float(rows["spread"].iloc[0]), rel=0.25)


@pytest.mark.unit
def test_fidelity_contrasts_stand_beside_the_world_without_an_effect(planted):
    rows = planted.fidelity_contrast
    top = rows[(rows["contrast"] == read.THIRD) & (rows["measure"] == "rguk")].set_index("delivery")
    assert top.loc["observed", "excess"] == pytest.approx(0.0, abs=0.1)  # everybody gained alike
    assert abs(top.loc["observed", "found_off"]) < 1.0


@pytest.mark.unit
def test_the_answers_are_told(planted):
    said = planted.in_words()
    for part in (
        *("Could this study have seen an effect of the pilot's size?", "Where the effect goes: delivered fully"),
        *("CP does 4.0 points", "delivered as here, 1.0 (25 % of that)", "What would have seen it?"),
        *("What would comparing high with low fidelity find if CP did nothing?", "assurance", "--months 12"),
    ):
        assert part in " ".join(said.split())
    assert max(len(line) for line in said.splitlines()) <= 80


@pytest.mark.unit
def test_more_teams_see_more(planted):
    rows = planted.designs[planted.designs["effect"] == "CP as delivered"]
    powers = rows[rows["people_followed_a_team"] == rows["people_followed_a_team"].min()]["power"]
    assert powers.is_monotonic_increasing
    assert set(planted.designs["effect"]) == {"CP as delivered", "CP delivered fully", "the pilot's size"}


@pytest.mark.unit
def test_pictures_and_page(planted, tmp_path):
    made = {picture.name: picture for picture in pictures(planted)}
    assert set(made) == {"distribution", "decomposition", "rejection", "fidelity"}
    for picture in made.values():
        assert picture.caption.endswith("40 trials, seed 1; 26 weeks of follow-up.")
        assert picture.figure().axes
    save_study(planted, tmp_path / "mine")
    page = (tmp_path / "mine" / "report.html").read_text("utf-8")
    assert page.count("<svg") == 4
    for said in ("The study team by team", "Beside what the study reported", "switched off"):
        assert said in page
    assert (tmp_path / "mine" / "fidelity_contrast.csv").is_file()


@pytest.mark.unit
def test_a_trial_has_every_world_and_the_arms_alike(found):
    rows = found.frames["trials"]
    worlds = set(zip(rows["delivery"], rows["effect"], strict=True))
    assert worlds == {("alike", "on"), *((name, effect) for name in ("observed", "full") for effect in ("on", "off"))}
    assert set(found.frames["teams"]["delivery"]) == {"alike", "offered", "observed", "full"}
    assert np.isfinite(rows["difference"]).all()
    assert len(found.replay) == 4


@pytest.mark.unit
def test_those_lost_are_told_of(found):
    assert found.lost["trials"].tolist() == [2] * 6  # five scores and cost
    imputed = tables.of(found.operating, analysis="imputed", measure="rguk")
    assert (imputed["trials"] == 2).all()
    assert "Would those lost to follow-up change the answer?" in " ".join(found.in_words().split())
    (section,) = [each for each in sections(found) if each and each.name == "lost"]
    (_, grid) = section.tables[0]
    assert len(grid.rows) == 6


@pytest.mark.unit
def test_the_command_has_what_was_asked_for_and_there_is_none_for_changes_given_one_by_one(planted):
    options = {**planted.options, "seed": 3, "teams": 8, "ensemble": [{}], "set": "shipped"}
    said = home._in_python("study-2021", 40, ["observed", "contact"], options)
    chosen = "--trials 40 --delivery observed,contact --teams 8 --seed 3 --ensemble shipped"
    assert said == f"cpsim trial study-2021 {chosen}"
    assert home._in_python("study-2021", 40, ["observed", "full"], {**options, "set": ""}) == ""
    assert home._in_python(small(), 40, ["observed", "full"], {**options, "ensemble": []}) == ""


@pytest.mark.unit
def test_worlds_are_named():
    assert world("observed", "off") == "observed delivery, no effect"
    assert world("contact", "on") == "contact barrier gone"
    assert world("clarity+priority", "off") == "clarity and priority barriers gone, no effect"


@pytest.mark.unit
def test_a_set_that_is_not_ruled_out_is_taken_in_turn(planted, tmp_path):
    usual = {"parameters.contact_minutes": small().teams[0].base.parameters.contact_minutes}
    write_set(pd.DataFrame({name: [20.0, 40.0] for name in usual}), {"usual": usual}, tmp_path / NAME)
    found = home._settings(small(), tmp_path)
    assert found == [{"standing.parameters.contact_minutes": minutes} for minutes in (20.0, 40.0)]
    settings = {**planted.options, "ensemble": [{}] * 25, "set": "shipped"}
    over = replace(planted, options=settings)
    assert "Over 25 settings that are not ruled out" in " ".join(over.in_words().split())


@pytest.mark.identity
def test_the_same_seed_gives_the_same_trials(found, tmp_path):
    again = cpsim.trial(small(), 2, seed=3, workers=2, folder=tmp_path)
    resumed = cpsim.trial(small(), 2, seed=3, folder=tmp_path)
    for name in home.TABLES:
        pd.testing.assert_frame_equal(found.frames[name], again.frames[name])
        pd.testing.assert_frame_equal(found.frames[name], resumed.frames[name])


@pytest.mark.unit
def test_the_studys_size_can_be_changed(found):
    asked = home.asked_for(small(), 2, 1, None, ["observed"], 40, 12, 8)
    assert len(asked.scenario.teams) == 8
    assert asked.design.people_per_team == 5
    assert (asked.design.followup_weeks, asked.scenario.weeks) == (52.0, 52)
    longer = cpsim.trial(small(), 2, seed=3, delivery=["observed", "contact"], months=9, people=40)
    assert longer.frames["delivered"]["recruited"].unique().tolist() == [40]
    assert longer.own == "observed"
    assert not math.isnan(telling.step_values(longer)[tables.AS_DELIVERED])
    said = " ".join(longer.in_words().split())
    assert "Without the barrier contact fidelity is" in said
    assert "--months 12" not in said  # asked for already
    assert "of the half year up to the second interview" in said


@pytest.mark.unit
def test_an_ensemble_is_taken_in_turn():
    asked = home.asked_for(small(), 4, 1, None, ["observed"], None, None, None)
    changes = [{"parameters.contact_minutes": minutes} for minutes in (20.0, 40.0)]
    worlds = [home.worlds_of(asked, number, True, changes)["observed", "on"] for number in range(3)]
    assert [world.teams[0].changed.parameters.contact_minutes for world in worlds] == [20.0, 40.0, 20.0]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"trials": 1}, "trials: 1 is not possible"),
        ({"people": 1}, "people: 1 is not possible"),
        ({"months": 0}, "months: 0 is not possible"),
        ({"teams": 7}, "teams: 7 is not possible"),
        ({"delivery": ["fulll"]}, "did you mean 'full'"),
    ],
)
def test_what_cannot_be_is_said(more, said):
    with pytest.raises(OptionError, match=said):
        cpsim.trial(**{"trials": 2, **more})


@pytest.mark.unit
def test_a_scenario_without_arms_is_refused():
    with pytest.raises(UserError, match="compares two arms"):
        cpsim.trial("cmht", 2)
