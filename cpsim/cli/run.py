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
from cpsim.errors import FolderError, OptionError, Problem, ScenarioError, Stopped

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


def whole_number(about: str) -> Any:
    """An option that takes a whole number; which numbers are possible is known elsewhere."""
    return typer.Option(parser=_number, metavar="NUMBER", help=about)


HOW_MANY = Annotated[int | None, whole_number(f"How many simulated futures; {REPLICATIONS} if not said.")]
PRECISION = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OUTCOME=WIDTH",
        help="Instead of --replications: go on until the mean is known to within this, such as five_steps=0.02 "
        "(2 in 100); "
        "can be repeated.",
    ),
]
WITHOUT = Annotated[
    list[str] | None,
    typer.Option(
        metavar="BARRIER",
        help="Take a group of barriers away: staffing, crisis, contact, clarity, priority, knowledge, anxiety, supply, "
        "transport or money; can be repeated.",
    ),
]
WEEKS = Annotated[int | None, whole_number("Weeks to report, instead of the scenario's.")]
SEED = Annotated[int, whole_number("The same seed gives the same result, to the bit.")]
WORKERS = Annotated[int | None, whole_number("Threads, if not said one a core; the result is the same.")]
OUT = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where to write; if not said, a new folder in runs/.")]
FORCE = Annotated[bool, typer.Option("--force", help="Replace an earlier run in that folder.")]
PEOPLE = Annotated[bool, typer.Option("--people", help="Keep a row for every simulated person.")]
ENSEMBLE = Annotated[
    str | None,
    typer.Option(
        metavar="SET",
        help="Run at every setting that calibration did not rule out: a calibration's folder, a file, or `shipped`.",
    ),
]
AS_JSON = Annotated[bool, typer.Option("--json", help="For a program: the headline and summary.")]


def run(
    context: typer.Context,
    scenario: SCENARIO,
    sets: SETS = None,
    without: WITHOUT = None,
    replications: HOW_MANY = None,
    precision: PRECISION = None,
    weeks: WEEKS = None,
    seed: SEED = 1,
    workers: WORKERS = None,
    out: OUT = None,
    force: FORCE = False,
    people: PEOPLE = False,
    as_json: AS_JSON = False,
    ensemble: ENSEMBLE = None,
) -> None:
    """Simulate a team many times and write a page about it.

    \b
    Examples:
      cpsim run cmht
      cpsim run my-team.yaml --set team.caseload_per_wte=25 --out runs/smaller
      cpsim run cmht --precision five_steps=0.02
      cpsim run cmht --without transport --without money
      cpsim run cmht --ensemble shipped
    """
    from cpsim.outputs.store import check_folder

    widths = asked_precision(precision, replications)
    chosen = without_barriers(chosen_scenario(scenario, sets or [], weeks), without or [])
    if ensemble is not None:
        _over_set(chosen, ensemble, replications, seed, workers, out, force, as_json, bool(widths), people, context)
        return
    check_folder(out or default_folder(chosen.name), force)
    how = {"workers": workers, "people": people, "precision": widths}
    result = _simulated_or_kept(chosen, replications, seed, out, force, **how)
    folder = saved_with_page(result, out, force)
    with ctrl_c.during(ctrl_c.IGNORE):
        tell(result, folder, as_json)
        tell_of_precision(result, widths or {})


def _simulated_or_kept(
    chosen: Scenario, replications: int | None, seed: int, out: Path | None, force: bool, **more: Any
) -> RunResult:
    """The result; when it is stopped, what was finished is saved. Raises Stopped."""
    try:
        return simulated(chosen, REPLICATIONS if replications is None else replications, seed, **more)
    except Stopped as stopped:
        raise kept(stopped, out, force) from None


def _over_set(
    chosen: Scenario, where: str, replications: int | None, seed: int, workers: int | None, *more: Any
) -> None:
    """The scenario at every setting of a set."""
    from cpsim.cli.over_set import run_over_set

    run_over_set(chosen, where, replications, seed, workers, *more)


def asked_precision(texts: list[str] | None, replications: int | None) -> dict[str, float] | None:
    """`--precision five_steps=0.02` as numbers. Raises OptionError."""
    if texts and replications is not None:
        raise OptionError("--replications and --precision: give one of the two; a precision finds its own number")
    found = {}
    for text in texts or ():
        name, _, width = text.partition("=")
        try:
            found[name.strip()] = float(width)
        except ValueError:
            raise OptionError(f"--precision {text}: write it like five_steps=0.02") from None
    return found or None


