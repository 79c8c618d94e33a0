"""report.html: one page that needs nothing else, no script and no network.

Everything from a scenario is text to the template, which escapes it; only drawings are put in as they are, and they are
escaped where they are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    put(folder, pictures, html(result, pictures))


def put(folder: Path, pictures: Pictures, text: str) -> None:
    """Write report.html and figures/. Raises OSError."""
    (folder / "figures").mkdir(exist_ok=True)
    for name, (_, drawing_) in pictures.items():
        (folder / "figures" / f"{name}.svg").write_text(drawing_.file, encoding="utf-8", newline="\n")
    (folder / "report.html").write_text(text, encoding="utf-8", newline="\n")


def drawn(result: RunResult) -> Pictures:
    """Every picture, drawn once for the page and for its file."""
    pictures = {name: make(name, result) for name in NAMES}
    return {name: (picture, drawing(picture)) for name, picture in pictures.items()}


def html(result: RunResult, pictures: Pictures | None = None) -> str:
    """The page as text; the same result gives the same bytes."""
    made = [import_module(f"{sections.__name__}.{name}").section(result) for name in sections.NAMES]
    return render(
        about=f"{result.scenario.title}: Connecting People in a simulated team",
        title=result.scenario.title,
        question=result.scenario.question,
        quiet=f"{telling.dated_period(result)}. {telling.runs_made(result)}. {telling.NOBODY_REAL}",
        answer=telling.headline(result),
        answers=[telling.hours(result), telling.in_the_way(result)],
        sections=[section for section in made if section],
        pictures=pictures or drawn(result),
        digest=result.scenario.digest,
        seed=result.seed,
        command="cpsim reproduce",
        and_this=" and this folder",
    )


def render(**said: Any) -> str:
    """The template filled in: `about` (of the window), `title`, `question`, `quiet`, `answer` and further `answers`,
    `sections`, `pictures`, and what it takes to repeat it.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cpsim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    version = versions().get("cpsim", "not installed")
    return environment.get_template("page.html").render(nobody_real=telling.NOBODY_REAL, version=version, **said)
