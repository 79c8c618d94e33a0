"""The ODD document speaks of the model as it is."""

import importlib.util
import re

import pytest

from cpsim.model.codes import ACTIVITY_LABELS, GATE_LABELS, STAGE_LABELS, Purpose
from cpsim.scenario.evidence import evidence
from tests.house.reading import MODEL, PACKAGE, ROOT, RULES

pytestmark = pytest.mark.house

ODD = (ROOT / "docs" / "odd.md").read_text("utf-8")
HEADINGS = (
    *("Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling"),
    *("Design concepts", "Initialization", "Input data", "Submodels"),
)
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing"),
    *("Interaction", "Stochasticity", "Collectives", "Observation"),
)


@pytest.fixture(scope="module")
def tables():
    spec = importlib.util.spec_from_file_location("fill_tables", ROOT / "docs" / "fill_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(folder):
    return sorted(path.stem for path in folder.glob("*.py") if path.stem not in ("__init__", "derive"))


def test_its_tables_are_what_the_code_says(tables):
    assert tables.filled(ODD) == ODD, "make docs"


def test_a_table_that_is_behind_is_found(tables):
    assert tables.filled(ODD.replace("days since the last", "weeks since the last").replace("| 0 |", "| 7 |")) == ODD


def test_the_seven_elements_and_the_eleven_concepts_stand_in_order():
    found = re.findall(r"^## \d\. (.+)$", ODD, re.MULTILINE)
    assert tuple(found) == HEADINGS
    concepts = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", ODD, re.MULTILINE)
    assert tuple(concept for concept in concepts if concept in CONCEPTS) == CONCEPTS


@pytest.mark.parametrize("name", names(RULES))
def test_each_rule_file_is_described(name):
    assert f"`rules/{name}.py`" in ODD


@pytest.mark.parametrize("name", names(MODEL / "hours"))
def test_each_part_of_the_day_is_described(name):
    assert f"`hours/{name}.py`" in ODD


@pytest.mark.parametrize("name", names(PACKAGE / "scenario" / "parameters"))
def test_each_file_of_parameters_has_its_table(name):
    assert f"<!-- table: {name} -->" in ODD


@pytest.mark.parametrize("label", [*GATE_LABELS.values(), *STAGE_LABELS.values(), *ACTIVITY_LABELS.values()])
def test_each_stage_barrier_and_activity_is_named(label):
    assert label in ODD


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_of_a_draw_has_its_address(purpose):
    assert f"`{purpose.name}`" in ODD


def test_sources_of_decision_rules_are_rows_of_the_register():
    named = {
        row for line in re.findall(r"\*Source\*: (.+)$", ODD, re.MULTILINE) for row in re.findall(r"`(\w+)`", line)
    }
    assert len(named) > 50
    assert named - set(evidence()) == set()
