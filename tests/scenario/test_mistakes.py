"""One message says where, what was wrong and what would be right; all mistakes come at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsim.errors import ScenarioError
from cpsim.scenario.load import load
from cpsim.scenario.problems import check
from cpsim.scenario.sheet import Sheet
from tests.scenario.small import SMALL

pytestmark = pytest.mark.unit


def lines(name, sets=()):
    with pytest.raises(ScenarioError) as caught:
        load(name, sets, SMALL)
    return str(caught.value).splitlines()


MISTAKES = {
    "team: {caseload_cap_per_wte: 350}": (
        "team.caseload_cap_per_wte: 350 is outside 5 to 80 people per WTE; 20 to 45 is usual"
    ),
    "parameters: {contact_minutes: 400}": (
        "parameters.contact_minutes: 400 is outside 5 to 180 minutes; 45 to 65 is what the evidence covers"
    ),
    "policies: {when_the_day_is_full: crisis-first}": (
        "policies.when_the_day_is_full: 'crisis-first': write 'crisis_first' or 'protected_time'"
    ),
    "policies: {when_the_day_is_full: 3}": (
        "policies.when_the_day_is_full: 3: write 'crisis_first' or 'protected_time'"
    ),
    "policies: {weekend_duty: yes}": "policies.weekend_duty: 'yes': write true or false",
    "strategy: {supervison_every_weeks: 4}": (
        "strategy.supervison_every_weeks: no such key; did you mean 'supervision_every_weeks'?"
    ),
    "team: {cap: 4}": "team.cap: no such key; did you mean 'caseload_cap_per_wte'?",
    "team: {contact_minutes: 4}": "team.contact_minutes: no such key; did you mean 'parameters.contact_minutes'?",
    "strategie: {training_days: 4}": "strategie: no such key; did you mean 'strategy'?",
    "xyz: 4": "xyz: no such key; see `cpsim parameters`",
    "parameters: {xyz: 4}": "parameters.xyz: no such key; known here: contact_minutes",
    "team: {caseload_cap_per_wte: many}": (
        "team.caseload_cap_per_wte: 'many' is not a number of people per WTE; write one such as 35"
    ),
    "team: {caseload_cap_per_wte: true}": (
        "team.caseload_cap_per_wte: true is not a number of people per WTE; write one such as 35"
    ),
    "team: {caseload_cap_per_wte: 20 people}": (
        "team.caseload_cap_per_wte: '20 people' is not a number of people per WTE; write one such as 35"
    ),
    "team: {caseload_cap_per_wte: 2026-04-01}": (
        "team.caseload_cap_per_wte: 2026-04-01 is not a number of people per WTE; write one such as 35"
    ),
    "team: {reviews: 2.5}": "team.reviews: 2.5 is not a whole number; write one such as 2",
    "team: {reviews: }": "team.reviews: has no value; give it one, or take the line out",
    "team:": "team: has no value; give it one, or take the line out",
    "team: 3": "team: 3 stands where keys are expected, each on a line of its own below",
    "team: {staff_wte: 3}": "team.staff_wte: 3 stands where keys are expected, each on a line of its own below",
    "team: {staff_wte: {nurs: {in_post: 3}}}": (
        "team.staff_wte.nurs: no such role; write 'nurse', 'social worker' or 'manager'"
    ),
    "team: {staff_wte: {nurse: 3}}": (
        "team.staff_wte.nurse: 3 stands where keys are expected, each on a line of its own below"
    ),
    "team: {staff_wte: {nurse: {in_post: three}}}": (
        "team.staff_wte.nurse.in_post: 'three' is not a number of WTE; write one such as 3"
    ),
    "team: {staff_wte: {nurse: {vacant: 3}}}": "team.staff_wte.nurse.in_post: is missing: give it a value",
    "team: {staff_wte: {nurse: {in_post: -1}}}": "team.staff_wte.nurse.in_post: -1 is outside 0 to 200 WTE",
    "weeks: 0": "weeks: 0 is outside 1 to 520 weeks",
    "weeks: 521": "weeks: 521 is outside 1 to 520 weeks",
    "weeks: 52.5": "weeks: 52.5 is not a whole number of weeks; write one such as 52",
    "from_week: 52": "from_week: the changes would begin in week 52 of a run of 52 weeks",
    "start: spring": "start: 'spring' is not a date; write one such as 2026-04-01",
    "teams: North": "teams: expected a list: below it a line such as '- name: North' for each team",
    "teams: [{copies: 2}]": "teams[1].name: is missing: give each team a name",
    "teams: [{name: North, copies: 0}]": "teams[1].copies: 0 is outside 1 to 10000",
    "teams: [{name: N}, {name: N}]": (
        "teams[2].name: 'N' is the name of another team too; use 'copies:' for equal teams"
    ),
    "teams: [{name: N, standing: {team: {reviews: 13}}}]": (
        "teams[1].standing.team.reviews: 13 is outside 0 to 12"
    ),
    "because: {team.reviews: habit}": "because.team.reviews: this file gives no such value",
    "because: 3": "because: 3 stands where keys are expected, each on a line of its own below",
    "standing: {because: {team: x}}": "standing.because: no such key; known here: team, policies, strategy, parameters",
    "strategy: {training_days: 20}\nteam: {caseload_cap_per_wte: 10}": (
        "strategy.training_days: more days of training than people on a caseload"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), MISTAKES.items(), ids=MISTAKES.values())
def test_each_mistake_is_one_line_that_says_what_would_be_right(write, text, said):
    assert lines(write("my-team.yaml", text)) == [f"my-team.yaml:3: {said}"]


def test_head_mistakes(write):
    assert lines(write("a.yaml", "schema: 2\ntitle: x", head="")) == [
        "a.yaml:1: schema: 2 is not known to this version of cpsim"
    ]
    assert lines(write("b.yaml", "question: x", head="")) == [
        "b.yaml:1: schema: is missing: write 'schema: 1'",
        "b.yaml:1: title: is missing: say in a few words which team this is and what is different",
    ]
    assert lines(write("c.yaml", "schema: 1\ntitle: ''", head="")) == ["c.yaml:2: title: is empty; write a few words"]


def test_all_mistakes_of_all_files_and_options_come_at_once(write):
    write("parent.yaml", "team:\n  reviews: 99\n  reviews: 98\n")
    write("child.yaml", "extends: parent\nweeks: 0\nteam: {cap: 3}\nstrategy:\n  training_days: -1\n")
    assert lines("child.yaml", ["team.reviews=many", "nonsense"]) == [
        "child.yaml:4: weeks: 0 is outside 1 to 520 weeks",
        "child.yaml:5: team.cap: no such key; did you mean 'caseload_cap_per_wte'?",
        "child.yaml:7: strategy.training_days: -1 is outside 0 to 20 days",
        "parent.yaml:4: team.reviews: 99 is outside 0 to 12",
        "parent.yaml:5: team.reviews: is here twice; it stands in line 4 too",
        "--set: 'nonsense': write a path, '=' and a value: team.caseload_per_wte=25",
        "--set: team.reviews: 'many' is not a whole number; write one such as 2",
    ]


def test_mistakes_are_told_with_a_missing_parent(write):
    assert lines(write("child.yaml", "extends: nobody\nweeks: 0\n")) == [
        "child.yaml:3: extends: 'nobody' is neither a shipped scenario nor a file beside this one;"
        + lines("child.yaml")[0].partition("one;")[2],
        "child.yaml:4: weeks: 0 is outside 1 to 520 weeks",
    ]


def test_a_contradiction_is_told_where_its_value_stands(write):
    write("parent.yaml", "team:\n  caseload_cap_per_wte: 10\n")
    child = "extends: parent\nteams:\n  - name: North\n    strategy:\n      training_days: 20\n  - name: South\n"
    said = "strategy.training_days: more days of training than people on a caseload"
    assert lines(write("child.yaml", child)) == [f"child.yaml:7: teams[1].{said}"]
    assert lines("parent.yaml", ["strategy.training_days=20"]) == [f"--set: {said}"]


def test_a_standing_fact_is_given_once(write):
    text = "team:\n  setting: cmht\nstanding:\n  team:\n    setting: third_sector\n"
    assert lines(write("a.yaml", text)) == ["a.yaml:7: standing.team.setting: is given twice; here and in line 4"]


def test_a_long_value_is_cut_short(write):
    (line,) = lines(write("a.yaml", f"team: {{reviews: {'x' * 5000}}}"))
    assert len(line) < 120


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KNOWN = (
    "schema",
    "title",
    "extends",
    "weeks",
    "start",
    "standing",
    "team",
    "strategy",
    "parameters",
    "teams",
    "because",
)
SECTION = st.dictionaries(
    st.sampled_from(["staff_wte", "reviews", "training_days", "name", "standing", "team"]), ANYTHING
)


@given(st.dictionaries(st.sampled_from(KNOWN), ANYTHING | SECTION | st.lists(SECTION, max_size=2)))
def test_any_values_are_accepted_or_explained(values):
    for problem in check(Sheet("file.yaml", values, {}), SMALL):
        assert problem.message
        assert "Input should" not in problem.message, "pydantic's own words reach the user"
