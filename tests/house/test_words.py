"""Words for people, and what must never be written down."""

import re

import pytest

from tests.house.reading import PACKAGE, ROOT, name, sources, strings, texts

pytestmark = pytest.mark.house

# Promises nobody can keep, words of management, and words that make a diagnosis of a person.
NOT_SAID = re.compile(
    r"\b(will|prove[sdn]?|ensur(?:e|es|ed|ing)|optimi[sz](?:e|es|ed|ing|ation)|robust(?:ly|ness)?"
    r"|key drivers?|quick wins?|hard[ -]to[ -]reach|sufferers?|patients?|(?<!in )(?<!lower )(?<!upper )cases?)\b",
    re.IGNORECASE,
)
# A folder of somebody's machine, or where somebody's packages come from.
OF_A_MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:home|root|work|farm|tmp|mnt|Users|private)/\w|\b[A-Z]:\\Users\\|(?:extra-)?index-url|find-links\s*="
)


def planner_facing():
    """(where, text) of what a planner reads: README, pages, commands, scenarios, labels."""
    yield "README.md", (ROOT / "README.md").read_text("utf-8")
    for path in sorted(
        [
            *ROOT.glob("scenarios/*.yaml"),
            *ROOT.glob("notebooks/*.md"),
            *PACKAGE.rglob("*.html*"),
            *PACKAGE.rglob("*.md*"),
            *PACKAGE.rglob("*.yaml*"),
        ]
    ):
        yield name(path), path.read_text("utf-8")
    spoken = [PACKAGE / floor for floor in ("cli", "report", "plots", "stories", "errors.py")]
    for path in sources(*spoken, PACKAGE / "outputs" / "measures.py", PACKAGE / "model" / "codes.py"):
        yield from ((f"{name(path)}:{line}", text) for line, text in strings(path))


def test_words_never_used_to_planners():
    found = [f"{where}: {match.group()}" for where, text in planner_facing() for match in NOT_SAID.finditer(text)]
    assert found == []


def test_no_machine_is_named():
    found = [f"{name(path)}: {match.group()}" for path, text in texts() for match in OF_A_MACHINE.finditer(text)]
    own = name(ROOT / "tests" / "house" / "test_words.py")
    assert [where for where in found if not where.startswith(own)] == []


@pytest.mark.parametrize(
    "planted", ["CP will work", "Two patients", "12 cases", "a hard-to-reach group", "This ensures"]
)
def test_the_words_bite(planted):
    assert NOT_SAID.search(planted)


@pytest.mark.parametrize(
    "fine", ["caseload", "in case of doubt", "willing to come", "improve", "goodwill", "lower case"]
)
def test_other_words_pass(fine):
    assert not NOT_SAID.search(fine)


@pytest.mark.parametrize(
    "planted", ["see /" + "home/ann/x", "C:" + "\\Users\\ann", "--" + "index-url http://x", "(/" + "tmp/x)"]
)
def test_the_machine_check_bites(planted):
    assert OF_A_MACHINE.search(planted)


@pytest.mark.parametrize(
    "fine", ["https://example.org/work/x", "cpsim/home/x", "/path/to/python3.12", "contacts/person/month"]
)
def test_other_paths_pass(fine):
    assert not OF_A_MACHINE.search(fine)
