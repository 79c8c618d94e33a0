"""What the documents point at is there, and what they must say they say."""

import re

import pytest

from tests.house.reading import PACKAGE, ROOT, name

pytestmark = pytest.mark.house

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")])
INDEPENDENT = "not made or endorsed by the authors or funders of the studies it cites"
NO_ITEM = "no item"


def targets(path, text):
    """Files of the repository that a document names: relative links, and paths in backticks."""
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    paths = re.findall(r"`((?:cpsim|tests|docs|scenarios|bench|results|\.ci)/[\w./-]+)`", text)
    return [path.parent / link for link in links] + [ROOT / written for written in paths]


def test_what_documents_name_is_there():
    missing = {
        f"{name(path)}: {target.name}"
        for path in DOCUMENTS
        for target in targets(path, path.read_text("utf-8"))
        if not target.exists()
    }
    assert missing == set()


def test_decision_records_are_short_and_complete():
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert records
    for record in records:
        text = record.read_text("utf-8")
        assert len(text.splitlines()) <= 20, name(record)
        for heading in ("**Question.**", "**Choice.**", "**Measured.**", "**What would change our mind.**"):
            assert heading in text, f"{name(record)} has no {heading}"


def test_the_readme_and_the_page_say_whose_model_it_is():
    pages = [ROOT / "README.md", *(PACKAGE / "report").rglob("*.html*")]
    assert len(pages) > 1, "the report has no template"
    together = {name(page): " ".join(page.read_text("utf-8").split()) for page in pages}
    assert INDEPENDENT in together.pop("README.md")
    assert any(INDEPENDENT in text and NO_ITEM in text for text in together.values())


def test_the_page_of_parameters_is_what_the_declarations_say():
    from cpsim.observation.design import Design
    from cpsim.scenario.export import parameters_markdown

    page = (ROOT / "docs" / "parameters.md").read_text("utf-8")
    assert page.rstrip() == parameters_markdown({"observation": Design}).rstrip(), (
        "cpsim parameters --markdown > docs/parameters.md"
    )
