"""Execute the notebooks, write each as .ipynb and as a page, and stop at the first error.

    python -m notebooks.make             all of them, into runs/notebooks
    python -m notebooks.make 01 07       only these

The sources are Markdown (jupytext), so that a change can be read; what is executed is never kept in the repository.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

import jupytext
import nbclient
import nbformat

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SECONDS = 600  # for one cell: the first run on a machine compiles the rules
COMMIT = re.compile(r"= None(\s*# .*an example student says (.+))$", re.MULTILINE)


def sources(numbers=()):
    """The notebooks in their order; only those whose names begin with these numbers, if any are said."""
    found = sorted(HERE.glob("[0-9][0-9]_*.md"))
    chosen = [path for path in found if not numbers or path.name.startswith(tuple(numbers))]
    if not chosen:
        raise SystemExit(
            f"no notebook begins with {' or '.join(numbers)}; there are {', '.join(p.stem for p in found)}"
        )
    return chosen


def read(source, commits=True):
    """The notebook as cells. Where a class has to commit itself before the run, the example's answers are put in."""
    notebook = jupytext.read(source)
    for cell in notebook.cells if commits else ():
        if cell.cell_type == "code":
            cell.source = COMMIT.sub(r"= \2\1", cell.source)
    return notebook


def execute(notebook):
    """Execute in a clean folder, with the package beside this one. Raises CellExecutionError at the first error."""
    places = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    with tempfile.TemporaryDirectory() as folder:
        client = nbclient.NotebookClient(
            notebook,
            timeout=SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            extra_arguments=["--IPKernelApp.log_level=40"],  # errors only: a warning about local sockets is no news
        )
        client.execute(
            env={**os.environ, "PYTHONPATH": places, "PYTHONWARNINGS": "ignore::DeprecationWarning,ignore:::tqdm.auto"}
        )
    return notebook


def write(notebook, folder, stem):
    """Write the executed notebook and its page. Returns the page."""
    from nbconvert import HTMLExporter

    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{stem}.ipynb")
    page = folder / f"{stem}.html"
    body, _ = HTMLExporter().from_notebook_node(notebook)
    page.write_text(body, encoding="utf-8")
    return page


def main(arguments=None):
    """Execute and write; exit code 1 at the first error."""
    parser = argparse.ArgumentParser(description="Execute the notebooks.")
    parser.add_argument("numbers", nargs="*", help="such as 01 07; all of them if not said")
    parser.add_argument("--out", type=Path, default=ROOT / "runs" / "notebooks")
    asked = parser.parse_args(arguments)
    for source in sources(asked.numbers):
        begun = time.perf_counter()
        print(f"{source.stem} ...", end=" ", flush=True)
        try:
            notebook = execute(read(source))
        except nbclient.exceptions.CellExecutionError as error:
            print(f"stopped\n{error}", file=sys.stderr)
            return 1
        page = write(notebook, asked.out, source.stem)
        print(f"{time.perf_counter() - begun:.0f} s, {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
