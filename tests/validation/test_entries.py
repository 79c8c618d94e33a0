"""Looking things up: what is found, where it points, and that the count is the one a run's page gives."""

import pytest

from cpsim.report.used import rows_used
from cpsim.scenario.declare import declarations
from cpsim.scenario.evidence import CONFIDENCE
from cpsim.validation import entries as module
from cpsim.validation.entries import all_entries, by_subject, entries, in_sentences

pytestmark = pytest.mark.unit


def test_every_word_must_occur_and_case_does_not_matter():
    found = entries("Caseload PUBLISHED")
    assert found
    assert all(entry.confidence == "published" for entry in found)
    assert entries("caseload nowhere-to-be-found") == []


def test_a_path_finds_what_it_stands_on():
    path, declared = next((path, each) for path, each in declarations().items() if each.evidence)
    assert declared.evidence.id in {entry.id for entry in entries(path)}


def test_addresses_are_unique_and_fit_into_a_link():
    addresses = [entry.address for entry in all_entries()]
    assert len(set(addresses)) == len(addresses)
    assert not [address for address in addresses if not address.replace("-", "").replace("_", "").isalnum()]


def test_numbers_of_the_model_are_those_that_a_run_counts():
    assert {entry.id for entry in all_entries() if entry.of_the_model} == set(rows_used())


def test_sentences_add_up():
    used = rows_used().values()
    said = in_sentences()[0]
    assert f"rests on {len(used)} numbers" in said
    for kind, meaning in CONFIDENCE.items():
        assert f"{sum(row.confidence == kind for row in used) or 'none'} {meaning}" in said


def test_every_number_has_source_confidence_and_a_kind_of_range():
    numbers = [entry for entry in all_entries() if entry.kind == "number"]
    assert all(entry.source and entry.confidence in CONFIDENCE and entry.range_kind for entry in numbers)


def test_a_pattern_leans_on_the_row_that_its_source_names():
    pattern = next(entry for entry in all_entries() if "caseload_keyworker_mean" in entry.source)
    row = next(entry for entry in all_entries() if entry.id == "caseload_keyworker_mean")
    assert (pattern.confidence, pattern.link, pattern.year) == (row.confidence, row.link, row.year)
    assert entries("calibration") != entries("never tuned")


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("10.1192/pb.24.8.290", "https://doi.org/10.1192/pb.24.8.290"),
        ("PMC5537572", "https://pmc.ncbi.nlm.nih.gov/articles/PMC5537572/"),
        ("www.example.org/a (text copy elsewhere)", "https://www.example.org/a"),
        ("https://example.org/a; and more", "https://example.org/a"),
        ("", ""),
        ("see the note", ""),
    ],
)
def test_links(written, link):
    assert module._link(written) == link


def test_subjects_hold_every_entry_once():
    assert sum(map(len, by_subject().values())) == len(all_entries())
