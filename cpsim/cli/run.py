"""`cpsim run SCENARIO`: simulate, say what came out, leave a folder behind."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpsim.cli.check import SCENARIO, SETS

if TYPE_CHECKING:
    from cpsim.outputs.run_result import RunResult

COMPILING = "Preparing the rules for this machine (once, about half a minute) ..."


def run(
    scenario: SCENARIO,
    sets: SETS = None,
    replications: Annotated[int, typer.Option(help="Simulated futures.")] = 100,
    precision: Annotated[
        list[str] | None,
        typer.Option(metavar="OUTCOME=WIDTH", help="Instead: go on until the mean is known to within this."),
    ] = None,
    weeks: Annotated[int | None, typer.Option(help="Weeks to report, instead of the scenario's.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result, to the bit.")] = 1,
    workers: Annotated[int | None, typer.Option(help="Threads; one a core unless you say otherwise.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write; by default one in runs/.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier run in that folder.")] = False,
    people: Annotated[bool, typer.Option("--people", help="Keep a row for every simulated person.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a program: the headline and summary.")] = False,
) -> None:
    """Simulate a team many times and write a page about it.

    Examples: cpsim run cmht
              cpsim run my-team.yaml --set team.caseload_per_wte=25 --replications 200 --out runs/smaller
              cpsim run cmht --precision five_steps=0.02
    """
    from cpsim.errors import Stopped
    from cpsim.outputs.store import check_folder
    from cpsim.scenario.load import load

    chosen = load(scenario, [*(sets or ()), *([f"weeks={weeks}"] if weeks is not None else [])])
    folder = out or default_folder(chosen.name)
    check_folder(folder, force)
    try:
        with showing_progress() as progress:
            result = simulated(chosen, replications, seed, workers, people, asked_precision(precision), progress)
    except Stopped as stopped:
        if stopped.result is not None:
            where = stopped.result.save(folder, force=force)  # type: ignore[attr-defined]
            raise Stopped(f"{stopped} They are saved: {where}") from None
        raise
    tell(result, result.save(folder, force=force), as_json)


def simulated(*arguments: Any) -> RunResult:
    """Run the scenario; say so first when the rules have to be compiled."""
    from cpsim.model.rule import is_compiled

    if not is_compiled():
        typer.echo(COMPILING, err=True)
    from cpsim.engine.run import run as run_scenario

    scenario, replications, seed, workers, people, precision, progress = arguments
    return run_scenario(
        scenario, replications, seed, workers=workers, people=people, precision=precision, progress=progress
    )


def tell(result: RunResult, folder: Path, as_json: bool) -> None:
    """The answer, and where the page is."""
    if as_json:
        typer.echo(json.dumps({**result.as_dict(), "folder": str(folder)}, indent=2, ensure_ascii=False))
    else:
        typer.echo(f"{result.in_words()}\n\nThe page: {folder / 'report.html'}")


def asked_precision(texts: list[str] | None) -> dict[str, float] | None:
    """`--precision five_steps=0.02` as numbers. Raises OptionError."""
    from cpsim.errors import OptionError

    found = {}
    for text in texts or ():
        name, _, width = text.partition("=")
        try:
            found[name] = float(width)
        except ValueError:
            raise OptionError(f"--precision {text}: write it like five_steps=0.02") from None
    return found or None


def default_folder(name: str) -> Path:
    """runs/NAME-DATE-NN, the first number that is free."""
    stem = f"{name}-{datetime.date.today():%Y-%m-%d}"
    numbers = (Path("runs") / f"{stem}-{number:02d}" for number in range(1, 10_000))
    return next(folder for folder in numbers if not folder.exists())


@contextmanager
def showing_progress() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Simulated futures", total=None)
        yield lambda done, planned: bar.update(task, completed=done, total=planned)
