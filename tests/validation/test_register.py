"""The register of patterns: every pattern is there, and its rows and the table of functions agree."""

import pytest

from cpsim.errors import OptionError
from cpsim.scenario.load import load
from cpsim.validation import judge, studies
from cpsim.validation.lives import SPECS
from cpsim.validation.register import NEEDS, RUNS, chosen, patterns
from cpsim.validation.table import CHECKS

pytestmark = pytest.mark.unit


def test_all_patterns_are_rows_in_order():
    assert list(dict.fromkeys(row.id for row in patterns())) == [f"P{number}" for number in range(1, 36)]


def test_no_measure_has_two_rows():
    keys = [(row.id, row.measure) for row in patterns()]
    assert len(set(keys)) == len(keys)


def test_every_row_says_what_it_is_and_where_it_is_from():
    for row in patterns():
        assert row.use in ("CALIBRATION", "VALIDATION", "QUALITATIVE"), row
        assert row.level in ("individual", "team", "system"), row
        assert row.source, row
        assert row.sentence.endswith("."), row
        assert row.low is None or row.high is None or row.low <= row.high, row


def test_what_plain_runs_can_show_is_computed_and_nothing_else():
    assert set(CHECKS) == {row.id for row in patterns() if row.needs == RUNS}
    assert {row.needs for row in patterns()} == {RUNS, *NEEDS}


def test_rows_can_be_judged():
    assert {row.how for row in patterns()} <= set(judge.SUMMARIES)


def test_what_simulated_studies_can_show_is_computed_and_nothing_else():
    for study, read in studies.READ.items():
        rows = [row for row in patterns() if row.needs == study]
        assert {row.id for row in rows} == {*read}


def test_every_run_is_read_and_every_run_that_is_read_is_there():
    assert {name for check in CHECKS.values() for name in check.runs} == set(SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_the_scenario_of_every_run_is_accepted(name):
    spec = SPECS[name]
    assert len(load(spec.scenario).with_(dict(spec.changes), weeks=spec.weeks).teams) == 1


def test_patterns_are_chosen_by_name():
    assert {row.id for row in chosen(["p15", "P30,P1"])} == {"P1", "P15", "P30"}
    assert chosen([]) == list(patterns())


@pytest.mark.parametrize("only", [["P99"], ["P15,X"], [","]])
def test_a_name_that_is_none_is_refused(only):
    with pytest.raises(OptionError, match="no such pattern; they are P1 to P35"):
        chosen(only)


def test_a_target_in_words():
    by_measure = {row.measure: row for row in patterns()}
    assert by_measure["paid time face to face"].target == "0.18 to 0.42"
    assert by_measure["capacity first"].target == "at least 0.3"
    assert by_measure["paid time for local groups"].target == "at most 0.02"
