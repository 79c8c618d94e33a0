"""Whatever stands in a file: one message with file and line, never a traceback, and nothing is executed."""

import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpsim.errors import ScenarioError
from cpsim.scenario.load import load
from cpsim.scenario.read_yaml import DEEPEST, LARGEST, read_text
from tests.scenario.small import SMALL

pytestmark = pytest.mark.unit


def complaint(name):
    with pytest.raises(ScenarioError) as caught:
        load(name, schema=SMALL)
    assert caught.value.exit_code == 2
    return str(caught.value)


UNREADABLE = {
    "empty": (b"", "file.yaml: the file is empty"),
    "only a comment": (b"# nothing\n", "file.yaml: the file is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "file.yaml: this is not text in UTF-8"),
    "zeros": (b"title: \0\0", "file.yaml: this is not a text file"),
    "utf-16": ("title: x".encode("utf-16"), "file.yaml: this is not text in UTF-8"),
    "latin-1": ("title: café".encode("latin-1"), "file.yaml: this is not text in UTF-8"),
    "huge": (b"#" * (LARGEST + 1), "file.yaml: the file is larger than 1,000,000 bytes"),
    "a list": (b"- a\n- b\n", "file.yaml:1: expected keys"),
    "a word": (b"hello\n", "file.yaml:1: expected keys"),
    "open bracket": (b"title: x\nteam: [1,\n", "file.yaml:3: a '[' or '{' is opened here or above and not closed"),
    "open quote": (b"title: 'x\nteam: 1\n", "file.yaml:3: a quote is opened here or above and not closed"),
    "indent": (b"team:\n  a: 1\n b: 2\n", "file.yaml:3: this line does not fit the indent of the lines above it"),
    "at sign": (b"title: @x\n", "file.yaml:1: a value begins with a sign that has a meaning in YAML"),
    "escape": (b'title: "\\q"\n', "file.yaml:1: this is not YAML: while scanning a double-quoted scalar found unknown"),
    "two colons": (b"schema: 1\ntitle: a: b\n", "file.yaml:2: a ':' too many"),
    "tab": (b"team:\n\treviews: 2\n", "file.yaml:2: a tab stands here; indent with spaces"),
    "two documents": (b"title: x\n---\ntitle: y\n", "file.yaml:2: '---' begins a second document"),
    "directive": (b"%YAML 1.1\n---\ntitle: no\n", "file.yaml:2: remove the line that begins with '%'"),
    "bell": (b"title: \x07\n", "file.yaml: the file holds signs that are not text"),
    "alias": (b"title: &a x\nquestion: *a\n", "file.yaml:1: '&' and '*' are not allowed"),
    "alias, second line": (b"title: &a x\nquestion: *a\n", "file.yaml:2: '&' and '*' are not allowed"),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_understood(write, content, said):
    assert said in complaint(write("file.yaml", content))


def test_a_byte_order_mark_is_no_mistake(write):
    assert load(write("file.yaml", b"\xef\xbb\xbfschema: 1\ntitle: A team\n"), schema=SMALL).title == "A team"


def test_billion_laughs_are_refused_at_once(write):
    laughs = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    start = time.perf_counter()
    assert "'&' and '*' are not allowed" in complaint(write("file.yaml", "\n".join(laughs)))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_once(write, opening):
    start = time.perf_counter()
    assert f"more than {DEEPEST} levels" in complaint(write("file.yaml", f"team: \n  {opening * 100_000}"))
    assert time.perf_counter() - start < 5


def test_very_many_keys_are_refused(write):
    keys = "\n".join(f"k{n}: " for n in range(60_000))
    assert "more than 100,000 keys and values" in complaint(write("file.yaml", keys))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("team:\n  reviews: 2\n  reviews: 3\n", "file.yaml:5: team.reviews: is here twice; it stands in line 4 too"),
        ("team: {}\nteam: {}\n", "file.yaml:4: team: is here twice; it stands in line 3 too"),
        ("team:\n  2: x\n", "file.yaml:4: team: a key must be a word"),
        ("team:\n  [a, b]: x\n", "file.yaml:4: team: a key must be a word"),
        ("team:\n  <<: {reviews: 2}\n", "file.yaml:4: team: a key must be a word"),
        ("team: !!python/object/apply:os.system ['touch pwned']\n", "file.yaml:3: team: "),
        ("question: !!python/name:os.system x\n", "file.yaml:3: question: tags ('!') are not allowed"),
        ("question: !mine x\n", "file.yaml:3: question: tags ('!') are not allowed"),
        ('question: "a \\e[31m red"\n', "file.yaml:3: question: the text holds signs that cannot be shown"),
        ("start: 2026-13-45\n", "file.yaml:3: start: '2026-13-45' cannot be read as a number or a date"),
        ("team:\n  reviews: " + "9" * 5000, "file.yaml:4: team.reviews: "),
        ("team:\n  caseload_cap_per_wte: 1e999\n", "file.yaml:4: team.caseload_cap_per_wte: inf is not a number"),
        ("team:\n  caseload_cap_per_wte: .nan\n", "file.yaml:4: team.caseload_cap_per_wte: nan is not a number"),
        ("team:\n  caseload_cap_per_wte: -.inf\n", "file.yaml:4: team.caseload_cap_per_wte: -inf is not a number"),
        (f"team:\n  caseload_cap_per_wte: 1{'0' * 400}\n", "file.yaml:4: team.caseload_cap_per_wte: "),
    ],
)
def test_a_mistake_in_the_text_has_its_line(write, text, said):
    assert said in complaint(write("file.yaml", text))


def test_nothing_is_executed(write, tmp_path):
    complaint(write("file.yaml", "question: !!python/object/apply:os.system ['touch pwned']\n"))
    assert sorted(os.listdir(tmp_path)) == ["file.yaml"]


def test_what_is_no_file(write, tmp_path):
    (tmp_path / "folder.yaml").mkdir()
    assert complaint("folder.yaml") == "folder.yaml: this is a folder; give a scenario file"
    assert "no scenario or file of this name" in complaint("missing.yaml")
    assert "no scenario or file of this name" in complaint("x" * 5000)
    assert "no scenario or file of this name" in complaint("a\0b")
    assert "no scenario or file of this name" in complaint("")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file")
def test_what_is_no_ordinary_file(write, tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert complaint("pipe.yaml") == "pipe.yaml: this is not an ordinary file"
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    assert "no scenario or file of this name" in complaint("round.yaml")


def test_a_file_that_may_not_be_read(write, monkeypatch):
    def closed(_):
        raise PermissionError(13, "Permission denied")

    write("file.yaml", "")
    monkeypatch.setattr(Path, "read_bytes", closed)
    assert complaint("file.yaml") == "file.yaml: the file cannot be read: permission denied"


SIGNS = st.sampled_from([*"ab:1-[]{}&*!#|>%@`'\"\\,?~.= \n\t\0\x85é", "- ", "team:", "\n  ", "reviews: "])


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_any_text_is_read_or_refused(text):
    try:
        sheet, problems = read_text(text, "file.yaml")
    except ScenarioError as error:
        sheet, problems = None, error.problems
    assert sheet is None or isinstance(sheet.values, dict)
    assert all(problem.file == "file.yaml" and problem.message for problem in problems)
