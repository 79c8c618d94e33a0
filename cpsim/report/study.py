"""report.html of a study: the same page as a run's, with the study's own answer, sections and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cpsim.outputs import telling, words
from cpsim.outputs.store import MANIFEST
from cpsim.plots import studies as plots
from cpsim.plots.svg import drawing
from cpsim.report import studies
from cpsim.report.page import Pictures, put, render
from cpsim.report.section import Section


def write(found: Any, folder: Path) -> None:
    """Put the page and its pictures into a folder that exists. Raises OSError."""
    pictures = drawn(found)
    put(folder, pictures, html(found, pictures))


def drawn(found: Any) -> Pictures:
    """Every picture of a study, drawn once for the page and for its file."""
    return {picture.name: (picture, drawing(picture)) for picture in plots.make(found)}


def html(found: Any, pictures: Pictures | None = None) -> str:
    """The page as text; the same study gives the same bytes."""
    first, *others = answers(found)
    return render(
        about=f"{found.title}: Connecting People in a simulated team",
        title=found.title,
        question=getattr(found, "question", found.scenario.question),
        quiet=f"{getattr(found, 'period', None) or telling.dated_period(found)}; {made(found)}. {telling.NOBODY_REAL}",
        answer=first,
        answers=others,
        sections=[*studies.make(found), again(found)],
        pictures=drawn(found) if pictures is None else pictures,
        digest=found.scenario.digest,
        seed=found.facts.get("seed", ""),
        command=found.facts.get("command", ""),
        and_this="",
    )


def answers(found: Any) -> Sequence[str]:
    """The answer in sentences: what `headlines()` gives, else the first paragraph of its words."""
    own = getattr(found, "headlines", None)
    return own() if own else [" ".join(found.in_words().split("\n\n")[0].split())]


def made(found: Any) -> str:
    """ "2,440 runs, seed 1"."""
    runs = found.facts.get("runs")
    parts = [words.one_of(runs, "run", "runs")] if runs else []
    return ", ".join([*parts, f"seed {found.facts.get('seed', 'not said')}"])


def again(found: Any) -> Section:
    """The command, and what lies beside the page."""
    repeats = (
        "The command repeats it; in a folder that holds the runs already, it reads them and makes only what is missing."
        if "command" in found.facts
        else f"It was asked for in Python; the scenario with all its changes is in {MANIFEST}."
    )
    said = f"This page: {made(found)}; scenario {found.scenario.name}, digest {found.scenario.digest}. {repeats}"
    tables = [f"{name}.csv, {name}.parquet: {len(table):,} rows" for name, table in found.tables.items()]
    files = [
        *tables,
        f"{MANIFEST}: scenario, options, seed, versions, digests",
        "runs: every run, as Parquet",
        "figures",
    ]
    commands = [found.facts["command"]] if "command" in found.facts else []
    return Section("again", "How to run it again", [said], commands=commands, lists=[("Beside this page", files)])
