"""The page of patterns has every measure, and a sentence for each that is not met."""

import importlib.util
import re

import pytest

from cpsim.validation.judge import judge
from cpsim.validation.register import patterns
from tests.house.reading import ROOT

pytestmark = pytest.mark.house

PAGE = (ROOT / "docs" / "patterns.md").read_text("utf-8")
ROWS = re.findall(r"^\| (P\d+) \| (.+?) \| (.+?) \|.*\| (met|NOT MET|not known) \|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def tables():
    spec = importlib.util.spec_from_file_location("fill_patterns", ROOT / "docs" / "fill_patterns.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_has_the_measures_of_the_register():
    assert [(name, measure) for name, measure, *_ in ROWS] == [
        (row.id, row.measure)
        for use in ("CALIBRATION", "VALIDATION", "QUALITATIVE")
        for row in patterns()
        if row.use == use
    ]


def test_each_measure_not_met_has_its_sentence():
    told = re.findall(r"^- \*\*(P\d+), (.+?)\.\*\* \S", PAGE, re.MULTILINE)
    assert told == [(name, measure) for name, measure, _, answer in ROWS if answer == "NOT MET"]


def test_its_counts_are_those_of_its_tables():
    met = [answer == "met" for *_, answer in ROWS]
    whole = {name for name, *_ in ROWS} - {name for name, *_, answer in ROWS if answer != "met"}
    patterns_told = len({name for name, *_ in ROWS})
    assert f"\n{sum(met)} of {len(met)} measures met; {len(whole)} of {patterns_told} patterns met in all" in PAGE


def test_a_table_is_filled_with_what_was_found(tables):
    row = next(row for row in patterns() if row.id == "P30" and row.measure == "paid time in travel")
    text = "<!-- patterns: VALIDATION -->\nold\n<!-- end -->"
    filled = tables.filled(text, [judge(row, [0.02, 0.03]).as_dict()])
    assert "| P30 | paid time in travel | 0.06 to 0.2 | 0.025 |" in filled
    assert "old" not in filled
    assert filled.rstrip().endswith("<!-- end -->")
