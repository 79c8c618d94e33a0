"""Arm and group: labels of teams, carried to where arms are compared, and read by nothing that happens."""

import json

import pytest

from cpsim.engine.run import run
from cpsim.errors import ScenarioError
from cpsim.scenario.describe import describe
from cpsim.scenario.load import from_document, load
from tests import tiny

pytestmark = pytest.mark.unit

HEAD = "extends: study-2021\n"


def test_the_study_has_five_trusts_with_two_arms():
    study = load("study-2021")
    pairs = {(study.groups[name], study.arms[name]) for name in study.arms}
    assert len(study.teams) == len(pairs) == 10
    done = {team.name: team.changed.strategy for team in study.teams}
    assert sum(each.materials for each in done.values()) == 5
    assert sum(each.training_days_per_person > 0 for each in done.values()) == 1
    assert sum(each.supervision_every_weeks > 0 for each in done.values()) == 2
    assert all(study.arms[name] == "implementation" for name, each in done.items() if each.materials)
    assert not any(team.base.strategy.materials for team in study.teams)


def test_copies_share_their_labels():
    pilot = load("pilot")
    assert len(pilot.groups) == 14
    assert pilot.groups["third-sector agency 7"] == "third sector"
    assert all(team.changed.strategy.training_days_per_person for team in pilot.teams)


def test_labels_survive_storing_and_changing():
    study = load("study-2021")
    stored = from_document(json.loads(json.dumps(study.document)))
    assert stored == study
    assert study.with_(weeks=30).arms == study.arms
    assert "arm" not in load("cmht").document["teams"][0]  # so that digests of other scenarios stay


def test_a_child_keeps_and_changes_labels(write):
    names = [team.name for team in load("study-2021").teams]
    entries = [f"{{name: {name}}}" for name in names[1:]]
    text = f"{HEAD}teams: [{{name: {names[0]}, arm: first}}, {', '.join(entries)}]\n"
    child = load(write("child.yaml", text))
    assert list(child.arms.values())[:3] == ["first", "comparison", "implementation"]
    assert child.groups == load("study-2021").groups
    with pytest.raises(ScenarioError, match="arm"):
        load(write("wrong.yaml", f"{HEAD}teams: [{{name: {names[0]}, arm: 3}}]\n"))


def test_check_says_which_arm_and_puts_teams_together_that_are_alike():
    understood = describe(load("study-2021"))
    assert "By arm: implementation (5 teams), comparison (5 teams)." in understood.run
    assert len(understood.other_teams) == 3
    assert understood.other_teams[0].startswith("trust 1 comparison, trust 2 comparison, trust 3 comparison")


@pytest.mark.rules
def test_frames_carry_labels_only_where_there_are_any(write):
    plain = tiny.quiet(weeks=1)
    assert not {"arm", "group"} & set(run(plain, 1).outcomes)
    labelled = plain.document
    labelled["teams"][0] |= {"arm": "comparison", "group": "trust 1"}
    outcomes = run(from_document(labelled), 1).outcomes
    assert outcomes[["group", "arm"]].to_numpy().tolist() == [["trust 1", "comparison"]]
