"""`cpsim run SCENARIO`: simulate, say what came out, leave a folder behind."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.check import SCENARIO, SETS
from cpsim.engine import ctrl_c
from cpsim.errors import FolderError, OptionError, ScenarioError, Stopped

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult
    from cpsim.scenario.load import Scenario

COMPILING = "Preparing the rules for this machine (once, about half a minute) ..."
SAVING = "Stopping; saving what is finished ..."
REPLICATIONS = 100


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number") from None


def _whole(about: str, **more: Any) -> Any:
    """An option that takes a whole number; which numbers are possible is known elsewhere."""
    return typer.Option(parser=_number, metavar="NUMBER", help=about, **more)


HOW_MANY = Annotated[int | None, _whole("How many simulated futures.", show_default=str(REPLICATIONS))]
PRECISION = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OUTCOME=WIDTH",
        help="Instead of a number: go on until the mean is known to within this, such as five_steps=0.02 (2 in 100); "
        "can be repeated.",
    ),
]
WEEKS = Annotated[int | None, _whole("Weeks to report, instead of the scenario's.")]
SEED = Annotated[int, _whole("The same seed gives the same result, to the bit.")]
WORKERS = Annotated[int | None, _whole("Threads; one a core unless you say. The result is the same.")]
OUT = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; a new folder in runs/ unless you say.")]
FORCE = Annotated[bool, typer.Option("--force", help="Replace an earlier run in that folder.")]
PEOPLE = Annotated[bool, typer.Option("--people", help="Keep a row for every simulated person.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: the headline and summary.")]


def run(
    scenario: SCENARIO,
    sets: SETS = None,
    replications: HOW_MANY = None,
    precision: PRECISION = None,
    weeks: WEEKS = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: OUT = None,
    force: FORCE = False,
    people: PEOPLE = False,
    as_json: AS_JSON = False,
) -> None:
    """Simulate a team many times and write a page about it.

    \b
    Examples:
      cpsim run cmht
      cpsim run my-team.yaml --set team.caseload_per_wte=25 --out runs/smaller
      cpsim run cmht --precision five_steps=0.02
    """
    from cpsim.outputs.store import check_folder

    widths = asked_precision(precision, replications)
    options = {"seed": seed, "workers": workers, "people": people, "precision": widths}
    check_first(REPLICATIONS if replications is None else replications, seed, workers, widths)
    chosen = chosen_scenario(scenario, sets or [], weeks)
    check_folder(out or default_folder(chosen.name), force)
