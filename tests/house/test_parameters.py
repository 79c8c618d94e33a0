"""Facts once, declarations once: what is declared is read, what is read is declared, what is measured has its row."""

import ast
import re

import pytest

from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import evidence
from cpsim.scenario.tables import evidence_used
from tests.house.reading import MODEL, PACKAGE, RULES, at, attributes_of, nodes, sources, strings

pytestmark = pytest.mark.house

POPULATION = PACKAGE / "population"
RECORD = PACKAGE / "scenario" / "record.py"  # makes the record `p` of a scenario
FLOWS = PACKAGE / "scenario" / "flows.py"  # makes the referrals
READ_BY_NOTHING = {"dummy"}  # on purpose: a test that it changes no bit


def is_a_pattern(used_for):
    """Is the row there to be reproduced? Then it must not also be put in."""
    return "pattern" in used_for


def names_read():
    """Every attribute and every string that stands in code which computes."""
    found = set()
    for path in sources(MODEL, POPULATION, RECORD, FLOWS):
        found |= {node.attr for node in nodes(path, ast.Attribute)} | {text for _, text in strings(path)}
    return found


def names_made():
    """What the record derives from declared values, however it is written there."""
    keywords = {node.arg for node in nodes(RECORD, ast.keyword)}
    attributes = {node.attr for node in nodes(RECORD, ast.Attribute) if isinstance(node.ctx, ast.Store)}
    return keywords | attributes | {text for _, text in strings(RECORD)}


def test_each_parameter_a_rule_reads_is_declared():
    declared = {declaration.name for declaration in declarations().values()}
    made = names_made()
    read = attributes_of("p", MODEL)
    assert read
    assert {name: where for name, where in read.items() if name not in declared | made} == {}


def test_each_declared_parameter_is_read():
    read = names_read()
    assert [path for path, found in declarations().items() if found.name not in read | READ_BY_NOTHING] == []


def test_the_dummy_is_read_by_nothing():
    assert attributes_of("p", PACKAGE).get("dummy", []) == []


def test_each_number_of_the_model_has_an_evidence_row():
    bare = [
        path
        for path, found in declarations().items()
        if path.startswith("parameters.") and found.evidence is None and found.name not in READ_BY_NOTHING
        if isinstance(found.value, int | float) and not isinstance(found.value, bool)
    ]
    assert bare == []


def test_no_pattern_is_also_a_parameter():
    rows = {found.evidence.id for found in declarations().values() if found.evidence} | evidence_used()
    assert len(rows) > 100
    assert [row for row in sorted(rows) if is_a_pattern(evidence()[row].used_for)] == []


def test_each_evidence_row_that_a_rule_cites_exists():
    cited = {}
    for path in sources(RULES):
        for node in nodes(path, ast.FunctionDef | ast.Module):
            for names in re.findall(r"\[([a-z0-9_]+(?:,\s+[a-z0-9_]+)*)\]", ast.get_docstring(node) or ""):
                line = at(path, node) if isinstance(node, ast.FunctionDef) else path.name
                cited.update({word: line for word in re.split(r",\s+", names) if "_" in word})
    assert cited
    assert {row: where for row, where in cited.items() if row not in evidence()} == {}


@pytest.mark.parametrize(
    "used_for", ["pattern P33 (validation)", "team size; pattern P30", "routine interval; pattern"]
)
def test_a_pattern_is_known(used_for):
    assert is_a_pattern(used_for)


def test_what_is_no_pattern_is_known():
    assert not is_a_pattern("caseload cap policy")
