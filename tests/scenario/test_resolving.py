"""What a scenario means: what has always been so, what changes on day 0, and for which team."""

import datetime

import pytest

from cpsim.errors import ScenarioError
from cpsim.scenario.load import change, from_document, load
from cpsim.scenario.marks import beyond_evidence, overridden
from tests.scenario.small import SMALL

pytestmark = pytest.mark.unit

PARENT = """
team:
  setting: cmht
  staff_wte:
    nurse: {in_post: 6.0, vacant: 1.5}
    social worker: {in_post: 2.6}
  reviews: 4
policies: {weekend_duty: true}
strategy: {training_days: 2}
parameters: {contact_minutes: 50}
"""


@pytest.fixture
def both(write):
    """Base and changed description of a child of PARENT that says `text`."""
    write("parent.yaml", PARENT)

    def resolved(text, sets=()):
        (team,) = load(write("child.yaml", "extends: parent\n" + text), sets, SMALL).teams
        return team.base, team.changed

    return resolved


def test_a_first_scenario_describes_the_base_and_its_strategy_is_the_change(write):
    (team,) = load(write("parent.yaml", PARENT), schema=SMALL).teams
    assert team.base.team == team.changed.team
    assert team.base.team.reviews == 4
    assert (team.base.policies.weekend_duty, team.changed.policies.weekend_duty) == (True, True)
    assert (team.base.strategy.training_days, team.changed.strategy.training_days) == (0, 2)
    assert (team.name, team.copies) == ("team", 1)


def test_in_a_first_scenario_standing_is_before_and_the_rest_after(write):
    text = "standing: {team: {reviews: 3}, strategy: {training_days: 1}}\nteam: {reviews: 5}\n"
    (team,) = load(write("a.yaml", text), schema=SMALL).teams
    assert (team.base.team.reviews, team.changed.team.reviews) == (3, 5)
    assert (team.base.strategy.training_days, team.changed.strategy.training_days) == (1, 1)


def test_what_a_child_says_is_a_change(both):
    base, changed = both("team: {reviews: 6}\npolicies: {weekend_duty: false}\n")
    assert (base.team.reviews, changed.team.reviews) == (4, 6)
    assert (base.policies.weekend_duty, changed.policies.weekend_duty) == (True, False)
    assert (base.strategy.training_days, changed.strategy.training_days) == (0, 2)


def test_what_a_child_says_under_standing_has_always_been_so(both):
    base, changed = both("standing: {team: {reviews: 6}}\n")
    assert base.team.reviews == changed.team.reviews == 6


def test_standing_facts_and_measured_numbers_hold_from_the_start(both):
    base, changed = both("team: {setting: third_sector}\nparameters: {contact_minutes: 60}\n")
    assert base.team.setting == changed.team.setting == "third_sector"
    assert base.parameters == changed.parameters
    assert changed.parameters.contact_minutes == 60


def test_a_role_given_anew_is_given_whole_and_the_others_stay(both):
    base, changed = both("team: {staff_wte: {nurse: {in_post: 5}, manager: {in_post: 1}}}\n")
    staff = changed.team.model_dump()["staff_wte"]
    assert staff["nurse"] == {"in_post": 5, "vacant": 0}
    assert list(staff) == ["nurse", "social worker", "manager"]
    assert list(base.team.staff_wte) == ["nurse", "social worker"]


def test_an_option_changes_one_number_of_a_role(both):
    _, changed = both("", ["team.staff_wte.nurse.vacant=3", "team.staff_wte.social worker.in_post=2"])
    staff = changed.team.model_dump()["staff_wte"]
    assert staff == {"nurse": {"in_post": 6.0, "vacant": 3.0}, "social worker": {"in_post": 2.0, "vacant": 0.0}}


def test_a_new_role_without_its_posts_is_refused(both):
    with pytest.raises(ScenarioError, match=r"--set: team\.staff_wte\.manager\.in_post: is missing"):
        both("", ["team.staff_wte.manager.vacant=3"])


