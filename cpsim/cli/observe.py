"""`cpsim observe SCENARIO`: what a study of these teams would have seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from cpsim.cli.check import SCENARIO, SETS
from cpsim.cli.run import COMPILING, SEED, WORKERS, showing_progress, whole_number
from cpsim.errors import OptionError

HOW_MANY = Annotated[int, whole_number("How many studies, each of another simulated future.")]
OUT = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write what was seen; if not said, nowhere.")]
FORCE = Annotated[bool, typer.Option("--force", help="Replace earlier results in that folder.")]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: counts, losses and summary.")]


def observe(
    scenario: SCENARIO,
    sets: SETS = None,
    replications: HOW_MANY = 1,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: OUT = None,
    force: FORCE = False,
    as_json: AS_JSON = False,
) -> None:
    """Run a scenario and show what a study would have seen: who took part, what they answered.

    Example: cpsim observe study-2021 --replications 10
    """
    from cpsim.engine.options import check_options
    from cpsim.outputs.store import check_folder
    from cpsim.scenario.load import load

    chosen = load(scenario, sets or ())
    try:
        check_options(replications, seed, workers, None)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    if out:
        check_folder(out, force)
    from cpsim.model.rule import is_compiled

    if not is_compiled():
        typer.echo(COMPILING, err=True)
    from cpsim.observation.observe import run_study

    with showing_progress() as progress:
        found = run_study(chosen, replications, seed, workers=workers, progress=progress)
    folder = found.save(out, force) if out else None
    if as_json:
        typer.echo(json.dumps({**found.as_dict(), "folder": str(folder) if folder else None}, indent=2))
    else:
        typer.echo(found.in_words() + (f"\n\nThe records: {folder}" if folder else ""))
