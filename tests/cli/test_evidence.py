"""`cpsim evidence`: sentences, a search, JSON and a page whose every entry can be linked to."""

import json
import re

import pytest

from cpsim.validation.entries import all_entries

pytestmark = pytest.mark.journey


def test_alone_it_says_what_the_answer_rests_on(type_in):
    code, out, err = type_in("evidence")
    assert (code, err) == (0, "")
    assert "The answer rests on" in out
    assert "judgement" in out
    assert len(out.splitlines()) < 40


def test_a_word_finds_entries_with_source_and_confidence(type_in):
    code, out, _ = type_in("evidence", "keyworker", "caseload")
    assert code == 0
    assert out.startswith("caseload_keyworker_mean = 30 (20 to 40) people per WTE")
    assert "Greenwood" in out
    assert "seen in the source named" in out


def test_a_pattern_is_found_by_its_number(type_in):
    assert "P15: capacity first" in type_in("evidence", "P15")[1]


def test_nothing_found_is_said(type_in):
    code, out, _ = type_in("evidence", "unicorn")
    assert (code, "Nothing holds 'unicorn'" in out) == (0, True)


def test_json_has_everything(type_in):
    rows = json.loads(type_in("evidence", "--json")[1])
    assert len(rows) == len(all_entries())
    assert {"id", "source", "year", "population", "confidence", "low", "high", "rests"} <= set(rows[0])


def test_the_page_has_an_address_for_each_entry_and_needs_nothing_else(type_in, tmp_path):
    code, out, _ = type_in("evidence", "--out", "pages/new")
    page = (tmp_path / "pages" / "new" / "evidence.html").read_text("utf-8")
    assert (code, "evidence.html" in out) == (0, True)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert {entry.address for entry in all_entries()} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "<script" not in page
    assert not re.findall(r'(?:src|@import)\s*=?\s*"?https?:', page)


def test_a_folder_that_cannot_be_made_is_the_users_mistake(type_in, tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, _, err = type_in("evidence", "--out", "file/inner")
    assert (code, "cannot be written" in err) == (2, True)