def test_options_are_like_lines_of_the_last_child(both):
    assert both("team: {reviews: 6}\nweeks: 26\n") == both("", ["team.reviews=6", "weeks=26"])
    assert both("standing: {team: {reviews: 6}}\n") == both("", ["standing.team.reviews=6"])
    assert both("team: {setting: third_sector}\n") == both("", ["team.setting=third_sector"])


def test_the_head_is_inherited_but_title_and_question_are_a_files_own(write):
    write("parent.yaml", "question: Why?\nstart: 2027-01-04\nweeks: 26\nfrom_week: 4\n")
    child = load(write("child.yaml", "schema: 1\ntitle: Another\nextends: parent\n", head=""), ["weeks=30"], SMALL)
    assert (child.title, child.question, child.weeks, child.from_week) == ("Another", "", 30, 4)
    assert child.start == datetime.date(2027, 1, 4)


TEAMS = """
strategy: {training_days: 1}
teams:
  - name: North
    copies: 3
    team: {reviews: 5}
  - name: South
    standing: {team: {reviews: 6}}
    strategy: {training_days: 0}
"""


def test_each_entry_adds_to_what_all_teams_have_in_common(write):
    north, south = load(write("a.yaml", TEAMS), schema=SMALL).teams
    assert (north.name, north.copies, north.base.team.reviews, north.changed.strategy.training_days) == (
        "North",
        3,
        5,
        1,
    )
    assert (south.name, south.copies, south.base.team.reviews, south.changed.strategy.training_days) == (
        "South",
        1,
        6,
        0,
    )


def test_a_child_changes_all_teams_or_the_one_it_names(write):
    write("parent.yaml", TEAMS)
    text = "extends: parent\nstrategy: {supervision_every_weeks: 4}\n"
    north, south = load(write("child.yaml", text), schema=SMALL).teams
    assert {north.changed.strategy.supervision_every_weeks, south.changed.strategy.supervision_every_weeks} == {4}
    assert (north.base.team.reviews, south.base.team.reviews) == (5, 6)

    text += "teams: [{name: South, team: {reviews: 7}}, {name: West}]\n"
    south, west = load(write("child.yaml", text), schema=SMALL).teams
    assert (south.base.team.reviews, south.changed.team.reviews, south.changed.strategy.training_days) == (6, 7, 0)
    assert (west.name, west.base.team.reviews, west.changed.strategy.training_days) == ("West", 2, 1)


def test_reasons_are_inherited_until_their_value_changes(write):
    parent = PARENT + "because: {team.staff_wte: record, team.reviews: law, strategy: plan}\n"
    write("parent.yaml", parent)
    text = "extends: parent\nteam: {reviews: 5}\nbecause: {team.reviews: new law}\n"
    assert load(write("a.yaml", text), schema=SMALL).because == {
        "team.staff_wte": "record", "team.reviews": "new law", "strategy": "plan",
    }  # fmt: skip
    changed = load("a.yaml", ["team.staff_wte.nurse.in_post=3", "strategy.training_days=3"], SMALL)
    assert changed.because == {"team.reviews": "new law"}


def test_a_document_gives_the_same_scenario(write):
    scenario = load(write("a.yaml", TEAMS + "because: {strategy.training_days: plan}\n"), schema=SMALL)
    again = from_document(scenario.document, SMALL)
    assert again == scenario
    assert again.digest == scenario.digest
    assert again.document == scenario.document


def test_the_digest_differs_with_any_value_and_only_then(write):
    write("a.yaml", "")
    same = {load("a.yaml", sets, SMALL).digest for sets in ([], ["team.reviews=2"], ["team.caseload_cap_per_wte=35"])}
    other = {
        load("a.yaml", [text], SMALL).digest for text in ("team.reviews=3", "weeks=51", "parameters.contact_minutes=57")
    }
    assert len(same) == 1
    assert len(other | same) == 4


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": 2}, {"weeks": "x"}, {"teams": None}, {"teams": [{"name": "x"}]}, {"start": "soon"}, {"because": 3},
        {"teams": [{"name": "x", "copies": 1, "base": {"team": {"reviews": 99}}, "changed": {}}]},
    ],
)  # fmt: skip
def test_a_damaged_document_is_refused(write, damage):
    document = load(write("a.yaml", ""), schema=SMALL).document
    with pytest.raises(ScenarioError, match="the stored scenario"):
        from_document({**document, **damage}, SMALL)
    with pytest.raises(ScenarioError, match="the stored scenario"):
        from_document({}, SMALL)


