"""What `cpsim check` says, and what is exported for editors and for the documentation."""

import pytest

from cpsim.scenario.declare import declarations
from cpsim.scenario.describe import describe
from cpsim.scenario.export import json_schema, parameter_rows, parameters_markdown, shown
from cpsim.scenario.load import load
from cpsim.scenario.wording import nearest, plain, quoted, span, with_unit
from tests.scenario.small import SMALL

pytestmark = pytest.mark.unit

SCENARIO = """
question: What if?
from_week: 4
team: {staff_wte: {nurse: {in_post: 6, vacant: 1.5}, manager: {in_post: 1}}}
standing: {policies: {weekend_duty: true}}
strategy: {training_days: 1}
parameters: {contact_minutes: 90}
teams:
  - {name: North, copies: 2}
  - {name: South, team: {reviews: 0}, strategy: {training_days: 3}}
because: {strategy.training_days: the plan}
"""


@pytest.fixture
def understood(write):
    return describe(load(write("a.yaml", SCENARIO), schema=SMALL), SMALL)


def test_the_run_in_sentences(understood):
    assert understood.run == (
        "What if?",
        "Day 0 is 1 April 2026; the run goes on for 52 weeks.",
        "Changes begin to act in week 4.",
        "There are 3 teams: North (2 alike), South.",
    )


def test_the_team_in_sentences(understood):
    assert "Posts by role: nurse 6 (1.5 vacant), manager 1 (WTE)." in understood.team
    assert "Kind: community mental health team." in understood.team
    assert "Cap: 35 people per WTE." in understood.team


def test_what_stands_and_what_changes(understood):
    assert understood.always == ("Duty at weekends: yes (by default no).",)
    assert understood.changes == ("Training: from 0 to 1 day, because: the plan.",)


def test_a_further_team_by_what_sets_it_apart(understood):
    assert understood.other_teams == ("South: as North, but Reviews a year: 0; Training: 0 days, then 3 days.",)


def test_numbers_of_ones_own_and_beyond_the_evidence(understood):
    assert understood.own_numbers == (
        "Time of a contact: 90 minutes (parameters.contact_minutes); "
        "the evidence says 56, 45 to 65, so this is beyond it.",
    )
    assert len(understood.beyond) == 1


def test_doubts_name_their_team(understood):
    assert understood.warnings == ("South: team.reviews: a team without reviews is rare; is it so?",)


def test_a_change_of_staff_names_only_the_roles_that_change(write):
    write("parent.yaml", SCENARIO.split("teams:")[0])
    text = "extends: parent\nteam: {staff_wte: {nurse: {in_post: 5}}}\n"
    understood = describe(load(write("child.yaml", text), schema=SMALL), SMALL)
    assert understood.changes[0] == "Posts by role: from nurse 6 (1.5 vacant) to nurse 5 (WTE)."


def test_parts_that_say_nothing_are_left_out(write):
    understood = describe(load(write("a.yaml", ""), schema=SMALL), SMALL)
    assert [heading for heading, _ in understood.parts()] == [
        "The run",
        "The team before day 0",
        "Do these fit together?",
    ]


def test_the_table_of_parameters_has_every_declaration():
    rows = {row.path: row for row in parameter_rows()}
    assert list(rows) == list(declarations())
    assert all(row.source and row.about for row in rows.values())
    row = rows["parameters.contact_minutes"]
    assert (row.value, row.low, row.high, row.unit, row.confidence) == (56, 45, 65, "minutes", "published")


def test_words_narrow_the_table():
    everything, one, both = (len(parameter_rows(words)) for words in ("", "bus", "BUS fare"))
    assert everything > one > both >= 1
    assert parameter_rows("no such words at all") == []


def test_the_page_of_parameters_is_a_table_with_every_row():
    page = parameters_markdown()
    assert all(f"| `{path}` |" in page for path in declarations())
    assert {line.count(" | ") for line in page.splitlines() if line.startswith("| `")} == {5}


def test_the_json_schema_says_what_the_loader_says():
    schema = json_schema()
    assert set(schema["required"]) == {"schema", "title"}
    assert schema["additionalProperties"] is False
    minutes = schema["$defs"]["ParametersSection"]["properties"]["contact_minutes"]
    assert (minutes["minimum"], minutes["maximum"], minutes["default"]) == (5, 180, 56)
    assert "minutes; the evidence covers 45 to 65" in minutes["description"]
    assert schema["$defs"]["TeamSection"]["properties"]["setting"]["enum"] == ["cmht", "third_sector"]
    assert {"standing", "teams", "because", "extends", "weeks", "start"} <= set(schema["properties"])


@pytest.mark.parametrize(
    ("value", "text"), [(20.0, "20"), (0.25, "0.25"), (True, "true"), (None, "null"), ("x", "x"), (1 / 3, "0.333333")]
)
def test_numbers_are_shown_as_one_writes_them(value, text):
    assert plain(value) == text


def test_units_are_shown_as_one_says_them():
    assert span(5, 80, "people/WTE") == "5 to 80 people per WTE"
    assert with_unit("0.4", "proportion") == "0.4 (proportion)"
    assert with_unit("0.4", "0-1 scale") == "0.4 (0-1 scale)"
    assert with_unit("45", "km/h") == "45 km/h"
    assert (with_unit("1", "days"), with_unit("1", "people a month")) == ("1 day", "1 person a month")
    assert with_unit("3", "") == "3"


def test_values_are_shown_in_tables():
    assert (shown(None), shown({}), shown(2.0), shown({"nurse": 2.0})) == ("not given", "none", "2", "nurse 2")
    assert quoted("x" * 99) == "'" + "x" * 36 + "..."


def test_the_nearest_word():
    assert nearest("cap", ["caseload", "caseload_cap_per_wte", "reviews"]) == "caseload_cap_per_wte"
    assert nearest("Reviws", ["caseload", "reviews"]) == "reviews"
    assert nearest("xyz", ["caseload"]) is None
    assert nearest("", ["caseload"]) is None
