"""The notebooks: executed as `make notebooks` does, complete in what a reader needs, and strict about predictions."""

import re
import subprocess
import sys

import nbclient
import nbformat
import pytest

from notebooks import make
from tests.house.reading import ROOT

pytestmark = pytest.mark.journey

SOURCES = make.sources()
QUICK = ("01", "07", "08")  # some 20 s of CPU together; the others with `-m slow`, and by `make notebooks`
PARTS = ("**The question.**", "## What this cannot say", "## Exercises", "*What to expect*")
FIGURE = re.compile(r"^(figure|draw\(.*|.*\.figure\(\)|result\.plot\.\w+\(\))\n```$", re.MULTILINE)


def number(source):
    return source.name[:2]


def marked(source):
    return pytest.param(source, marks=() if number(source) in QUICK else pytest.mark.slow, id=number(source))


def errors(notebook):
    """What went wrong in the cells in which nothing should."""
    planned = [cell for cell in notebook.cells if "raises-exception" not in cell.metadata.get("tags", ())]
    return [output.evalue for cell in planned for output in cell.get("outputs", ()) if output.output_type == "error"]


@pytest.mark.parametrize("source", [marked(source) for source in SOURCES])
def test_a_notebook_runs_from_top_to_bottom(source, tmp_path):
    command = [sys.executable, "-m", "notebooks.make", number(source), "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(tmp_path / f"{source.stem}.ipynb", as_version=4)
    assert errors(notebook) == []
    assert (tmp_path / f"{source.stem}.html").stat().st_size > 0


def test_there_are_eight():
    assert [number(source) for source in SOURCES] == [f"{each:02}" for each in range(1, 9)]


@pytest.mark.parametrize("source", SOURCES, ids=number)
def test_a_notebook_has_its_parts(source):
    text = source.read_text("utf-8")
    assert [part for part in PARTS if part not in text] == []


@pytest.mark.parametrize("source", SOURCES, ids=number)
def test_each_figure_says_how_to_read_it(source):
    """Before the next figure there are words about this one."""
    text = source.read_text("utf-8")
    figures = [found.start() for found in FIGURE.finditer(text)]
    assert figures
    for begin, end in zip(figures, [*figures[1:], len(text)], strict=True):
        assert "**Reading it.**" in text[begin:end], text[begin : begin + 80]


@pytest.mark.parametrize("source", SOURCES, ids=number)
def test_the_readme_lists_it(source):
    assert f"]({source.name})" in (make.HERE / "README.md").read_text("utf-8")


def test_a_class_that_has_not_predicted_is_kindly_refused():
    source = next(source for source in SOURCES if number(source) == "07")
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="Predict first: write a letter for punctual"):
        make.execute(make.read(source, commits=False))


def test_a_number_that_does_not_exist_is_said():
    with pytest.raises(SystemExit, match="no notebook begins with 99"):
        make.sources(["99"])
