"""Which numbers matter: read from a study's folder, told with their confidence."""

import json

import pytest

from cpsim.errors import UserError
from cpsim.scenario.declare import declarations
from cpsim.validation.influence import read

pytestmark = pytest.mark.unit

LARGE, SMALL, NONE = "parameters.known_at_start", "parameters.contact_minutes", "parameters.bed_day_cost"


@pytest.fixture
def folder(tmp_path):
    lines = ["output,factor,share,negligible"]
    for output, shares in (("reach", (1.0, 0.25, 0.0)), ("pressure", (0.5, 1.0, 0.0))):
        lines += [
            f"{output},{path},{share},{share == 0}" for path, share in zip((LARGE, SMALL, NONE), shares, strict=True)
        ]
    (tmp_path / "morris.csv").write_text("\n".join([*lines, "reach,others,1,False", ""]))
    (tmp_path / "manifest.json").write_text(json.dumps({"command": "cpsim sensitivity cmht"}))
    return tmp_path


def row(path):
    return declarations()[path].evidence


def test_first_outcome_and_named_outcome(folder):
    assert read(folder).largest == [row(LARGE).id, row(SMALL).id]
    assert read(folder, "pressure").largest == [row(SMALL).id, row(LARGE).id]


def test_told_with_confidence_and_command(folder):
    said = read(folder).in_words()
    assert "cpsim sensitivity cmht" in said
    assert row(LARGE).quantity in said
    assert "judgement" in said


def test_one_row_in_words(folder):
    found = read(folder)
    assert "25 of 100" in found.of(row(SMALL).id)
    assert "negligible" in found.of(row(NONE).id)
    assert found.of("cp_recruited") == ""


def test_what_is_no_study_or_no_outcome_is_said(folder, tmp_path_factory):
    with pytest.raises(UserError, match="holds no screening"):
        read(tmp_path_factory.mktemp("empty"))
    with pytest.raises(UserError, match="has 'reach' or 'pressure'"):
        read(folder, "fidelity")


def test_the_page_marks_it(folder):
    from cpsim.report.evidence import html

    page = html(read(folder))
    assert page.count(f'<a href="#{row(LARGE).id}">') == 2
    assert "25 of 100" in page
