"""A study of simulated teams: reproducible, without a trace in the run, and as large as the one it stands for."""

import pandas as pd
import pytest

import cpsim
from cpsim.errors import UserError
from cpsim.model.codes import Stage
from cpsim.observation import losses
from cpsim.observation.design import STUDY, Design
from cpsim.observation.observed import FRAMES, Observed

STUDIES = 8


@pytest.fixture(scope="module")
def studies():
    return cpsim.run_study("study-2021", STUDIES, seed=1)


@pytest.mark.unit
def test_as_many_take_part_as_did(studies):
    """159 recruited, 151 interviewed, 127 after six months; of a few studies together, within what luck allows."""
    whole = studies.counts.sum()
    assert whole["recruited"] == 159
    assert whole["interviewed"] == pytest.approx(151, abs=5)
    assert whole["followed"] == pytest.approx(127, abs=8)
    assert studies.studies == STUDIES


@pytest.mark.unit
def test_each_interview_has_one_row_of_answers(studies):
    people, answers = studies.people, studies.answers
    assert len(answers) == people["interviewed"].sum() + people["followed"].sum()
    assert not (people["followed"] & ~people["interviewed"]).any()
    assert not answers.duplicated(["replication", "team", "person", "occasion"]).any()
    assert answers.loc[answers["occasion"] == "baseline", "had_help"].isna().all()
    assert not answers.loc[answers["occasion"] == "follow-up"].isna().any().any()
    weeks = answers.pivot(index=["replication", "team", "person"], columns="occasion", values="week").dropna()
    assert set(weeks["follow-up"] - weeks["baseline"]) == {26}


@pytest.mark.unit
def test_nobody_in_a_comparison_team_remembers_materials(studies):
    by_arm = studies.answers.groupby("arm")["materials_remembered"].mean()
    assert by_arm["comparison"] == 0 < by_arm["implementation"]


@pytest.mark.limit
def test_people_in_crisis_or_hospital_are_lost_more(studies):
    people = studies.people[studies.people["interviewed"]]
    unwell = people["stage_later"].isin([Stage.CRISIS, Stage.HOSPITAL])
    gone = people["stage_later"] >= Stage.DISCHARGED
    lost = 1.0 - people["followed"].groupby([unwell, gone]).mean()
    assert lost[True, False] > lost[False, False] + 0.1
    assert lost[False, True] > lost[False, False] + 0.1


@pytest.mark.limit
def test_those_recruited_are_seen_more_than_others_and_know_their_practitioner(studies):
    result = cpsim.run("study-2021", 1, 1, panel_every_weeks=2)
    panel = result.panel
    everybody = panel[(panel["week"] == 0) & (panel["on_caseload"] == 1) & (panel["coordinator"] >= 0)]
    recruited = studies.people[studies.people["replication"] == 0]
    assert recruited["relationship"].mean() > everybody["relationship"].mean()
    assert not recruited["stage"].isin([Stage.CRISIS, Stage.HOSPITAL]).any()


# ---------------------------------------------------------------- the same again


@pytest.mark.identity
def test_future_by_future_is_the_same_as_all_at_once(studies):
    whole = cpsim.observe(cpsim.run("study-2021", 2, 1, panel_every_weeks=2))
    for name in FRAMES:
        first = getattr(studies, name)
        pd.testing.assert_frame_equal(first[first["replication"] < 2], getattr(whole, name))


@pytest.mark.identity
def test_the_rarer_panel_holds_the_same_states():
    often, seldom = (cpsim.run("study-2021", 1, 3, panel_every_weeks=every).panel for every in (2, 4))
    same = often[often["week"].isin(seldom["week"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, seldom)


# ---------------------------------------------------------------- regression to the mean


@pytest.mark.limit
def test_who_joins_near_a_low_point_gets_better_by_itself():
    """Wellbeing rises after a crisis whatever is done (no CP here), and stays for the stable; answers show both."""
    nothing = {"strategy.materials": False}
    everybody = Design(people_per_team=400.0, consent_share=1.0, no_baseline_share=0.0, choice_stabilising=1.0)
    quiet = cpsim.load("cmht").with_(nothing, weeks=26)
    seen = cpsim.run_study(quiet, 6, 1, everybody)
    keys = ["replication", "team", "person"]
    scores = seen.answers.pivot(index=keys, columns="occasion", values="wemwbs").dropna()
    change = (scores["follow-up"] - scores["baseline"]).rename("change").reset_index()
    change = change.merge(seen.people[[*keys, "stage"]], on=keys)
    low, stable = (change.loc[change["stage"] == stage, "change"] for stage in (Stage.STABILISING, Stage.RECOVERY))
    assert min(len(low), len(stable)) > 100
    assert low.mean() - 3 * low.sem() > 1.0
    assert -2.0 < stable.mean() < 0.5  # some of them have had a crisis since


# ---------------------------------------------------------------- mistakes, words, files


@pytest.mark.unit
def test_mistakes_are_said_in_words():
    with pytest.raises(UserError, match="kept no panel of people; run it with panel_every_weeks=2"):
        cpsim.observe(_short(panel=None))
    with pytest.raises(UserError, match="ends after 4 weeks, before the second interviews at 26 weeks"):
        cpsim.observe(_short(panel=2))


def _short(panel):
    return cpsim.run(cpsim.load("third-sector").with_(weeks=4), 1, panel_every_weeks=panel)


@pytest.mark.unit
def test_words_and_plain_data(studies):
    said = studies.in_words()
    assert "Arm: comparison" in said
    assert "These are answers, not states" in said
    assert max(map(len, said.splitlines())) <= 80
    plain = studies.as_dict()
    assert {row["arm"] for row in plain["summary"]} == {"comparison", "implementation"}
    assert plain["studies"] == STUDIES
    assert all(row["ci_low"] <= row["mean"] <= row["ci_high"] for row in plain["summary"])


@pytest.mark.unit
def test_records_are_kept_as_text(studies, tmp_path):
    folder = studies.save(tmp_path / "seen")
    found = {name: pd.read_csv(folder / f"{name}.csv") for name in FRAMES}
    assert len(found["people"]) == 159 * STUDIES
    assert {file.name for file in folder.iterdir()} == {*(f"{name}.csv" for name in FRAMES), "summary.csv"} | {
        "manifest.json"
    }


@pytest.mark.unit
def test_an_interval_is_that_of_one_study():
    rows = pd.DataFrame({"replication": 0, "arm": "a", "occasion": "baseline", "rguk": [10.0, 12.0, 14.0]})
    empty = pd.DataFrame({"replication": [], "arm": [], "period": []})
    seen = Observed(None, STUDY, 1, rows, rows, rows.assign(**dict.fromkeys(_others())), empty, rows)
    [found] = seen.summary.to_dict("records")
    assert (found["mean"], found["people"]) == (12, 3)
    assert found["ci_high"] - 12 == pytest.approx(4.303 * 2 / 3**0.5, rel=1e-3)  # t with 2 degrees of freedom


def _others():
    from cpsim.observation.instruments import SCORES
    from cpsim.observation.questions import QUESTIONS

    return [name for name in (*SCORES, *QUESTIONS) if name != "rguk"]


@pytest.mark.unit
def test_reasons_of_loss_are_named(studies):
    assert set(studies.lost.index) <= {losses.DIED, losses.HOSPITAL, losses.CRISIS} | {
        losses.LITTLE_CONTACT,
        losses.OTHERWISE,
    }
