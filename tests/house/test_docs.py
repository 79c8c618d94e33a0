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


def anchors(path):
    """What a link into a document can end in: its headings, as GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(path):
    """Relative links of a document that lead nowhere, the section of a page included."""
    found = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)", path.read_text("utf-8"))
    for link, section in found:
        target = path.parent / link if link else path
        if not target.exists():
            yield link
        elif section and target.suffix == ".md" and section not in anchors(target):
            yield f"{link}#{section}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_to_a_section_that_is_there(path):
    assert list(dead_links(path)) == []


def test_a_dead_section_is_found(tmp_path):
    (tmp_path / "a.md").write_text("# One (`two.py`), three\n[x](#one-twopy-three) [y](a.md#four) [z](b.md)")
    assert list(dead_links(tmp_path / "a.md")) == ["a.md#four", "b.md"]


REPORTING = {"stress-abs.md": 23, "trace.md": 8, "advishe.md": 14, "cheers-2022.md": 28}  # items, parts counted singly


@pytest.mark.parametrize(("page", "items"), REPORTING.items())
def test_each_item_of_a_reporting_guideline_is_answered(page, items):
    """By a link, a command, a file; by whom it is to be answered; or by an honest "not done"."""
    text = (ROOT / "docs" / "reporting" / page).read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| [A-E]?\d", line)]
    assert len(rows) == items
    answered = re.compile(r"\]\(|`|\*\*not done|\*yours", re.IGNORECASE)
    assert [row[0] for row in rows if not answered.search(" ".join(row[1:]))] == []


def test_quotations_are_what_their_sources_say():
    import importlib.util

    spec = importlib.util.spec_from_file_location("fill_quotes", ROOT / "docs" / "fill_quotes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for page in [page.read_text("utf-8") for page in module.PAGES]:
        assert page == module.filled(page), "python docs/fill_quotes.py"
        assert page.count("\n> ") >= 6
