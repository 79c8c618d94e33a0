"""One place for the words of every column."""

import re

import pytest

from cpsim.errors import DeclarationError
from cpsim.model.ledgers import ACCESS_TALLY, GATE_TALLY, OUTCOME, PANEL, WEEKLY
from cpsim.model.records import PERSON
from cpsim.outputs import tables
from cpsim.outputs.measures import check_declared, dictionary, measures, register
from tests.house.test_words import NOT_SAID
from tests.outputs import made_up

KEYS = {"replication", "team", "seed"}
ROWS = {"outcomes": OUTCOME, "weekly": WEEKLY, "people": PERSON, "panel": PANEL}


@pytest.mark.house
@pytest.mark.parametrize("table", ROWS)
def test_each_field_is_declared_and_nothing_else(table):
    assert set(measures(table)) - KEYS == set(ROWS[table].names)


@pytest.mark.house
def test_each_count_of_both_ledgers_is_declared():
    fields = {tables.CHANCES.get(name, name) for kind in (GATE_TALLY, ACCESS_TALLY) for name in kind.names}
    assert fields <= set(measures("barriers"))


@pytest.mark.house
@pytest.mark.parametrize("table", tables.MAKERS)
def test_tables_hold_what_is_declared(table):
    runs = made_up.result(1, people=3).runs
    assert set(tables.columns(runs, table, 52)) == set(measures(table))


@pytest.mark.house
def test_each_declaration_is_whole():
    for measure in register():
        assert all((measure.table, measure.name, measure.unit, measure.label, measure.meaning)), measure.name
        assert measure.meaning[0].isupper() or measure.meaning[0].isdigit() or ":" in measure.meaning, measure.name
    for table in tables.MAKERS:
        labels = [measure.label for measure in measures(table).values()]
        assert len(set(labels)) == len(labels), table


@pytest.mark.house
def test_the_words_are_ours():
    assert [measure.name for measure in register() if NOT_SAID.search(f"{measure.label} {measure.meaning}")] == []


@pytest.mark.house
def test_counts_are_not_called_shares():
    shares = {measure.name for measure in register() if measure.unit == "share"}
    assert all(re.match("Share|Mean", measures("outcomes")[name].meaning) for name in shares)


@pytest.mark.unit
def test_an_undeclared_column_is_refused():
    check_declared("time", ["team", "minutes"])
    with pytest.raises(DeclarationError, match="no novelty in the table 'time'"):
        check_declared("time", ["team", "novelty"])


@pytest.mark.unit
def test_the_dictionary_speaks_of_the_columns_asked_for():
    found = dictionary({"time": ["role"], "weekly": ["caseload"]})
    assert [row[:2] for row in found] == [("time", "role"), ("weekly", "caseload")]
