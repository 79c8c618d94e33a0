"""How to run it again, and what lies beside this page."""

from __future__ import annotations

from cpsim.outputs import telling
from cpsim.outputs.run_result import RunResult
from cpsim.report.section import Section

FILES = (
    "manifest.json: the scenario as resolved, seed, versions, and a digest of every table",
    "outcomes, weekly, barriers and time (.parquet): the numbers behind every picture, run by run",
    "summary.csv, summary.md: means with both intervals",
    "drift.csv: what still moved in the quarter before day 0",
    "data-dictionary.csv, data-dictionary.md: name, unit and meaning of every column",
    "figures: the pictures of this page",
)


def section(result: RunResult) -> Section:
    """Commands and files."""
    said = (
        f"This page: {telling.runs_made(result)}; scenario {result.scenario.name}, digest {result.scenario.digest}. "
        "The first command repeats it to the last bit, in the folder that holds this page; the second reads it in "
        "Python."
    )
    commands = ("cpsim reproduce .", "python -c \"import cpsim; print(cpsim.RunResult.load('.').headline())\"")
    return Section("again", "How to run it again", words=[said], commands=commands, lists=[("Beside this page", FILES)])
