"""The numbers of a study: each declared once, read, and none of them also a pattern."""

import pytest

from cpsim.observation.design import Design
from cpsim.scenario.declare import declarations_of
from cpsim.scenario.evidence import evidence
from tests.house.reading import PACKAGE, attributes_of
from tests.house.test_parameters import is_a_pattern

pytestmark = pytest.mark.house

DECLARED = declarations_of(Design)
DECIDED = {"followup_weeks", "new_within_weeks", "recruiting_ends_week"}


def test_what_is_declared_is_read_and_what_is_read_is_declared():
    own = {"model_dump"}  # of any section
    assert set(attributes_of("design", PACKAGE / "observation")) - own == set(DECLARED)


def test_each_number_has_its_row_and_none_is_a_pattern():
    assert {name for name, found in DECLARED.items() if found.evidence is None} == DECIDED
    rows = {found.evidence.id for found in DECLARED.values() if found.evidence}
    assert [row for row in rows if is_a_pattern(evidence()[row].used_for)] == []