def chosen_scenario(scenario: str, sets: list[str], weeks: int | None) -> Scenario:
    """The scenario asked for. Raises ScenarioError; a mistake in --weeks says so."""
    from cpsim.scenario.load import load

    if weeks is None:
        return load(scenario, sets)
    if any(each.partition("=")[0].strip() == "weeks" for each in sets):
        raise OptionError("--weeks and --set weeks=...: give one of the two")
    try:
        return load(scenario, [*sets, f"weeks={weeks}"])
    except ScenarioError as error:
        raise ScenarioError(map(_of_weeks, error.problems)) from None


def without_barriers(chosen: Scenario, names: list[str]) -> Scenario:
    """The scenario without these groups of barriers. Raises OptionError."""
    try:
        return chosen.without(*names)
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None


def _of_weeks(problem: Problem) -> Problem:
    typed = (problem.file, problem.path) == ("--set", "weeks")
    return replace(problem, file="--weeks", path="") if typed else problem


def simulated(scenario: Scenario, replications: int, seed: int, **more: Any) -> RunResult:
    """Run the scenario with progress shown; say so first when the rules have to be compiled."""
    from cpsim.engine.options import check_options

    try:
        check_options(replications, seed, more["workers"], more["precision"])
    except OptionError as error:
        raise OptionError("\n".join(f"--{line}" for line in str(error).splitlines())) from None
    from cpsim.model.rule import is_compiled

    if not is_compiled():
        typer.echo(COMPILING, err=True)
    from cpsim.engine.run import run as run_scenario

    with showing_progress() as progress:
        return run_scenario(scenario, replications, seed, progress=progress, **more)


def saved(result: RunResult, out: Path | None, force: bool, *, page: bool = True) -> Path:
    """Save; when another run has taken the default folder in the meantime, in the next one."""
    while True:
        folder = out or default_folder(result.scenario.name)
        try:
            return result.save(folder, force=force and out is not None, report=page)
        except FolderError:
            if out or not folder.exists():
                raise


def saved_with_page(result: RunResult, out: Path | None, force: bool) -> Path:
    """Save all; when Ctrl-C comes while the page is drawn, all but the page. Raises Stopped."""
    try:
        with ctrl_c.during(ctrl_c.RAISE):
            return saved(result, out, force)
    except KeyboardInterrupt:
        all_done = f"Stopped while the page was being made, after all {result.replications:,} simulated futures."
        raise kept(Stopped(all_done, result), out, force) from None


def kept(stopped: Stopped, out: Path | None, force: bool) -> Stopped:
    """Save what was finished, if anything, and say so; without the page, which takes longer than a stop may."""
    from cpsim.outputs.run_result import RunResult

    if not isinstance(stopped.result, RunResult):
        return stopped
    with ctrl_c.during(ctrl_c.IGNORE):
        typer.echo(SAVING, err=True)
        folder = saved(stopped.result, out, force, page=False)
    again = f"--replications {stopped.result.replications}{' --force' if out else ''}"
    page = f"For the page, type the same command with {again}."
    return Stopped(f"{stopped} They are saved, without the page: {folder}\n{page}", stopped.result)


def tell(result: RunResult, folder: Path, as_json: bool) -> None:
    """The answer, and where the page is."""
    if as_json:
        typer.echo(json.dumps({**result.as_dict(), "folder": str(folder)}, indent=2, ensure_ascii=False))
    else:
        typer.echo(f"{result.in_words()}\n\nThe page: {folder / 'report.html'}")


def tell_of_precision(result: RunResult, widths: Mapping[str, float]) -> None:
    """Say which outcomes are not known as closely as was asked for."""
    for name, width in widths.items():
        found = result.estimate(name)
        if not found.half_width <= width:
            known = f"known to within {found.half_width:.2g}" if found.runs > 1 else "not known"
            number = f"{result.replications:,} simulated futures"
            typer.echo(f"{name} is {known} after {number}, not to within the {width:g} asked for.", err=True)


def default_folder(name: str) -> Path:
    """runs/NAME-DATE-NN, the first number that is free."""
    stem = f"{name}-{datetime.date.today():%Y-%m-%d}"
    numbers = (Path("runs") / f"{stem}-{number:02d}" for number in range(1, 10_000))
    return next(folder for folder in numbers if not folder.exists())


@contextmanager
def showing_progress() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on a terminal, from the first finished team on; nothing elsewhere."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("Simulating", total=None)

    def show(done: int, planned: int) -> None:
        bar.start()  # not before: the bar hides the cursor, and a stop before the first team leaves at once
        bar.update(task, completed=done, total=planned)

    try:
        yield show
    finally:
        bar.stop()