def test_with_does_what_an_option_does(write):
    write("parent.yaml", TEAMS)
    scenario = load(write("a.yaml", "extends: parent\n"), schema=SMALL)
    sets = ["team.reviews=9", "team.staff_wte.nurse.vacant=2", "parameters.contact_minutes=60", "weeks=10"]
    changes = {"team.reviews": 9, "team.staff_wte.nurse.vacant": 2, "parameters.contact_minutes": 60}
    assert change(scenario, changes, {"weeks": 10}, SMALL) == load("a.yaml", sets, SMALL)
    assert change(scenario, {}, {}, SMALL) == scenario
    with pytest.raises(ScenarioError, match=r"with_: team\.reviews: 99 is outside 0 to 12\nwith_: wekes: no such key"):
        change(scenario, {"team.reviews": 99}, {"wekes": 3}, SMALL)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["team"], "'team': write a path"),
        (["=3"], "'=3': write a path"),
        (["team=3"], "team: give the path of a value inside it"),
        (["standing.team={}"], "standing.team: give the path of a value inside it"),
        (["standing=3"], "standing: give the path of a value inside it"),
        (["extends=cmht"], "extends: can only be written in a scenario file"),
        (["teams=[]"], "teams: can only be written in a scenario file"),
        (["team.reviews=3", "team.reviews=4"], "team.reviews: is given twice"),
        (
            ["team.staff_wte=3", "team.staff_wte.nurse.in_post=4"],
            "another option gives team.staff_wte a value of its own",
        ),
        (["caseload_cap_per_wte=20"], "caseload_cap_per_wte: no such key; did you mean 'team.caseload_cap_per_wte'?"),
        (["team.reviews="], "team.reviews: has no value"),
        (["team.reviews=[1"], "team.reviews: a '[' or '{' is opened here or above and not closed"),
        (["team.reviews=*x"], "team.reviews: '&' and '*' are not allowed"),
        (["team.reviews=!x 3"], "team.reviews: tags ('!') are not allowed"),
        (["team..reviews=3"], "team.: no such key"),
        (["team.reviews.deep.deeper=3"], "team.reviews: {'deep': {'deeper': 3}} is not a whole number"),
        (["start=soon"], "start: 'soon' is not a date"),
    ],
)
def test_an_option_that_makes_no_sense(write, options, said):
    with pytest.raises(ScenarioError) as caught:
        load(write("a.yaml", ""), options, SMALL)
    assert any(line.startswith("--set: ") and said in line for line in str(caught.value).splitlines()), caught.value


def test_a_role_option_may_be_a_mapping(write):
    option = "team.staff_wte={social worker: {in_post: 2}}"
    (team,) = load(write("a.yaml", ""), [option], SMALL).teams
    assert set(team.changed.team.staff_wte) == {"nurse", "social worker"}


def test_numbers_of_ones_own_and_beyond_the_evidence_can_be_listed(write):
    write("a.yaml", "")
    assert beyond_evidence(load("a.yaml", schema=SMALL)) == overridden(load("a.yaml", schema=SMALL)) == []
    within = load("a.yaml", ["parameters.contact_minutes=60"], SMALL)
    assert (beyond_evidence(within), overridden(within)) == ([], [("parameters.contact_minutes", 60, 56)])
    beyond = load("a.yaml", ["parameters.contact_minutes=90"], SMALL)
    assert beyond_evidence(beyond) == [("parameters.contact_minutes", 90, 45, 65)]
    assert overridden(beyond) == [("parameters.contact_minutes", 90, 56)]
