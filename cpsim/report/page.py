"""report.html: one page that needs nothing else, no script and no network.

Everything from a scenario is text to the template, which escapes it; only drawings are put in as they are, and they are
escaped where they are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cpsim.outputs import telling
from cpsim.outputs.store import versions
from cpsim.plots import NAMES, make
from cpsim.plots.svg import Drawing, drawing
from cpsim.report import sections

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult
    from cpsim.plots.picture import Picture

Pictures = Mapping[str, tuple["Picture", Drawing]]


def write(result: RunResult, folder: Path) -> None:
    """Put the page, and each picture as a file of its own, into a folder that exists. Raises OSError."""
    pictures = drawn(result)
    (folder / "figures").mkdir(exist_ok=True)
    for name, (_, drawing_) in pictures.items():
        (folder / "figures" / f"{name}.svg").write_text(drawing_.file, encoding="utf-8", newline="\n")
    (folder / "report.html").write_text(html(result, pictures), encoding="utf-8", newline="\n")


def drawn(result: RunResult) -> Pictures:
    """Every picture, drawn once for the page and for its file."""
    pictures = {name: make(name, result) for name in NAMES}
    return {name: (picture, drawing(picture)) for name, picture in pictures.items()}


def html(result: RunResult, pictures: Pictures | None = None) -> str:
    """The page as text; the same result gives the same bytes."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cpsim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made = [import_module(f"{sections.__name__}.{name}").section(result) for name in sections.NAMES]
    return environment.get_template("page.html").render(
        title=result.scenario.title,
        question=result.scenario.question,
        period=telling.dated_period(result),
        runs=telling.runs_made(result),
        headline=telling.headline(result),
        hours=telling.hours(result),
        in_the_way=telling.in_the_way(result),
        nobody_real=telling.NOBODY_REAL,
        sections=[section for section in made if section],
        pictures=pictures or drawn(result),
        version=versions().get("cpsim", "not installed"),
        digest=result.scenario.digest,
        seed=result.seed,
    )
