"""Facts once, declarations once: what a declaration takes from its row, and what it refuses."""

import pytest
from pydantic import ValidationError

from cpsim.errors import DeclarationError
from cpsim.scenario.declare import Section, declarations_of, measured, policy
from cpsim.scenario.evidence import evidence
from tests.scenario.small import Small, Team

pytestmark = pytest.mark.unit

ROW = "time_routine_contact_minutes"


def test_every_row_is_a_range_around_its_value():
    rows = evidence()
    assert len(rows) > 300
    assert [row.id for row in rows.values() if not row.low <= row.value <= row.high] == []
    assert {row.range_kind for row in rows.values()} == {"uncertainty", "teams", "people", "fixed"}
    assert {row.confidence for row in rows.values()} <= {"study", "published", "recalled", "assumption"}


def test_value_range_and_source_come_from_the_row():
    declared, row = declarations_of(Small)["parameters.contact_minutes"], evidence()[ROW]
    assert (declared.value, declared.low, declared.high, declared.unit) == (row.value, row.low, row.high, row.unit)
    assert declared.evidence is row
    assert (declared.kind, declared.limits, declared.shape) == ("measured", (5, 180), "triangular")


def test_a_derived_number_takes_its_range_along():
    class Hours(Section):
        contact_hours: float = measured(
            ROW, about="Hours", unit="hours", limits=(-9, 9), group="x", derive=lambda minutes: -minutes / 60
        )

    declared, row = declarations_of(Hours)["contact_hours"], evidence()[ROW]
    assert (declared.value, declared.low, declared.high) == (-row.value / 60, -row.high / 60, -row.low / 60)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"evidence_id": "no_such_row"}, "no such row"),
        ({"unit": "hours"}, "give derive="),
        ({"limits": (50, 180)}, "does not lie within"),
    ],
)
def test_a_measured_number_that_does_not_fit_its_row_is_refused(change, words):
    fits = {"evidence_id": ROW, "about": "x", "unit": "minutes", "limits": (5, 180), "group": "x"}
    with pytest.raises(DeclarationError, match=words):
        measured(**{**fits, **change})


@pytest.mark.parametrize("wrong", [{"choices": ("a", "b")}, {"limits": (3, 4)}])
def test_a_policy_whose_default_is_not_allowed_is_refused(wrong):
    with pytest.raises(DeclarationError):
        policy(2, about="x", group="x", **wrong)


def test_a_policy_says_what_is_usual_and_whether_it_stands():
    declared = declarations_of(Small)
    cap, setting = declared["team.caseload_cap_per_wte"], declared["team.setting"]
    assert (cap.kind, cap.low, cap.high, cap.limits, cap.standing) == ("policy", 20, 45, (5, 80), False)
    assert (setting.choices, setting.standing, setting.low) == (("cmht", "third_sector"), True, None)


@pytest.mark.parametrize("wrong", [True, "three", "3", None, float("nan"), float("inf"), [], 81])
def test_a_number_is_a_number_and_nothing_like_one(wrong):
    with pytest.raises(ValidationError):
        Team(caseload_cap_per_wte=wrong)


@pytest.mark.parametrize("wrong", [1, "yes", "true", None])
def test_a_switch_is_true_or_false(wrong):
    with pytest.raises(ValidationError):
        Small.model_validate({"policies": {"weekend_duty": wrong}})


def test_a_whole_number_is_also_a_number_but_not_the_reverse():
    assert Team(caseload_cap_per_wte=20).caseload_cap_per_wte == 20.0
    with pytest.raises(ValidationError):
        Team(reviews=2.5)


def test_a_description_cannot_be_changed():
    with pytest.raises(ValidationError):
        Team().reviews = 3
