"""The page of patterns has every measure, and a sentence for each that is not met."""

import importlib.util
import re

import pytest

from cpsim.validation.explanations import explanations
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
    told = re.findall(r"^- \*\*(P\d+), (.+?)\.\*\* (\S.*)$", PAGE, re.MULTILINE)
    missed = [(name, measure) for name, measure, _, answer in ROWS if answer == "NOT MET"]
    assert [key for key in missed if key not in explanations()] == [], "cpsim/validation/explanations.csv"
    assert told == [(*key, explanations()[key]) for key in missed], "python docs/fill_patterns.py"


def test_explanations_are_of_measures_that_there_are_and_end_as_sentences_do():
    lines = (ROOT / "cpsim" / "validation" / "explanations.csv").read_text("utf-8").splitlines()
    assert set(explanations()) <= {(row.id, row.measure) for row in patterns()}
    assert len(lines) == 1 + len(explanations()), "one line each"
    assert [key for key, sentence in explanations().items() if not sentence.endswith(".")] == []


def test_a_sentence_comes_and_goes_with_its_row(tables):
    (name, measure), sentence = next(iter(explanations().items()))
    page = (
        f"<!-- patterns: QUALITATIVE -->\n| {name} | {measure} | at least 1 | 0.5 |  | NOT MET |\n"
        "| P1 | x | 1 | 1 |  | met |\n<!-- end -->\n<!-- explanations: QUALITATIVE -->\n- **P1, x.** old\n<!-- end -->"
    )
    assert f"\n- **{name}, {measure}.** {sentence}\n" in tables.explained(page)
    assert "old" not in tables.explained(page)


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
